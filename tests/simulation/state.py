"""The model server's tables: everything a backup holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import orjson

from tests.simulation.cast import Cast, Member
from tests.simulation.entries import NO_CHAIN, Fields, Json, Key
from tests.simulation.lamps import CLASH, ClashRow, Edit, Lamp
from tests.simulation.rules import ALL, Rules
from tests.simulation.streams import ORGANIZATION, SHOWN, places_of, streams_read

RECEIVED = "received"
NOWHERE: frozenset[str] = frozenset()


class InboxEntry:
    """An entry as it was received, and the answer to it. Compared by identity: it is a row."""

    __slots__ = (
        "_read",
        "attempts",
        "code",
        "conflicts",
        "is_accepted",
        "n",
        "params",
        "replica",
        "seq",
        "state",
        "text",
    )

    def __init__(self, replica: str, n: int, text: str) -> None:
        self.replica = replica
        self.n = n
        self.text = text
        self.state = RECEIVED
        self.code: str | None = None
        self.params: Json = {}
        self.conflicts: tuple[str, ...] = ()
        self.is_accepted = False  # by a person, although it was shut out
        self.seq = 0
        self.attempts = 0
        self._read: Json | None = None

    def read(self) -> Json:
        """The entry inside; receiving never asks for it."""
        if self._read is None:
            self._read = orjson.loads(self.text)
        return self._read

    def copy(self) -> InboxEntry:
        twin = InboxEntry(self.replica, self.n, self.text)
        for name in self.__slots__:
            setattr(twin, name, getattr(self, name))
        return twin


@dataclass
class Replica:
    key: str
    member: str
    session: str = ""  # of its last hello
    is_revoked: bool = False
    written_n: int = 0  # what it said last
    loss: tuple[int, int] | None = None  # what the storage before it had written, and what of it is here
    inbox: list[InboxEntry] = field(default_factory=list)
    chain: bytes = NO_CHAIN
    settled_n: int = 0
    token: int = 0
    lease_until: int | None = None
    next_attempt_at: int = 0
    failures: int = 0
    not_durable: int = 0  # entries at the end of the inbox that a power cut would take

    def copy(self) -> Replica:
        return replace(self, inbox=[entry.copy() for entry in self.inbox], token=0, lease_until=None)


class Text(NamedTuple):
    """A row's shape, once. The fields stand for the JSON text and are never changed in place."""

    rv: str
    fields: Fields


class Placed(NamedTuple):
    seq: int
    is_put: bool


@dataclass
class State:
    """One organization's database."""

    territories: frozenset[str]
    members: dict[str, Member]
    anchors: dict[str, str]  # anchor -> territory
    epoch: str
    seq: int = 0
    tag: str = ""
    drawn: int = 0  # the last number given; differs from seq only without ``counter_last``
    low_water: int = 0  # removals up to here are forgotten
    ticks: dict[int, str] = field(default_factory=dict)
    committed_at: dict[int, int] = field(default_factory=dict)  # number -> second
    numbers: list[int] = field(default_factory=list)
    lamps: dict[str, Lamp] = field(default_factory=dict)
    clashes: dict[str, ClashRow] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    last_writers: dict[tuple[str, str], str] = field(default_factory=dict)  # (lamp, field) -> member
    sessions_out: frozenset[str] = frozenset()  # may hand in and read nothing
    texts: dict[Key, Text] = field(default_factory=dict)
    log: dict[str, dict[Key, Placed]] = field(default_factory=dict)
    places: dict[Key, frozenset[str]] = field(default_factory=dict)
    replicas: dict[str, Replica] = field(default_factory=dict)
    copies: dict[str, list[InboxEntry]] = field(default_factory=dict)  # entry id -> its rows in the inbox
    resting: dict[str, list[InboxEntry]] = field(default_factory=dict)  # entry id -> rows that rest on it
    effects: list[str] = field(default_factory=list)
    effect_keys: set[str] = field(default_factory=set)
    audit: list[str] = field(default_factory=list)
    behalf: list[str] = field(default_factory=list)
    largest_unit: int = 0  # the most places or answers under one number

    @classmethod
    def of(cls, cast: Cast, epoch: str) -> State:
        members = {member.id: member for member in cast.members}
        return cls(frozenset(cast.territories), members, dict(cast.anchors), epoch)

    def copy(self) -> State:
        """A backup: as good as a deep copy, since the values within are never changed in place."""
        twin = replace(self, replicas={key: replica.copy() for key, replica in self.replicas.items()})
        twin.copies, twin.resting = {}, {}
        for name in (
            "members",
            "anchors",
            "ticks",
            "committed_at",
            "lamps",
            "clashes",
            "last_writers",
            "texts",
            "places",
        ):
            setattr(twin, name, dict(getattr(self, name)))
        twin.log = {stream: dict(rows) for stream, rows in self.log.items()}
        for name in ("numbers", "effects", "audit", "behalf", "edits"):
            setattr(twin, name, list(getattr(self, name)))
        twin.effect_keys = set(self.effect_keys)
        for replica in twin.replicas.values():
            for entry in replica.inbox:
                twin.index(entry)
        return twin

    def index(self, entry: InboxEntry) -> None:
        self.copies.setdefault(entry.read()["id"], []).append(entry)
        for id in entry.read().get("after", ()):
            self.resting.setdefault(id, []).append(entry)

    def forget(self, entry: InboxEntry) -> None:
        self.copies[entry.read()["id"]].remove(entry)
        for id in entry.read().get("after", ()):
            self.resting[id].remove(entry)

    def inbox(self) -> list[InboxEntry]:
        return [entry for replica in self.replicas.values() for entry in replica.inbox]

    def allowed(self, member_id: str, month: int) -> frozenset[str]:
        member = self.members[member_id]
        return streams_read(member.id, member.role, member.territories, self.territories, month)

    def streams_of(self, lamp: Lamp) -> frozenset[str]:
        if lamp.is_deleted:
            return NOWHERE
        fields = lamp.fields
        if fields["is_shown"] and lamp.closed_in is None:
            return SHOWN
        return places_of(self.anchors[fields["anchor"]], lamp.closed_in, fields["member"])

    def streams_of_clash(self, row: ClashRow, rules: Rules = ALL) -> frozenset[str]:
        """Where its lamp's anchor is seen, and with both writers."""
        territory = self.anchors[self.lamps[row.fields["lamp"]].fields["anchor"]]
        writers = (row.fields["member"], row.fields["their_member"]) if rules.clash_to_both else ()
        return places_of(territory, row.closed_in, *filter(None, writers))

    def keep_history(self, edits: Iterable[Edit]) -> None:
        for edit in edits:
            self.edits.append(edit)
            self.last_writers[edit.lamp, edit.field] = edit.member

    def projection(self, member_id: str, month: int, rules: Rules) -> dict[Key, Fields]:
        """The oracle: every row that is seen in a stream this member reads, without a look at the log."""
        allowed = self.allowed(member_id, month)
        found = {("lamp", id): lamp.fields for id, lamp in self.lamps.items() if self.streams_of(lamp) & allowed}
        for id, row in self.clashes.items():
            if self.streams_of_clash(row, rules) & allowed:
                found[CLASH, id] = row.fields
        if ORGANIZATION in allowed:
            found |= {("member", member.id): member_fields(member) for member in self.members.values()}
        return found


def member_fields(member: Member) -> Fields:
    return {**member._asdict(), "territories": sorted(member.territories)}
