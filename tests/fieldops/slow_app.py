"""A Celery app of one task that takes its time, with the consumer that FieldOps' settings name."""

from __future__ import annotations

import os
import time
from pathlib import Path

from celery import Celery

from fieldops.celery import app as fieldops

app = Celery("slow", broker=os.environ["FIELDOPS_REDIS_URL"])
app.conf.update(
    task_acks_late=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    worker_consumer=fieldops.conf.worker_consumer,
)


@app.task(name="slow.work")
def work(seconds: float, mark: str) -> None:
    """Touches ``mark`` when it begins and, with a suffix, when it has ended."""
    Path(mark).touch()
    time.sleep(seconds)
    Path(f"{mark}.done").touch()
