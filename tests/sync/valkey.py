"""A real Valkey for tests of the news: one that can be killed and comes back at the same address."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import redis

from fieldops import installation
from fieldops.installation import wait_until
from fieldops.processes import Child
from sync import news

READY_WITHIN_SECONDS = 30.0
_ENOUGH = "tests:enough"


class Valkey:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.part, self.url = installation.own_redis(data)
        self.child: Child | None = None

    @property
    def news_url(self) -> str:
        return f"{self.url}/1"

    def start(self) -> None:
        self.child = Child(self.part, os.environ, self.data)
        assert wait_until(lambda: installation.redis_answers(self.url), READY_WITHIN_SECONDS)

    def kill(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child = None


class Bell:
    """Hears whatever rings for server processes."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._channel = client.pubsub()
        self._channel.subscribe(news.CHANNEL, _ENOUGH)
        self.heard()

    def heard(self) -> list[dict[str, Any]]:
        """What has rung since the last time. A word of our own behind it says that nothing more is under way."""
        self._client.publish(_ENOUGH, b"")
        found = []
        for message in self._channel.listen():
            if message["type"] != "message":
                continue
            if message["channel"] == _ENOUGH.encode():
                break
            found.append(orjson.loads(message["data"]))
        return found


@contextmanager
def bell(url: str) -> Iterator[Bell]:
    with redis.Redis.from_url(url, socket_timeout=30) as client:
        yield Bell(client)
