"""Units of work: the only way anything is written, so that the log never misses a change.

A unit is one durable transaction. Actions change rows and say so with ``unit.record(row)``; when the
unit closes it (1) renders every touched row once, (2) takes the organization's next number as the last
lock, (3) works out where each row is to be seen now, and (4) writes log, audit and settled entries with
that number. Since the counter row stays locked until the commit, numbers become visible in order: a
reader that has seen number 7 can never later meet a 6.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from core import bulk, clock, faults, tenancy
from core.ids import random_hex64
from core.models import Identified
from sync import news
from sync.models import Audit, Counter, FieldEdit, Log, RowText, Tick
from sync.registry import Shape, registry

logger = logging.getLogger(__name__)

MOST_CHANGES = 1000

Key = tuple[str, UUID]
_Change = tuple[str, UUID, str, bool]  # shape, row, stream, and whether it is seen there now


class UnitError(RuntimeError):
    """A unit was used in a way that would lose or mix up changes: a mistake in the program."""


@dataclass(frozen=True)
class Actor:
    """Who acts, by which door, and when by their own clock. ``member`` is None for commands."""

    member: Any | None
    door: str
    at: datetime = field(default_factory=clock.now)
    received_at: datetime = field(default_factory=clock.now)
    entry_id: UUID | None = None
    skew_ms: int | None = None

    @property
    def skew_s(self) -> int | None:
        """What the phone's clock was behind, in whole seconds, as rows keep it."""
        return None if self.skew_ms is None else round(self.skew_ms / 1000)

    @property
    def times(self) -> dict[str, Any]:
        """When a fact was made and when it came, as its row keeps them (core.models.Fact)."""
        return {"made_at": self.at, "made_offset": clock.offset_minutes(self.at), "received_at": self.received_at}


@dataclass(frozen=True)
class Edit:
    """One shared field that was changed: its value before and after, as JSON has them."""

    key: Key
    field: str
    before: Any
    after: Any


@dataclass
class Act:
    """One deed of one actor: the rows it touched, the shared fields it changed, the conflicts it ran into."""

    verb: str
    actor: Actor
    rows: dict[Key, None] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)

    def copy(self) -> Act:
        return Act(self.verb, self.actor, dict(self.rows), list(self.edits), list(self.conflicts))

    def restore(self, former: Act) -> None:
        self.rows, self.edits, self.conflicts = former.rows, former.edits, former.conflicts


