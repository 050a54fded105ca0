"""Doorways from Celery. Running one twice does no harm: each step looks what is left to do."""

from uuid import UUID

from celery import shared_task

from tickets import bell, watching


@shared_task(name="tickets.tasks.ring_alarms")
def ring_alarms() -> None:
    bell.ring_alarms()


@shared_task(name="tickets.tasks.raise_alarms")
def raise_alarms(organization_id: str) -> None:
    watching.raise_alarms(UUID(organization_id))


@shared_task(name="tickets.tasks.measure_anew")
def measure_anew(organization_id: str) -> None:
    watching.measure_anew(UUID(organization_id))


@shared_task(name="tickets.tasks.watch_causes")
def watch_causes() -> None:
    watching.watch_causes()
