"""How well the loop is closed: worked out by hand, and as the code works it out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from core import tenancy
from needs import actions, figures, telling
from needs.figures import median_days
from needs.models import Milestone, Need, Reply
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.rest import API, signed_in

START = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)
STAGES = {"heard", "confirmed", "accepted", "declined", "built", "shown", "solved", "not_yet"}
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


def on_day(days: float) -> datetime:
    return START + timedelta(days=days)


def test_the_median_of_the_days_by_hand() -> None:
    """Heard 2, 4 and 9 days: 4. Accepted 10 and 3: 6.5. Built has not gone on: nothing is known of it."""
    steps = [
        (ONE, "heard", on_day(0)),
        (ONE, "accepted", on_day(2)),
        (ONE, "built", on_day(12)),
        (TWO, "heard", on_day(1)),
        (TWO, "accepted", on_day(5)),
        (TWO, "declined", on_day(8)),
        (THREE, "heard", on_day(0)),
        (THREE, "confirmed", on_day(9)),
    ]
    found = median_days(steps)
    assert found.keys() == STAGES
    assert {stage: days for stage, days in found.items() if days is not None} == {"heard": 4.0, "accepted": 6.5}


def test_the_days_of_a_need_that_came_back_to_a_stage_count_each_time() -> None:
    steps = [(ONE, stage, on_day(day)) for stage, day in (("accepted", 0), ("built", 1), ("accepted", 4), ("built", 9))]
    assert median_days(steps)["accepted"] == 3.0
    assert median_days(steps)["built"] == 3.0


def test_parts_of_days_are_rounded_to_one_place() -> None:
    assert median_days([(ONE, "heard", on_day(0)), (ONE, "accepted", on_day(0.26))])["heard"] == 0.3


def test_nothing_is_known_of_nothing() -> None:
    assert set(median_days([]).values()) == {None}


# --- From the rows --------------------------------------------------------------------------------------


def act(by: Member, action: Any, **values: Any) -> None:
    with make.writing(by) as unit:
        action(unit, **values)
    for milestone in Milestone.objects.filter(announced_at=None).order_by("need", "number"):
        telling.announce(tenancy.require_id(), milestone.pk)


@pytest.fixture
def year(world: World) -> Need:
    """Four customers are told of what was built on day 10; one says solved, one not yet, one nothing; and one who had
    not heard of a need that was declined and then accepted after all was not told in the end."""
    with time_machine.travel(on_day(0), tick=False):
        need = make.sorted_need(world.jun, world.steel, "Quieter pumps", heard_by=world.ana)
        for number in range(3):
            make.need(world.ana, make.customer(world.north, f"Works {number}"), need=need.pk)
        other = make.need(world.carl, world.paper)
    with time_machine.travel(on_day(4), tick=False):
        act(world.jun, actions.accept_need, need=need.pk)
        act(world.jun, actions.decline_need, need=other.pk, reason="Too rare")
    with time_machine.travel(on_day(10), tick=False):
        act(world.jun, actions.build_need, need=need.pk)
        act(world.jun, actions.accept_need, need=other.pk)
    replies = list(Reply.objects.filter(need=need).order_by("customer__name"))
    with time_machine.travel(on_day(13), tick=False):
        act(world.ada, actions.tell_reply, reply=replies[0].pk)
        act(world.ada, actions.answer_reply, reply=replies[1].pk, value="solved")
        act(world.ada, actions.answer_reply, reply=replies[2].pk, value="not_yet")
    return need


@pytest.mark.both_databases
def test_the_figures_of_a_year(world: World, year: Need) -> None:
    with time_machine.travel(on_day(20), tick=False):
        answer = signed_in(world.ana).get(f"{API}needs/figures/").json()
    assert {name: answer[name] for name in ("told", "answered", "solved")} == {"told": 4, "answered": 2, "solved": 1}
    known = {stage: days for stage, days in answer["median_days"].items() if days is not None}
    assert known == {"heard": 4.0, "accepted": 6.0, "built": 3.0, "declined": 6.0}


@pytest.mark.both_databases
def test_what_lies_more_than_a_year_back_does_not_count(world: World, year: Need) -> None:
    with time_machine.travel(on_day(10 + 366), tick=False):
        found = figures.of_a_year()
    assert (found["told"], found["answered"], found["solved"]) == (0, 0, 0)
    assert set(found["median_days"].values()) == {None}


@pytest.mark.both_databases
def test_only_ones_own_organization_counts(otto: Member, world: World, year: Need) -> None:
    with time_machine.travel(on_day(20), tick=False):
        answer = signed_in(otto).get(f"{API}needs/figures/").json()
    assert (answer["told"], set(answer["median_days"].values())) == (0, {None})
