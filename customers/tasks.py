"""Doorways from Celery. Running one twice does no harm: each customer is moved under a lock, or was moved already."""

from uuid import UUID

from celery import shared_task

from customers import moving


@shared_task(name="customers.tasks.carry_out_move")
def carry_out_move(organization_id: str, move_id: str) -> None:
    moving.carry_out(UUID(organization_id), UUID(move_id))


@shared_task(name="customers.tasks.ring_moves")
def ring_moves() -> None:
    moving.ring_unfinished()
