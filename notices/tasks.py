"""Doorways from Celery. Sending twice does no harm: each notification is claimed first."""

from celery import shared_task

from notices import mailing


@shared_task(name="notices.tasks.send_mails", time_limit=300, soft_time_limit=240)
def send_mails() -> None:
    mailing.send_due()
