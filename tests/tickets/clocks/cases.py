"""Random calendars, and how many of them. FIELDOPS_CLOCK_TIMES=20 tries twenty times as many."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.tickets.clocks.minutes import Window
from tickets.clocks import BusinessTime, Turn

TIMES = int(os.environ.get("FIELDOPS_CLOCK_TIMES", "1"))
DAY = timedelta(days=1)

WINDOWS = [
    Window("UTC", "2026-02-26"),
    Window("Asia/Seoul", "2026-09-22"),
    Window("Asia/Kathmandu", "2026-11-20"),  # 5 hours 45 ahead
    Window("Europe/Berlin", "2026-03-26"),
    Window("Europe/Berlin", "2026-10-22"),
    Window("America/New_York", "2026-03-05"),
    Window("America/New_York", "2026-10-29"),
    Window("Australia/Lord_Howe", "2026-04-02"),  # by half an hour
    Window("Australia/Lord_Howe", "2026-10-01"),
    Window("America/Havana", "2026-03-05"),  # the day starts at 01:00
    Window("America/Havana", "2026-10-29"),  # and here twice
    Window("America/Santiago", "2026-04-02"),  # the last hour of the day comes twice
    Window("America/St_Johns", "2006-10-26"),  # set back at 00:01, so that the day before comes back
    Window("Pacific/Apia", "2011-12-27"),  # without its 30 December
]
ZONES = sorted({window.name for window in WINDOWS})


def cases(count: int) -> settings:
    return settings(max_examples=count * TIMES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# Most clocks are set at night, so that many edges lie there.
edges = st.one_of(
    st.integers(0, 8).map(lambda half: half * 30), st.integers(0, 48).map(lambda half: half * 30), st.integers(0, 1440)
)
turns = st.sampled_from(Turn)


@st.composite
def days(draw: st.DrawFn) -> list[tuple[int, int]]:
    """The slots of a day: often two that touch, sometimes none."""
    cuts = sorted(draw(st.sets(edges, min_size=2, max_size=5)))
    pieces = list(pairwise(cuts))
    mask = draw(st.integers(0, 2 ** len(pieces) - 1))
    return [piece for index, piece in enumerate(pieces) if not mask >> index & 1]


@st.composite
def weeks(draw: st.DrawFn) -> dict[int, list[tuple[int, int]]]:
    kinds = draw(st.lists(days(), min_size=1, max_size=3))
    slots = {weekday: kinds[weekday % len(kinds)] for weekday in range(7)}
    return slots if any(slots.values()) else {0: [(540, 720), (780, 1080)]}


def some_days(first: date, count: int) -> st.SearchStrategy[frozenset[date]]:
    return st.frozensets(st.integers(0, count - 1).map(lambda number: first + number * DAY), max_size=3)


@st.composite
def calendars(draw: st.DrawFn) -> BusinessTime:
    """Of any zone, with holidays in 2026."""
    return BusinessTime(ZoneInfo(draw(st.sampled_from(ZONES))), draw(weeks()), draw(some_days(date(2026, 1, 1), 365)))


def moments() -> st.SearchStrategy[datetime]:
    """Of 2026, to the microsecond, in any zone."""
    zones = st.sampled_from([UTC, *(ZoneInfo(name) for name in ZONES)])
    first = datetime(2026, 1, 1, tzinfo=UTC)
    apart = st.one_of(
        st.integers(0, 365 * 48).map(lambda half: half * timedelta(minutes=30)),
        st.integers(0, 365 * 86_400_000_000).map(lambda tiny: timedelta(microseconds=tiny)),
    )
    return st.builds(lambda after, zone: (first + after).astimezone(zone), apart, zones)


def in_order(count: int) -> st.SearchStrategy[Sequence[datetime]]:
    """So many moments, one after the other."""
    return st.lists(moments(), min_size=count, max_size=count).map(
        lambda found: sorted(found, key=lambda moment: moment.astimezone(UTC))
    )
