"""How well promises are kept, and what comes back: counted over the last year, and explained for one ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from core import clock
from people.models import Member
from sync.pull import READER
from tickets import timing
from tickets.models import Step, Ticket

YEAR = timedelta(days=365)
Verdict = Ticket.Verdict


def of_a_year(member: Member) -> dict[str, Any]:
    """Of the tickets this member sees."""
    since = clock.now() - YEAR
    seen = Ticket.objects.using(READER).alive().standing().seen_by(member).filter(received_at__gte=since)
    tickets = list(seen.select_related("member", "assignee", "solved_by").order_by("pk"))
    certain = [one for one in tickets if not one.is_in_review]
    solved = [one for one in tickets if one.solved_at is not None]
    return {
        "tickets": len(tickets),
        "solved": len(solved),
        "solved_on_visit": sum(one.is_solved_on_visit for one in solved),
        "in_review": len(tickets) - len(certain),
        "kept_by_customer": kept(certain, lambda one: one.customer_id),
        "kept_by_member": kept(certain, _worker),
        "kept_by_cause": kept(certain, lambda one: one.cause_chip_id),
        "again_by_cause": again(tickets, lambda one: one.cause_chip_id),
        "again_by_category": again(tickets, lambda one: one.category_id),
        "again_by_product": again(tickets, lambda one: one.product_id),
        "again_by_team": again(tickets, _team),
    }


def _worker(ticket: Ticket) -> UUID | None:
    return ticket.solved_by_id or ticket.assignee_id


def _team(ticket: Ticket) -> UUID | None:
    worker = ticket.solved_by or ticket.assignee or ticket.member
    return worker.team_id


def kept(tickets: Iterable[Ticket], by: Callable[[Ticket], UUID | None]) -> list[dict[str, Any]]:
    """The groups with most broken promises first."""
    groups = [
        {
            "id": id,
            "tickets": len(some),
            "response_met": _count(some, "response_verdict", Verdict.MET),
            "response_missed": _count(some, "response_verdict", Verdict.MISSED),
            "resolution_met": _count(some, "resolution_verdict", Verdict.MET),
            "resolution_missed": _count(some, "resolution_verdict", Verdict.MISSED),
        }
        for id, some in _grouped(tickets, by).items()
    ]
    return sorted(groups, key=lambda one: (-one["response_missed"] - one["resolution_missed"], str(one["id"])))


def again(tickets: Iterable[Ticket], by: Callable[[Ticket], UUID | None]) -> list[dict[str, Any]]:
    """The groups with most recurrences first."""
    groups = [
        {"id": id, "tickets": len(some), "recurrences": sum(one.is_recurrence for one in some)}
        for id, some in _grouped(tickets, by).items()
    ]
    return sorted(groups, key=lambda one: (-one["recurrences"], str(one["id"])))


def _grouped(tickets: Iterable[Ticket], by: Callable[[Ticket], UUID | None]) -> dict[str | None, list[Ticket]]:
    found: dict[str | None, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        id = by(ticket)
        found[None if id is None else str(id)].append(ticket)
    return found


def _count(tickets: Sequence[Ticket], name: str, verdict: str) -> int:
    return sum(getattr(one, name) == verdict for one in tickets)


def timeline(ticket: Ticket) -> dict[str, Any]:
    """What each clock of a ticket did, minute by minute, from its opening to now or to its last stop."""
    if ticket.policy is None:
        return {"clocks": []}
    steps = list(Step.objects.using(READER).filter(ticket=ticket).order_by("number"))
    now = clock.now()
    return {"clocks": [_explained(promise, now) for promise in timing.promises_of(ticket.policy, steps)]}


def _explained(promise: timing.Promise, now: Any) -> dict[str, Any]:
    reading = promise.read(now)
    return {
        "clock": promise.clock,
        "allowance_s": round(promise.allowance.total_seconds()),
        "used_s": round(reading.used.total_seconds()),
        "left_s": round(reading.left.total_seconds()),
        "due_at": reading.due_at,
        "is_missed": reading.is_missed,
        "spans": [{"start": span.start, "end": span.end, "kind": span.kind} for span in reading.spans],
    }
