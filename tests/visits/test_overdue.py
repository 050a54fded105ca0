"""Plans whose day passed without a word."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from core import tenancy
from core.ids import uuid7
from people.models import Member
from sync.models import Audit
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone
from visits import actions
from visits.models import Visit
from visits.overdue import UNIT_ROWS, miss_overdue

pytestmark = pytest.mark.both_databases

# Half past midnight in Seoul, still the day before in UTC.
EARLY = "2026-11-24T15:30:00+00:00"
FOUR_DAYS_AGO, THREE_DAYS_AGO = date(2026, 11, 21), date(2026, 11, 22)


def state_of(visit: Visit) -> str:
    return Visit.everywhere.get(pk=visit.pk).state


def planned(world: World, day: date) -> Visit:
    return make.planned(world.ana, world.steel, planned_for=day)


@time_machine.travel(EARLY, tick=False)
def test_a_plan_is_missed_after_three_days_by_the_organizations_calendar(world: World) -> None:
    late, waits = planned(world, FOUR_DAYS_AGO), planned(world, THREE_DAYS_AGO)
    assert miss_overdue() == 1
    assert (state_of(late), state_of(waits)) == ("missed", "planned")


@time_machine.travel(EARLY, tick=False)
def test_only_plans_are_missed(world: World) -> None:
    started, cancelled, withdrawn = (planned(world, FOUR_DAYS_AGO) for _ in range(3))
    with make.writing(world.ana) as unit:
        actions.arrive(unit, visit=started.pk, customer=world.steel.pk)
        actions.cancel_visit(unit, visit=cancelled.pk)
        actions.withdraw_visit(unit, visit=withdrawn.pk)
    assert miss_overdue() == 0
    assert [state_of(visit) for visit in (started, cancelled, withdrawn)] == ["started", "cancelled", "planned"]


@time_machine.travel(EARLY, tick=False)
def test_a_second_run_finds_nothing_more_to_do(world: World) -> None:
    planned(world, FOUR_DAYS_AGO)
    miss_overdue()
    before = Audit.objects.count()
    assert miss_overdue() == 0
    assert Audit.objects.count() == before


@time_machine.travel(EARLY, tick=False)
def test_a_missed_plan_is_missed_on_the_phone_too(world: World) -> None:
    phone, late = Phone(world.ana), planned(world, FOUR_DAYS_AGO)
    phone.pull()
    miss_overdue()
    phone.pull()
    held = phone.holds("visit", late.pk)
    assert held is not None
    assert held["state"] == "missed"


@time_machine.travel(EARLY, tick=False)
def test_a_log_that_arrives_late_still_makes_it_a_visit(world: World) -> None:
    phone, late = Phone(world.ana), planned(world, FOUR_DAYS_AGO)
    phone.write(
        "visit.log", at="2026-11-21T10:00:00.000+09:00", visit=late.pk, customer=world.steel.pk, outcome="progress"
    )
    miss_overdue()
    phone.sync()
    assert state_of(late) == "finished"


@time_machine.travel(EARLY, tick=False)
def test_every_organization_is_looked_after_by_its_own_calendar(world: World, otto: Member) -> None:
    """In Hawaii it is still the day before yesterday."""
    here = planned(world, FOUR_DAYS_AGO)
    with tenancy.acting_in(otto.organization_id):
        otto.organization.time_zone = "Pacific/Honolulu"
        otto.organization.save()
        customer = make.customer(otto.territories.get())
        same_day = make.planned(otto, customer, planned_for=FOUR_DAYS_AGO)
        day_before = make.planned(otto, customer, planned_for=date(2026, 11, 20))
    assert miss_overdue() == 2
    assert [state_of(visit) for visit in (here, same_day, day_before)] == ["missed", "planned", "missed"]


@time_machine.travel(EARLY, tick=False)
def test_many_plans_are_missed_in_units(world: World) -> None:
    with make.writing(world.ana) as unit:
        for _ in range(UNIT_ROWS + 1):
            actions.plan_visit(unit, visit=uuid7(), customer=world.steel.pk, planned_for=FOUR_DAYS_AGO)
    before = Audit.objects.count()
    assert miss_overdue() == UNIT_ROWS + 1
    assert Audit.objects.count() == before + 2
