"""The same again: a cause comes back when it happens on a day inside its watch window."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.errors import NOT_FOUND, Problem
from notices.actions import notify
from people.models import Member
from sync.changes import Unit
from tickets import evidence
from tickets.actions.writing import lock_ticket, require_worker, save, save_measured
from tickets.errors import ALREADY_SO, OTHER_CAUSE, WATCH_OVER
from tickets.models import Cause, Step, Ticket
from tickets.telling import about

State = Cause.State


def say_again(unit: Unit, *, ticket: UUID, cause: UUID) -> Ticket:
    """This ticket is the same again. Raises watch_over when it happened after the cause's window."""
    same = lock_ticket(ticket)
    require_worker(unit)
    if same.is_recurrence and same.cause_id == cause:
        raise Problem(ALREADY_SO)
    if same.cause_id is not None:
        raise Problem(OTHER_CAUSE, cause=str(same.cause_id))
    back = lock_cause(same, cause, field="cause")
    if not back.is_watched_on(day_of(same)):
        raise Problem(WATCH_OVER, until=str(back.watch_until))
    come_back(unit, same, back)
    return save_measured(unit, same)


def lock_cause(ticket: Ticket, id: UUID, *, field: str) -> Cause:
    """A cause at the ticket's customer, locked."""
    found: Cause = Cause.objects.lock(id, field=field)
    if found.customer_id != ticket.customer_id:
        raise Problem(NOT_FOUND, field=field)
    return found


def day_of(ticket: Ticket) -> date:
    """The day on which it happened, by the time that counts, in the organization's calendar."""
    opened = Step.objects.get(ticket=ticket, number=1)
    return evidence.day_of(opened.counts_at, ticket.member.organization.time_zone)


def come_back(unit: Unit, ticket: Ticket, cause: Cause) -> None:
    """The cause is open again, and whoever answers for it hears so. The caller saves the ticket."""
    ticket.cause, ticket.is_recurrence = cause, True
    return_cause(unit, cause, ticket, day_of(ticket))


def return_cause(unit: Unit, cause: Cause, ticket: Ticket, day: date) -> None:
    """A cause that is still looked for stays that; any other is back."""
    cause.recurrences += 1
    cause.last_recurred_on = max(day, cause.last_recurred_on or day)
    if cause.state != State.FINDING:
        cause.state, cause.closed_at = State.BACK, None
    save(unit, cause)
    told = {*leads_of(ticket.member), *leads_of(cause.member), cause.member} - {unit.member}
    params = {**about(ticket), "count": cause.recurrences}
    notify(unit, sorted(told, key=lambda member: member.pk), "cause.back", cause, source=ticket.pk, **params)


def forget(unit: Unit, withdrawn: Ticket) -> None:
    """A ticket that was none is no recurrence."""
    if withdrawn.cause_id is None or not withdrawn.is_recurrence:
        return
    cause: Cause = Cause.objects.lock(withdrawn.cause_id, field="cause")
    again = Ticket.objects.standing().filter(cause=cause, is_recurrence=True)
    cause.recurrences = again.count()
    cause.last_recurred_on = max(map(day_of, again), default=None)
    is_back = again.exclude(state=Ticket.State.CLOSED).exists()
    if cause.state == State.BACK and not is_back and cause.watch_until is not None:
        cause.state = State.WATCHING
    save(unit, cause)


def leads_of(member: Member) -> set[Member]:
    lead = None if member.team is None else member.team.lead
    return set() if lead is None or not lead.is_active or lead == member else {lead}
