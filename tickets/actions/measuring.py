"""Measuring tickets by what is promised now."""

from __future__ import annotations

from sync.changes import Unit
from tickets import timing
from tickets.actions.writing import save_measured
from tickets.models import Ticket


def measure_anew(unit: Unit, ticket: Ticket) -> None:
    """Whoever calls has locked it. A promise that was broken under other hours may be kept under these."""
    ticket.policy = timing.policy_for(ticket.customer_id, ticket.severity)
    save_measured(unit, ticket)
