"""Asking a worker to look at tickets whose alarm is due, and to measure them anew when a promise changed."""

from __future__ import annotations

from uuid import UUID

from core import clock
from sync import pokes
from tickets.models import Ticket

RAISE = "tickets.tasks.raise_alarms"
MEASURE = "tickets.tasks.measure_anew"


def ring_if_due(ticket: Ticket) -> None:
    """A ring that is lost costs a minute: the clock asks again."""
    if ticket.next_alarm_at is not None and ticket.next_alarm_at <= clock.now():
        pokes.send(RAISE, [str(ticket.organization_id)], queue="export")


def ring_to_measure(organization_id: UUID) -> None:
    pokes.send(MEASURE, [str(organization_id)], queue="export")


def ring_alarms() -> int:
    """Rings for organizations with tickets whose alarm is due. Returns how many they are."""
    due = Ticket.everywhere.filter(next_alarm_at__lte=clock.now())
    waiting = list(due.order_by().values_list("organization", flat=True).distinct()[:500])
    for organization_id in waiting:
        pokes.send(RAISE, [str(organization_id)], queue="export")
    return len(waiting)
