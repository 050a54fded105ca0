"""A phone that speaks of lamps."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from core.ids import uuid7
from sync.models import EntryState, InboxEntry
from tests.phone import Phone

APPLIED, DUPLICATE = ("applied", None), ("duplicate", None)
WAITS = ("parked", "waits_for")


class LampPhone(Phone):
    """Each verb appends one entry and returns its id."""

    def make(self, lamp: UUID, house: Any, *, colour: str = "white", **more: Any) -> str:
        """``house`` is a House or the id of one."""
        return self.write("lamp.make", lamp=lamp, anchor=getattr(house, "pk", house), colour=colour, **more)

    def switch(self, lamp: UUID, *, on: bool = True, **more: Any) -> str:
        return self.write("lamp.switch", lamp=lamp, on=on, **more)

    def close(self, lamp: UUID, **more: Any) -> str:
        return self.write("lamp.close", lamp=lamp, **more)

    def crash(self) -> str:
        return self.write("lamp.crash")

    def fail(self) -> str:
        return self.write("lamp.fail")

    def retry(self, entry: str) -> str:
        return self.write("entry.retry", entry=entry)

    def discard(self, entry: str) -> str:
        return self.write("entry.discard", entry=entry)

    def entry_id(self, n: int) -> str:
        return str(json.loads(self.entries[n - 1])["id"])

    def answers(self) -> list[tuple[str, str | None]]:
        """Sends and judges everything. Returns state and code of each entry, in order of n, as the phone heard it."""
        self.sync()
        entries = InboxEntry.everywhere.filter(replica=self.replica).order_by("n")
        judged = [(entry.state, entry.code or None) for entry in entries]
        for heard in self.settled.values():
            assert judged[heard["n"] - 1] == (heard["state"], heard["code"])
        return judged

    def has_unjudged(self) -> bool:
        return InboxEntry.everywhere.filter(replica=self.replica, state=EntryState.RECEIVED).exists()

    def made(self, house: Any) -> UUID:
        """Appends a proper lamp and returns the lamp's id."""
        lamp = uuid7()
        self.make(lamp, house)
        return lamp
