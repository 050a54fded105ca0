"""From what a wall clock shows to moments, also where the clock is set forward or back.

A slot opens when the clock first shows its start or later. It closes once the clock has shown for the last time
anything before its end. So an edge that a clock set forward skips moves to the moment after the gap; of an hour that
comes twice a start is the first and an end the second; and an end at the very minute the clock is set back to is the
first, since nothing before it comes again.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)


def opening(wall: datetime, zone: ZoneInfo) -> datetime:
    """When the clocks of ``zone`` first show ``wall`` or later, in UTC. ``wall`` has no zone of its own."""
    first, second = _readings(wall, zone)
    return first if first <= second else _end_of_gap(wall, zone, second, first)


def closing(wall: datetime, zone: ZoneInfo) -> datetime:
    """From when on the clocks of ``zone`` never again show anything before ``wall``, in UTC."""
    first, second = _readings(wall, zone)
    if first == second:
        return first
    if first > second:
        return _end_of_gap(wall, zone, second, first)
    return first if _shown(second - INSTANT, zone) >= wall else second


def _readings(wall: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """By the offset before a change of the clock and by the one after it. In a gap the former is the later moment."""
    return (
        wall.replace(tzinfo=zone, fold=0).astimezone(UTC),
        wall.replace(tzinfo=zone, fold=1).astimezone(UTC),
    )


def _end_of_gap(wall: datetime, zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """When the clock is set forward: after ``before``, at ``after`` at the latest."""
    seconds = range((after - before) // SECOND)
    return before + SECOND * bisect_left(seconds, True, key=lambda n: _shown(before + SECOND * n, zone) >= wall)


def _shown(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
