"""Times are written one way, and days and months are the organization's."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import time_machine

from core import clock

SEOUL = "Asia/Seoul"
MOMENT = datetime(2026, 11, 24, 3, 31, 0, 123_456, tzinfo=UTC)


def test_now_is_utc_whatever_the_machine_says() -> None:
    """A server in Seoul and one in Lima write the same."""
    script = "from core import clock; print(clock.now().utcoffset(), clock.to_text(clock.now())[-1])"
    for zone in ("Asia/Seoul", "America/Lima"):
        said = subprocess.run(
            [sys.executable, "-c", script], env={"TZ": zone}, capture_output=True, text=True, check=True
        )
        assert said.stdout.split() == ["0:00:00", "Z"]


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (MOMENT, "2026-11-24T03:31:00.123Z"),
        (MOMENT.replace(microsecond=0), "2026-11-24T03:31:00.000Z"),
        (MOMENT.replace(microsecond=999_999), "2026-11-24T03:31:00.999Z"),  # cut as JavaScript cuts, never rounded up
        (MOMENT.astimezone(ZoneInfo(SEOUL)), "2026-11-24T03:31:00.123Z"),
        (datetime(1970, 1, 1, tzinfo=UTC), "1970-01-01T00:00:00.000Z"),
    ],
)
def test_a_moment_is_written_as_javascript_writes_it(moment: datetime, text: str) -> None:
    assert clock.to_text(moment) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (540, "2026-11-24T12:31:00.123+09:00"),
        (0, "2026-11-24T03:31:00.123+00:00"),
        (-210, "2026-11-24T00:01:00.123-03:30"),
        (345, "2026-11-24T09:16:00.123+05:45"),
        (-720, "2026-11-23T15:31:00.123-12:00"),
    ],
)
def test_a_wall_clock_is_written_with_its_offset(minutes: int, text: str) -> None:
    assert clock.to_local_text(MOMENT, minutes) == text


def test_what_a_writers_clock_showed_is_kept_by_moment_and_offset() -> None:
    """Together they give back the text that a phone wrote."""
    for text in ("2026-11-24T12:31:00.123+09:00", "2026-11-24T00:15:09.007-03:30", "2026-02-28T23:59:59.999+00:00"):
        written = datetime.fromisoformat(text)
        assert clock.to_local_text(written.astimezone(UTC), clock.offset_minutes(written)) == text


@pytest.mark.parametrize(("offset", "minutes"), [(540, 540), (-210, -210), (0, 0), (845, 845)])
def test_an_offset_is_in_whole_minutes(offset: int, minutes: int) -> None:
    assert clock.offset_minutes(MOMENT.astimezone(timezone(timedelta(minutes=offset)))) == minutes


def test_a_moment_without_a_zone_has_no_offset() -> None:
    assert clock.offset_minutes(MOMENT.replace(tzinfo=None)) == 0


@pytest.mark.parametrize(
    ("moment", "zone", "month"),
    [
        ("2026-11-30T14:59:59.999999+00:00", SEOUL, "2026-11"),
        ("2026-11-30T15:00:00+00:00", SEOUL, "2026-12"),
        ("2026-11-30T15:00:00+00:00", "UTC", "2026-11"),
        ("2026-12-31T15:00:00+00:00", SEOUL, "2027-01"),
        ("2026-11-01T03:30:00+00:00", "America/New_York", "2026-10"),  # its summer time ends two hours later
        ("2026-11-01T04:00:00+00:00", "America/New_York", "2026-11"),
    ],
)
def test_a_month_begins_at_the_organizations_midnight(moment: str, zone: str, month: str) -> None:
    assert clock.month_of(datetime.fromisoformat(moment), zone) == month


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Seoul", date(2026, 11, 25)), ("UTC", date(2026, 11, 24)), ("Pacific/Apia", date(2026, 11, 25))],
)
def test_today_is_the_organizations(zone: str, day: date) -> None:
    with time_machine.travel("2026-11-24T15:00:00Z", tick=False):
        assert clock.today_in(zone) == day


def test_months_are_counted_back_over_the_year() -> None:
    assert clock.months_back("2026-02", 3) == ["2026-02", "2026-01", "2025-12"]
    assert clock.months_back("2026-12", 1) == ["2026-12"]
    thirteen = clock.months_back("2026-11", 13)
    assert (len(set(thirteen)), thirteen[-1]) == (13, "2025-11")
    assert thirteen == sorted(thirteen, reverse=True)
