"""A phone for tests: writes entries, pushes, pulls and holds rows, by the protocol's own rules."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from core import clock, tenancy
from core.ids import uuid7
from people.models import Member
from sync import drain as drains
from sync.models import EntryState, InboxEntry, Replica
from sync.registry import registry
from tests.door import Door

SEOUL = ZoneInfo("Asia/Seoul")


@dataclass
class Held:
    """A row as the phone holds it: its text parsed, and the streams it is seen in."""

    rv: str
    fields: dict[str, Any]
    streams: set[str] = field(default_factory=set)


class Phone:
    def __init__(self, member: Member, *, key: str | None = None) -> None:
        self.member = member
        self.door = Door(member)
        self.key = key or secrets.token_hex(16)
        self.entries: list[str] = []
        self.received_n = 0
        self.cursor: str | None = None
        self.rows: dict[tuple[str, str], Held] = {}
        self.settled: dict[str, dict[str, Any]] = {}
        self.hello()

    # --- messages -----------------------------------------------------------------------------

    def hello(self) -> dict[str, Any]:
        return self._send("hello", {"proto": 1, "app": "test", "pending": {"count": self.unsent, "max_n": self.n}})

    def write(self, kind: str, *, id: UUID | None = None, at: datetime | str | None = None, **args: Any) -> str:
        """Appends an entry and returns its id. ``after``, ``supersedes``, ``seen`` are taken out of the arguments."""
        entry: dict[str, Any] = {"id": str(id or uuid7()), "kind": kind, "v": 1, "at": _at(at), "tz": "Asia/Seoul"}
        entry |= {"mono": 1, "args": {name: _json(value) for name, value in args.items()}}
        for name, as_sent in (("after", "after"), ("supersedes", "supersedes"), ("seen", "from")):
            if name in args:
                entry[as_sent] = entry["args"].pop(name)
        self.append(_text_of(entry))
        return str(entry["id"])

    def append(self, text: str) -> None:
        """Puts any text in line, even one that no phone would write."""
        self.entries.append(text)

    def push(self, *, batch: int = 50) -> None:
        while self.received_n < self.n:
            status, answer = self.try_push(self.received_n + 1, batch)
            if status == 200:
                assert answer["chain"] == self.chain(answer["received_n"])
                self.received_n = answer["received_n"]
            else:
                self._mind(status, answer)

    def push_from(self, first_n: int, count: int) -> dict[str, Any]:
        return self._send("push", self.pushing(first_n, count))

    def try_push(self, first_n: int, count: int) -> tuple[int, dict[str, Any]]:
        """Status and answer, whatever they are."""
        return self.send("push", self.pushing(first_n, count))

    def pushing(self, first_n: int, count: int) -> dict[str, Any]:
        texts = self.entries[first_n - 1 : first_n - 1 + count]
        return {"proto": 1, "sent_at": clock.to_text(clock.now()), "first_n": first_n, "entries": texts}

    def pull_page(self, **values: Any) -> dict[str, Any]:
        """The answer to one pull, not applied."""
        return self._send("pull", {"cursor": self.cursor, **values})

    def pull(self, **values: Any) -> int:
        """Pulls to the head. Returns the number of pages it took."""
        pages = 0
        while True:
            status, answer = self.send("pull", {"cursor": self.cursor, **values})
            pages += 1
            if status != 200:
                self._mind(status, answer)
                continue
            self._reopen(answer)
            if answer["answer"] != "page":
                self._start_again(answer["answer"])
                continue
            self.apply(answer)
            if not answer["more"]:
                return pages

    def sync(self) -> None:
        """Everything out, judged, and everything in."""
        self.push()
        self.drain()
        self.pull()
        if self.unsent:  # the server said that it knows less than it once did
            self.sync()

    def take_new_replica(self) -> None:
        """What a phone does whose history was forked or forgotten: a new name, and everything is sent again."""
        self.key, self.received_n, self.cursor = secrets.token_hex(16), 0, None
        self.rows, self.settled = {}, {}
        self.hello()

    def drain(self) -> None:
        """Empties this replica's inbox, as a worker would."""
        while drains.drain(self.replica.pk).judged:
            pass

    # --- after a restored backup --------------------------------------------------------------

    def _mind(self, status: int, problem: dict[str, Any]) -> None:
        """Acts on the codes that a server of another history answers with; any other is a failure."""
        assert problem.get("code") in ("gap", "unknown_replica"), (status, problem)
        if problem["code"] == "gap":
            self.received_n = problem["expected_n"] - 1
        else:
            self.take_new_replica()

    def _reopen(self, answer: dict[str, Any]) -> None:
        """What the server had acknowledged and knows nothing of any more is unsent again."""
        if answer["received_n"] < self.received_n:
            assert answer["chain"] == self.chain(answer["received_n"])
            self.received_n = answer["received_n"]

    def _start_again(self, answer: str) -> None:
        self.rows, self.cursor = {}, None
        if answer == "diverged":  # the answers of a lost history say nothing in this one
            self.settled = {}

    # --- holding ------------------------------------------------------------------------------

    def apply(self, page: dict[str, Any]) -> None:
        for name in page["drop"]:
            for key in list(self.rows):
                self._leave(key, name)
        for row in page["rows"]:
            key = (row["t"], row["id"])
            if row["op"] == "put":
                held = self.rows.setdefault(key, Held(row["rv"], row["f"]))
                held.rv, held.fields = row["rv"], row["f"]
                held.streams |= set(row["s"])
            else:
                for name in row["s"]:
                    self._leave(key, name)
        for answer in page["settled"]:
            self.settled[answer["id"] or f"n{answer['n']}"] = answer
        self.cursor = page["cursor"]

    def _leave(self, key: tuple[str, str], stream: str) -> None:
        held = self.rows.get(key)
        if held is not None:
            held.streams.discard(stream)
            if not held.streams:
                del self.rows[key]

    def holds(self, shape: str, id: UUID | str) -> dict[str, Any] | None:
        held = self.rows.get((shape, str(id)))
        return held.fields if held else None

    def all(self, shape: str) -> list[dict[str, Any]]:
        return [held.fields for (name, _), held in self.rows.items() if name == shape]

    def answer_to(self, entry_id: str) -> tuple[str, str | None]:
        """State and code of an entry as the phone heard it."""
        answer = self.settled[entry_id]
        return answer["state"], answer["code"]

    def contents(self) -> dict[tuple[str, str], str]:
        return {key: _canonical(held.fields) for key, held in self.rows.items()}

    # --- itself -------------------------------------------------------------------------------

    @property
    def n(self) -> int:
        return len(self.entries)

    @property
    def unsent(self) -> int:
        return self.n - self.received_n

    @property
    def replica(self) -> Replica:
        return Replica.everywhere.get(organization=self.member.organization, key=self.key)

    def chain(self, n: int) -> str:
        value = bytes(32)
        for text in self.entries[:n]:
            value = sha256(value + sha256(text.encode()).digest()).digest()
        return value.hex()

    def states(self) -> list[str]:
        """The server's own view of this phone's entries, in order of n."""
        entries = InboxEntry.everywhere.filter(replica=self.replica).order_by("n")
        return [EntryState(state).value for state in entries.values_list("state", flat=True)]

    def send(self, name: str, message: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        base = {"org": str(self.member.organization_id), "replica": self.key}
        return self.door.send(name, {**base, **message})

    def _send(self, name: str, message: dict[str, Any]) -> dict[str, Any]:
        status, answer = self.send(name, message)
        assert status == 200, (status, answer)
        return answer


def projection(member: Member) -> dict[tuple[str, str], str]:
    """What a member's phone must hold, worked out afresh from the rows themselves and not from the log."""
    return projections([member])[member.pk]


def projections(members: Sequence[Member]) -> dict[UUID, dict[tuple[str, str], str]]:
    """The same for members of one organization: each row is rendered once for all of them."""
    with tenancy.acting_in(members[0].organization_id):
        rows = [row for shape in registry.shapes.values() for row in _rendered(shape)]
        found = {}
        for member in Member.objects.filter(pk__in=[one.pk for one in members]).select_related("organization"):
            month = clock.month_of(clock.now(), member.organization.time_zone)
            readable = frozenset(registry.streams_of(member, month))
            found[member.pk] = {key: text for key, text, streams in rows if streams & readable}
        return found


def _rendered(shape: Any) -> Iterable[tuple[tuple[str, str], str, frozenset[str]]]:
    """Every row of a shape: its key, its text, and the streams in which it is to be seen."""
    rows = [row for row in shape.fetch(shape.model.objects.values_list("pk", flat=True)) if not row.is_deleted]
    if shape.name == "organization":
        rows = [row for row in rows if row.pk == tenancy.require_id()]
    streams = shape.streams(rows)
    for row in rows:
        text = _canonical(json.loads(json.dumps(shape.render(row), default=str)))
        yield (shape.name, str(row.pk)), text, frozenset(streams[row.pk])


def _canonical(fields: dict[str, Any]) -> str:
    return json.dumps(fields, sort_keys=True, ensure_ascii=False)


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _json(inner) for name, inner in value.items()}
    return str(value) if isinstance(value, UUID) else value


def _text_of(entry: dict[str, Any]) -> str:
    """As JSON.stringify writes it: letters as they are, halves of a surrogate pair escaped."""
    text = json.dumps(entry, ensure_ascii=False)
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)


def _at(at: datetime | str | None) -> str:
    if isinstance(at, str):
        return at
    return (at or clock.now()).astimezone(SEOUL).isoformat(timespec="milliseconds")
