"""A phone on a bad line: what is no answer it takes for none, keeps its queue and tries again."""

from __future__ import annotations

import json
import random
import time
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import requests

from core import clock
from core.ids import uuid7
from tests.http_door import HttpDoor, HttpPhone

PATIENCE_SECONDS = 10.0  # of a request; the real phone waits 25
NEEDED = {"hello": {"epoch", "head"}, "push": {"limits"}, "pull": {"answer", "settled"}}
UNDERSTOOD = {"gap", "unknown_replica", "replica_forked"}
FAILURES = (requests.RequestException, ValueError)


class NoAnswer(ValueError):
    """Nobody, or somebody else, or a server that cannot: nothing was acknowledged."""


class LineDoor(HttpDoor):
    """A session over a line that may fail; it heeds Retry-After and a stale token."""

    patience = PATIENCE_SECONDS
    rests_until = 0.0
    told_to_wait = 0

    def send(self, name: str, message: dict[str, Any] | bytes) -> tuple[int, dict[str, Any]]:
        if time.monotonic() < self.rests_until:
            raise NoAnswer("it was told to wait")
        # A connection of its own: the line carries one request on each.
        answer = self.session.post(
            f"{self.base_url}/api/sync/v1/{name}",
            json=message,
            timeout=self.patience,
            headers={"Connection": "close"},
        )
        found = answer.json()
        if not isinstance(found, dict):
            raise NoAnswer(name)
        if answer.status_code in {429, 503}:
            self.told_to_wait += answer.status_code == 429
            self.rests_until = time.monotonic() + float(answer.headers.get("Retry-After", 1))
        if found.get("code") == "csrf_stale":
            self._fetch_token()
        return answer.status_code, found


class LinePhone(HttpPhone):
    """Writes visits and corrects them, and knows what it wrote last of each."""

    def __init__(self, door: LineDoor, customer: str, *, seed: int = 0, ago: timedelta = timedelta(0)) -> None:
        self.line = door
        self.customer = customer
        self.random = random.Random(seed)
        self.ago = ago  # how long ago it writes, by its own clock
        self.ids: list[str] = []
        self.acknowledged: set[str] = set()
        self.notes: dict[str, str] = {}  # visit, and the note it was given last
        self.heard: list[str] = []  # what pulls answered when it was no page
        self.names = 0  # how often it had to take another one
        self.taken_back = 0  # entries of which the server knew no more after it had acknowledged them
        self._chain = [bytes(32)]
        super().__init__(door)

    # --- Writing ------------------------------------------------------------------------------------

    def work(self, entries: int) -> None:
        """Logs visits, and corrects some of them again and again: the order then shows."""
        for _ in range(entries):
            if self.notes and self.random.random() < 0.4:
                self.amend(self.random.choice(list(self.notes)[-3:]))
            else:
                self.log()

    def log(self, **args: Any) -> str:
        visit = str(uuid7())
        self.notes[visit] = f"0 {'x' * 80}"
        given = {"customer": self.customer, "outcome": "progress", "note": self.notes[visit], **args}
        self.say("visit.log", visit=visit, **given)
        return visit

    def amend(self, visit: str) -> None:
        self.notes[visit] = f"{int(self.notes[visit].split()[0]) + 1} {'x' * 80}"
        self.say("visit.amend", visit=visit, note=self.notes[visit])

    def say(self, kind: str, *, id: UUID | None = None, v: int = 1, **args: Any) -> str:
        made = self.write(kind, id=id, at=self._now(), **args)
        if v != 1:
            entry = json.loads(self.entries[-1]) | {"v": v}
            self.entries[-1] = json.dumps(entry, ensure_ascii=False)
        self.ids.append(made)
        return made

    def _now(self) -> datetime:
        return clock.now() - self.ago

    def take_session(self, key: str) -> None:
        self.line = LineDoor(self.line.base_url, key)
        self.door = self.line  # type: ignore[assignment]

    # --- The line -----------------------------------------------------------------------------------

    def contact(self) -> bool:
        """One try: what waits goes out, what is new comes in. True when nothing is open any more."""
        try:
            self.push()
            self.pull()
        except FAILURES:
            return False
        return not self.unsent and not self.unsettled

    def send(self, name: str, message: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        status, answer = super().send(name, message)
        if status == 200 and not _is_message(name, answer):
            raise NoAnswer(name)
        if status != 200 and answer.get("code") not in UNDERSTOOD:
            raise NoAnswer(f"{status} {answer.get('code')}")
        return status, answer

    def push(self, *, batch: int = 50) -> None:
        while self.unsent > 0:
            status, answer = self.try_push(self.received_n + 1, batch)
            if status == 200:
                self._stand(answer)
            else:
                self._mind(status, answer)

    def _mind(self, status: int, problem: dict[str, Any]) -> None:
        if problem["code"] == "replica_forked":
            self.take_new_replica()
        else:
            self.taken_back += max(0, self.received_n + 1 - problem.get("expected_n", self.n + 1))
            super()._mind(status, problem)

    def _reopen(self, answer: dict[str, Any]) -> None:
        self._stand(answer)

    def _stand(self, answer: dict[str, Any]) -> None:
        """Believes a number only with the chain that belongs to it; else its history was forked."""
        received = int(answer["received_n"])
        if received > self.n or answer["chain"] != self.chain(received):
            self.take_new_replica()
            raise NoAnswer("another phone writes under this one's name")
        self.taken_back += max(0, self.received_n - received)
        self.received_n = received
        self.acknowledged.update(self.ids[:received])

    def take_new_replica(self) -> None:
        self.names += 1
        super().take_new_replica()

    def _start_again(self, answer: str) -> None:
        self.heard.append(answer)
        super()._start_again(answer)

    def chain(self, n: int) -> str:
        for text in self.entries[len(self._chain) - 1 : n]:
            self._chain.append(sha256(self._chain[-1] + sha256(text.encode()).digest()).digest())
        return self._chain[n].hex()


def _is_message(name: str, answer: dict[str, Any]) -> bool:
    is_standing = isinstance(answer.get("received_n"), int) and isinstance(answer.get("chain"), str)
    return is_standing and NEEDED[name] <= set(answer)
