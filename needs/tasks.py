"""Doorways from Celery. Running one twice does no harm: each step looks what is left to do."""

from uuid import UUID

from celery import shared_task

from needs import bell, coming_along, comparing, telling


@shared_task(name="needs.tasks.announce")
def announce(organization_id: str, milestone_id: str) -> None:
    telling.announce(UUID(organization_id), UUID(milestone_id))


@shared_task(name="needs.tasks.ring_milestones")
def ring_milestones() -> None:
    bell.ring_unannounced()


@shared_task(name="needs.tasks.settle_joinings")
def settle_joinings() -> None:
    coming_along.settle_joinings()


@shared_task(name="needs.tasks.compare")
def compare(organization_id: str) -> None:
    comparing.compare(UUID(organization_id))


@shared_task(name="needs.tasks.ring_uncompared")
def ring_uncompared() -> None:
    comparing.ring_waiting()
