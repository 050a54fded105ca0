"""Rows about tickets that a case of the table of kinds speaks of, in a state that the kind needs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from core import clock
from core.ids import uuid7
from customers.models import Customer
from people.models import Member
from tests import factories as make
from tickets import actions
from tickets.models import Alarm, Cause, Help, Message, Step, Ticket

NOUNS = ("ticket", "message", "help", "cause")
FAST = timedelta(hours=3)
# What has to be done to a ticket before a verb.
BEFORE: dict[str, dict[str, Any]] = {
    "resume": {"verb": "wait", "waits_for": "parts"},
    "reopen": {"verb": "solve"},
    "close": {"verb": "solve"},
}


class TicketsDesk:
    """In one organization. Ina, an engineer, does there what others cannot do for themselves."""

    def __init__(self, ina: Member) -> None:
        self.ina = ina

    # --- a new row ----------------------------------------------------------------------------------

    def new(self, kind: str, id: UUID, customer: Customer, visit_of: Member) -> dict[str, Any]:
        """What is said of a row that is to be made at this customer."""
        if kind == "ticket.open":
            return {"ticket": id, "customer": customer.pk}
        about = {"ticket": make.ticket(self.ina, customer).pk}
        return {"message": id, **about} if kind == "message.write" else {"help": id, "engineer": self.ina.pk, **about}

    def taken(self, kind: str, member: Member, customer: Customer) -> UUID:
        """The id of a row of this member's, of the noun that the kind makes."""
        return self.row(kind, member, customer)

    # --- a row there is -------------------------------------------------------------------------------

    def row(self, kind: str, member: Member, customer: Customer) -> UUID:
        noun, verb = kind.split(".")
        row: Any = getattr(self, f"_{noun}")(verb, member, customer)
        found: UUID = row.pk
        return found

    def beside(self, kind: str, customer: Customer, row: UUID) -> dict[str, Any]:
        """Another row that the kind names, or an id that is free."""
        match kind:
            case "ticket.assign":
                return {"assignee": self.ina.pk}
            case "ticket.link" | "ticket.unlink":
                return {"other": make.ticket(self.ina, customer).pk}
            case "ticket.again":
                return {"cause": self._cause("change", self.ina, customer).pk}
            case "ticket.close":
                return {"cause": uuid7()}
            case "ticket.review":
                return {"step": Step.objects.get(ticket=row).pk}
        return {}

    def _ticket(self, verb: str, member: Member, customer: Customer) -> Ticket:
        if verb == "review":
            return _opened_by_a_fast_clock(member, customer)
        ticket = make.ticket(member, customer)
        if verb in BEFORE:
            make.step(self.ina, ticket, **BEFORE[verb])
        if verb == "acknowledge":
            now = clock.now()
            Alarm.objects.create(ticket=ticket, clock="resolution", rung=Alarm.Rung.LATE, due_at=now, raised_at=now)
        return ticket

    def _message(self, verb: str, member: Member, customer: Customer) -> Message:
        return make.message(member, make.ticket(self.ina, customer))

    def _help(self, verb: str, member: Member, customer: Customer) -> Help:
        return make.help(member, make.ticket(self.ina, customer), self.ina)

    def _cause(self, verb: str, member: Member, customer: Customer) -> Cause:
        """Of a ticket that this member reported."""
        return make.cause(self.ina, make.ticket(member, customer), is_finding=verb == "settle")


def _opened_by_a_fast_clock(member: Member, customer: Customer) -> Ticket:
    skew_ms = -round(FAST.total_seconds() * 1000)
    with make.writing(member, at=clock.now() + FAST, skew_ms=skew_ms, door="phone") as unit:
        return actions.open_ticket(unit, ticket=uuid7(), customer=customer.pk, text="It leaks")
