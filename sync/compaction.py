"""Forgetting what no phone needs any more: removals, and the tags of numbers, older than 180 days.

A phone that has not read for so long cannot be told what left its streams meanwhile: it is told to start anew
(``reset``). The low-water mark says from which number on the log is whole.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from core import clock
from sync.models import Counter, Log, Tick

KEPT = timedelta(days=180)


def compact() -> int:
    """Raises the low-water mark of every organization. Returns how many rows of the log were forgotten."""
    return sum(_compact_in(counter) for counter in Counter.objects.order_by("pk"))


def _compact_in(counter: Counter) -> int:
    """The newest number that is old enough stays as the mark: whoever stands there has seen all that is forgotten."""
    organization_id = counter.organization_id
    ticks = Tick.objects.filter(organization_id=organization_id)
    mark = ticks.filter(at__lt=clock.now() - KEPT).order_by("-seq").values_list("seq", flat=True).first()
    if mark is None or mark <= counter.low_water:
        return 0
    with transaction.atomic(durable=True):
        removals = Log.objects.filter(organization_id=organization_id, is_put=False, seq__lte=mark)
        forgotten, _ = removals.delete()
        ticks.filter(seq__lt=mark).delete()
        # Last, like every number: while it is locked nobody of this organization can write.
        Counter.objects.filter(pk=counter.pk).update(low_water=mark)
    return forgotten
