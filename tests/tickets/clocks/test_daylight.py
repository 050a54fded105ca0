"""Days on which clocks are set forward or back: slots are what the wall clock shows, and last as long as they last."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tickets.clocks import BusinessTime, Slots

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
BERLIN = ZoneInfo("Europe/Berlin")  # 2026-03-29 02:00 -> 03:00, 2026-10-25 03:00 -> 02:00, both Sundays
HAVANA = ZoneInfo("America/Havana")  # 2026-03-08 00:00 -> 01:00, 2026-11-01 01:00 -> 00:00, both Sundays
ST_JOHNS = ZoneInfo("America/St_Johns")  # 2006-10-29 00:01 -> Saturday 23:01
APIA = ZoneInfo("Pacific/Apia")  # went from Thursday 2011-12-29 to Saturday 2011-12-31


def on_sundays(*slots: tuple[int, int]) -> Slots:
    return {6: slots}


def opened(business: BusinessTime, day: date) -> list[tuple[str, str]]:
    """When it is open around a day, in UTC."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    stretches = business.stretches(noon - 36 * HOUR, noon + 36 * HOUR)
    return [(f"{stretch.start:%d %H:%M}", f"{stretch.end:%d %H:%M}") for stretch in stretches if stretch.is_open]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 1), 24)])
def test_a_whole_day_lasts_as_long_as_it_lasts(day: date, hours: int) -> None:
    business = BusinessTime(BERLIN, on_sundays((0, 1440)))
    start = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
    assert business.between(start - 24 * HOUR, start + 40 * HOUR) == hours * HOUR


def test_time_is_measured_by_moments_and_not_by_what_the_wall_clock_shows() -> None:
    """Between two moments of one zone Python subtracts what the wall clock shows."""
    start, end = datetime(2026, 3, 29, 1, tzinfo=BERLIN), datetime(2026, 3, 29, 4, tzinfo=BERLIN)
    assert BusinessTime.always(BERLIN).between(start, end) == 2 * HOUR
    assert BusinessTime.always(BERLIN).after(start, 2 * HOUR) == end.astimezone(UTC)


@pytest.mark.parametrize(
    ("slot", "found"),
    [
        ((60, 150), [("29 00:00", "29 01:00")]),  # until 02:30, which is skipped: until the clock is set
        ((150, 240), [("29 01:00", "29 02:00")]),  # from 02:30: from then on
        ((60, 240), [("29 00:00", "29 02:00")]),
        ((130, 170), []),  # all of it is skipped
        ((180, 240), [("29 01:00", "29 02:00")]),
        ((60, 120), [("29 00:00", "29 01:00")]),
    ],
)
def test_an_edge_that_is_skipped_moves_to_the_moment_after_the_gap(
    slot: tuple[int, int], found: list[tuple[str, str]]
) -> None:
    assert opened(BusinessTime(BERLIN, on_sundays(slot)), date(2026, 3, 29)) == found


@pytest.mark.parametrize(
    ("slot", "found"),
    [
        ((150, 240), [("25 00:30", "25 03:00")]),  # from 02:30, the first
        ((60, 150), [("24 23:00", "25 01:30")]),  # until 02:30, the second
        ((140, 160), [("25 00:20", "25 01:40")]),  # from the first 02:20 until the second 02:40
        ((60, 120), [("24 23:00", "25 00:00")]),  # until 02:00: nothing before it comes again
        ((120, 180), [("25 00:00", "25 02:00")]),
        ((180, 240), [("25 02:00", "25 03:00")]),
    ],
)
def test_of_an_hour_that_comes_twice_a_start_is_the_first_and_an_end_the_second(
    slot: tuple[int, int], found: list[tuple[str, str]]
) -> None:
    assert opened(BusinessTime(BERLIN, on_sundays(slot)), date(2026, 10, 25)) == found


def test_slots_that_overlap_only_because_the_clock_is_set_back_count_once() -> None:
    business = BusinessTime(BERLIN, on_sundays((60, 150), (160, 240)))
    assert opened(business, date(2026, 10, 25)) == [("24 23:00", "25 03:00")]
    assert business.between(datetime(2026, 10, 24, tzinfo=BERLIN), datetime(2026, 10, 26, tzinfo=BERLIN)) == 4 * HOUR


def test_a_day_ends_when_the_next_begins_also_where_that_begins_twice() -> None:
    saturday, sunday = BusinessTime(HAVANA, {5: [(0, 1440)]}), BusinessTime(HAVANA, on_sundays((0, 1440)))
    assert opened(saturday, date(2026, 10, 31)) == [("31 04:00", "01 04:00")]
    assert opened(sunday, date(2026, 11, 1)) == [("01 04:00", "02 05:00")]


def test_a_day_without_midnight_begins_when_it_begins() -> None:
    saturday, sunday = BusinessTime(HAVANA, {5: [(0, 1440)]}), BusinessTime(HAVANA, on_sundays((0, 1440)))
    assert opened(saturday, date(2026, 3, 7)) == [("07 05:00", "08 05:00")]
    assert opened(sunday, date(2026, 3, 8)) == [("08 05:00", "09 04:00")]


def test_a_day_that_a_country_left_out_has_no_hours() -> None:
    thursday, saturday = datetime(2011, 12, 29, 9, tzinfo=APIA), datetime(2011, 12, 31, 9, tzinfo=APIA)
    fridays = BusinessTime(APIA, {4: [(0, 1440)]})
    assert fridays.between(thursday, saturday) == timedelta(0)
    assert BusinessTime.always(APIA).between(thursday, saturday) == 24 * HOUR


def test_a_day_comes_back_where_the_clock_is_set_back_just_after_midnight() -> None:
    """Sunday began, and a minute later it was Saturday 23:01 again: both days go on through that hour."""
    sunday = datetime(2006, 10, 29, tzinfo=ST_JOHNS).astimezone(UTC)
    saturdays, sundays = BusinessTime(ST_JOHNS, {5: [(1380, 1430)]}), BusinessTime(ST_JOHNS, on_sundays((0, 60)))
    assert saturdays.between(sunday, sunday + HOUR) == 50 * MINUTE
    assert sundays.between(sunday - HOUR, sunday + HOUR / 2) == 30 * MINUTE
