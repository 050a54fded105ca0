"""Pulling in the model: the signed cursor with its lanes, and pages that never split a number."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

import orjson

from tests.simulation.entries import Json, Key
from tests.simulation.rules import Rules
from tests.simulation.state import RECEIVED, InboxEntry, Replica, State

_SECRET = b"the server's own"


class BadCursor(Exception):
    """The cursor was edited, or given to another replica."""


class Place(NamedTuple):
    """A number and the tag it was given. Number 0, before everything, has no tag."""

    seq: int = 0
    tag: str = ""


class Lane:
    """Streams that are read in step, how far, and the head when this reading began.

    What was removed before it began was never handed out, so only later removals must still be known. The
    position alone would not do: a first sync passes through old numbers, and would be reset for ever.
    """

    __slots__ = ("at", "began", "streams")

    def __init__(self, at: Place, began: int, streams: list[str]) -> None:
        self.at = at
        self.began = began
        self.streams = streams

    def knows_removals_to(self, rules: Rules) -> int:
        return max(self.at.seq, self.began) if rules.began else self.at.seq


class Cursor:
    """The first lane is the main one: it carries the settled entries of its window. A stream that became
    readable later starts a lane at 0 and joins the main lane once all stand at the head."""

    def __init__(self, epoch: str, replica: str, lanes: list[Lane], head: Place) -> None:
        self.epoch = epoch
        self.replica = replica
        self.lanes = lanes
        self.head = head

    def streams(self) -> set[str]:
        return {name for lane in self.lanes for name in lane.streams}

    def text(self) -> str:
        lanes = [[*lane.at, lane.began, lane.streams] for lane in self.lanes]
        body = orjson.dumps([self.epoch, self.replica, lanes, [*self.head]])
        return _mac(body) + body.decode()


def read_cursor(text: str, replica: str) -> Cursor:
    """The cursor in this text. Raises BadCursor."""
    mac, body = text[:32], text[32:].encode()
    if mac != _mac(body):
        raise BadCursor
    epoch, owner, lanes, head = orjson.loads(body)
    if owner != replica:
        raise BadCursor
    return Cursor(epoch, owner, [Lane(Place(seq, tag), began, names) for seq, tag, began, names in lanes], Place(*head))


def _mac(body: bytes) -> str:
    return sha256(_SECRET + body).hexdigest()[:32]


def pull(state: State, replica: Replica, body: Json, month: int, limit: int, rules: Rules) -> Json:
    """One answer to a pull: a page, "reset" or "diverged". Raises BadCursor."""
    allowed, text = state.allowed(replica.member, month), body["cursor"]
    if text is None:
        cursor = Cursor(state.epoch, replica.key, [Lane(Place(), state.seq, sorted(allowed))], Place())
    else:
        cursor = read_cursor(text, replica.key)
        if not is_of_this_history(state, cursor, rules):
            return _no_page("diverged")
        if rules.low_water and any(lane.knows_removals_to(rules) < state.low_water for lane in cursor.lanes):
            return _no_page("reset")
    drop = _adjust(cursor, allowed, frozenset(body.get("refetch", ())), state.seq, rules)
    return _Filling(state, replica, cursor, limit, rules).fill(drop)


def _no_page(answer: str) -> Json:
    return {"answer": answer, "cursor": None, "more": True, "drop": [], "rows": [], "settled": []}


def is_of_this_history(state: State, cursor: Cursor, rules: Rules) -> bool:
    if cursor.epoch != state.epoch:
        return False
    places = [lane.at for lane in cursor.lanes]
    if rules.head_tag:
        places.append(cursor.head)
    for place in places:
        if place.seq > state.seq:
            return False
        # The tags of forgotten numbers are forgotten. The head is newer than all of them, and it has its tag.
        is_known = place.seq >= (state.low_water if rules.old_tags else 1)
        if rules.tags and is_known and place.seq and state.ticks.get(place.seq) != place.tag:
            return False
    return True


def _adjust(cursor: Cursor, allowed: frozenset[str], refetch: frozenset[str], head: int, rules: Rules) -> list[str]:
    """Drops streams no longer readable and gives newly readable ones a lane; one to fetch anew is both."""
    held, kept = cursor.streams(), allowed - refetch
    if held == kept == allowed:
        return []
    drop = sorted(held - kept)
    new = sorted(allowed - (held & kept))
    if drop:
        for lane in cursor.lanes:
            lane.streams = [name for name in lane.streams if name in kept]
        cursor.lanes[1:] = [lane for lane in cursor.lanes[1:] if lane.streams]
    if new and rules.lane_from_zero:
        cursor.lanes.append(Lane(Place(), head, new))
    elif new:
        cursor.lanes[0].streams += new
    return drop if rules.drop_on_revoke else []


class _Row(NamedTuple):
    seq: int
    key: Key
    stream: str
    is_put: bool


class _Filling:
    """Fills one page lane by lane, the main one first."""

    def __init__(self, state: State, replica: Replica, cursor: Cursor, limit: int, rules: Rules) -> None:
        self.state = state
        self.replica = replica
        self.cursor = cursor
        self.limit = limit
        self.rules = rules
        self.rows_left = limit
        self.head = Place(state.seq, state.tag)
        self.rows: list[Json] = []
        self.settled: list[Json] = []

    def fill(self, drop: list[str]) -> Json:
        cursor, head = self.cursor, self.head
        main, *late = cursor.lanes
        if main.at != head:
            answered = self._answered_after(main.at.seq)
            self._fill_lane(main, self._settled_ceiling(answered))
            self._add_settled(answered, main.at.seq)
        for lane in late:
            if main.at == head and lane.at != head and self.rows_left > 0:
                self._fill_lane(lane, head.seq)
        more = any(lane.at != head for lane in cursor.lanes)
        if not more:
            cursor.lanes = [Lane(head, head.seq, sorted(cursor.streams()))]
        cursor.head = head
        return {
            "answer": "page",
            "cursor": cursor.text(),
            "more": more,
            "drop": drop,
            "rows": self.rows,
            "settled": self.settled,
        }

    def _fill_lane(self, lane: Lane, ceiling: int) -> None:
        found = self._scan(lane, ceiling)
        taken = self._whole_numbers(found)
        self._add_rows(taken)
        last = taken[-1].seq if len(taken) < len(found) else ceiling
        lane.at = Place(last, self.state.ticks.get(last, ""))

    def _scan(self, lane: Lane, ceiling: int) -> list[_Row]:
        start = lane.at.seq
        found = [
            _Row(placed.seq, key, stream, placed.is_put)
            for stream in lane.streams
            for key, placed in self.state.log.get(stream, {}).items()
            if start < placed.seq <= ceiling
        ]
        found.sort()
        return found

    def _whole_numbers(self, found: list[_Row]) -> list[_Row]:
        """As many whole numbers as fit, and always at least one: a number larger than a page goes alone."""
        cut = self.rows_left
        if len(found) <= cut:
            return found
        if self.rules.whole_numbers:
            while cut and found[cut - 1].seq == found[cut].seq:
                cut -= 1
            if not cut:
                cut = next((i for i, row in enumerate(found) if row.seq != found[0].seq), len(found))
        return found[:cut]

    def _add_rows(self, taken: list[_Row]) -> None:
        """A page carries a text once, with all the streams it is seen in."""
        streams: dict[tuple[Key, bool], list[str]] = {}
        for placed in taken:
            streams.setdefault((placed.key, placed.is_put), []).append(placed.stream)
        for (key, is_put), names in streams.items():
            row: Json = {"s": names, "t": key[0], "id": key[1], "op": "put" if is_put else "rm"}
            if is_put:
                row["rv"], row["f"] = self.state.texts[key]
            self.rows.append(row)
        self.rows_left -= len(taken)

    def _answered_after(self, start: int) -> list[InboxEntry]:
        found = [entry for entry in self.replica.inbox if entry.seq > start and entry.state != RECEIVED]
        return sorted(found, key=lambda entry: (entry.seq, entry.n))

    def _settled_ceiling(self, answered: list[InboxEntry]) -> int:
        """How far the main lane may go so that a page carries no more answers than rows."""
        if len(answered) <= self.limit:
            return self.head.seq
        return max(answered[0].seq, answered[self.limit].seq - 1)

    def _add_settled(self, answered: list[InboxEntry], end: int) -> None:
        for entry in answered:
            if entry.seq > end:
                break
            self.settled.append(
                {
                    "n": entry.n,
                    "id": entry.read()["id"],
                    "state": entry.state,
                    "seq": entry.seq,
                    "code": entry.code,
                    "params": entry.params,
                    "conflicts": [{"id": id} for id in entry.conflicts],
                }
            )
