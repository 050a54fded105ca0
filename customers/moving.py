"""Carrying out moves of whole territories: a job that may be cut off at any customer and goes on there."""

from __future__ import annotations

import time
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from core import clock, tenancy
from customers import actions
from customers.models import Move
from sync import changes, pokes
from sync.changes import Actor
from sync.models import Audit

RUN_SECONDS = 1.0  # meanwhile one of few workers does nothing for phones
TOLD_EVERY = 20  # customers
AT_WORK = timedelta(seconds=15)  # whoever carries one out has done something within it
VERB = "customer.move"
TASK = "customers.tasks.carry_out_move"


def ring(move: Move) -> None:
    """Asks a worker to go on with it. A ring that is lost costs a minute: the clock asks again."""
    pokes.send(TASK, [str(move.organization_id), str(move.pk)], queue="export")


def carry_out(organization_id: UUID, move_id: UUID) -> int:
    """Moves customers for some seconds, and rings again when some are left. Returns how many it moved."""
    until, moved = time.monotonic() + RUN_SECONDS, 0
    with tenancy.acting_in(organization_id):
        move = Move.objects.get(pk=move_id)
        while time.monotonic() < until:
            with changes.unit(VERB, by=Actor(move.member, "job", at=clock.now())) as unit:
                if not actions.move_next(unit, move=move_id):
                    return moved
                moved += 1
                if moved % TOLD_EVERY == 0:
                    actions.tell_move(unit, move=move_id)
        ring(move)
    return moved


def ring_unfinished() -> int:
    """Moves of organizations in which no worker is at one: each ring more would keep one more worker busy to the end.

    Returns how many.
    """
    since = clock.now() - AT_WORK
    at_work = Audit.objects.filter(organization=OuterRef("organization"), at__gte=since, verb=VERB)
    unfinished = list(Move.everywhere.filter(~Exists(at_work), finished_at=None))
    for move in unfinished:
        ring(move)
    return len(unfinished)
