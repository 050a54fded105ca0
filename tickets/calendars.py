"""Business calendars as the clocks read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from core.errors import Problem
from tickets.clocks.business import BusinessTime
from tickets.clocks.holidays import public_holidays
from tickets.errors import NO_WORKING_HOUR, SLOTS_OVERLAP
from tickets.models import BusinessCalendar

Slot = tuple[int, int, int]  # weekday, start and end in minutes of the day


@dataclass(frozen=True)
class DaysOff:
    """Public holidays and days off of an organization's own, but for those on which it works."""

    country: str
    off: frozenset[date]
    on: frozenset[date]

    def __contains__(self, day: object) -> bool:
        return day not in self.on and (day in self.off or day in public_holidays(self.country))


def business_time(calendar: BusinessCalendar) -> BusinessTime:
    slots: dict[int, list[tuple[int, int]]] = {}
    for weekday, start, end in calendar.slots:
        slots.setdefault(weekday, []).append((start, end))
    return BusinessTime(
        ZoneInfo(calendar.time_zone),
        slots,
        DaysOff(calendar.country, _days(calendar.days_off), _days(calendar.days_on)),
    )


def _days(texts: Sequence[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))


def require_slots(slots: Sequence[Slot]) -> list[list[int]]:
    """The same slots in order, touching ones put together. Raises no_working_hour or slots_overlap."""
    if not any(end > start for _, start, end in slots):
        raise Problem(NO_WORKING_HOUR, field="slots")
    in_order = sorted(slots)
    for (day, _, end), (next_day, start, _) in pairwise(in_order):
        if day == next_day and start < end:
            raise Problem(SLOTS_OVERLAP, field="slots", weekday=day)
    together: list[list[int]] = []
    for day, start, end in in_order:
        if together and together[-1][0] == day and together[-1][2] == start:
            together[-1][2] = end
        else:
            together.append([day, start, end])
    return together
