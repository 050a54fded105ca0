"""Assets: products that stand at customers. Through both doors, by several people, with a signal and without."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from core import tenancy
from core.ids import uuid7
from customers import actions
from customers.models import Asset, Conflict
from people.models import Member
from sync.models import FieldEdit
from tests import factories as make
from tests.conftest import World
from tests.customers.screens import add, change, names_of, read, refused, remove, restore, same_words
from tests.editing import at_head, edit, fresh
from tests.phone import Phone, projection
from tests.rest import signed_in

pytestmark = pytest.mark.both_databases


def made(by: Member, /, **values: Any) -> Any:
    return add(by, "assets", **{"asset": uuid7(), **values})


def said(phone: Phone, kind: str, /, **args: Any) -> tuple[str, str | None]:
    entry = phone.write(kind, **args)
    phone.sync()
    return phone.answer_to(entry)


# --- What it is --------------------------------------------------------------------------------------


def test_an_asset_is_known_by_a_name_a_serial_or_the_number_on_its_label(world: World) -> None:
    for known in ({"name": "Press"}, {"serial": "SN-1"}, {"tag": "17"}):
        shown = made(world.ana, customer=world.steel.pk, **known).json()
        assert {name: shown[name] for name in known} == known
        assert (shown["site"], shown["product"], shown["notes"]) == (None, None, "")


def test_it_takes_all_that_is_known_of_it_and_is_on_the_phones_of_its_territory(world: World) -> None:
    phones = [Phone(member) for member in (world.ben, world.carl)]
    product = make.product(is_active=False)  # what is no longer sold still stands at customers
    values = {"name": "Press", "serial": "SN-1", "tag": "17", "notes": "Third floor\nby the lift"}
    shown = made(world.ana, customer=world.steel.pk, site=world.gate.pk, product=product.pk, **values).json()
    assert {name: shown[name] for name in values} == values
    assert (shown["site"], shown["product"]) == (str(world.gate.pk), str(product.pk))
    for phone in phones:
        phone.pull()
        assert phone.contents() == projection(phone.member)
    assert phones[0].holds("asset", shown["id"]) == {name: value for name, value in shown.items() if name != "rv"}
    assert phones[1].holds("asset", shown["id"]) is None


@pytest.mark.parametrize(
    ("values", "status", "code", "field"),
    [
        ({"name": "", "serial": " ", "tag": ""}, 400, "asset_unnamed", "name"),
        ({"name": "1" * 121}, 400, "too_long", "name"),
        ({"serial": "1" * 81}, 400, "too_long", "serial"),
        ({"serial": "a\x07"}, 400, "bad_characters", "serial"),
        ({"serial": 7}, 400, "field_type", "serial"),
        ({"tag": "1" * 41}, 400, "too_long", "tag"),
        ({"tag": None}, 400, "field_required", "tag"),
        ({"notes": "1" * 4001}, 400, "too_long", "notes"),
        ({"site": "gate"}, 400, "bad_id", "site"),
        ({"site": str(uuid4())}, 404, "not_found", "site"),
        ({"product": str(uuid4())}, 404, "not_found", "product"),
    ],
)
def test_one_that_cannot_be_is_refused_by_field(
    world: World, values: dict[str, Any], status: int, code: str, field: str
) -> None:
    known = make.asset(world.steel)
    answer = made(world.ana, **{"customer": world.steel.pk, "serial": "SN-1", **values})
    assert refused(answer) == (status, code, field)
    assert refused(change(world.ana, f"assets/{known.pk}", **values)) == (status, code, field)
    assert Asset.objects.count() == 1


def test_two_phones_may_write_down_the_same_machine(world: World) -> None:
    """Neither has a signal, so neither can know; refusing one would lose what was found."""
    for member in (world.ana, world.ben):
        args = {"asset": uuid7(), "customer": world.steel.pk, "serial": "SN-1"}
        assert said(Phone(member), "asset.add", **args) == ("applied", None)
    assert Asset.objects.filter(serial="SN-1").count() == 2


def test_an_id_that_is_taken_is_refused_by_its_name(world: World) -> None:
    known = make.asset(world.steel)
    answer = made(world.ana, asset=known.pk, customer=world.steel.pk, serial="SN-1")
    assert refused(answer) == (409, "id_taken", "asset")


# --- Where it stands -----------------------------------------------------------------------------------


def test_it_stands_at_a_site_of_its_own_customer(world: World, otto: Member) -> None:
    known, torn_down = make.asset(world.steel), make.site(world.steel, name="Torn down")
    with make.writing(world.ada) as unit:
        actions.remove(unit, torn_down)
    with tenancy.acting_in(otto.organization_id):
        theirs = make.site(make.customer(otto.territories.get()))
    for site in (make.site(make.customer(world.north)), make.site(world.paper), theirs):
        answer = made(world.ana, customer=world.steel.pk, site=site.pk, serial="SN-1")
        assert refused(answer) == refused(change(world.ana, f"assets/{known.pk}", site=site.pk))
        assert refused(answer) == (404, "not_found", "site")
    gone = change(world.ana, f"assets/{known.pk}", site=torn_down.pk)
    assert refused(gone) == (409, "row_deleted", "site")


def test_it_outlives_its_site_and_its_product(world: World) -> None:
    product, site = make.product(), make.site(world.steel, name="Annex")
    asset = make.asset(world.steel, site=site.pk, product=product.pk)
    ben = Phone(world.ben)
    remove(world.ada, f"sites/{site.pk}")
    remove(world.ada, f"products/{product.pk}")
    ben.pull()
    assert ben.holds("asset", asset.pk) is not None
    assert change(world.ana, f"assets/{asset.pk}", notes="Still there").json()["site"] == str(site.pk)
    assert change(world.ana, f"assets/{asset.pk}", site=None).json()["site"] is None
    ben.pull()
    assert ben.contents() == projection(world.ben)


def test_it_goes_with_its_customer_to_another_territory(world: World) -> None:
    asset, phones = make.asset(world.steel), [Phone(member) for member in (world.ben, world.carl)]
    for phone in phones:
        phone.pull()
    change(world.ada, f"customers/{world.steel.pk}", territory=world.south.pk)
    for phone in phones:
        phone.pull()
    assert phones[0].holds("asset", asset.pk) is None
    assert phones[1].holds("asset", asset.pk) is not None


@pytest.mark.parametrize("door", ["rest", "phone"])
def test_it_hangs_on_a_customer_that_is_seen_and_not_removed(world: World, otto: Member, door: str) -> None:
    """One of another territory or organization, and one that never was, are refused by the same words."""
    gone = make.customer(world.north)
    with make.writing(world.ada) as unit:
        actions.remove_customer(unit, gone)
    with tenancy.acting_in(otto.organization_id):
        theirs = make.customer(otto.territories.get())
    missing, removed = ("not_found", "row_deleted")
    expected = {uuid4(): missing, world.paper.pk: missing, theirs.pk: missing, gone.pk: removed}
    for customer, code in expected.items():
        assert _refusal(door, world.ana, customer) == code
    assert not Asset.objects.exists()


def _refusal(door: str, by: Member, customer: UUID) -> str | None:
    if door == "rest":
        return refused(made(by, customer=customer, serial="SN-1"))[1]
    return said(Phone(by), "asset.add", asset=uuid7(), customer=customer, serial="SN-1")[1]


# --- Several people --------------------------------------------------------------------------------------


def test_edits_of_different_fields_are_merged_and_keep_their_history(world: World) -> None:
    asset = make.asset(world.steel, serial="SN-1")
    ana, ben = at_head(world.ana, world.ben)
    edit(ana, "asset", asset.pk, serial="SN-2")
    edit(ben, "asset", asset.pk, site=str(world.gate.pk))
    for phone in (ana, ben):
        phone.sync()
    assert (fresh(asset).serial, fresh(asset).site) == ("SN-2", world.gate)
    told = read(world.eva, f"assets/{asset.pk}/history").json()["results"]
    assert [(one["field"], one["before"], one["after"]) for one in told] == [
        ("site", None, str(world.gate.pk)),
        ("serial", "SN-1", "SN-2"),
    ]


def test_the_same_field_edited_differently_is_kept_for_people_to_look_at(world: World) -> None:
    asset = make.asset(world.steel, serial="SN-1")
    ana, ben = at_head(world.ana, world.ben)
    late = edit(ana, "asset", asset.pk, serial="SN-2")
    edit(ben, "asset", asset.pk, serial="SN-3")
    for phone in (ben, ana):
        phone.sync()
    assert ana.answer_to(late)[0] == "conflict"
    conflict = Conflict.objects.get()
    assert (conflict.shape, conflict.row, conflict.customer) == ("asset", asset.pk, world.steel)
    assert (conflict.names, conflict.mine, conflict.theirs) == (["serial"], ["SN-2"], ["SN-3"])
    assert (
        said(ana, "conflict.resolve", conflict=conflict.pk, choice="replace", seen={"serial": "SN-2"})[0] == "applied"
    )
    assert fresh(asset).serial == "SN-3"


def test_two_edits_that_are_right_each_may_not_leave_it_without_any_name(world: World) -> None:
    """The second is put aside with a word for it; nothing fails in the database."""
    asset = make.asset(world.steel, name="Press", serial="SN-1")
    ana, ben = at_head(world.ana, world.ben)
    edit(ana, "asset", asset.pk, name="")
    second = edit(ben, "asset", asset.pk, serial="")
    for phone in (ana, ben):
        phone.sync()
    assert ben.answer_to(second) == ("parked", "asset_unnamed")
    assert (fresh(asset).name, fresh(asset).serial) == ("", "SN-1")
    assert FieldEdit.objects.filter(row_id=asset.pk).count() == 1


# --- Removing ------------------------------------------------------------------------------------------


def test_what_two_phones_remove_is_removed_once(world: World) -> None:
    asset = make.asset(world.steel)
    ana, ben = at_head(world.ana, world.ben)
    assert said(ana, "asset.remove", asset=asset.pk) == ("applied", None)
    first = fresh(asset).deleted_at
    assert said(ben, "asset.remove", asset=asset.pk) == ("applied", None)
    assert fresh(asset).deleted_at == first
    assert ben.holds("asset", asset.pk) is None


def test_a_removed_one_comes_back_by_either_door(world: World) -> None:
    asset = make.asset(world.steel)
    ana, ben = at_head(world.ana, world.ben)
    remove(world.ana, f"assets/{asset.pk}")
    assert refused(read(world.ana, f"assets/{asset.pk}")) == (404, "not_found", None)
    assert said(ana, "asset.restore", asset=asset.pk) == ("applied", None)
    remove(world.ana, f"assets/{asset.pk}")
    assert restore(world.ana, f"assets/{asset.pk}").json()["name"] == asset.name
    ben.pull()
    assert ben.contents() == projection(world.ben)


def test_what_is_written_of_a_removed_one_waits_for_its_return(world: World) -> None:
    asset = make.asset(world.steel)
    [ana] = at_head(world.ana)
    remove(world.ben, f"assets/{asset.pk}")
    late = edit(ana, "asset", asset.pk, notes="By the door")
    ana.sync()
    assert ana.answer_to(late) == ("parked", "row_deleted")
    assert said(ana, "asset.restore", asset=asset.pk)[0] == "applied"
    assert said(ana, "entry.retry", entry=late)[0] == "applied"
    assert fresh(asset).notes == "By the door"


# --- Finding ---------------------------------------------------------------------------------------------


def test_it_is_found_by_part_of_its_name_its_serial_or_its_label(world: World) -> None:
    ana = signed_in(world.ana)
    make.asset(world.steel, name="전자칠판", serial="EB86-0042", tag="A-17")
    make.asset(world.steel, name="Copier", serial="CX-9", tag="B-17")
    make.asset(world.paper, name="Cutter", serial="EB86-0043", tag="A-18")
    assert names_of(ana, "assets") == ["Copier", "전자칠판"]
    for words in ("칠판", "eb86", "0042", "a-17", "칠판 A-17"):
        assert names_of(ana, "assets", q=words) == ["전자칠판"], words
    assert names_of(ana, "assets", q="17 cx") == ["Copier"]
    assert names_of(ana, "assets", q="0043") == names_of(ana, "assets", q="%") == []
    assert names_of(ana, "assets", serial="CX-9") == names_of(ana, "assets", tag="B-17") == ["Copier"]


def test_it_is_asked_for_by_customer_site_and_product(world: World) -> None:
    pump = make.product()
    make.asset(world.steel, name="Here", site=world.gate.pk, product=pump.pk)
    make.asset(world.steel, name="Somewhere")
    make.asset(world.paper, name="There")
    eva, ana = signed_in(world.eva), signed_in(world.ana)
    assert names_of(eva, "assets", customer=world.steel.pk) == ["Here", "Somewhere"]
    assert names_of(eva, "assets", site=world.gate.pk) == names_of(eva, "assets", product=pump.pk) == ["Here"]
    hidden, none = (ana.get("/api/v1/assets/", {"customer": str(id)}) for id in (world.paper.pk, uuid4()))
    assert same_words(hidden, none)
