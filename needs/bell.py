"""Asking a worker to tell everybody whom a milestone concerns, and to compare needs whose words changed."""

from __future__ import annotations

from uuid import UUID

from needs.models import Milestone, Uncompared, Wording
from sync import pokes

TASK = "needs.tasks.announce"
COMPARE = "needs.tasks.compare"


def ring(milestone: Milestone) -> None:
    """A ring that is lost costs a minute: the clock asks again."""
    pokes.send(TASK, [str(milestone.organization_id), str(milestone.pk)], queue="export")


def ring_unannounced() -> int:
    """Returns how many milestones somebody still has to hear of."""
    waiting = list(Milestone.everywhere.filter(announced_at=None).order_by("pk")[:500])
    for milestone in waiting:
        ring(milestone)
    return len(waiting)


def ring_to_compare(organization_id: UUID) -> None:
    pokes.send(COMPARE, [str(organization_id)], queue="export")


def ring_uncompared(encoder: str) -> int:
    """Rings for organizations in which needs wait to be compared, or with words that another encoder has seen.

    Returns how many they are.
    """
    waiting = set(Uncompared.everywhere.order_by().values_list("organization", flat=True).distinct()[:500])
    if encoder:
        others = Wording.everywhere.exclude(encoder=encoder)
        waiting |= set(others.order_by().values_list("organization", flat=True).distinct()[:500])
    for organization_id in waiting:
        ring_to_compare(organization_id)
    return len(waiting)
