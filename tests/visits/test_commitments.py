"""What we promised a customer: made, kept, moved."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core import clock
from core.errors import Problem
from people import actions as people_actions
from people.models import Member
from people.streams import base, closed_in, member_scope, territory_scope
from sync.models import Log
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone
from visits import actions
from visits.models import Commitment

pytestmark = pytest.mark.both_databases

FIRST, SECOND, THIRD = date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)
NINE = make.moment("2026-11-24 09:00")


def promise(world: World, by: Member | None = None) -> Commitment:
    return make.commitment(by or world.ana, world.steel, due_on=FIRST)


def keep(by: Member, made: Commitment, **args: Any) -> Commitment:
    with make.writing(by, at=NINE) as unit:
        return actions.keep_commitment(unit, commitment=made.pk, **args)


def move(by: Member, made: Commitment, due_on: date, **args: Any) -> Commitment:
    with make.writing(by, at=NINE) as unit:
        return actions.move_commitment(unit, commitment=made.pk, due_on=due_on, **args)


def streams_of(made: Commitment) -> set[str]:
    found = Log.objects.filter(shape="commitment", row_id=made.pk, is_put=True)
    return set(found.values_list("stream", flat=True))


def test_a_kept_promise_says_when_and_how(world: World) -> None:
    kept = keep(world.ana, promise(world), note="Sent by mail")
    assert (kept.state, kept.kept_at, kept.kept_note) == ("kept", NINE, "Sent by mail")


def test_a_moved_promise_shows_the_day_before_the_move(world: World) -> None:
    made = promise(world)
    move(world.ana, made, SECOND, reason="Holiday")
    moved = move(world.ana, made, THIRD)
    assert (moved.moved_from, moved.due_on, moved.move_reason, moved.state) == (SECOND, THIRD, "", "open")


def test_a_promise_may_be_moved_to_an_earlier_day(world: World) -> None:
    assert move(world.ana, promise(world), date(2026, 11, 1)).due_on == date(2026, 11, 1)


def test_the_lead_of_the_members_team_answers_for_it(world: World) -> None:
    with make.writing() as unit:
        people_actions.change_team(unit, world.team, lead=world.mia.pk)
    assert keep(world.mia, promise(world)).state == "kept"


def test_the_lead_of_another_team_does_not(world: World) -> None:
    other = make.team("South team")
    with make.writing() as unit:
        people_actions.change_team(unit, other, lead=world.carl.pk)
    with pytest.raises(Problem) as refused:
        keep(world.carl, promise(world))
    assert refused.value.code.name == "not_permitted"


def test_a_manager_who_leads_no_team_does_not(world: World) -> None:
    """The phone shows the same: what it offers and what the server takes must not differ."""
    with pytest.raises(Problem) as refused:
        move(world.mia, promise(world), SECOND)
    assert refused.value.code.name == "not_permitted"


def test_a_promise_of_a_member_without_a_team_has_no_lead(world: World) -> None:
    with make.writing() as unit:
        people_actions.change_team(unit, world.team, lead=world.mia.pk)
    with pytest.raises(Problem):
        keep(world.mia, make.commitment(world.carl, world.steel))


def test_an_open_promise_is_in_the_base_whatever_its_day(world: World) -> None:
    assert streams_of(promise(world)) == {base(territory_scope(world.north.pk)), base(member_scope(world.ana.pk))}


def test_a_kept_promise_moves_to_its_month(world: World) -> None:
    made = promise(world)
    keep(world.ana, made)
    month = clock.month_of(clock.now(), "Asia/Seoul")
    assert streams_of(made) == {
        closed_in(territory_scope(world.north.pk), month),
        closed_in(member_scope(world.ana.pk), month),
    }


def test_a_promise_moved_to_another_day_stays_in_the_base(world: World) -> None:
    made = promise(world)
    before = streams_of(made)
    move(world.ana, made, SECOND)
    assert streams_of(made) == before


def test_promises_due_are_those_still_open(world: World) -> None:
    due, kept, later = promise(world), promise(world), make.commitment(world.ana, world.steel, due_on=THIRD)
    keep(world.ana, kept)
    assert list(Commitment.objects.due_by(FIRST)) == [due]
    assert later in Commitment.objects.due_by(THIRD)


def test_two_phones_keeping_the_same_promise_keep_it_once(world: World) -> None:
    made = promise(world)
    first, second = Phone(world.ana), Phone(world.ana)
    mine = first.write("commitment.keep", commitment=made.pk, note="first")
    also = second.write("commitment.keep", commitment=made.pk, note="second")
    first.sync()
    second.sync()
    assert first.answer_to(mine) == ("applied", None)
    assert second.answer_to(also) == ("parked", "bad_transition")
    assert Commitment.objects.get(pk=made.pk).kept_note == "first"
