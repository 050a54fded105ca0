"""Who is to tell a customer, and until when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from core import clock
from needs import actions, grouping
from needs.models import Need, Voice
from needs.owners import due_on, owner_of
from people.actions import change_member
from people.models import Member
from tests import factories as make
from tests.conftest import World
from visits import actions as visit_actions

pytestmark = pytest.mark.both_databases


@pytest.fixture
def need(world: World) -> Need:
    """Heard by Ana at the steel works."""
    return make.sorted_need(world.jun, world.steel, "Quieter pumps", heard_by=world.ana)


def change(member: Member, **values: Any) -> None:
    with make.writing() as unit:
        change_member(unit, Member.objects.get(pk=member.pk), **values)


def owner(world: World, need: Need) -> Member:
    return owner_of(world.steel, Need.objects.get(pk=need.pk), grouping.group_of(need.pk))


# --- Who ----------------------------------------------------------------------------------------------


def test_whoever_heard_it_there(world: World, need: Need) -> None:
    assert owner(world, need) == world.ana


def test_of_several_whoever_heard_it_last(world: World, need: Need) -> None:
    make.need(world.ben, world.steel, need=need.pk)
    assert owner(world, need) == world.ben


def test_in_the_group_as_in_the_need_itself(world: World, need: Need) -> None:
    other = make.need(world.ben, world.steel)
    with make.writing(world.jun) as unit:
        actions.merge_need(unit, need=other.pk, into=need.pk)
    assert owner(world, need) == world.ben


def test_what_was_only_seen_or_was_taken_back_does_not_count(world: World, need: Need) -> None:
    make.observation(world.ben, world.steel, need=need.pk)
    make.need(world.ben, world.steel, need=need.pk)
    voice = Voice.objects.filter(member=world.ben, sign=None).get()
    with make.writing(world.ben) as unit:
        actions.withdraw_voice(unit, voice=voice.pk)
    assert owner(world, need) == world.ana


def test_not_who_does_not_answer_for_the_customer_any_more(world: World, need: Need) -> None:
    """Ana went to the South; Ben heard it before her."""
    make.need(world.ben, world.steel, need=need.pk)
    make.need(world.ana, world.steel, need=need.pk)
    change(world.ana, territories=[world.south.pk])
    assert owner(world, need) == world.ben


def test_else_whoever_was_there_last_of_those_who_do(world: World, need: Need) -> None:
    change(world.ana, territories=[])
    cora = make.member("Cora", territories=[world.north])
    for member in (world.ben, cora, world.carl):
        make.logged(member, world.steel)
    assert owner(world, need) == cora


def test_a_visit_that_was_taken_back_is_none(world: World, need: Need) -> None:
    change(world.ana, territories=[])
    cora = make.member("Cora", territories=[world.north])
    make.logged(world.ben, world.steel)
    visit = make.logged(cora, world.steel)
    with make.writing(cora) as unit:
        visit_actions.withdraw_visit(unit, visit=visit.pk)
    assert owner(world, need) == world.ben


def test_else_the_first_by_name_of_those_who_do(world: World, need: Need) -> None:
    change(world.ana, territories=[])
    make.member("Cora", territories=[world.north])
    make.member("Adam", territories=[world.north])
    assert owner(world, need).name == "Adam"


def test_else_whoever_heard_it_and_is_still_there(world: World, need: Need) -> None:
    make.need(world.ben, world.steel, need=need.pk)
    change(world.ana, territories=[])
    change(world.ben, territories=[], is_active=False)
    assert owner(world, need) == world.ana


def test_else_whoever_owns_the_need_and_at_last_whoever_heard_it_first(world: World, need: Need) -> None:
    change(world.ana, territories=[], is_active=False)
    change(world.ben, territories=[])
    assert owner(world, need) == world.ana
    with make.writing(world.jun) as unit:
        actions.take_need(unit, need=need.pk)
    assert owner(world, need) == world.jun


# --- Until when ----------------------------------------------------------------------------------------

TODAY = date(2026, 11, 26)


@pytest.fixture
def today() -> Any:
    """An hour before midnight in Seoul."""
    with time_machine.travel(datetime.fromisoformat("2026-11-26T23:00:00+09:00"), tick=False):
        yield TODAY


def plan(member: Member, customer: Any, days: int) -> Any:
    return make.planned(member, customer, planned_for=TODAY + timedelta(days=days))


def test_in_two_weeks_where_no_visit_is_planned(world: World, today: date) -> None:
    assert due_on(world.steel, world.ana) == today + timedelta(days=14)


@pytest.mark.parametrize("days", [0, 1, 30])
def test_at_the_next_visit_there(world: World, today: date, days: int) -> None:
    plan(world.ana, world.steel, days)
    plan(world.ana, world.steel, days + 1)
    assert due_on(world.steel, world.ana) == today + timedelta(days=days)


def test_not_at_a_visit_of_somebody_else_or_elsewhere_or_past_or_called_off(world: World, today: date) -> None:
    plan(world.ben, world.steel, 1)
    plan(world.ana, world.paper, 1)
    plan(world.ana, world.steel, -1)
    called_off = plan(world.ana, world.steel, 2)
    with make.writing(world.ana) as unit:
        visit_actions.cancel_visit(unit, visit=called_off.pk)
    assert due_on(world.steel, world.ana) == today + timedelta(days=14)


def test_by_the_calendar_of_the_organization(world: World) -> None:
    """In Seoul it is tomorrow already: a visit of today in UTC is past."""
    with time_machine.travel(datetime.fromisoformat("2026-11-26T16:00:00+00:00"), tick=False):
        assert clock.today_in("Asia/Seoul") == TODAY + timedelta(days=1)
        plan(world.ana, world.steel, 0)
        assert due_on(world.steel, world.ana) == TODAY + timedelta(days=15)
