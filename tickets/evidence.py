"""Which time of a fact counts, and whether it can be taken at its word.

A phone without a signal says when something happened by its own clock, and the server measures how wrong that clock is
when the phone sends. What happened counts by the corrected time. Where the clock was far off, or says something that
cannot be, a person has to say what counts; until then it is the corrected time if that is possible at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sync.changes import Actor
from visits.evidence import OLDEST_FACT, is_clock_off

UNDER_WAY = timedelta(minutes=1)  # what a message may take on a bad line


@dataclass(frozen=True)
class Counted:
    """When something counts as done, and whether somebody has to look at it."""

    at: datetime
    is_in_review: bool


def counted(actor: Actor) -> Counted:
    age = age_of(actor.at, actor.received_at, actor.skew_ms)
    is_possible = timedelta(0) <= age <= OLDEST_FACT
    at = actor.received_at - age if is_possible else actor.received_at
    return Counted(at, is_clock_off(actor.at, actor.received_at, actor.skew_ms))


def age_of(at: datetime, received_at: datetime, skew_ms: int | None) -> timedelta:
    """How long before it was received it happened. (Never ``at`` + skew: the calendar ends where a clock may stand.)"""
    return (received_at - at) - _error(timedelta(milliseconds=skew_ms or 0))


def _error(skew: timedelta) -> timedelta:
    """How far a phone's clock was behind, as far as that is certain: what it sent was under way for a while as well,
    and nobody is late for a bad line."""
    return skew if skew <= timedelta(0) else max(skew - UNDER_WAY, timedelta(0))


def day_of(moment: datetime, time_zone: str) -> date:
    return moment.astimezone(ZoneInfo(time_zone)).date()
