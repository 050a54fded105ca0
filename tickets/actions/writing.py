"""What the verbs of this room share: whose rows they may lock, what a step is, and how a ticket is written."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from core import clock
from core.errors import NOT_FOUND, NOT_PERMITTED, Problem
from core.models import changed_fields
from customers.errors import OUT_OF_SCOPE
from customers.models import Asset, Contact, Customer, Product, Site
from people.models import Member
from sync.changes import Unit
from tickets import bell, evidence, states, timing
from tickets.errors import TICKET_STATE, TICKET_WITHDRAWN
from tickets.models import Alarm, Cause, Chip, Help, Message, Step, Ticket
from tickets.permissions import works_on_tickets
from visits.models import Visit


def lock_ticket(id: UUID, *, field: str = "ticket") -> Ticket:
    """The ticket, locked. Raises not_found or ticket_withdrawn."""
    found: Ticket = Ticket.objects.lock(id, field=field)
    require_standing(found, field)
    return found


def require_standing(ticket: Ticket, field: str) -> None:
    if ticket.is_withdrawn:
        raise Problem(TICKET_WITHDRAWN, field=field)


def lock_to_work(unit: Unit, id: UUID, verb: str) -> Ticket:
    """A ticket in a state in which the verb may follow, locked. Raises not_permitted or ticket_state besides."""
    found = lock_ticket(id)
    require_worker(unit)
    if not states.may(verb, found.state):
        raise Problem(TICKET_STATE, state=found.state)
    return found


def require_worker(unit: Unit) -> None:
    if not works_on_tickets(unit.member):
        raise Problem(NOT_PERMITTED)


def require_seen(unit: Unit, row: Ticket | Cause) -> None:
    """Facts are taken from everywhere. What changes a shared row, or brings it onto one's own phone, is for those who
    see it."""
    if not type(row).objects.seen_by(unit.member).filter(pk=row.pk).exists():
        raise Problem(OUT_OF_SCOPE)


def add_step(unit: Unit, ticket: Ticket, event: str, **values: Any) -> Step:
    """Writes down what happened to a locked ticket, by whom, and when it counts."""
    counted = evidence.counted(unit.actor)
    step = Step(
        ticket=ticket,
        number=Step.objects.filter(ticket=ticket).count() + 1,
        event=event,
        member=unit.member,
        counts_at=counted.at,
        is_in_review=counted.is_in_review,
        skew_s=unit.actor.skew_s,
        **values,
        **unit.actor.times,
    )
    step.save(force_insert=True)
    return step


def save(unit: Unit, row: Any, *names: str) -> Any:
    row.save(update_fields=names or None)
    unit.record(row)
    return row


def save_measured(unit: Unit, ticket: Ticket) -> Ticket:
    """Saves a locked ticket with what its clocks say now; and has it looked at when the next alarm is due."""
    steps = list(Step.objects.filter(ticket=ticket).order_by("number"))
    alarms = list(Alarm.objects.filter(ticket=ticket))
    before = ticket.next_alarm_at
    changed_fields(ticket, timing.measured(ticket, steps, alarms, clock.now()))
    was_closed_at, ticket.closed_at = ticket.closed_at, _closing_time(unit, ticket)
    save(unit, ticket)
    if ticket.closed_at != was_closed_at:
        record_talk(unit, ticket)
    if ticket.next_alarm_at is not None and ticket.next_alarm_at != before:
        transaction.on_commit(partial(bell.ring_if_due, ticket), robust=True)
    return ticket


def record_talk(unit: Unit, ticket: Ticket) -> None:
    """What is said of a ticket is seen where the ticket is: it goes along to another month, and to other members."""
    for model in (Message, Help):
        for said in model.objects.filter(ticket=ticket):
            unit.record(said)


def _closing_time(unit: Unit, ticket: Ticket) -> Any:
    if ticket.state != Ticket.State.CLOSED and not ticket.is_withdrawn:
        return None
    return ticket.closed_at or unit.actor.received_at


def today_of(unit: Unit) -> date:
    """The day on which what is said now happened, by the organization's calendar."""
    return evidence.day_of(evidence.counted(unit.actor).at, unit.member.organization.time_zone)


# --- Rows that are named -----------------------------------------------------------------------------------


def site_of(customer: Customer, id: UUID | None) -> Site | None:
    return None if id is None else _of_customer(customer, _ever(Site, id, "site"), "site")


def asset_of(customer: Customer, id: UUID | None) -> Asset | None:
    return None if id is None else _of_customer(customer, _ever(Asset, id, "asset"), "asset")


def contact_of(customer: Customer, id: UUID | None) -> Contact | None:
    return None if id is None else _of_customer(customer, _ever(Contact, id, "contact"), "contact")


def visit_of(customer: Customer, id: UUID | None) -> Visit | None:
    return None if id is None else _of_customer(customer, Visit.objects.find(id, field="visit"), "visit")


def product_of(id: UUID | None) -> Product | None:
    return None if id is None else _ever(Product, id, "product")


def chip_of(sort: str, id: UUID | None, field: str) -> Chip | None:
    """A chip of this sort; one that was removed meanwhile is still what somebody tapped."""
    if id is None:
        return None
    found: Chip = _ever(Chip, id, field)
    if found.sort != sort:
        raise Problem(NOT_FOUND, field=field)
    return found


def member_of(id: UUID, field: str) -> Member:
    found: Member = Member.objects.find(id, field=field)
    if not found.is_active:
        raise Problem(NOT_FOUND, field=field)
    return found


def _ever(model: Any, id: UUID, field: str) -> Any:
    """The row, removed or not: a phone that had it may speak of it, and what it says is not lost for that."""
    found = model.objects.by_id(id)
    if found is None:
        raise Problem(NOT_FOUND, field=field)
    return found


def _of_customer(customer: Customer, row: Any, field: str) -> Any:
    """A row of another customer, seen or not, is not there."""
    if row.customer_id != customer.pk:
        raise Problem(NOT_FOUND, field=field)
    return row
