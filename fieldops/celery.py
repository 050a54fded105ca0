"""The Celery application. Tasks are doorways: the database row is the task, the broker only rings."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldops.settings")

app = Celery("fieldops")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def _let_the_web_go_first(**_: Any) -> None:
    """When the machine is full, storing what phones send comes before judging what is stored already."""
    os.nice(5)
