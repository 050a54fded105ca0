"""What administrators set up by REST: chips, business calendars and promises. Everybody reads them."""

from __future__ import annotations

import pytest

from core import tenancy
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.customers.screens import ANY, add, change, read, refused, remove
from tests.phone import Phone, projection
from tests.rest import API, ids_of, signed_in
from tests.tickets.set_up import proper, set_up

pytestmark = pytest.mark.both_databases

NOUNS = ("chips", "business_calendars", "sla_policies")


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_set_up_comes_to_every_phone_and_leaves_it_again(world: World, noun: str) -> None:
    phones = [Phone(member) for member in (world.ana, world.carl, world.eva)]
    extra = {"calendar": str(make.calendar().pk)} if noun == "sla_policies" else {}
    answer = add(world.ada, noun, **proper(noun, **extra))
    assert answer.status_code == 201, answer.content
    shown = answer.json()
    shape = {"chips": "chip", "business_calendars": "business_calendar", "sla_policies": "sla_policy"}[noun]
    for phone in phones:
        phone.pull()
        assert phone.holds(shape, shown["id"]) == {name: value for name, value in shown.items() if name != "rv"}
        assert read(phone.member, f"{noun}/{shown['id']}").json() == shown
    assert remove(world.ada, f"{noun}/{shown['id']}").status_code == 204
    for phone in phones:
        phone.pull()
        assert phone.holds(shape, shown["id"]) is None
        assert phone.contents() == projection(phone.member)
        assert read(phone.member, f"{noun}/{shown['id']}").status_code == 404


def test_only_administrators_set_up(world: World) -> None:
    no = (403, "not_permitted", None)
    for noun, row in set_up().items():
        for member in (world.ana, world.mia, world.jun, world.eva):
            assert refused(add(member, noun, **proper(noun))) == no
            assert refused(change(member, f"{noun}/{row.pk}", name="Mine")) == no
            assert refused(remove(member, f"{noun}/{row.pk}")) == no
            assert str(row.pk) in ids_of(signed_in(member).get(f"{API}{noun}/"))


def test_another_organization_sees_nothing_of_it(world: World, otto: Member) -> None:
    rows = set_up()
    with tenancy.acting_in(otto.organization_id):
        olga = make.member("Olga", is_admin=True)
    for noun, row in rows.items():
        assert ids_of(signed_in(olga).get(f"{API}{noun}/")) == []
        for answer in (
            read(olga, f"{noun}/{row.pk}"),
            change(olga, f"{noun}/{row.pk}"),
            remove(olga, f"{noun}/{row.pk}"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert refused(add(olga, "sla_policies", **proper("sla_policies", calendar=rows["business_calendars"].pk))) == (
        404,
        "not_found",
        "calendar",
    )


@pytest.mark.parametrize("noun", NOUNS)
def test_a_change_needs_the_newest_version(world: World, noun: str) -> None:
    row, ada = set_up()[noun], signed_in(world.ada)
    address = f"{API}{noun}/{row.pk}/"
    first, late = (
        [{"response_minutes": 30}, {"response_minutes": 40}]
        if noun == "sla_policies"
        else [{"name": "First"}, {"name": "Late"}]
    )
    version = ada.get(address)["ETag"]
    assert ada.patch(address, first, format="json").status_code == 428
    assert ada.patch(address, first, format="json", headers={"If-Match": version}).status_code == 200
    stale = ada.patch(address, late, format="json", headers={"If-Match": version})
    assert (stale.status_code, stale.json()["code"]) == (412, "version_stale")
    same = ada.patch(address, first, format="json", headers=ANY)
    assert (same.status_code, same.json()["code"]) == (400, "nothing_changed")
    assert ada.delete(address).status_code == 428


@pytest.mark.parametrize("noun", NOUNS)
def test_an_id_belongs_to_one_row(world: World, noun: str) -> None:
    row = set_up()[noun]
    extra = {"calendar": str(make.calendar().pk), "severity": "low"} if noun == "sla_policies" else {}
    assert refused(add(world.ada, noun, **proper(noun, id=row.pk, **extra))) == (409, "id_taken", "id")
