"""Business time on ordinary days: lunch, weekends, holidays, other zones."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tickets.clocks import BusinessTime, NoWorkingHour, Slots

SEOUL = ZoneInfo("Asia/Seoul")
HOUR = timedelta(hours=1)
INSTANT = timedelta(microseconds=1)
NINE_TO_SIX = [(540, 720), (780, 1080)]
WEEK = dict.fromkeys(range(5), NINE_TO_SIX)
OFFICE = BusinessTime(SEOUL, WEEK)


def at(text: str) -> datetime:
    """A moment in Seoul. 2026-11-02 is a Monday."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


class EveryDay:
    """A calendar of holidays only, which counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __contains__(self, day: object) -> bool:
        self.asked += 1
        return True


def test_a_lunch_break_is_the_time_between_two_slots() -> None:
    assert OFFICE.between(at("2026-11-02 09:00"), at("2026-11-02 18:00")) == 8 * HOUR
    assert OFFICE.after(at("2026-11-02 11:30"), HOUR) == at("2026-11-02 13:30")


def test_what_ends_with_friday_is_due_on_friday_and_not_on_monday() -> None:
    assert OFFICE.after(at("2026-11-06 09:00"), 8 * HOUR) == at("2026-11-06 18:00")
    assert OFFICE.after(at("2026-11-06 09:00"), 8 * HOUR + INSTANT) == at("2026-11-09 09:00") + INSTANT


def test_what_starts_at_night_counts_from_the_morning() -> None:
    assert OFFICE.after(at("2026-11-06 22:00"), HOUR) == at("2026-11-09 10:00")


def test_nothing_is_due_at_once_also_at_night() -> None:
    assert OFFICE.after(at("2026-11-07 22:00"), timedelta(0)) == at("2026-11-07 22:00")


def test_a_holiday_counts_for_nothing() -> None:
    closed_on_tuesday = BusinessTime(SEOUL, WEEK, {date(2026, 11, 3)})
    assert closed_on_tuesday.after(at("2026-11-02 17:00"), 2 * HOUR) == at("2026-11-04 10:00")


def test_no_time_passes_backwards() -> None:
    assert OFFICE.between(at("2026-11-02 12:00"), at("2026-11-02 09:00")) == timedelta(0)
    assert list(OFFICE.stretches(at("2026-11-02 12:00"), at("2026-11-02 09:00"))) == []
    with pytest.raises(ValueError, match="before it starts"):
        OFFICE.after(at("2026-11-02 12:00"), -HOUR)


def test_a_whole_year_of_office_hours() -> None:
    """2026 has 261 days from Monday to Friday."""
    assert OFFICE.between(at("2026-01-01 00:00"), at("2027-01-01 00:00")) == 261 * 8 * HOUR


def test_moments_may_be_of_any_zone_and_come_back_in_utc() -> None:
    due = OFFICE.after(datetime(2026, 11, 2, 8, 30, tzinfo=UTC), HOUR)
    assert due == at("2026-11-03 09:30")
    assert due is not None
    assert due.tzinfo is UTC
    from_new_york = datetime(2026, 11, 1, 19, 0, tzinfo=ZoneInfo("America/New_York"))  # 09:00 in Seoul
    assert OFFICE.after(from_new_york, HOUR) == at("2026-11-02 10:00")
    assert all(
        stretch.start.tzinfo is UTC and stretch.end.tzinfo is UTC
        for stretch in OFFICE.stretches(at("2026-11-02 08:00"), at("2026-11-02 20:00"))
    )


def test_stretches_tell_open_from_closed() -> None:
    told = [
        (stretch.start.astimezone(SEOUL).strftime("%a %H:%M"), stretch.is_open)
        for stretch in OFFICE.stretches(at("2026-11-06 12:30"), at("2026-11-09 09:30"))
    ]
    assert told == [("Fri 12:30", False), ("Fri 13:00", True), ("Fri 18:00", False), ("Mon 09:00", True)]


def test_slots_that_touch_are_one_stretch_also_over_midnight() -> None:
    touching = BusinessTime(SEOUL, {0: [(540, 720), (720, 1440)], 1: [(0, 60)]})
    stretches = list(touching.stretches(at("2026-11-02 09:00"), at("2026-11-03 01:00")))
    assert [(stretch.start, stretch.end) for stretch in stretches] == [(at("2026-11-02 09:00"), at("2026-11-03 01:00"))]


def test_always_is_day_and_night() -> None:
    always = BusinessTime.always(SEOUL)
    assert always.between(at("2026-01-01 00:00"), at("2027-01-01 00:00")) == 365 * 24 * HOUR
    assert always.after(at("2026-11-07 22:00"), 72 * HOUR) == at("2026-11-10 22:00")
    assert len(list(always.stretches(at("2026-01-01 00:00"), at("2027-01-01 00:00")))) == 1


def test_where_every_day_is_a_holiday_nothing_is_ever_due_and_ten_years_are_asked_day_by_day() -> None:
    holidays = EveryDay()
    assert BusinessTime(SEOUL, WEEK, holidays).after(at("2026-11-02 09:00"), HOUR) is None
    assert holidays.asked < 10 * 366


@pytest.mark.parametrize("slots", [{}, {0: [], 6: []}])
def test_a_calendar_needs_a_working_hour(slots: Slots) -> None:
    with pytest.raises(NoWorkingHour):
        BusinessTime(SEOUL, slots)


@pytest.mark.parametrize(
    "slots",
    [
        {0: [(780, 1080), (540, 720)]},  # not in order
        {0: [(540, 720), (719, 1080)]},  # overlapping
        {0: [(540, 540)]},  # of no length
        {0: [(1080, 540)]},
        {0: [(-1, 540)]},
        {0: [(540, 1441)]},
        {7: [(540, 720)]},  # there is no such weekday
    ],
)
def test_slots_that_are_none_are_refused(slots: Slots) -> None:
    with pytest.raises(ValueError, match="no slots of a day"):
        BusinessTime(SEOUL, slots)


def test_the_engine_works_without_django() -> None:
    code = "import sys, tickets.clocks, tickets.clocks.holidays; sys.exit('django' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
