"""Planning a visit, and cancelling the plan."""

from __future__ import annotations

from datetime import date, time

import pytest

from core.ids import uuid7
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone
from visits import actions
from visits.models import Visit

pytestmark = pytest.mark.both_databases


def test_a_plan_is_on_the_phones_of_the_territory(world: World) -> None:
    ana, ben, carl = Phone(world.ana), Phone(world.ben), Phone(world.carl)
    visit = uuid7()
    ana.write(
        "visit.plan",
        visit=visit,
        customer=world.steel.pk,
        planned_for="2026-12-01",
        planned_time="09:05",
        plan_note="가",
    )
    ana.sync()
    ben.pull()
    carl.pull()
    held = ben.holds("visit", visit)
    assert held is not None
    assert (held["planned_for"], held["planned_time"], held["plan_note"]) == ("2026-12-01", "09:05", "가")
    assert carl.holds("visit", visit) is None


def test_days_at_the_ends_of_the_calendar_can_be_written(world: World) -> None:
    for day in (date(1, 1, 1), date(9999, 12, 31)):
        assert make.planned(world.ana, world.steel, planned_for=day, planned_time=time(0, 0)).planned_for == day


def test_a_cancelled_plan_says_when(world: World) -> None:
    phone = Phone(world.ana)
    plan = make.planned(world.ana, world.steel)
    phone.write("visit.cancel", at="2026-11-24T12:31:00.123+09:00", visit=plan.pk)
    phone.sync()
    held = phone.holds("visit", plan.pk)
    assert held is not None
    assert (held["state"], held["cancelled_at"]) == ("cancelled", "2026-11-24T03:31:00.123Z")


def test_a_cancelled_plan_is_closed(world: World) -> None:
    plan = make.planned(world.ana, world.steel)
    with make.writing(world.ana) as unit:
        actions.cancel_visit(unit, visit=plan.pk)
    assert not Visit.objects.open().exists()
    assert Visit.objects.get().closed_at is not None
