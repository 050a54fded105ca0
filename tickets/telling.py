"""Whom a ticket concerns, and what a notification says of it."""

from __future__ import annotations

from typing import Any

from people.models import Member
from tickets.models import Cause, Ticket

MOST_WORDS = 60


def about(ticket: Ticket) -> dict[str, Any]:
    return {"customer": ticket.customer.name, "text": ticket.text[:MOST_WORDS]}


def about_cause(cause: Cause) -> dict[str, Any]:
    text = cause.text or (cause.chip.name if cause.chip is not None else "")
    return {"customer": cause.customer.name, "text": text[:MOST_WORDS]}


def concerned(ticket: Ticket, *, but: Member) -> list[Member]:
    """Whoever reported it, works on it or watches it."""
    found = {ticket.member, *ticket.watchers.all()} | ({ticket.assignee} if ticket.assignee is not None else set())
    return sorted((member for member in found if member != but), key=lambda member: member.pk)
