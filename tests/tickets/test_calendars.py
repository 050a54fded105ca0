"""Business calendars: days, slots and days off that can be, and clear answers to those that cannot."""

from __future__ import annotations

from typing import Any

import pytest

from core.ids import uuid7
from tests import factories as make
from tests.conftest import World
from tests.customers.screens import add, change, refused, remove
from tests.tickets.set_up import MONDAY, NINE, NOON, ONE, SIX, proper
from tickets.models import BusinessCalendar

pytestmark = pytest.mark.both_databases


def test_a_calendar_has_the_organizations_time_zone_and_no_holidays_unless_it_says_so(world: World) -> None:
    shown = add(world.ada, "business_calendars", **proper("business_calendars")).json()
    told = {name: shown[name] for name in ("time_zone", "country", "days_off", "days_on", "slots")}
    assert told == {"time_zone": "Asia/Seoul", "country": "", "days_off": [], "days_on": [], "slots": MONDAY}


def test_a_calendar_says_days_off_and_days_on_once_and_in_order(world: World) -> None:
    days = ["2026-12-31", "2026-05-01", "2026-12-31"]
    values = {"time_zone": "America/New_York", "country": "KR", "days_off": days, "days_on": ["2026-10-09"]}
    shown = add(world.ada, "business_calendars", **proper("business_calendars", **values)).json()
    assert {name: shown[name] for name in values} == {**values, "days_off": ["2026-05-01", "2026-12-31"]}


@pytest.mark.parametrize(
    ("slots", "kept"),
    [
        ([[0, NINE, NOON], [0, NOON, SIX]], [[0, NINE, SIX]]),
        ([[4, ONE, SIX], [0, ONE, SIX], [0, NINE, NOON]], [[0, NINE, NOON], [0, ONE, SIX], [4, ONE, SIX]]),
        ([[0, 0, 24 * 60], [1, 0, 24 * 60]], [[0, 0, 24 * 60], [1, 0, 24 * 60]]),
        ([[0, 0, 1], [0, 1, 2], [0, 2, 3]], [[0, 0, 3]]),
        ([[6, 24 * 60 - 1, 24 * 60]], [[6, 24 * 60 - 1, 24 * 60]]),
    ],
)
def test_slots_are_kept_in_order_and_touching_ones_are_joined(
    world: World, slots: list[list[int]], kept: list[list[int]]
) -> None:
    added = add(world.ada, "business_calendars", **proper("business_calendars", slots=slots))
    assert (added.status_code, added.json()["slots"]) == (201, kept)
    other = make.calendar()
    assert change(world.ada, f"business_calendars/{other.pk}", slots=slots).json()["slots"] == kept


@pytest.mark.parametrize(
    ("slots", "code"),
    [
        ([], "no_working_hour"),
        ([[0, NINE, NOON], [0, NOON - 1, SIX]], "slots_overlap"),
        ([[0, NINE, SIX], [0, NOON, ONE]], "slots_overlap"),
        ([[0, NINE, NOON], [0, NINE, NOON]], "slots_overlap"),
        ([[3, ONE, SIX], [0, NINE, NOON], [3, NINE, SIX]], "slots_overlap"),
    ],
)
def test_a_calendar_without_a_working_hour_or_with_overlapping_ones_is_refused(
    world: World, slots: list[list[int]], code: str
) -> None:
    calendar = make.calendar()
    before = BusinessCalendar.objects.get(pk=calendar.pk).slots
    no = (400, code, "slots")
    assert refused(add(world.ada, "business_calendars", **proper("business_calendars", slots=slots))) == no
    answer = change(world.ada, f"business_calendars/{calendar.pk}", slots=slots)
    assert refused(answer) == no
    if code == "slots_overlap":
        assert answer.json()["weekday"] == max(day for day, *_ in slots)
    assert [one.slots for one in BusinessCalendar.objects.all()] == [before]


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"name": ""}, "field_required", "name"),
        ({"name": "1" * 81}, "too_long", "name"),
        ({"slots": None}, "field_required", "slots"),
        ({"slots": "always"}, "field_type", "slots"),
        ({"slots": [[7, NINE, NOON]]}, "out_of_range", "slots.0"),
        ({"slots": [[0, NOON, NINE]]}, "out_of_range", "slots.0"),
        ({"slots": [[0, NINE, NINE]]}, "out_of_range", "slots.0"),
        ({"slots": [[0, NINE, 24 * 60 + 1]]}, "out_of_range", "slots.0.2"),
        ({"slots": [[-1, NINE, NOON]]}, "out_of_range", "slots.0.0"),
        ({"slots": [[0, NINE, "12:00"]]}, "field_type", "slots.0.2"),
        ({"slots": [[0, NINE, 720.5]]}, "out_of_range", "slots.0.2"),
        ({"slots": [[0, minute, minute + 1] for minute in range(0, 170, 2)]}, "too_long", "slots"),
        ({"time_zone": "Asia/Pyeongchang"}, "choice", "time_zone"),
        ({"country": "XX"}, "choice", "country"),
        ({"days_off": ["2026-02-30"]}, "bad_date", "days_off.0"),
        ({"days_on": ["soon"]}, "bad_date", "days_on.0"),
        ({"days_off": "2026-05-01"}, "field_type", "days_off"),
        ({"member": str(uuid7())}, "field_not_allowed", "member"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_by_field(
    world: World, values: dict[str, Any], code: str, field: str
) -> None:
    assert refused(add(world.ada, "business_calendars", **proper("business_calendars", **values))) == (400, code, field)
    assert not BusinessCalendar.objects.exists()


@pytest.mark.parametrize("slot", [[0, NINE], [0, NINE, NOON, ONE], [], "Monday", {}, None, 12])
def test_a_slot_is_a_weekday_and_two_minutes(world: World, slot: Any) -> None:
    answer = add(world.ada, "business_calendars", **proper("business_calendars", slots=[slot]))
    assert refused(answer) == (400, "field_required" if slot is None else "field_type", "slots.0")


def test_a_name_of_a_calendar_is_taken_once(world: World) -> None:
    taken = (409, "name_taken", "name")
    weekdays, nights = make.calendar(name="Weekdays"), make.calendar(name="Nights")
    assert refused(add(world.ada, "business_calendars", **proper("business_calendars"))) == taken
    assert refused(change(world.ada, f"business_calendars/{nights.pk}", name="Weekdays")) == taken
    remove(world.ada, f"business_calendars/{weekdays.pk}")
    assert change(world.ada, f"business_calendars/{nights.pk}", name="Weekdays").status_code == 200


def test_a_calendar_is_kept_while_something_is_promised_in_it(world: World) -> None:
    calendar = make.calendar()
    policy = make.policy(calendar=calendar.pk)
    address = f"business_calendars/{calendar.pk}"
    assert refused(remove(world.ada, address)) == (409, "calendar_in_use", None)
    remove(world.ada, f"sla_policies/{policy.pk}")
    assert remove(world.ada, address).status_code == 204
    assert refused(add(world.ada, "sla_policies", **proper("sla_policies", calendar=calendar.pk))) == (
        409,
        "row_deleted",
        "calendar",
    )
