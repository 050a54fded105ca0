"""How often one member may knock. Counted per server process: a brake on a broken phone, not an exact quota."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from uuid import UUID

from core.errors import RATE_LIMITED, Problem

PER_SECOND = 20.0
BURST = 100.0
_MOST_MEMBERS = 50_000


@dataclass
class Rates:
    """A bucket of tokens per member, refilled steadily."""

    buckets: dict[UUID, tuple[float, float]] = field(default_factory=dict)

    def spend(self, member_id: UUID) -> None:
        """Raises rate_limited when this member's bucket is empty."""
        now = time.monotonic()
        tokens, last = self.buckets.get(member_id, (BURST, now))
        tokens = min(BURST, tokens + (now - last) * PER_SECOND)
        if tokens < 1:
            raise Problem(RATE_LIMITED)
        if len(self.buckets) >= _MOST_MEMBERS:
            self.buckets.clear()
        self.buckets[member_id] = (tokens - 1, now)


rates = Rates()
