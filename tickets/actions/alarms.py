"""Alarms: telling people that a promise runs out or was broken, rung by rung; and times that somebody has to settle."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core import clock
from core.errors import NOT_PERMITTED, Problem
from notices.actions import notify
from people.models import Member
from sync.changes import Unit
from tickets import timing
from tickets.actions.recurring import leads_of
from tickets.actions.writing import lock_ticket, save_measured
from tickets.errors import NOTHING_TO_ACKNOWLEDGE, NOTHING_TO_REVIEW
from tickets.models import Alarm, Step, Ticket
from tickets.permissions import reviews_times
from tickets.telling import about
from tickets.timing import NextAlarm

Rung = Alarm.Rung


def raise_alarm(unit: Unit, ticket: Ticket) -> None:
    """Raises the highest rung that is reached on each clock. Whoever calls has locked the ticket."""
    now = clock.now()
    for following in _due(ticket, now):
        alarm = Alarm(ticket=ticket, clock=following.clock, rung=following.rung, due_at=following.due_at, raised_at=now)
        alarm.save(force_insert=True)
        event = "ticket.due_soon" if following.rung == Rung.WARNING else "ticket.late"
        said = {
            **about(ticket),
            "clock": str(alarm.clock),
            "rung": int(alarm.rung),
            "due_at": clock.to_text(alarm.due_at),
        }
        notify(unit, _told_at(ticket, following.rung), event, ticket, source=alarm.pk, **said)
    save_measured(unit, ticket)


def _due(ticket: Ticket, now: Any) -> list[NextAlarm]:
    if ticket.policy is None:
        return []
    steps = list(Step.objects.filter(ticket=ticket).order_by("number"))
    alarms = list(Alarm.objects.filter(ticket=ticket))
    following = [timing.next_alarm(ticket.policy, one, alarms, now) for one in timing.promises_of(ticket.policy, steps)]
    return [one for one in following if one is not None and one.at <= now]


def _told_at(ticket: Ticket, rung: int) -> list[Member]:
    """Whoever works on it, or reported it while nobody does; then their lead; then executives."""
    owner = ticket.assignee or ticket.member
    told = {owner}
    if rung >= Rung.LEAD:
        told |= leads_of(owner)
    if rung >= Rung.EXECUTIVE:
        told |= set(Member.objects.alive().active().filter(role=Member.Role.EXECUTIVE))
    return sorted(told, key=lambda member: member.pk)


def acknowledge_alarm(unit: Unit, *, ticket: UUID) -> Ticket:
    """Says: I know, and see to it. Nobody further up is told of these promises any more."""
    known = lock_ticket(ticket)
    waiting = list(Alarm.objects.filter(ticket=known, acknowledged_at=None))
    if not waiting:
        raise Problem(NOTHING_TO_ACKNOWLEDGE)
    for alarm in waiting:
        alarm.acknowledged_at, alarm.acknowledged_by = unit.actor.at, unit.member
        alarm.save(update_fields=["acknowledged_at", "acknowledged_by"])
    return save_measured(unit, known)


def review_times(unit: Unit, *, ticket: UUID, step: UUID, review: str) -> Ticket:
    """Settles which time counts where a phone's clock was off: its own, corrected, or when the server heard of it."""
    reviewed = lock_ticket(ticket)
    found = Step.objects.filter(ticket=reviewed, pk=step).first()
    if found is None or not found.is_in_review:
        raise Problem(NOTHING_TO_REVIEW, field="step")
    if found.member is not None and not reviews_times(unit.member, found.member):
        raise Problem(NOT_PERMITTED)
    if review == Step.Review.SERVER:
        found.counts_at = found.received_at
    found.review, found.reviewed_by, found.is_in_review = review, unit.member, False
    found.save(update_fields=["counts_at", "review", "reviewed_by", "is_in_review"])
    if found.event == Step.Event.SOLVED and reviewed.solved_by_id == found.member_id:
        reviewed.solved_at = found.counts_at
    return save_measured(unit, reviewed)
