"""Doorways from Celery. Arguments are ids; running one twice does no harm."""

from typing import Any

from celery import shared_task
from celery.signals import worker_process_init

from sync import compaction, sweeper, watchdog
from sync import drain as drains


@worker_process_init.connect
def watch_entries(**_: Any) -> None:
    watchdog.arm()


@shared_task(name="sync.tasks.drain_replica")
def drain_replica(replica_id: int) -> None:
    drains.drain(replica_id)


@shared_task(name="sync.tasks.sweep")
def sweep() -> None:
    sweeper.sweep()


@shared_task(name="sync.tasks.compact", time_limit=600, soft_time_limit=540)
def compact() -> None:
    compaction.compact()
