"""Doorways from Celery."""

from celery import shared_task

from visits import overdue


@shared_task(name="visits.tasks.miss_overdue")
def miss_overdue() -> None:
    overdue.miss_overdue()
