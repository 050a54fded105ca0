"""When work is done: slots of a week as wall clocks show them, in a time zone, without holidays.

A lunch break is the time between two slots. A slot is as long as it really lasts: from 00:00 to 24:00 there are 23
hours on the day on which the clock is set forward. What its edges mean on such days stands in tickets/clocks/walls.py.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tickets.clocks.pieces import Piece, join, length, reach
from tickets.clocks.walls import closing, opening

# Weekday (Monday is 0) -> from when until when, in minutes of the day (0 to 1440), in order and not overlapping.
Slots = Mapping[int, Sequence[tuple[int, int]]]

MIDNIGHT = 1440
DAY = timedelta(days=1)
TEN_YEARS = timedelta(days=3653)


class NoWorkingHour(ValueError):
    """A calendar on which nothing would ever be due."""


@dataclass(frozen=True)
class Stretch(Piece):
    is_open: bool


@dataclass(frozen=True)
class BusinessTime:
    """Moments are aware, of any zone, and come back in UTC. Raises NoWorkingHour where no weekday has a slot."""

    zone: ZoneInfo
    slots: Slots
    holidays: Container[date] = frozenset()

    def __post_init__(self) -> None:
        if not any(self.slots.values()):
            raise NoWorkingHour("No weekday has a slot.")
        for weekday, slots in self.slots.items():
            if not (0 <= weekday <= 6 and _is_in_order(slots)):
                raise ValueError(f"These are no slots of a day: {weekday}: {slots}")

    @classmethod
    def always(cls, zone: ZoneInfo) -> BusinessTime:
        """Day and night, on holidays too."""
        return cls(zone, {weekday: [(0, MIDNIGHT)] for weekday in range(7)})

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much business time there is from ``start`` until ``end``; nothing if that is no later."""
        return length(self._open(start.astimezone(UTC), end.astimezone(UTC)))

    def after(self, start: datetime, amount: timedelta) -> datetime | None:
        """The earliest moment at which ``amount`` has passed: what ends with the day is due then, not next morning.

        None if that takes more than ten years, as where every day is a holiday. Raises ValueError below zero.
        """
        if amount < timedelta(0):
            raise ValueError(f"Nothing is due before it starts: {amount}")
        start = start.astimezone(UTC)
        return reach(self._open(start, start + TEN_YEARS), amount) if amount else start

    def stretches(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """Open and closed in turn, without a gap, from ``start`` until ``end``; none if that is no later."""
        return join(self._stretches(start.astimezone(UTC), end.astimezone(UTC)), lambda stretch: stretch.is_open)

    def _stretches(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        told = start
        for piece in self._open(start, end):
            if told < piece.start:
                yield Stretch(told, piece.start, is_open=False)
            yield Stretch(piece.start, piece.end, is_open=True)
            told = piece.end
        if told < end:
            yield Stretch(told, end, is_open=False)

    def _open(self, start: datetime, end: datetime) -> Iterator[Piece]:
        """Slot by slot, in order, cut off at both ends. Pieces may touch, but never overlap.

        Starts a day early and ends a day late: a clock that is set back at midnight shows a day twice.
        """
        day, last = start.astimezone(self.zone).date() - DAY, end.astimezone(self.zone).date() + DAY
        told = start
        while day <= last:
            for slot in self._slots_on(day):
                opens, closes = max(slot.start, told), min(slot.end, end)
                if opens < closes:
                    yield Piece(opens, closes)
                    told = closes
            day += DAY

    def _slots_on(self, day: date) -> Iterator[Piece]:
        if day in self.holidays:
            return
        midnight = datetime.combine(day, time())
        for start, end in self.slots.get(day.weekday(), ()):
            yield Piece(
                opening(midnight + timedelta(minutes=start), self.zone),
                closing(midnight + timedelta(minutes=end), self.zone),
            )


def _is_in_order(slots: Sequence[tuple[int, int]]) -> bool:
    are_apart = all(one[1] <= other[0] for one, other in pairwise(slots))
    return are_apart and all(0 <= start < end <= MIDNIGHT for start, end in slots)
