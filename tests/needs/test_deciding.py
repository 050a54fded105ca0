"""Where edits of a need have met, people decide: what is there, the other value, or both in the memo."""

from __future__ import annotations

from typing import Any

import pytest

from customers.models import Conflict
from needs import actions
from needs.models import Need
from people.actions import change_member
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.editing import at_head, fresh, resolve
from tests.needs.meeting import meet
from tests.rest import API, signed_in

pytestmark = pytest.mark.both_databases


def test_whoever_keeps_what_is_there_ends_the_conflict(world: World, ina: Member, need: Need) -> None:
    _, other, conflict = meet(world, ina, need, memo=("Mine", "Hers"))
    assert other.answer_to(resolve(other, conflict, "keep")) == ("applied", None)
    assert (fresh(conflict).choice, fresh(conflict).resolved_by, fresh(need).memo) == ("keep", ina, "Mine")


def test_the_other_value_can_be_put_back(world: World, ina: Member, need: Need) -> None:
    _, other, conflict = meet(world, ina, need, title=("Silent pumps", "Less noise"))
    entry = resolve(other, conflict, "replace", seen={"title": "Silent pumps"})
    assert other.answer_to(entry) == ("applied", None)
    assert (fresh(need).title, fresh(conflict).choice) == ("Less noise", "replace")


def test_a_theme_can_be_put_back(world: World, ina: Member, need: Need) -> None:
    mine, hers = make.theme(world.jun), make.theme(world.jun)
    jun, _, conflict = meet(world, ina, need, theme=(mine.pk, hers.pk))
    assert jun.answer_to(resolve(jun, conflict, "replace", seen={"theme": str(mine.pk)})) == ("applied", None)
    assert fresh(need).theme == hers


def test_a_theme_that_was_removed_since_cannot_be_put_back(world: World, ina: Member, need: Need) -> None:
    mine, hers = make.theme(world.jun), make.theme(world.jun)
    jun, _, conflict = meet(world, ina, need, theme=(mine.pk, hers.pk))
    with make.writing(world.jun) as unit:
        actions.remove_theme(unit, theme=hers.pk)
    entry = resolve(jun, conflict, "replace", seen={"theme": str(mine.pk)})
    assert (jun.settled[entry]["code"], jun.settled[entry]["params"]) == ("row_deleted", {"field": "theme"})
    assert fresh(conflict).is_open


def test_both_can_be_written_into_the_memo_of_the_need(world: World, ina: Member, need: Need) -> None:
    jun, _, conflict = meet(world, ina, need, title=("Silent pumps", "Less noise"))
    entry = resolve(jun, conflict, "note", note="Title: Silent pumps (Jun), Less noise (Ina)")
    assert jun.answer_to(entry) == ("applied", None)
    assert fresh(need).memo == "Title: Silent pumps (Jun), Less noise (Ina)"
    assert fresh(world.steel).memo == ""


def test_a_choice_made_on_an_old_view_meets_what_came_since(world: World, ina: Member, need: Need) -> None:
    _, other, conflict = meet(world, ina, need, memo=("Mine", "Hers"))
    with make.writing(world.ada) as unit:
        actions.change_need(unit, need=need.pk, memo="Ada, later")
    entry = resolve(other, conflict, "replace", seen={"memo": "Mine"})
    assert other.answer_to(entry)[0] == "conflict"
    assert fresh(need).memo == "Hers"
    latest = Conflict.objects.open().get()
    assert (latest.shape, latest.theirs, latest.their_member) == ("need", ["Ada, later"], world.ada)


@pytest.mark.parametrize("choice", ["keep", "replace", "note"])
@pytest.mark.parametrize("who", ["ana", "mia", "eva"])
def test_whoever_may_not_edit_needs_does_not_decide(
    world: World, ina: Member, need: Need, who: str, choice: str
) -> None:
    """Also not a rep who has the customer, and may decide about all else of that customer."""
    _, _, conflict = meet(world, ina, need, memo=("Mine", "Hers"))
    [phone] = at_head(getattr(world, who))
    said: dict[str, dict[str, Any]] = {"replace": {"seen": {"memo": "Mine"}}, "note": {"note": "Both"}}
    values = said.get(choice, {})
    entry = resolve(phone, conflict, choice, **values)
    assert phone.answer_to(entry) == ("parked", "not_permitted")
    assert (fresh(conflict).is_open, fresh(need).memo) == (True, "Mine")
    body = {"choice": choice, **({"note": "Both"} if choice == "note" else {})}
    answer = signed_in(phone.member).post(f"{API}conflicts/{conflict.pk}/resolve/", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


def test_an_engineer_decides_by_rest(world: World, ina: Member, need: Need) -> None:
    _, _, conflict = meet(world, ina, need, memo=("Mine", "Hers"))
    answer = signed_in(ina).post(f"{API}conflicts/{conflict.pk}/resolve/", {"choice": "replace"}, format="json")
    assert (answer.status_code, fresh(need).memo) == (200, "Hers")


def test_the_writer_may_always_let_it_go(world: World, ina: Member, need: Need) -> None:
    """Jun is an engineer no more."""
    jun, _, conflict = meet(world, ina, need, memo=("Mine", "Hers"))
    with make.writing() as unit:
        change_member(unit, Member.objects.get(pk=world.jun.pk), role="executive")
    refused = resolve(jun, conflict, "replace", seen={"memo": "Mine"})
    assert jun.answer_to(refused) == ("parked", "not_permitted")
    assert jun.answer_to(resolve(jun, conflict, "keep", supersedes=refused)) == ("applied", None)
