"""The clocks once more, minute by minute and as plainly as can be: what the engine is compared with.

A ``Window`` is a few days of one zone. Everything in here is a number of minutes since its first moment, and what a
wall clock shows is a number of minutes since the year 1. No offset, fold or gap is ever worked out: the wall clock is
read once in every minute.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tickets.clocks import Slots, Turn

MINUTE = timedelta(minutes=1)
DAY = 1440
Turns = Sequence[tuple[int, Turn]]


@dataclass(frozen=True)
class Window:
    name: str
    day: str  # what UTC calls the first day
    days: int = 6

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.name)

    @property
    def first(self) -> datetime:
        return datetime.fromisoformat(self.day).replace(tzinfo=UTC)

    @property
    def minutes(self) -> int:
        return self.days * DAY

    def at(self, minute: int) -> datetime:
        return self.first + minute * MINUTE


@lru_cache
def shown_in(window: Window) -> Sequence[int]:
    walls = [window.at(minute).astimezone(window.zone) for minute in range(window.minutes)]
    return [wall.toordinal() * DAY + wall.hour * 60 + wall.minute for wall in walls]


@lru_cache
def first_shown_in(window: Window) -> Mapping[int, int]:
    """What a clock may show -> the first minute in which it shows that or more; missing where none does."""
    found: dict[int, int] = {}
    highest = shown_in(window)[0] - 2 * DAY
    for minute, wall in enumerate(shown_in(window)):
        for passed in range(highest + 1, wall + 1):
            found[passed] = minute
        highest = max(highest, wall)
    return found


@lru_cache
def over_in(window: Window) -> Mapping[int, int]:
    """What a clock may show -> the minute after the last in which it shows less; missing where none does."""
    found: dict[int, int] = {}
    lowest = shown_in(window)[-1] + 2 * DAY
    for minute, wall in reversed(list(enumerate(shown_in(window)))):
        for coming in range(wall + 1, lowest + 1):
            found[coming] = minute + 1
        lowest = min(lowest, wall)
    return found


def open_minutes(window: Window, slots: Slots, holidays: Collection[date]) -> list[bool]:
    walls = shown_in(window)
    is_open = [False] * len(walls)
    for ordinal in range(walls[0] // DAY - 1, walls[-1] // DAY + 2):
        day = date.fromordinal(ordinal)
        for start, end in [] if day in holidays else slots.get(day.weekday(), []):
            opens = first_shown_in(window).get(ordinal * DAY + start, len(walls))
            closes = over_in(window).get(ordinal * DAY + end, 0)
            is_open[opens:closes] = [True] * len(range(opens, closes))
    return is_open


def reached(is_open: Sequence[bool], start: int, amount: int) -> int | None:
    """When ``amount`` open minutes have passed since ``start``; None where it is not within the window."""
    for minute in range(start, len(is_open) + 1):
        if amount == 0:
            return minute
        if minute < len(is_open) and is_open[minute]:
            amount -= 1
    return None


@dataclass
class Account:
    state: str
    started_at: int
    due_at: int | None  # None as well where it is not within the window
    stopped_at: int | None
    used: int
    left: int
    is_missed: bool
    kinds: list[str]  # of each minute from the start on


def account(is_open: Sequence[bool], allowance: int, turns: Turns, now: int) -> Account:
    """Lives through the minutes one by one. Some turn is a START."""
    end = max([now, *(at for at, _ in turns)])
    turns_at = {time: [turn for at, turn in turns if at == time] for time, _ in turns}
    mode, started_at, stopped_at, due_at = "waiting", 0, None, None
    used, is_missed, kinds = 0, False, list[str]()
    for minute in range(end + 1):
        for turn in turns_at.get(minute, ()):
            if mode == "waiting" and turn is Turn.START:
                mode, started_at = "running", minute
            elif mode == "running" and turn is Turn.PAUSE:
                mode = "paused"
            elif mode == "paused" and turn is Turn.RESUME:
                mode = "running"
            elif mode in ("running", "paused") and turn is Turn.STOP:
                mode, stopped_at = "stopped", minute
            elif mode == "stopped" and turn is Turn.REOPEN:
                mode, stopped_at = "running", None
        if mode != "waiting" and used >= allowance and due_at is None:
            due_at = minute
        if minute == end or mode == "waiting":
            continue
        if mode != "running":
            kinds.append(mode)
            continue
        is_missed = is_missed or due_at is not None
        kinds.append("counted" if is_open[minute] else "closed")
        used += is_open[minute]
    if stopped_at is not None:
        kinds = kinds[: stopped_at - started_at]
    left = max(0, allowance - used)
    if due_at is None and mode != "paused":
        due_at = reached(is_open, end if stopped_at is None else stopped_at, left)
    state = mode if mode != "stopped" else "missed" if is_missed else "met"
    return Account(state, started_at, due_at, stopped_at, used, left, is_missed, kinds)
