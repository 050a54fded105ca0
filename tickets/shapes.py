"""What a phone holds of tickets, and in which streams.

A ticket is seen where its customer is, and by whoever reported it, works on it or watches it; open or by the month of
its closing. What is said about it is seen where the ticket is. Chips are for everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from customers.shapes import territory_of
from people.shapes import Periods, everybody
from people.streams import ORGANIZATION, base, member_scope, territory_scope
from sync.registry import Shape, Streams
from tickets.models import Alarm, BusinessCalendar, Cause, Chip, Help, Message, SlaPolicy, Step, Ticket
from tickets.serializers import (
    CalendarShape,
    CauseShape,
    ChipShape,
    HelpShape,
    MessageShape,
    PolicyShape,
    TicketShape,
)


def of_tickets(tickets: Sequence[Ticket]) -> Streams:
    territories = territory_of({one.customer_id for one in tickets})
    watchers = _watchers(tickets)
    period = Periods()
    return {
        one.pk: period.of(
            one,
            [
                territory_scope(territories[one.customer_id]),
                *map(member_scope, _members(one.member_id, one.assignee_id, *watchers[one.pk])),
            ],
        )
        for one in tickets
    }


def _members(*ids: UUID | None) -> set[UUID]:
    return {id for id in ids if id is not None}


def of_messages(messages: Sequence[Message]) -> Streams:
    return _where_the_ticket_is(messages, lambda one: [one.member_id])


def of_helps(helps: Sequence[Help]) -> Streams:
    return _where_the_ticket_is(helps, lambda one: [one.member_id, one.engineer_id])


def _where_the_ticket_is(rows: Sequence[Any], members: Any) -> Streams:
    """And for those who have part in it, wherever the customer is."""
    wanted = Ticket.objects.filter(pk__in={one.ticket_id for one in rows})
    tickets = list(wanted.only("customer_id", "member_id", "assignee_id", "closed_at"))
    seen = of_tickets(tickets)
    by_id = {ticket.pk: ticket for ticket in tickets}
    period = Periods()
    return {
        one.pk: seen[one.ticket_id] | period.of(by_id[one.ticket_id], map(member_scope, members(one))) for one in rows
    }


def of_causes(causes: Sequence[Cause]) -> Streams:
    territories = territory_of({one.customer_id for one in causes})
    period = Periods()
    return {
        one.pk: period.of(one, [territory_scope(territories[one.customer_id]), member_scope(one.member_id)])
        for one in causes
    }


def of_policies(policies: Sequence[SlaPolicy]) -> Streams:
    """What was promised to one customer is for those who see that customer."""
    territories = territory_of({one.customer_id for one in policies if one.customer_id is not None})
    return {
        one.pk: frozenset(
            {ORGANIZATION if one.customer_id is None else base(territory_scope(territories[one.customer_id]))}
        )
        for one in policies
    }


def load_ties(tickets: Sequence[Ticket]) -> None:
    """The steps, alarms, watchers and links of many tickets, read at once."""
    steps = _by_ticket(Step.objects.filter(ticket__in=tickets).order_by("number"))
    alarms = _by_ticket(Alarm.objects.filter(ticket__in=tickets).order_by("raised_at", "clock", "rung", "pk"))
    watchers, links = _watchers(tickets), _links(tickets)
    for ticket in tickets:
        ticket.loaded_steps, ticket.loaded_alarms = steps[ticket.pk], alarms[ticket.pk]
        ticket.loaded_watchers, ticket.loaded_links = watchers[ticket.pk], links[ticket.pk]


def _by_ticket(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.ticket_id].append(row)
    return found


def _watchers(tickets: Sequence[Ticket]) -> dict[UUID, list[UUID]]:
    through = Ticket.watchers.through.objects.filter(ticket__in=[one.pk for one in tickets])
    return _pairs(through.values_list("ticket_id", "member_id"))


def _links(tickets: Sequence[Ticket]) -> dict[UUID, list[UUID]]:
    through = Ticket.links.through.objects.filter(from_ticket__in=[one.pk for one in tickets])
    return _pairs(through.values_list("from_ticket_id", "to_ticket_id"))


def _pairs(pairs: Iterable[tuple[UUID, UUID]]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
    return found


def _customer(row: Any) -> UUID:
    found: UUID = row.customer_id
    return found


def _customer_of_ticket(row: Any) -> UUID:
    found: UUID = row.ticket.customer_id
    return found


SHAPES = [
    Shape("chip", Chip, ChipShape, everybody),
    Shape("business_calendar", BusinessCalendar, CalendarShape, everybody),
    Shape("sla_policy", SlaPolicy, PolicyShape, of_policies, anchor=lambda row: row.customer_id),
    Shape("ticket", Ticket, TicketShape, of_tickets, anchor=_customer, load=load_ties),
    Shape("cause", Cause, CauseShape, of_causes, anchor=_customer),
    Shape("message", Message, MessageShape, of_messages, anchor=_customer_of_ticket, related=("ticket",)),
    Shape("help", Help, HelpShape, of_helps, anchor=_customer_of_ticket, related=("ticket",)),
]
