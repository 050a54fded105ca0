"""How well the loop is closed, counted over the last year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from core import clock
from needs.models import Milestone, Need, Reply
from sync.pull import READER

YEAR = timedelta(days=365)
DAY = timedelta(days=1)


def of_a_year() -> dict[str, Any]:
    """Customers to tell, those who answered, those of them who say it is solved; and median days per stage."""
    since = clock.now() - YEAR
    replies = Reply.objects.using(READER).standing().filter(received_at__gte=since)
    states = list(replies.values_list("state", flat=True))
    solved = states.count(Reply.State.SOLVED)
    return {
        "told": len(states),
        "answered": solved + states.count(Reply.State.NOT_YET),
        "solved": solved,
        "median_days": median_days(_steps(since)),
    }


def _steps(since: datetime) -> Iterable[tuple[UUID, str, datetime]]:
    passed = Milestone.objects.using(READER).filter(event=Milestone.Event.STAGE, need__received_at__gte=since)
    return passed.order_by("need", "number").values_list("need", "stage", "received_at")


def median_days(steps: Iterable[tuple[UUID, str, datetime]]) -> dict[str, float | None]:
    """Stage → the median of the days needs spent at it, of those that went on; None where none has.

    ``steps`` are (need, stage, when) in the order in which each need took them.
    """
    spent: dict[str, list[float]] = defaultdict(list)
    before: tuple[UUID, str, datetime] | None = None
    for step in steps:
        if before is not None and before[0] == step[0]:
            spent[before[1]].append((step[2] - before[2]) / DAY)
        before = step
    return {stage: round(median(spent[stage]), 1) if spent[stage] else None for stage in Need.Stage.values}
