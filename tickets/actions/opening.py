"""Opening tickets, and what they are about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.errors import Problem
from core.models import insert
from customers.actions import Seen, edit_row
from customers.models import Customer
from notices.actions import notify
from people.models import Member
from sync.changes import Unit
from tickets import evidence, states, timing
from tickets.actions import recurring
from tickets.actions.writing import (
    add_step,
    asset_of,
    chip_of,
    contact_of,
    lock_ticket,
    member_of,
    product_of,
    record_talk,
    require_seen,
    require_standing,
    require_worker,
    save_measured,
    site_of,
    visit_of,
)
from tickets.errors import TICKET_CIRCLE, TICKET_STATE
from tickets.models import Chip, Step, Ticket
from tickets.serializers import TicketInput
from tickets.telling import about
from visits.errors import NOT_YOURS
from visits.evidence import CLOCK_OFF, OUTSIDE_TERRITORY

WATCH_OVER = "watch_over"
REMOVED = "removed"  # something it is about was taken off the lists before it came
Sort = Chip.Sort


def open_ticket(
    unit: Unit,
    *,
    ticket: UUID,
    customer: UUID,
    text: str,
    severity: str = Ticket.Severity.NORMAL,
    again: UUID | None = None,
    assignee: UUID | None = None,
    part_of: UUID | None = None,
    **names: UUID | None,
) -> Ticket:
    """Something at a customer is wrong. Never refused for where or when: the flags say what is known.

    ``again``: the same as that cause. Told of a day after its watch window it is something new, and flagged.
    """
    at: Customer = Customer.objects.find(customer, field="customer")
    opened = Ticket(id=ticket, customer=at, member=unit.member, text=text, severity=severity, **unit.actor.times)
    for name, row in _named(at, names).items():
        setattr(opened, name, row)
    opened.part_of = None if part_of is None else Ticket.objects.find(part_of, field="part_of")
    opened.assignee = None if assignee is None else member_of(assignee, "assignee")
    opened.state = states.working_state(has_assignee=assignee is not None)
    opened.flags, opened.skew_s = _flags_of(unit, opened), unit.actor.skew_s
    opened.policy = timing.policy_for(customer, severity)
    insert(opened, field="ticket")
    add_step(unit, opened, Step.Event.OPENED, assignee=opened.assignee)
    if again is not None:
        _say_again(unit, opened, again)
    save_measured(unit, opened)
    if opened.assignee is not None and opened.assignee != unit.member:
        notify(unit, [opened.assignee], "ticket.assigned", opened, source=opened.pk, **about(opened))
    return opened


def _named(at: Customer, names: dict[str, UUID | None]) -> dict[str, Any]:
    finders: dict[str, Any] = {
        "site": lambda id: site_of(at, id),
        "asset": lambda id: asset_of(at, id),
        "contact": lambda id: contact_of(at, id),
        "visit": lambda id: visit_of(at, id),
        "product": product_of,
        "category": lambda id: chip_of(Sort.CATEGORY, id, "category"),
    }
    return {name: finders[name](id) for name, id in names.items()}


def _flags_of(unit: Unit, ticket: Ticket) -> list[str]:
    """What a reader of a phone's fact should know of it."""
    actor = unit.actor
    if actor.entry_id is None:
        return []
    readable = unit.member.territories_read()
    about_rows = (ticket.site, ticket.asset, ticket.contact, ticket.product, ticket.category)
    raised = {
        CLOCK_OFF: evidence.counted(actor).is_in_review,
        OUTSIDE_TERRITORY: readable is not None and ticket.customer.territory_id not in readable,
        REMOVED: any(row is not None and row.is_deleted for row in about_rows),
    }
    return sorted(flag for flag, is_raised in raised.items() if is_raised)


def _say_again(unit: Unit, opened: Ticket, again: UUID) -> None:
    cause = recurring.lock_cause(opened, again, field="again")
    if cause.is_watched_on(recurring.day_of(opened)):
        recurring.come_back(unit, opened, cause)
    else:
        opened.flags = sorted({*opened.flags, WATCH_OVER})


