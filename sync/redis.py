"""Connections to Redis that may fail quickly and be left alone for a while.

Nothing here carries anything that is not in the database: a ring that is lost costs seconds. So a dead
Redis must cost milliseconds: half a second once, then nothing for five seconds (the circuit is open).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

import redis
from django.conf import settings

logger = logging.getLogger(__name__)

OPEN_SECONDS = 5.0


class Circuit:
    """Runs what may fail; after a failure it does not even try for a while."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._closed_at = 0.0
        self._lock = Lock()

    def run(self, call: Callable[[], object]) -> bool:
        """True when it was done. Never raises: whatever is lost here is found again by a sweep."""
        if time.monotonic() < self._closed_at:
            return False
        try:
            call()
            return True
        except Exception as error:  # noqa: BLE001  (any trouble with the broker is the same trouble)
            with self._lock:
                self._closed_at = time.monotonic() + OPEN_SECONDS
            logger.warning("%s: Redis did not take it (%s); trying again in %s s", self.name, error, OPEN_SECONDS)
            return False


@lru_cache(maxsize=1)
def news_client() -> redis.Redis:
    return redis.Redis.from_url(settings.NEWS_REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
