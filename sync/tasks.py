"""Doorways from Celery. Arguments are ids; running one twice does no harm."""

from celery import shared_task

from sync import drain as drains
from sync import sweeper


@shared_task(name="sync.tasks.drain_replica")
def drain_replica(replica_id: int) -> None:
    drains.drain(replica_id)


@shared_task(name="sync.tasks.sweep")
def sweep() -> None:
    sweeper.sweep()
