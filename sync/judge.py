"""One unit's judgement of its entries: each under a savepoint, each with exactly one answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection

from core import errors
from core.errors import Problem
from core.inputs import read_input
from sync import actions, news
from sync import entry as entries
from sync.changes import Actor, Unit
from sync.entry import Entry
from sync.errors import ACTOR_DISABLED, POISON, WAITS_FOR
from sync.models import Effect, EntryState, InboxEntry, Replica


class Judge:
    """Judges a batch inside one open unit; ``finish`` hands the answers to the unit's close."""

    def __init__(self, unit: Unit, replica: Replica) -> None:
        self.unit = unit
        self.replica = replica
        self._judged: list[InboxEntry] = []
        self._effects: dict[UUID, str] = {}

    def judge(self, batch: Sequence[InboxEntry]) -> None:
        readable = [(row, self._read(row)) for row in batch]
        ids = [entry.id for _, entry in readable if entry is not None]
        done = Effect.objects.filter(organization_id=self.unit.organization_id, entry_id__in=ids)
        self._effects |= dict(done.values_list("entry_id", "sha"))
        for row, entry in readable:
            if entry is not None:
                self._judge_one(row, entry)

    def park_poison(self, row: InboxEntry) -> None:
        row.entry_id = entries.id_in(bytes(row.body))
        self._park(row, Problem(POISON))

    def finish(self) -> None:
        """Registers the writing of answers and effects with the unit's number."""
        if self._judged:
            self.unit.when_numbered(self._write)

    # --- one entry ----------------------------------------------------------------------------

    def _read(self, row: InboxEntry) -> Entry | None:
        try:
            entry = entries.read(bytes(row.body))
        except Problem as problem:
            row.entry_id = entries.id_in(bytes(row.body))
            self._park(row, problem)
            return None
        row.entry_id = entry.id
        return entry

    def _judge_one(self, row: InboxEntry, entry: Entry) -> None:
        if entry.id in self._effects:
            self._judge_again(row, entry.id)
            return
        try:
            self._check_after(row, entry)
            with self.unit.savepoint():
                self._act(row, entry)
        except Problem as problem:
            self._park(row, problem)
        except IntegrityError as error:
            # The database said no by a constraint the action had not foreseen: the same entry would fail again.
            self._park(row, Problem(errors.ID_TAKEN, constraint=_constraint_of(error)))
        else:
            self._effects[entry.id] = row.sha
            if row.settled_seq is not None:  # it was parked before, so others may rest on it
                actions.reopen_waiting(entry.id)
            self._settle(row, EntryState.APPLIED)

    def _judge_again(self, row: InboxEntry, id: UUID) -> None:
        """The same id and bytes twice is a quiet yes; the same id with other bytes is a named no."""
        if self._effects[id] == row.sha:
            self._settle(row, EntryState.DUPLICATE)
        else:
            self._park(row, Problem(errors.ID_TAKEN, field="id"))

    def _act(self, row: InboxEntry, entry: Entry) -> None:
        member = self.replica.member
        if not member.is_active:
            raise Problem(ACTOR_DISABLED)
        values = read_input(entry.kind.form, entry.args)
        actor = Actor(
            member=member,
            door="sync",
            at=entry.at,
            received_at=row.received_at,
            entry_id=entry.id,
            skew_ms=row.skew_ms,
        )
        with self.unit.act(entry.kind.name, actor):
            if entry.supersedes is not None:
                replaced = actions.lock_parked(self.replica.member_id, entry.supersedes)
                entry.kind.action(self.unit, **values)
                actions.settle_parked(self.unit, replaced, EntryState.SUPERSEDED)
            else:
                entry.kind.action(self.unit, **values)

    def _check_after(self, row: InboxEntry, entry: Entry) -> None:
        """Raises waits_for while an entry this one rests on is parked."""
        if not entry.after:
            return
        here = {other.entry_id for other in self._judged if other.is_parked}
        for id in entry.after:
            if id in here:
                raise Problem(WAITS_FOR, entry=str(id))
        parked = InboxEntry.objects.filter(entry_id__in=entry.after, state=EntryState.PARKED)
        first = parked.exclude(pk__in=[other.pk for other in self._judged]).first()
        if first is not None:
            raise Problem(WAITS_FOR, entry=str(first.entry_id))

    # --- answers ------------------------------------------------------------------------------

    def _park(self, row: InboxEntry, problem: Problem) -> None:
        self._settle(row, EntryState.PARKED, problem.code.name, problem.params)

    def _settle(self, row: InboxEntry, state: EntryState, code: str = "", params: dict[str, Any] | None = None) -> None:
        row.state, row.code, row.params = state, code, params or {}
        self._judged.append(row)

    def _write(self, seq: int) -> set[str]:
        for row in self._judged:
            row.settled_seq = seq
        _save_answers(self._judged)
        applied = [row for row in self._judged if row.state == EntryState.APPLIED]
        Effect.objects.bulk_create(
            Effect(organization_id=self.unit.organization_id, entry_id=id, sha=row.sha, seq=seq)
            for row in applied
            if (id := row.entry_id) is not None
        )
        self.replica.settled_n = max(self.replica.settled_n, *(row.n for row in self._judged))
        self.replica.next_attempt_at, self.replica.failures = None, 0
        self.replica.save(update_fields=["settled_n", "next_attempt_at", "failures"])
        return {news.replica_stream(self.replica.key)}


def _save_answers(judged: Sequence[InboxEntry]) -> None:
    """One prepared statement for all: Django's bulk_update writes a CASE per field and row, ten times slower."""
    names = ("state", "code", "params", "settled_seq", "entry_id")
    fields: list[Any] = [InboxEntry._meta.get_field(name) for name in names]
    sets = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    values = [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk]
        for row in judged
    ]
    with connection.cursor() as cursor:
        # Names of our own columns only; every value is a parameter.
        cursor.executemany(f"UPDATE {InboxEntry._meta.db_table} SET {sets} WHERE id = %s", values)  # noqa: S608


def _constraint_of(error: IntegrityError) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    return str(name or "")
