"""What the clocks of a ticket say, worked out from its steps and from what was promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q

from tickets.calendars import business_time
from tickets.clocks.business import BusinessTime
from tickets.clocks.clock import Moment, Reading, Turn, read_clock
from tickets.models import Alarm, SlaPolicy, Step, Ticket

Event = Step.Event
Clock = Alarm.Clock
Rung = Alarm.Rung


@dataclass(frozen=True)
class Promise:
    """One clock of one ticket: how long, in which hours, and its turns so far."""

    clock: Clock
    business: BusinessTime
    allowance: timedelta
    moments: tuple[Moment, ...]

    def read(self, now: datetime, *, more: timedelta = timedelta(0)) -> Reading:
        """``more``: as if so much more (or less) had been promised."""
        return read_clock(self.business, max(self.allowance + more, timedelta(0)), self.moments, now)


@dataclass(frozen=True)
class NextAlarm:
    at: datetime
    clock: Clock
    rung: Rung
    due_at: datetime


def policy_for(customer: UUID, severity: str) -> SlaPolicy | None:
    """What is promised: of this customer before everybody's, of this severity before any."""
    applies = SlaPolicy.objects.alive().filter(
        Q(customer=customer) | Q(customer=None), Q(severity=severity) | Q(severity="")
    )
    found = list(applies.select_related("calendar"))
    return max(found, key=lambda one: (one.customer_id is not None, one.severity != ""), default=None)


def promises_of(policy: SlaPolicy, steps: Sequence[Step]) -> list[Promise]:
    business = business_time(policy.calendar)
    found = []
    if policy.response_minutes is not None:
        moments = _moments(steps, _response_turn)
        found.append(Promise(Clock.RESPONSE, business, timedelta(minutes=policy.response_minutes), moments))
    if policy.resolution_minutes is not None:
        moments = _moments(steps, partial(_resolution_turn, frozenset(policy.pauses_on)))
        found.append(Promise(Clock.RESOLUTION, business, timedelta(minutes=policy.resolution_minutes), moments))
    return found


def _response_turn(step: Step) -> Turn | None:
    """Whoever says anything to the customer, or resolves it at once, has answered."""
    match step.event:
        case Event.OPENED:
            return Turn.START
        case Event.RESPONDED | Event.SOLVED | Event.WITHDRAWN:
            return Turn.STOP
    return None


def _resolution_turn(pauses_on: frozenset[str], step: Step) -> Turn | None:
    match step.event:
        case Event.OPENED:
            return Turn.START
        case Event.WAITING:
            return Turn.PAUSE if step.waits_for in pauses_on else Turn.RESUME
        case Event.RESUMED:
            return Turn.RESUME
        case Event.SOLVED | Event.WITHDRAWN:
            return Turn.STOP
        case Event.REOPENED:
            return Turn.REOPEN
    return None


def _moments(steps: Sequence[Step], turn_of: Callable[[Step], Turn | None]) -> tuple[Moment, ...]:
    """Nothing happened before it was opened, whatever the clocks say of those who did the rest."""
    opened_at = next((step.counts_at for step in steps if step.event == Event.OPENED), None)
    if opened_at is None:
        return ()
    turns = [(max(step.counts_at, opened_at), turn_of(step)) for step in steps]
    return tuple(Moment(at, turn) for at, turn in turns if turn is not None)


def measured(ticket: Ticket, steps: Sequence[Step], alarms: Sequence[Alarm], now: datetime) -> dict[str, Any]:
    """The values of the ticket's own fields that say what its clocks say."""
    values: dict[str, Any] = dict.fromkeys(_FIELDS)
    values["is_in_review"] = any(step.is_in_review for step in steps)
    if ticket.policy is None:
        return values
    promises = promises_of(ticket.policy, steps)
    for promise in promises:
        values |= _shown(promise, now)
    following = [next_alarm(ticket.policy, promise, alarms, now) for promise in promises]
    values["next_alarm_at"] = min((one.at for one in following if one is not None), default=None)
    return values


_FIELDS = (
    "response_due_at",
    "response_at",
    "response_verdict",
    "resolution_due_at",
    "resolution_left_s",
    "resolution_verdict",
    "next_alarm_at",
)


def _shown(promise: Promise, now: datetime) -> dict[str, Any]:
    reading = promise.read(now)
    stopped = reading.stopped_at
    verdict = None
    if reading.is_missed:
        verdict = Ticket.Verdict.MISSED
    elif stopped is not None:
        verdict = Ticket.Verdict.MET
    if promise.clock == Clock.RESPONSE:
        return {"response_due_at": reading.due_at, "response_at": stopped, "response_verdict": verdict}
    left = round(reading.left.total_seconds()) if reading.state == "paused" else None
    return {"resolution_due_at": reading.due_at, "resolution_left_s": left, "resolution_verdict": verdict}


def next_alarm(policy: SlaPolicy, promise: Promise, alarms: Sequence[Alarm], now: datetime) -> NextAlarm | None:
    """The highest rung of the ladder that is reached and not raised, else the next one; None once it stands still.

    It stands while the clock does, and once somebody has acknowledged that it is late.
    """
    reading = promise.read(now)
    if reading.state != "running" or reading.due_at is None:
        return None
    raised = [one for one in alarms if one.clock == promise.clock and one.due_at == reading.due_at]
    if any(one.acknowledged_at is not None and one.rung >= Rung.LATE for one in raised):
        return None
    highest = max((one.rung for one in raised), default=-1)
    ahead = [
        NextAlarm(at, promise.clock, rung, reading.due_at)
        for rung, at in _ladder(policy, promise, now)
        if at is not None and rung > highest
    ]
    reached = [one for one in ahead if one.at <= now]
    return reached[-1] if reached else next(iter(ahead), None)


def _ladder(policy: SlaPolicy, promise: Promise, now: datetime) -> list[tuple[Rung, datetime | None]]:
    minutes = {
        Rung.WARNING: -policy.warn_minutes,
        Rung.LATE: 0,
        Rung.LEAD: policy.lead_minutes,
        Rung.EXECUTIVE: policy.executive_minutes,
    }
    return [(rung, promise.read(now, more=timedelta(minutes=some)).due_at) for rung, some in minutes.items()]