class Unit:
    """One write transaction. Made by ``unit()``; handed to actions as their first argument."""

    def __init__(self, organization_id: UUID) -> None:
        self.organization_id = organization_id
        self.actor: Actor
        self._acts: list[Act] = []
        self._touched: dict[Key, None] = {}
        self._moves: list[tuple[UUID, str, str]] = []
        self._numbered: list[Callable[[int], set[str]]] = []
        self._is_open = True

    # --- while it is open ---------------------------------------------------------------------

    @contextmanager
    def act(self, verb: str, actor: Actor) -> Iterator[Act]:
        """Everything inside is one deed of one actor, and leaves one audit row."""
        self.actor = actor
        self._acts.append(Act(verb, actor))
        yield self._acts[-1]

    @property
    def member(self) -> Any:
        return self.actor.member

    def record(self, row: Identified) -> None:
        """Notes that this row changed. It is read again and rendered when the unit closes."""
        if not self._is_open:
            raise UnitError("This unit is closed: nothing can be recorded any more.")
        shape = registry.shape_of.get(type(row))
        if shape is None:
            raise UnitError(f"{type(row).__name__} has no shape: register one in its room's shapes.py.")
        key = (shape.name, row.pk)
        if key not in self._touched and len(self._touched) >= MOST_CHANGES:
            raise UnitError(f"A unit takes at most {MOST_CHANGES} changes.")
        self._touched[key] = None
        self._acts[-1].rows[key] = None

    def concern(self, noun: str, id: UUID) -> None:
        """Names in the audit something that is no row of a shape: an entry, a replica."""
        self._acts[-1].rows[(noun, id)] = None

    def record_edit(self, row: Identified, field: str, before: Any, after: Any) -> None:
        """Notes a shared field's former value for its history. The row itself is recorded apart."""
        self._acts[-1].edits.append(Edit((registry.shape_of[type(row)].name, row.pk), field, before, after))

    def note_conflict(self, conflict: dict[str, Any]) -> None:
        """What the writer of this entry is told of a value that did not get its way, or that it took the place of."""
        self._acts[-1].conflicts.append(conflict)

    def move(self, anchor: UUID, from_scope: str, to_scope: str) -> None:
        """Takes everything that hangs on this anchor from the streams of one scope to those of another."""
        if from_scope != to_scope:  # leaving a scope for itself would only be leaving it
            self._moves.append((anchor, from_scope, to_scope))

    def when_numbered(self, write: Callable[[int], set[str]]) -> None:
        """Calls ``write`` with the unit's number just before the commit; it returns names of streams to ring."""
        self._numbered.append(write)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undoes the database and forgets what was recorded inside when it fails."""
        acts = [(act, act.copy()) for act in self._acts]
        touched, moves, numbered = dict(self._touched), list(self._moves), list(self._numbered)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            self._acts = [act for act, _ in acts]
            for act, former in acts:
                act.restore(former)
            self._touched, self._moves, self._numbered = touched, moves, numbered
            raise

    # --- closing ------------------------------------------------------------------------------

    def close(self) -> None:
        """Renders, numbers and logs. Called once, as the transaction's last act."""
        self.end()
        if not (self._touched or self._moves or self._numbered):
            return
        rendered = _render(self.organization_id, self._touched)
        seq = take_number(self.organization_id)
        rung = _log_rows(self.organization_id, seq, rendered)
        for anchor, from_scope, to_scope in self._moves:
            rung |= _log_move(self.organization_id, seq, anchor, from_scope, to_scope)
        for write in self._numbered:
            rung |= write(seq)
        self._write_audit(seq)
        self._write_history(seq)
        organization_id = self.organization_id
        transaction.on_commit(lambda: news.ring(organization_id, seq, sorted(rung)), robust=True)

    def end(self) -> None:
        """From here on nothing can be recorded, however the unit ended."""
        self._is_open = False

    def _write_audit(self, seq: int) -> None:
        bulk.insert(
            Audit,
            ("member_id", "verb", "door", "entry_id", "rows"),
            (
                (
                    act.actor.member.pk if act.actor.member else None,
                    act.verb,
                    act.actor.door,
                    act.actor.entry_id,
                    [[shape, str(id)] for shape, id in act.rows],
                )
                for act in self._acts
            ),
            same={"organization_id": self.organization_id, "seq": seq, "at": clock.now()},
        )

    def _write_history(self, seq: int) -> None:
        bulk.insert(
            FieldEdit,
            ("shape", "row_id", "field", "before", "after", "member_id", "made_at", "received_at", "entry_id"),
            (
                (
                    *edit.key,
                    edit.field,
                    edit.before,
                    edit.after,
                    act.actor.member.pk if act.actor.member else None,
                    act.actor.at,
                    act.actor.received_at,
                    act.actor.entry_id,
                )
                for act in self._acts
                for edit in act.edits
            ),
            same={"organization_id": self.organization_id, "seq": seq},
        )


@contextmanager
def open_unit() -> Iterator[Unit]:
    """A unit whose acts are named one by one inside (the drain does that)."""
    unit = Unit(tenancy.require_id())
    try:
        with transaction.atomic(durable=True):
            yield unit
            unit.close()
            faults.reach(faults.BEFORE_COMMIT)
    finally:
        unit.end()


@contextmanager
def unit(verb: str, *, by: Actor) -> Iterator[Unit]:
    """A unit with one act. Units never nest: the transaction is durable, and Django refuses a second."""
    with open_unit() as opened, opened.act(verb, by):
        yield opened


def take_number(organization_id: UUID) -> int:
    """The organization's next number, locked until the commit. No row may be locked after this."""
    tag = random_hex64()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sync_counter SET seq = seq + 1, tag = %s WHERE organization_id = %s RETURNING seq",
            [tag, Counter._meta.pk.get_db_prep_value(organization_id, connection)],
        )
        found = cursor.fetchone()
    if found is None:
        raise UnitError("The organization has no counter: make organizations with found_organization.")
    Tick.objects.create(organization_id=organization_id, seq=found[0], tag=tag)
    return int(found[0])


