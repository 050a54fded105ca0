"""What became of one promise ("answered within eight hours"), from the moments at which its clock was turned.

1. The clock starts at the first START; what is said before changes nothing, and neither does a turn that does not fit:
   a pause while paused, a stop while stopped.
2. What counts is time in business hours in which the clock runs, neither paused nor stopped.
3. It is due at the earliest moment at which as much has counted as was allowed. Until then: were it to run on.
4. It is missed once the clock ran past that moment, in business hours or outside. One that is stopped or paused at the
   very moment is not missed; one that ran on over the weekend is, although nothing counted there.
5. A reopened clock goes on with what it had used. Nothing that is missed is ever in time again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Literal

from tickets.clocks.business import BusinessTime
from tickets.clocks.pieces import Piece, join, length, reach

Mode = Literal["waiting", "running", "paused", "stopped"]
State = Literal["running", "paused", "met", "missed"]
Kind = Literal["counted", "closed", "paused", "stopped"]


class NotStarted(ValueError):
    """A clock without a START has nothing to say."""


class Turn(Enum):
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    REOPEN = "reopen"


# Whatever is not listed changes nothing.
NEXT: Mapping[tuple[Mode, Turn], Mode] = {
    ("waiting", Turn.START): "running",
    ("running", Turn.PAUSE): "paused",
    ("running", Turn.STOP): "stopped",
    ("paused", Turn.RESUME): "running",
    ("paused", Turn.STOP): "stopped",
    ("stopped", Turn.REOPEN): "running",
}


@dataclass(frozen=True)
class Moment:
    at: datetime
    turn: Turn


@dataclass(frozen=True)
class Span(Piece):
    """``counted`` and ``closed``: the clock ran, in business hours and outside. A pause covers both alike."""

    kind: Kind


@dataclass(frozen=True)
class Reading:
    """How the clock stands. All moments are in UTC.

    A stopped clock is ``met`` or ``missed``; one that runs or is paused may be missed as well (``is_missed``).
    ``due_at`` is None while paused with something left, and where it would take more than ten years. Of a clock that
    was stopped in time it is what it would have been, had it run on from there.
    ``spans`` go from the start to the last stop, else to now, without a gap; the counted ones add up to ``used``.
    """

    state: State
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    used: timedelta
    left: timedelta  # never below zero
    is_missed: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class _Phase(Piece):
    mode: Mode


def read_clock(business: BusinessTime, allowance: timedelta, moments: Sequence[Moment], now: datetime) -> Reading:
    """``moments`` are taken by time, those of one time as they are given. Raises NotStarted without a START.

    What was said has happened: if a moment is later than ``now``, the clock is read as of that moment.
    """
    phases = _phases(moments, now)
    last = phases[-1]
    is_stopped = last.mode == "stopped"
    spans = tuple(join(_spans(business, phases[:-1] if is_stopped else phases), lambda span: span.kind))
    used = length(span for span in spans if span.kind == "counted")
    left = max(allowance - used, timedelta(0))
    due_at = _reached(phases[0].start, spans, allowance)
    if due_at is None and last.mode != "paused":
        due_at = business.after(last.start if is_stopped else last.end, left)
    is_missed = due_at is not None and _ran_after(due_at, spans)
    return Reading(
        state=_state(last.mode, is_missed=is_missed),
        started_at=phases[0].start,
        due_at=due_at,
        stopped_at=last.start if is_stopped else None,
        used=used,
        left=left,
        is_missed=is_missed,
        spans=spans,
    )


def _phases(moments: Iterable[Moment], now: datetime) -> list[_Phase]:
    """One after the other from the start on, the last one up to now; some may have no length."""
    # Two moments of one zone compare as its wall clock shows them, which is wrong in the hour that comes twice.
    turns = sorted(((moment.at.astimezone(UTC), moment.turn) for moment in moments), key=lambda turn: turn[0])
    mode: Mode = "waiting"
    since: list[tuple[datetime, Mode]] = []
    for at, turn in turns:
        following = NEXT.get((mode, turn), mode)
        if following != mode:
            since.append((at, following))
        mode = following
    if not since:
        raise NotStarted("No moment starts this clock.")
    ends = [*(at for at, _ in since[1:]), max(now.astimezone(UTC), turns[-1][0])]
    return [_Phase(start, end, mode) for (start, mode), end in zip(since, ends, strict=True)]


def _spans(business: BusinessTime, phases: Iterable[_Phase]) -> Iterator[Span]:
    for phase in phases:
        if phase.mode == "running":
            for stretch in business.stretches(phase.start, phase.end):
                yield Span(stretch.start, stretch.end, "counted" if stretch.is_open else "closed")
        elif phase.length:
            yield Span(phase.start, phase.end, "paused" if phase.mode == "paused" else "stopped")


def _reached(started_at: datetime, spans: Iterable[Span], allowance: timedelta) -> datetime | None:
    """When the allowance was used up; None if something is left."""
    return reach((span for span in spans if span.kind == "counted"), allowance) if allowance else started_at


def _ran_after(due_at: datetime, spans: Iterable[Span]) -> bool:
    return any(span.end > due_at for span in spans if span.kind in ("counted", "closed"))


def _state(mode: Mode, *, is_missed: bool) -> State:
    if mode == "stopped":
        return "missed" if is_missed else "met"
    return "paused" if mode == "paused" else "running"
