"""Pulling: what happened after a cursor in my streams, as the texts that lie in the log."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.db import connections, transaction
from django.db.models import QuerySet

from core import clock, tenancy
from sync import cursor as cursors
from sync.cursor import Cursor, Lane, Place
from sync.limits import MAX_PAGE_BYTES, MAX_ROWS
from sync.models import Counter, EntryState, InboxEntry, Log, Replica, RowText, Tick
from sync.registry import registry

READER = "reader"
FIRST_WINDOW = 64


@dataclass
class Page:
    """One answer. ``rows`` are finished JSON texts: nothing is parsed and written again."""

    answer: str
    cursor: str | None = None
    more: bool = True
    drop: list[str] = field(default_factory=list)
    rows: list[bytes] = field(default_factory=list)
    settled: list[dict[str, Any]] = field(default_factory=list)
    total: int | None = None

    def as_json(self, replica: Replica) -> bytes:
        head: dict[str, Any] = {
            "answer": self.answer,
            "cursor": self.cursor,
            "more": self.more,
            "drop": self.drop,
            "settled": self.settled,
            **standing(replica),
        }
        if self.total is not None:
            head["total"] = self.total
        return orjson.dumps(head)[:-1] + b',"rows":[' + b",".join(self.rows) + b"]}"


def standing(replica: Replica) -> dict[str, Any]:
    """What the server holds of this replica: in every answer, so that a server that forgot is noticed."""
    return {
        "received_n": replica.received_n,
        "chain": replica.chain,
        "settled_n": replica.settled_n,
        "server_time": clock.to_text(clock.now()),
        "commands": [],
    }


def pull(replica: Replica, cursor_text: str | None, max_bytes: int, refetch: Collection[str] = ()) -> bytes:
    """One page for this replica, read in one snapshot; streams to ``refetch`` start from the beginning.

    Raises bad_cursor.
    """
    with transaction.atomic(using=READER):
        fresh = Replica.objects.using(READER).select_related("member__organization").get(pk=replica.pk)
        page = _page(fresh, cursor_text, min(max_bytes, MAX_PAGE_BYTES), frozenset(refetch))
        return page.as_json(fresh)


def _page(replica: Replica, cursor_text: str | None, max_bytes: int, refetch: frozenset[str]) -> Page:
    organization_id = tenancy.require_id()
    counter = Counter.objects.using(READER).get(pk=organization_id)
    head = Place(counter.seq, counter.tag)
    allowed = allowed_streams(replica)
    if cursor_text is None:
        cursor = Cursor(counter.epoch, replica.key, [Lane(Place(), sorted(allowed), head.seq)])
        total = _count(organization_id, allowed)
    else:
        cursor, total = cursors.read(cursor_text, replica.key), None
        if cursor.epoch == counter.epoch and is_forgotten(cursor, counter):
            return Page("reset")  # the tags that would tell its history are forgotten too
        if not is_of_this_history(cursor, counter):
            return Page("diverged")
    drop = _adjust(cursor, allowed, refetch, head)
    page = _Filling(replica, cursor, head, max_bytes).fill()
    page.drop, page.total = drop, total
    return page


def allowed_streams(replica: Replica) -> frozenset[str]:
    """What this replica's member reads this month, in the organization's own time zone."""
    member = replica.member
    return registry.streams_of(member, clock.month_of(clock.now(), member.organization.time_zone))


def is_forgotten(cursor: Cursor, counter: Counter) -> bool:
    """Whether something may have left these streams of which the log knows nothing any more."""
    return any(lane.knows_removals_to() < counter.low_water for lane in cursor.lanes)


def is_of_this_history(cursor: Cursor, counter: Counter) -> bool:
    """Whether every position was given out by today's history.

    The tags of numbers below the low-water mark are forgotten. Whoever passes through them knows a newer head, which
    still has its tag: a history that holds it holds all that came before.
    """
    head = Place(counter.seq, counter.tag)
    places = [place for place in cursor.places() if place != head]
    if cursor.epoch != counter.epoch or any(place.seq > head.seq for place in places):
        return False
    known = Tick.objects.using(READER).filter(
        organization_id=counter.organization_id, seq__in=[place.seq for place in places]
    )
    tags = dict(known.values_list("seq", "tag")) if places else {}
    return all(tags.get(place.seq) == place.tag for place in places if place.seq >= counter.low_water)


def _adjust(cursor: Cursor, allowed: frozenset[str], refetch: frozenset[str], head: Place) -> list[str]:
    """Drops streams no longer readable and gives newly readable ones a lane from the beginning."""
    held = cursor.streams()
    kept = allowed - refetch
    drop = sorted(held - kept)
    held &= kept
    for lane in cursor.lanes:
        lane.streams = [name for name in lane.streams if name in kept]
    cursor.lanes[1:] = [lane for lane in cursor.lanes[1:] if lane.streams]
    new = sorted(allowed - held)
    if new:
        cursor.lanes.append(Lane(Place(), new, head.seq))
    return drop


class _Filling:
    """Fills one page lane by lane. A page never splits the rows of one number."""

    def __init__(self, replica: Replica, cursor: Cursor, head: Place, max_bytes: int) -> None:
        self.organization_id = tenancy.require_id()
        self.replica = replica
        self.cursor = cursor
        self.head = head
        self.bytes_left = max_bytes
        self.rows_left = MAX_ROWS
        self.page = Page("page")

    def fill(self) -> Page:
        main, *late = self.cursor.lanes
        if main.at != self.head:
            start, ceiling = main.at.seq, self._settled_ceiling(main.at.seq)
            self._fill_lane(main, ceiling)
            self._add_settled(start, main.at.seq)
        for lane in late:
            if main.at == self.head and self.rows_left > 0 and self.bytes_left > 0:
                self._fill_lane(lane, self.head.seq)
        self.page.more = any(lane.at != self.head for lane in self.cursor.lanes)
        if not self.page.more:
            self.cursor.lanes = [Lane(self.head, sorted(self.cursor.streams()), self.head.seq)]
        self.cursor.head = self.head
        self.page.cursor = cursors.sign(self.cursor)
        return self.page

    def _fill_lane(self, lane: Lane, ceiling: int) -> None:
        found = _scan(self.organization_id, lane, ceiling, self.rows_left)
        taken = _whole_numbers(found, self.bytes_left)
        self._add_rows(taken)
        last = ceiling if len(taken) == len(found.rows) and not found.is_cut else taken[-1].seq
        lane.at = self._place(last)

    def _place(self, seq: int) -> Place:
        if seq == self.head.seq:
            return self.head
        known = Tick.objects.using(READER).filter(organization_id=self.organization_id, seq=seq)
        # Below the low-water mark there are no tags any more.
        return Place(seq, known.values_list("tag", flat=True).first() or "")

    def _add_rows(self, rows: Sequence[_Row]) -> None:
        by_text: dict[tuple[str, UUID, bool], list[_Row]] = {}
        for row in rows:
            by_text.setdefault((row.shape, row.id, row.is_put), []).append(row)
        for same in by_text.values():
            text = same[0].as_json([row.stream for row in same])
            self.page.rows.append(text)
            self.bytes_left -= len(text)
            self.rows_left -= len(same)

    def _settled(self, start: int) -> QuerySet[InboxEntry]:
        entries = InboxEntry.objects.using(READER).filter(replica=self.replica, settled_seq__gt=start)
        return entries.exclude(state=EntryState.RECEIVED).order_by("settled_seq", "n")

    def _settled_ceiling(self, start: int) -> int:
        """How far the main lane may go so that a page never carries more answers than rows."""
        beyond = self._settled(start).values_list("settled_seq", flat=True)[MAX_ROWS : MAX_ROWS + 1]
        return max(start + 1, (beyond[0] or 0) - 1) if beyond else self.head.seq

    def _add_settled(self, start: int, end: int) -> None:
        judged = self._settled(start).filter(settled_seq__lte=end).defer("body")
        self.page.settled = [entry.as_settled() for entry in judged]


def _whole_numbers(found: _Found, most_bytes: int) -> list[_Row]:
    """As many whole numbers as fit, and always at least one. A text counts once, as it travels once."""
    taken: list[_Row] = []
    seen: set[tuple[str, UUID, bool]] = set()
    size = 0
    for _, group in itertools.groupby(found.rows, key=lambda row: row.seq):
        rows = list(group)
        for row in rows:
            key = (row.shape, row.id, row.is_put)
            size += len(row.stream) + (0 if key in seen else row.size)
            seen.add(key)
        if taken and size > most_bytes:
            break
        taken.extend(rows)
    return taken


@dataclass(frozen=True)
class _Row:
    seq: int
    stream: str
    shape: str
    id: UUID
    is_put: bool
    rv: str | None
    text: str | None

    @property
    def size(self) -> int:
        return 120 + (len((self.text or "").encode()) if self.is_put else 0)

    def as_json(self, streams: list[str]) -> bytes:
        op = "put" if self.is_put else "rm"
        start = orjson.dumps({"s": streams, "t": self.shape, "id": str(self.id), "op": op})
        if not self.is_put:
            return start
        return start[:-1] + f',"rv":"{self.rv}","f":'.encode() + (self.text or "{}").encode() + b"}"


@dataclass(frozen=True)
class _Found:
    rows: list[_Row]
    is_cut: bool


def _scan(organization_id: UUID, lane: Lane, ceiling: int, most: int) -> _Found:
    """Rows of the lane's streams after its place up to ``ceiling``, whole numbers only, about ``most`` of them.

    Asking for "the next thousand rows of these forty streams" makes a database sort all that follows, for
    every page again. So the numbers are walked in windows that widen while they bring little: each query
    touches little more than what it returns, however long the log is.
    """
    rows: list[_Row] = []
    at, width = lane.at.seq, FIRST_WINDOW
    while at < ceiling and len(rows) <= most:
        until = min(ceiling, at + width)
        found = _select(organization_id, lane.streams, at, until, most + 1 - len(rows))
        rows += found
        at = until
        if len(found) < most // 4:
            width *= 4
    if len(rows) <= most:
        return _Found(rows, is_cut=False)
    if rows[0].seq == rows[-1].seq:  # one number larger than a page goes alone, and whole
        seq = rows[0].seq
        return _Found(_select(organization_id, lane.streams, seq - 1, seq, None), is_cut=True)
    return _Found([row for row in rows if row.seq != rows[-1].seq], is_cut=True)


def _select(organization_id: UUID, streams: list[str], after: int, until: int, limit: int | None) -> list[_Row]:
    """The first ``limit`` rows of a window in order of number. Texts are looked up for those alone."""
    if not streams:
        return []
    connection = connections[READER]
    log, text = Log._meta.db_table, RowText._meta.db_table
    organization = Log._meta.get_field("organization").get_db_prep_value(organization_id, connection)
    marks = ",".join(["%s"] * len(streams))
    # Names of our own tables and a count of marks only; every value is a parameter.
    query = (
        f"SELECT l.seq, l.stream, l.shape, l.row_id, l.is_put, t.rv, t.text FROM ("  # noqa: S608
        f"SELECT organization_id, seq, stream, shape, row_id, is_put FROM {log}"
        f" WHERE organization_id = %s AND stream IN ({marks}) AND seq > %s AND seq <= %s"
        f" ORDER BY seq, shape, row_id{'' if limit is None else f' LIMIT {limit}'}) l LEFT JOIN {text} t"
        f" ON t.organization_id = l.organization_id AND t.shape = l.shape AND t.row_id = l.row_id"
        f" ORDER BY l.seq, l.shape, l.row_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [organization, *streams, after, until])
        found = cursor.fetchall()
    return [
        _Row(seq, stream, shape, id if isinstance(id, UUID) else UUID(id), bool(is_put), rv, body)
        for seq, stream, shape, id, is_put, rv, body in found
    ]


def _count(organization_id: UUID, streams: frozenset[str]) -> int:
    """How many rows a first sync of these streams brings, for a progress bar."""
    seen = Log.objects.using(READER).filter(organization_id=organization_id, stream__in=streams, is_put=True)
    return seen.values("shape", "row_id").distinct().count()