@dataclass
class _Rendered:
    shape: Shape
    row: Identified
    is_changed: bool


def _render(organization_id: UUID, touched: dict[Key, None]) -> list[_Rendered]:
    """Renders every touched row once and stores the texts that differ, each under a new version."""
    found: list[_Rendered] = []
    texts: list[tuple[str, UUID, str, UUID | None, str]] = []
    for name, ids in sorted(_by_shape(touched).items()):
        shape = registry.shapes[name]
        known = RowText.objects.filter(organization_id=organization_id, shape=name, row_id__in=ids)
        former = {text.row_id: text for text in known}
        for row in shape.fetch(ids):
            text = orjson.dumps(shape.render(row)).decode()
            anchor = shape.anchor(row)
            old = former.get(row.pk)
            is_changed = old is None or old.text != text
            if old is None or is_changed or old.anchor != anchor:
                rv = random_hex64() if is_changed or old is None else old.rv
                texts.append((name, row.pk, rv, anchor, text))
            found.append(_Rendered(shape, row, is_changed))
    bulk.insert(
        RowText,
        ("shape", "row_id", "rv", "anchor", "text"),
        sorted(texts, key=itemgetter(0, 1)),
        same={"organization_id": organization_id},
        unique=("organization_id", "shape", "row_id"),
        update=("rv", "anchor", "text"),
    )
    return found


def _by_shape(keys: Iterable[Key]) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = {}
    for shape, id in keys:
        found.setdefault(shape, []).append(id)
    return found


def _log_rows(organization_id: UUID, seq: int, rendered: list[_Rendered]) -> set[str]:
    """Writes where each row is to be seen now, and where it no longer is. Returns the streams with news."""
    places = _places(organization_id, [(item.shape.name, item.row.pk) for item in rendered])
    wanted: dict[Key, frozenset[str]] = {}
    for shape in {item.shape.name: item.shape for item in rendered}.values():
        rows = [item.row for item in rendered if item.shape is shape]
        streams = shape.streams([row for row in rows if not row.is_deleted])
        wanted |= {(shape.name, row.pk): streams.get(row.pk, frozenset()) for row in rows}
    changes: list[_Change] = []
    for item in rendered:
        key = (item.shape.name, item.row.pk)
        now, before = wanted[key], places.get(key, frozenset())
        for stream in sorted(now if item.is_changed else now - before):
            changes.append((*key, stream, True))
        for stream in sorted(before - now):
            changes.append((*key, stream, False))
    return _write_log(organization_id, seq, changes)


def _log_move(organization_id: UUID, seq: int, anchor: UUID, from_scope: str, to_scope: str) -> set[str]:
    """Re-streams every row of one anchor: the same periods, another scope. Knows nothing of what the rows are."""
    hanging = RowText.objects.filter(organization_id=organization_id, anchor=anchor).values_list("shape", "row_id")
    changes: list[_Change] = []
    for key, streams in _places(organization_id, list(hanging)).items():
        for stream in sorted(name for name in streams if name.startswith(f"{from_scope}/")):
            target = to_scope + stream.removeprefix(from_scope)
            changes.append((*key, stream, False))
            if target not in streams:
                changes.append((*key, target, True))
    return _write_log(organization_id, seq, changes)


def _places(organization_id: UUID, keys: Iterable[Key]) -> dict[Key, frozenset[str]]:
    """Where rows are to be seen so far. Asked shape by shape: that is how both tables are indexed."""
    found: dict[Key, set[str]] = {}
    for shape, ids in _by_shape(keys).items():
        logged = Log.objects.filter(organization_id=organization_id, shape=shape, row_id__in=ids, is_put=True)
        for id, stream in logged.values_list("row_id", "stream"):
            found.setdefault((shape, id), set()).add(stream)
    return {key: frozenset(streams) for key, streams in found.items()}


def _write_log(organization_id: UUID, seq: int, changes: list[_Change]) -> set[str]:
    bulk.insert(
        Log,
        ("shape", "row_id", "stream", "is_put"),
        changes,
        same={"organization_id": organization_id, "seq": seq},
        unique=("organization_id", "shape", "row_id", "stream"),
        update=("seq", "is_put"),
    )
    return {stream for _, _, stream, _ in changes}
