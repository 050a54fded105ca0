"""Edits of shared fields, made offline and met by others: taken, merged, or kept for people to look at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from core.ids import uuid7
from customers import actions
from customers.models import Conflict, Customer, Site
from sync.models import FieldEdit
from tests import factories as make
from tests.conftest import World
from tests.editing import at_head, edit, fresh, resolve
from tests.phone import Phone, projection
from tests.rest import API, signed_in

pytestmark = pytest.mark.both_databases


# --- What meets nobody ------------------------------------------------------------------------------


def test_an_edit_that_meets_nobody_is_applied(world: World) -> None:
    [ana] = at_head(world.ana)
    entry = edit(ana, "customer", world.steel.pk, memo="Ask for Ms Park")
    ana.sync()
    assert ana.answer_to(entry) == ("applied", None)
    assert fresh(world.steel).memo == "Ask for Ms Park"
    assert not Conflict.objects.exists()


def test_edits_of_different_fields_are_merged_without_asking(world: World) -> None:
    ana, ben = at_head(world.ana, world.ben)
    first = edit(ana, "customer", world.steel.pk, memo="By Ana")
    second = edit(ben, "customer", world.steel.pk, phone="02-123-4567")
    ana.sync()
    ben.sync()
    assert [ana.answer_to(first), ben.answer_to(second)] == [("applied", None)] * 2
    assert (fresh(world.steel).memo, fresh(world.steel).phone) == ("By Ana", "02-123-4567")


def test_two_who_wrote_the_same_do_not_meet(world: World) -> None:
    ana, ben = at_head(world.ana, world.ben)
    entries = [edit(phone, "customer", world.steel.pk, memo="The same") for phone in (ana, ben)]
    for phone in (ana, ben):
        phone.sync()
    assert [ana.answer_to(entries[0])[0], ben.answer_to(entries[1])[0]] == ["applied", "applied"]


def test_t20_a_later_edit_of_another_field_is_no_conflict_because_of_an_earlier_one(world: World) -> None:
    """Two fields edited offline one after the other; somebody else changed the second meanwhile."""
    ana, ben = at_head(world.ana, world.ben)
    first = edit(ana, "customer", world.steel.pk, memo="Mine")
    second = edit(ana, "customer", world.steel.pk, phone="02-1")
    edit(ben, "customer", world.steel.pk, phone="02-2")
    ben.sync()
    ana.sync()
    assert [ana.answer_to(first)[0], ana.answer_to(second)[0]] == ["applied", "conflict"]
    assert [one.names for one in Conflict.objects.all()] == [["phone"]]


def test_own_edits_in_a_row_do_not_meet_each_other(world: World) -> None:
    """The second saw the first: base plus own pending."""
    [ana] = at_head(world.ana)
    edit(ana, "customer", world.steel.pk, memo="First")
    last = ana.write("customer.change", seen={"memo": "First"}, customer=world.steel.pk, memo="Second")
    ana.sync()
    assert ana.answer_to(last) == ("applied", None)
    assert fresh(world.steel).memo == "Second"


def test_a_name_seen_decomposed_is_the_same_name(world: World) -> None:
    """B31: a phone may hold an own pending value that the server stored composed."""
    [ana] = at_head(world.ana)
    edit(ana, "customer", world.steel.pk, name="\u1112\u1161\u11ab")
    ana.sync()
    later = ana.write("customer.change", seen={"name": "\u1112\u1161\u11ab"}, customer=world.steel.pk, name="한일")
    ana.sync()
    assert ana.answer_to(later) == ("applied", None)


# --- What meets -------------------------------------------------------------------------------------


def test_a_free_field_takes_the_late_value_and_the_former_stands_in_the_conflict(world: World) -> None:
    ana, ben = at_head(world.ana, world.ben)
    late = edit(ana, "customer", world.steel.pk, memo="Ana, offline")
    edit(ben, "customer", world.steel.pk, memo="Ben, first")
    ben.sync()
    ana.sync()
    assert fresh(world.steel).memo == "Ana, offline"
    conflict = Conflict.objects.get()
    assert (conflict.names, conflict.base, conflict.mine, conflict.theirs) == (
        ["memo"],
        [""],
        ["Ana, offline"],
        ["Ben, first"],
    )
    assert (conflict.kept, conflict.member, conflict.their_member) == ("mine", world.ana, world.ben)
    assert ana.settled[late]["state"] == "conflict"
    assert ana.settled[late]["conflicts"] == [
        {"id": str(conflict.pk), "shape": "customer", "row": str(world.steel.pk), "names": ["memo"]}
    ]


def test_a_guarded_field_keeps_what_it_has_and_the_late_value_stands_in_the_conflict(world: World) -> None:
    ada, other = at_head(world.ada, world.ada)
    east, west = make.territory("East"), make.territory("West")
    edit(ada, "customer", world.steel.pk, territory=east.pk)
    edit(other, "customer", world.steel.pk, territory=west.pk)
    ada.sync()
    other.sync()
    assert fresh(world.steel).territory == east
    conflict = Conflict.objects.get()
    assert (conflict.kept, conflict.mine, conflict.theirs) == ("theirs", [str(west.pk)], [str(east.pk)])


def test_coordinates_of_two_people_are_never_mixed(world: World) -> None:
    ana, ben = at_head(world.ana, world.ben)
    for phone, place in ((ana, (36.0, 127.0)), (ben, (37.6, 127.1))):
        edit(phone, "site", world.gate.pk, latitude=place[0], longitude=place[1])
    ben.sync()
    ana.sync()
    site: Site = fresh(world.gate)
    assert (site.latitude, site.longitude) == (36.0, 127.0)
    assert Conflict.objects.get().theirs == [37.6, 127.1]


def test_both_people_and_the_manager_hold_the_conflict(world: World) -> None:
    phones = at_head(world.ana, world.ben, world.mia, world.carl)
    ana, ben, _mia, _carl = phones
    edit(ana, "customer", world.steel.pk, memo="Ana")
    edit(ben, "customer", world.steel.pk, memo="Ben")
    ben.sync()
    ana.sync()
    for phone in phones:
        phone.pull()
        assert phone.contents() == projection(phone.member)
    assert [len(phone.all("conflict")) for phone in phones] == [1, 1, 1, 0]


def test_what_was_seen_must_be_said(world: World) -> None:
    [ana] = at_head(world.ana)
    entry = ana.write("customer.change", seen={"phone": ""}, customer=world.steel.pk, memo="Mine")
    ana.sync()
    assert ana.settled[entry]["code"] == "field_required"
    assert ana.settled[entry]["params"] == {"field": "from.memo"}


def test_an_edit_that_comes_twice_has_one_effect(world: World) -> None:
    ana, ben = at_head(world.ana, world.ben)
    edit(ana, "customer", world.steel.pk, memo="Ana")
    edit(ben, "customer", world.steel.pk, memo="Ben")
    ben.sync()
    ana.sync()
    ana.take_new_replica()
    ana.sync()
    assert Conflict.objects.count() == 1
    assert [answer["state"] for answer in ana.settled.values()] == ["duplicate"]


# --- Who may ----------------------------------------------------------------------------------------


def test_b42_an_edit_outside_ones_territories_is_out_of_scope(world: World) -> None:
    [carl] = at_head(world.carl)
    entry = carl.write("customer.change", seen={"memo": ""}, customer=world.steel.pk, memo="Not mine")
    carl.sync()
    assert carl.answer_to(entry) == ("parked", "out_of_scope")
    assert fresh(world.steel).memo == ""


@pytest.mark.parametrize("who", ["jun", "eva"])
def test_engineers_and_executives_do_not_edit_customers(world: World, who: str) -> None:
    [phone] = at_head(getattr(world, who))
    entry = edit(phone, "customer", world.steel.pk, memo="No")
    phone.sync()
    assert phone.answer_to(entry) == ("parked", "not_permitted")


def test_rights_count_when_the_entry_is_applied(world: World) -> None:
    [ana] = at_head(world.ana)
    entry = edit(ana, "customer", world.steel.pk, memo="Late")
    ana.push()
    with make.writing() as unit:
        actions.change_customer(unit, customer=world.steel.pk, territory=world.south.pk)
    ana.drain()
    ana.pull()
    assert ana.answer_to(entry) == ("parked", "out_of_scope")


# --- Removed rows -----------------------------------------------------------------------------------


def test_t24_b37_an_edit_of_a_removed_row_waits_with_its_text_and_is_applied_after_a_restore(world: World) -> None:
    [ana] = at_head(world.ana)
    entry = edit(ana, "customer", world.steel.pk, memo="Still wanted")
    with make.writing() as unit:
        actions.remove_customer(unit, Customer.objects.get(pk=world.steel.pk))
    ana.sync()
    assert ana.answer_to(entry) == ("parked", "row_deleted")
    restore = ana.write("customer.restore", customer=world.steel.pk)
    ana.write("entry.retry", entry=UUID(entry), after=[restore])
    ana.sync()
    assert ana.answer_to(entry) == ("applied", None)
    assert (fresh(world.steel).deleted_at, fresh(world.steel).memo) == (None, "Still wanted")
    assert fresh(world.gate).deleted_at is None


# --- Deciding ---------------------------------------------------------------------------------------


def met(world: World) -> tuple[Phone, Phone, Conflict]:
    ana, ben = at_head(world.ana, world.ben)
    edit(ana, "customer", world.steel.pk, memo="Ana")
    edit(ben, "customer", world.steel.pk, memo="Ben")
    ben.sync()
    ana.sync()
    ben.pull()
    return ana, ben, Conflict.objects.get()


def test_whoever_keeps_what_is_there_ends_the_conflict(world: World) -> None:
    ana, _, conflict = met(world)
    assert ana.answer_to(resolve(ana, conflict, "keep"))[0] == "applied"
    assert fresh(conflict).choice == "keep"
    assert fresh(world.steel).memo == "Ana"


def test_the_other_value_can_be_put_back(world: World) -> None:
    _, ben, conflict = met(world)
    entry = resolve(ben, conflict, "replace", seen={"memo": "Ana"})
    assert ben.answer_to(entry) == ("applied", None)
    assert fresh(world.steel).memo == "Ben"
    assert (fresh(conflict).choice, fresh(conflict).resolved_by) == ("replace", world.ben)


def test_both_can_be_written_into_the_memo(world: World) -> None:
    ana, ben = at_head(world.ana, world.ben)
    edit(ana, "customer", world.steel.pk, phone="02-1")
    edit(ben, "customer", world.steel.pk, phone="02-2")
    ben.sync()
    ana.sync()
    entry = resolve(ana, Conflict.objects.get(), "note", note="Phone: 02-1 (Ana), 02-2 (Ben)")
    assert ana.answer_to(entry) == ("applied", None)
    assert fresh(world.steel).memo == "Phone: 02-1 (Ana), 02-2 (Ben)"
    assert fresh(world.steel).phone == "02-1"


def test_a_choice_made_on_an_old_view_meets_what_came_since(world: World) -> None:
    _ana, ben, conflict = met(world)
    with make.writing(world.mia) as unit:
        actions.change_customer(unit, customer=world.steel.pk, memo="Mia, later")
    entry = resolve(ben, conflict, "replace", seen={"memo": "Ana"})
    assert ben.answer_to(entry)[0] == "conflict"
    assert fresh(world.steel).memo == "Ben"
    latest = Conflict.objects.open().get()
    assert (latest.theirs, latest.their_member) == (["Mia, later"], world.mia)


def test_a_conflict_is_decided_once(world: World) -> None:
    ana, ben, conflict = met(world)
    resolve(ana, conflict, "keep")
    assert ben.answer_to(resolve(ben, conflict, "keep")) == ("parked", "already_resolved")


def test_a_stranger_to_the_territory_does_not_decide_but_the_writer_may_always_let_it_go(world: World) -> None:
    ana, _, conflict = met(world)
    [carl] = at_head(world.carl)
    assert carl.answer_to(resolve(carl, conflict, "keep")) == ("parked", "out_of_scope")
    with make.writing() as unit:
        actions.change_customer(unit, customer=world.steel.pk, territory=world.south.pk)
    ana.pull()
    assert len(ana.all("conflict")) == 1  # it is still in her own stream
    assert ana.answer_to(resolve(ana, conflict, "keep"))[0] == "applied"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"choice": "note"}, "field_required"),
        ({"choice": "keep", "note": "why"}, "field_not_allowed"),
        ({"choice": "mine"}, "choice"),
        ({"choice": "note", "note": "x" * 2001}, "too_long"),
    ],
)
def test_a_choice_has_its_form(world: World, values: dict[str, Any], code: str) -> None:
    ana, _, conflict = met(world)
    entry = ana.write("conflict.resolve", conflict=conflict.pk, **values)
    ana.sync()
    assert ana.answer_to(entry) == ("parked", code)


def test_a_memo_that_would_grow_too_long_is_refused_and_nothing_is_cut(world: World) -> None:
    ana, _, conflict = met(world)
    with make.writing() as unit:
        actions.change_customer(unit, customer=world.steel.pk, memo="x" * 3990)
    entry = resolve(ana, conflict, "note", note="y" * 100)
    assert ana.settled[entry]["code"] == "too_long"
    assert fresh(conflict).is_open


# --- By REST ----------------------------------------------------------------------------------------


def test_conflicts_are_listed_and_decided_by_rest(world: World) -> None:
    _, _, conflict = met(world)
    mia = signed_in(world.mia)
    listed = mia.get(f"{API}conflicts/", {"closed_at__isnull": "true"}).json()["results"]
    assert [one["id"] for one in listed] == [str(conflict.pk)]
    answer = mia.post(f"{API}conflicts/{conflict.pk}/resolve/", {"choice": "keep"})
    assert (answer.status_code, answer.json()["choice"]) == (200, "keep")
    assert mia.post(f"{API}conflicts/{conflict.pk}/resolve/", {"choice": "keep"}).status_code == 409
    assert signed_in(world.carl).get(f"{API}conflicts/{conflict.pk}/").status_code == 404


def test_by_rest_too_a_choice_takes_nobodys_later_value_away_unseen(world: World) -> None:
    """I12: whoever decides has seen the two values of the conflict, and not the third that stands there by now."""
    _, _, conflict = met(world)
    with make.writing(world.ben) as unit:
        actions.change_customer(unit, customer=world.steel.pk, memo="Third")
    answer = signed_in(world.mia).post(f"{API}conflicts/{conflict.pk}/resolve/", {"choice": "replace"})
    assert answer.status_code == 200
    assert fresh(world.steel).memo == "Ben"
    [later] = Conflict.objects.open()
    assert (later.mine, later.theirs) == (["Ben"], ["Third"])


def test_the_history_of_a_field_that_there_is_not_is_empty(world: World) -> None:
    met(world)
    answer = signed_in(world.mia).get(f"{API}customers/{world.steel.pk}/history/", {"field": "memo\0"})
    assert (answer.status_code, answer.json()["results"]) == (200, [])


def test_each_field_has_its_history(world: World) -> None:
    _ana, _ben, _ = met(world)
    answer = signed_in(world.mia).get(f"{API}customers/{world.steel.pk}/history/", {"field": "memo"}).json()
    assert [(one["before"], one["after"], one["member"]) for one in answer["results"]] == [
        ("Ben", "Ana", str(world.ana.pk)),
        ("", "Ben", str(world.ben.pk)),
    ]
    assert signed_in(world.carl).get(f"{API}customers/{world.steel.pk}/history/").status_code == 404
    assert FieldEdit.objects.count() == 2


def test_an_id_that_nobody_has_is_not_found(world: World) -> None:
    [ana] = at_head(world.ana)
    entry = ana.write("conflict.resolve", conflict=uuid7(), choice="keep")
    ana.sync()
    assert ana.answer_to(entry) == ("parked", "not_found")