def change_ticket(unit: Unit, *, ticket: UUID, seen: Seen = None, **values: Any) -> Ticket:
    """Edits what several people edit. What was promised follows the severity."""
    edited = lock_ticket(ticket)
    require_worker(unit)
    require_seen(unit, edited)
    _require_found(edited, values)
    severity = edited.severity
    edit_row(unit, edited, edited.customer, seen, values, TicketInput)
    if edited.severity != severity:
        edited.policy = timing.policy_for(edited.customer_id, edited.severity)
        save_measured(unit, edited)
    return edited


def _require_found(ticket: Ticket, values: dict[str, Any]) -> None:
    at = ticket.customer
    site_of(at, values.get("site"))
    asset_of(at, values.get("asset"))
    contact_of(at, values.get("contact"))
    product_of(values.get("product"))
    chip_of(Sort.CATEGORY, values.get("category"), "category")
    chip_of(Sort.CAUSE, values.get("cause_chip"), "cause_chip")
    chip_of(Sort.FIX, values.get("fix_chip"), "fix_chip")
    _require_no_circle(ticket, values.get("part_of"))


def _require_no_circle(ticket: Ticket, above: UUID | None) -> None:
    """Two edits at once may have made a circle further up: whoever has passed a ticket comes to no end there."""
    passed = {ticket.pk}
    while above is not None:
        if above in passed:
            raise Problem(TICKET_CIRCLE, field="part_of")
        passed.add(above)
        above = Ticket.objects.find(above, field="part_of").part_of_id


def withdraw_ticket(unit: Unit, *, ticket: UUID) -> Ticket:
    """It was no ticket at all. Its reporter's to say, or of whoever answers for them, until it is closed."""
    withdrawn = lock_ticket(ticket)
    if withdrawn.member_id != unit.member.pk and not unit.member.leads(withdrawn.member):
        raise Problem(NOT_YOURS)
    if withdrawn.state == Ticket.State.CLOSED:
        raise Problem(TICKET_STATE, state=withdrawn.state)
    withdrawn.withdrawn_at = unit.actor.at
    add_step(unit, withdrawn, Step.Event.WITHDRAWN)
    save_measured(unit, withdrawn)
    recurring.forget(unit, withdrawn)
    return withdrawn


# --- Who else looks at it ------------------------------------------------------------------------------------


def watch_ticket(unit: Unit, *, ticket: UUID) -> Ticket:
    watched = lock_ticket(ticket)
    require_seen(unit, watched)
    return add_watcher(unit, watched, unit.member)


def unwatch_ticket(unit: Unit, *, ticket: UUID) -> Ticket:
    left = lock_ticket(ticket)
    left.watchers.remove(unit.member)
    return _record_for_watchers(unit, left)


def add_watcher(unit: Unit, ticket: Ticket, member: Member) -> Ticket:
    """From now on it is on this member's phone too, wherever the customer is."""
    ticket.watchers.add(member)
    return _record_for_watchers(unit, ticket)


def _record_for_watchers(unit: Unit, ticket: Ticket) -> Ticket:
    unit.record(ticket)
    record_talk(unit, ticket)
    return ticket


def link_tickets(unit: Unit, *, ticket: UUID, other: UUID) -> Ticket:
    """Says that whoever looks at one of them should know of the other. Neither may have been withdrawn."""
    one, two = _both(unit, ticket, other)
    for field, linked in (("ticket", one), ("other", two)):
        require_standing(linked, field)
    one.links.add(two)
    return _record_both(unit, one, two)


def unlink_tickets(unit: Unit, *, ticket: UUID, other: UUID) -> Ticket:
    one, two = _both(unit, ticket, other)
    one.links.remove(two)
    return _record_both(unit, one, two)


def _both(unit: Unit, ticket: UUID, other: UUID) -> tuple[Ticket, Ticket]:
    """Locked in the order of their ids: two who link the same ones never wait for each other."""
    Ticket.objects.find(ticket, field="ticket")
    Ticket.objects.find(other, field="other")
    require_worker(unit)
    if ticket == other:
        raise Problem(TICKET_CIRCLE, field="other")
    found = {id: Ticket.objects.lock(id, field="ticket") for id in sorted((ticket, other))}
    for one in found.values():
        require_seen(unit, one)
    return found[ticket], found[other]


def _record_both(unit: Unit, one: Ticket, two: Ticket) -> Ticket:
    unit.record(two)
    unit.record(one)
    return one
