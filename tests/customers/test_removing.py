"""Removing and bringing back: off every phone, kept for 180 days, and what went together comes back together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from core import clock, tenancy
from customers.models import Asset, Contact, Customer, Site
from people.models import Member
from sync.models import Audit, Counter
from tests import factories as make
from tests.conftest import World
from tests.customers.screens import add, change, names_of, read, refused, remove, restore, same_words
from tests.phone import Phone, projection
from tests.rest import API, signed_in

pytestmark = pytest.mark.both_databases

MISSING = (404, "not_found", None)


def test_a_removed_customer_takes_what_belongs_to_it_off_the_phones(world: World) -> None:
    """What was done there stays written, and stays to be read."""
    contact, visit = make.contact(world.steel), make.logged(world.ana, world.steel)
    promise, asset = make.commitment(world.ana, world.steel), make.asset(world.steel)
    phone = Phone(world.ben)
    phone.pull()
    assert remove(world.ana, f"customers/{world.steel.pk}").status_code == 204
    phone.pull()
    for shape, row in (("customer", world.steel), ("site", world.gate), ("contact", contact), ("asset", asset)):
        assert phone.holds(shape, row.pk) is None
        assert refused(read(world.ana, f"{shape}s/{row.pk}")) == MISSING
        assert refused(change(world.ana, f"{shape}s/{row.pk}", name="Still here")) == MISSING
    for shape, kept in (("visit", visit), ("commitment", promise)):
        assert phone.holds(shape, kept.pk) is not None
        assert read(world.ana, f"{shape}s/{kept.pk}").status_code == 200
    assert phone.contents() == projection(world.ben)


def test_what_went_with_the_customer_comes_back_with_it_and_only_that(world: World) -> None:
    """A site that was torn down before is not rebuilt because its customer was removed by mistake."""
    torn_down, former = make.site(world.steel, name="Old mill"), make.contact(world.steel, name="Mr Former")
    contact, elsewhere = make.contact(world.steel), make.site(world.paper, name="Paper mill")
    asset, scrapped = make.asset(world.steel), make.asset(world.steel, name="Scrapped")
    phone = Phone(world.ben)
    for address in (f"sites/{torn_down.pk}", f"contacts/{former.pk}", f"assets/{scrapped.pk}"):
        remove(world.ana, address)
    phone.pull()
    before = phone.contents()
    remove(world.ana, f"customers/{world.steel.pk}")
    phone.pull()
    shown = restore(world.ana, f"customers/{world.steel.pk}")
    assert (shown.status_code, shown.json()["name"]) == (200, "Daehan Steel")
    phone.pull()
    assert phone.contents() == before == projection(world.ben)
    assert set(Site.objects.alive()) == {world.gate, elsewhere}
    assert set(Contact.objects.alive()) == {contact}
    assert set(Asset.objects.alive()) == {asset}
    assert restore(world.ana, f"sites/{torn_down.pk}").json()["name"] == "Old mill"


def test_what_belongs_to_a_removed_customer_waits_for_it(world: World) -> None:
    contact, asset = make.contact(world.steel), make.asset(world.steel)
    remove(world.ana, f"contacts/{contact.pk}")
    remove(world.ana, f"customers/{world.steel.pk}")
    for address in (f"contacts/{contact.pk}", f"sites/{world.gate.pk}", f"assets/{asset.pk}"):
        assert refused(restore(world.ana, address)) == (409, "row_deleted", "customer")
    restore(world.ana, f"customers/{world.steel.pk}")
    assert restore(world.ana, f"contacts/{contact.pk}").status_code == 200


def test_it_can_be_brought_back_for_180_days(world: World) -> None:
    product, site = make.product(name="Pump"), make.site(world.paper)
    rows = [f"customers/{world.steel.pk}", f"sites/{site.pk}", f"products/{product.pk}"]
    with time_machine.travel(clock.now(), tick=False) as today:
        for address in rows:
            remove(world.ada, address)
        today.shift(timedelta(days=180))
        for address in rows:
            assert restore(world.ada, address).status_code == 200
            remove(world.ada, address)
        today.shift(timedelta(days=180, seconds=1))
        for address in rows:
            assert refused(restore(world.ada, address)) == MISSING


def test_removing_and_restoring_need_the_version_that_was_read(world: World) -> None:
    ana, address = signed_in(world.ana), f"{API}customers/{world.steel.pk}/"
    old = ana.get(address)["ETag"]
    newest = change(world.ana, f"customers/{world.steel.pk}", memo="x")["ETag"]
    assert refused(ana.delete(address)) == (428, "version_required", None)
    assert refused(ana.delete(address, headers={"If-Match": old})) == (412, "version_stale", None)
    assert ana.get(address).status_code == 200
    assert ana.delete(address, headers={"If-Match": newest}).status_code == 204
    assert refused(ana.post(f"{address}restore/")) == (428, "version_required", None)
    assert refused(ana.post(f"{address}restore/", headers={"If-Match": old})) == (412, "version_stale", None)
    assert ana.post(f"{address}restore/", headers={"If-Match": newest}).status_code == 200


def test_what_is_gone_cannot_go_again_and_what_is_there_cannot_come_back(world: World) -> None:
    seq = Counter.objects.get(pk=world.organization.pk).seq
    assert refused(restore(world.ana, f"customers/{world.steel.pk}")) == MISSING
    assert Counter.objects.get(pk=world.organization.pk).seq == seq
    remove(world.ana, f"customers/{world.steel.pk}")
    assert refused(remove(world.ana, f"customers/{world.steel.pk}")) == MISSING
    assert Counter.objects.get(pk=world.organization.pk).seq == seq + 1


def test_who_may_change_a_row_may_remove_it_and_bring_it_back(world: World, otto: Member) -> None:
    with tenancy.acting_in(otto.organization_id):
        theirs = make.customer(otto.territories.get())
    no = (403, "not_permitted", None)
    for member, refusal in ((world.carl, MISSING), (world.jun, no), (world.eva, no)):
        assert refused(remove(member, f"customers/{world.steel.pk}")) == refusal
        assert refused(remove(member, f"sites/{world.gate.pk}")) == refusal
    assert same_words(remove(world.ada, f"customers/{theirs.pk}"), remove(world.carl, f"customers/{world.steel.pk}"))
    for member in (world.ana, world.mia, world.ada):
        assert remove(member, f"customers/{world.steel.pk}").status_code == 204
        for other, refusal in ((world.carl, MISSING), (world.jun, no)):
            assert refused(restore(other, f"customers/{world.steel.pk}")) == refusal
        assert restore(member, f"customers/{world.steel.pk}").status_code == 200


def test_a_removed_one_keeps_its_external_id_and_leaves_the_lists(world: World) -> None:
    """Or bringing it back would make two of them."""
    mine = make.customer(world.north, "Glass", external_id="C-1")
    remove(world.ana, f"customers/{mine.pk}")
    assert names_of(signed_in(world.ana), "customers") == ["Daehan Steel"]
    answer = add(world.ana, "customers", name="Glass", external_id="C-1", territory=world.north.pk)
    assert refused(answer) == (409, "external_id_taken", "external_id")


def test_a_body_has_no_say_in_it(world: World) -> None:
    """B23."""
    ana, address = signed_in(world.ana), f"{API}customers/{world.steel.pk}/"
    for ask in (ana.delete, ana.post):
        where: Any = address if ask == ana.delete else f"{address}restore/"
        answer = ask(where, {"deleted_at": None}, headers={"If-Match": "*"})
        assert refused(answer) == (400, "field_not_allowed", "deleted_at")
    assert Customer.objects.get(pk=world.steel.pk).deleted_at is None


def test_removing_and_restoring_leave_a_trace_with_every_row(world: World) -> None:
    contact = make.contact(world.steel)
    remove(world.ana, f"customers/{world.steel.pk}")
    restore(world.mia, f"customers/{world.steel.pk}")
    rows = {("customer", str(world.steel.pk)), ("site", str(world.gate.pk)), ("contact", str(contact.pk))}
    restored, removed = Audit.objects.order_by("-pk")[:2]
    for audit, verb, member in ((removed, "customer.remove", world.ana), (restored, "customer.restore", world.mia)):
        assert (audit.verb, audit.member_id) == (verb, member.pk)
        assert {tuple(row) for row in audit.rows} == rows
