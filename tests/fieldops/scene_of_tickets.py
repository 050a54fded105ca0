"""What the scene has of tickets: one row of every noun in every state that a verb asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core import clock
from core.ids import uuid7
from customers.models import Customer
from people.models import Member
from tests import factories as make
from tickets import actions
from tickets.models import SlaPolicy, Step, Ticket

ALL_DAY = [(day, 0, 24 * 60) for day in range(7)]
FAST = timedelta(hours=3)


def tickets_of(author: Member, engineer: Member, customer: Customer, mark: str) -> dict[str, Any]:
    """Opened, worked on and closed by ``author``, who asks ``engineer`` for help."""
    place = f"at {customer.name} {mark}"
    rows: dict[str, Any] = {
        "category": make.chip("category", f"Leak {place}"),
        "worn": make.chip("cause", f"Worn out {place}"),
        "seal": make.chip("fix", f"New seal {place}"),
        "calendar": make.calendar(name=f"Nights {place}"),
        "hours": make.calendar(name=f"Always {place}", slots=ALL_DAY),
    }
    promised = {"severity": "urgent", "response_minutes": None, "resolution_minutes": 60}
    rows["policy"] = make.policy(calendar=rows["hours"].pk, customer=customer.pk, **promised)
    about = {"category": rows["category"].pk}
    for name in ("ticket", "waiting", "solved", "closed", "unexplained", "doubted"):
        rows[name] = make.ticket(author, customer, f"{name} {mark}", **about)
    make.step(author, rows["waiting"], "wait", waits_for="parts", note=mark)
    make.step(author, rows["solved"], "solve", resolution=mark)
    _watched_and_linked(author, rows["waiting"], rows["ticket"])
    rows["cause"] = make.cause(author, rows["closed"], text=f"Worn {mark}")
    rows["finding"] = make.cause(author, rows["unexplained"], is_finding=True)
    rows["doubted_step"] = _solved_by_a_fast_clock(author, rows["doubted"])
    rows["late"] = _late(author, customer, rows["policy"], mark)
    rows["message"] = make.message(author, rows["ticket"], f"Ordered {mark}")
    rows["closed_message"] = make.message(author, rows["closed"], f"All is well {mark}")
    rows["help"] = make.help(author, rows["ticket"], engineer, f"Which? {mark}")
    return rows


def _watched_and_linked(author: Member, ticket: Ticket, other: Ticket) -> None:
    with make.writing(author) as unit:
        actions.watch_ticket(unit, ticket=ticket.pk)
        actions.link_tickets(unit, ticket=ticket.pk, other=other.pk)


def _solved_by_a_fast_clock(author: Member, ticket: Ticket) -> Step:
    skew_ms = -round(FAST.total_seconds() * 1000)
    with make.writing(author, at=clock.now() + FAST, skew_ms=skew_ms, door="phone") as unit:
        actions.solve_ticket(unit, ticket=ticket.pk)
    return Step.objects.get(ticket=ticket, event="solved")


def _late(author: Member, customer: Customer, policy: SlaPolicy, mark: str) -> Ticket:
    """Its author was told half an hour after it was due."""
    opened_at = clock.now() - timedelta(minutes=(policy.resolution_minutes or 0) + 30)
    with make.writing(author, at=opened_at, received_at=opened_at) as unit:
        ticket = actions.open_ticket(
            unit, ticket=uuid7(), customer=customer.pk, text=f"late {mark}", severity=policy.severity
        )
    with make.writing() as unit:
        actions.raise_alarm(unit, ticket)
    return ticket
