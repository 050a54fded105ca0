"""What a need weighs: importance x distinct customers x recency x diversity of reporters.

    importance   the mean over customers of what those who reported it say of it: 0 weighs 0.5, 1 (or nothing) 1,
                 2 weighs 2, 3 weighs 3
    customers    how many distinct ones ask for it
    recency      the mean over customers of 0.5 ^ (days since they last asked / 180)
    diversity    one reporter 0.5, two 0.75, three and more 1

A reporter has one vote for each customer, the last one: whoever says it again and again weighs no more than once.
Observations are not weighed, so that a first weak sign is not buried under counts.
The phone works out the same from the parts (static/src/store/needs/weight.ts).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import fmean
from uuid import UUID

HALF_LIFE_DAYS = 180
LEVELS = {None: 1.0, 0: 0.5, 1: 1.0, 2: 2.0, 3: 3.0}
DAY = timedelta(days=1)
_ERA = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Vote:
    """What one reporter last said of one customer's asking."""

    customer: UUID
    reporter: UUID
    importance: int | None
    heard_at: datetime


@dataclass(frozen=True)
class Weight:
    """The parts, as of ``heard_at``. ``at`` gives the weight of any later moment."""

    customers: int = 0
    reporters: int = 0
    importance: float = 0.0
    recency: float = 0.0
    heard_at: datetime | None = None

    def at(self, now: datetime) -> float:
        if self.heard_at is None:
            return 0.0
        return self._whole * 0.5 ** (max(now - self.heard_at, timedelta(0)) / DAY / HALF_LIFE_DAYS)

    @property
    def rank(self) -> float:
        """A number that orders needs as their weights do at any moment: all fade at the same pace."""
        if self.heard_at is None:
            return 0.0
        return math.log2(self._whole) + (self.heard_at - _ERA) / DAY / HALF_LIFE_DAYS

    @property
    def _whole(self) -> float:
        return self.importance * self.customers * self.recency * diversity(self.reporters)


def diversity(reporters: int) -> float:
    return min(1.0, (1 + reporters) / 4)


def weigh(said: Iterable[Vote]) -> Weight:
    """``said`` in any order; of several by one reporter about one customer the last one is that reporter's vote."""
    votes = _last_votes(said)
    if not votes:
        return Weight()
    by_customer: dict[UUID, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_customer[vote.customer].append(vote)
    newest = max(vote.heard_at for vote in votes)
    last = [max(vote.heard_at for vote in of_one) for of_one in by_customer.values()]
    return Weight(
        customers=len(by_customer),
        reporters=len({vote.reporter for vote in votes}),
        importance=round(fmean(_level(of_one) for of_one in by_customer.values()), 2),
        recency=round(fmean(0.5 ** ((newest - at) / DAY / HALF_LIFE_DAYS) for at in last), 4),
        heard_at=newest,
    )


def _level(votes: Sequence[Vote]) -> float:
    return fmean(LEVELS[vote.importance] for vote in votes)


def _order(vote: Vote) -> tuple[datetime, float]:
    """Of two at one moment the weightier one counts, whichever came first."""
    return vote.heard_at, LEVELS[vote.importance]


def _last_votes(said: Iterable[Vote]) -> list[Vote]:
    last: dict[tuple[UUID, UUID], Vote] = {}
    for vote in said:
        key = (vote.customer, vote.reporter)
        former = last.get(key)
        if former is None or _order(vote) > _order(former):
            last[key] = vote
    return list(last.values())
