"""One unit's judgement of its entries: each under a savepoint, each with exactly one answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.models import Exists, OuterRef

from core import bulk, errors
from core.errors import Problem
from core.inputs import read_input
from sync import actions, news
from sync import entry as entries
from sync.changes import Actor, Unit
from sync.entry import Entry
from sync.errors import ACTOR_DISABLED, POISON, WAITS_FOR
from sync.models import Effect, EntryState, InboxEntry, Replica

# What a person decided about an entry holds for every copy of it that comes later.
_GIVEN_UP = (EntryState.DISCARDED, EntryState.SUPERSEDED)


class Judge:
    """Judges a batch inside one open unit; ``finish`` hands the answers to the unit's close."""

    def __init__(self, unit: Unit, replica: Replica) -> None:
        self.unit = unit
        self.replica = replica
        self._judged: list[InboxEntry] = []
        self._answered: dict[UUID, str] = {}  # ids that have had their final answer, and the hash it was given to

    def judge(self, batch: Sequence[InboxEntry]) -> None:
        readable = [(row, self._read(row)) for row in batch]
        self._find_answers([entry.id for _, entry in readable if entry is not None])
        for row, entry in readable:
            if entry is not None:
                self._judge_one(row, entry)

    def park_poison(self, row: InboxEntry) -> None:
        row.entry_id = entries.id_in(bytes(row.body))
        self._park(row, Problem(POISON))

    def finish(self) -> None:
        """Registers the writing of answers and effects with the unit's number."""
        self._settle_copies()
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
        if entry.id in self._answered:
            self._judge_again(row, entry.id)
            return
        try:
            self._check_after(entry)
            with self.unit.savepoint():
                self._act(row, entry)
        except Problem as problem:
            self._refuse(row, entry, problem)
        except IntegrityError as error:
            # The database said no by a constraint the action had not foreseen: the same entry would fail again.
            self._refuse(row, entry, Problem(errors.ID_TAKEN, constraint=_constraint_of(error)))
        else:
            self._answered[entry.id] = row.sha
            self._settle(row, EntryState.APPLIED)

    def _judge_again(self, row: InboxEntry, id: UUID) -> None:
        """The same id and bytes twice is a quiet yes; the same id with other bytes is a named no."""
        if self._answered[id] == row.sha:
            self._settle(row, EntryState.DUPLICATE)
        else:
            self._park(row, Problem(errors.ID_TAKEN, field="id"))

    def _refuse(self, row: InboxEntry, entry: Entry, problem: Problem) -> None:
        """Parks it, unless a twin was applied this very moment under another replica: then that is the reason."""
        self._find_answers([entry.id])
        if entry.id in self._answered:
            self._judge_again(row, entry.id)
        else:
            self._park(row, problem)

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

    def _check_after(self, entry: Entry) -> None:
        """Raises waits_for while an entry this one rests on was judged and has no final answer.

        It need not be parked any more: a retry or a discard just before, in this very unit, may have put it
        back in line, and then it still has to come first.
        """
        after = [id for id in entry.after if id not in self._answered]
        if not after:
            return
        settled = [row.pk for row in self._judged if row.state != EntryState.PARKED]
        is_applied = Effect.objects.filter(organization_id=self.unit.organization_id, entry_id=OuterRef("entry_id"))
        unsettled = InboxEntry.objects.filter(entry_id__in=after, state__in=(EntryState.PARKED, EntryState.RECEIVED))
        first = unsettled.exclude(pk__in=settled).exclude(Exists(is_applied)).order_by("n").first()
        if first is not None:
            raise Problem(WAITS_FOR, entry=str(first.entry_id))

    # --- answers ------------------------------------------------------------------------------

    def _find_answers(self, ids: Sequence[UUID]) -> None:
        """Which of these ids have had an effect, or were given up by a person under whichever replica."""
        given_up = InboxEntry.objects.filter(entry_id__in=ids, state__in=_GIVEN_UP)
        self._answered |= {id: sha for id, sha in given_up.values_list("entry_id", "sha") if id is not None}
        done = Effect.objects.filter(organization_id=self.unit.organization_id, entry_id__in=ids)
        self._answered |= dict(done.values_list("entry_id", "sha"))

    def _park(self, row: InboxEntry, problem: Problem) -> None:
        """Written at once: an entry later in this unit may retry, replace or discard it."""
        row.state, row.code, row.params = EntryState.PARKED, problem.code.name, problem.params
        row.save(update_fields=["state", "code", "params", "entry_id"])
        self._judged.append(row)

    def _settle(self, row: InboxEntry, state: EntryState) -> None:
        row.state, row.code, row.params = state, "", {}
        self._judged.append(row)
        if row.settled_seq is not None:  # it was parked before, so others may rest on it
            actions.reopen_waiting(row.entry_id)

    def _settle_copies(self) -> None:
        """What is parked under another replica and was applied now is done there too."""
        applied = {row.entry_id: row.sha for row in self._judged if row.state == EntryState.APPLIED}
        for copy in actions.parked_entries().filter(entry_id__in=applied):
            if copy.sha == applied[copy.entry_id]:
                actions.settle_parked(self.unit, [copy], EntryState.DUPLICATE)

    def _write(self, seq: int) -> set[str]:
        parked = [row.pk for row in self._judged if row.state == EntryState.PARKED]
        InboxEntry.objects.filter(pk__in=parked).update(settled_seq=seq)
        for row in self._judged:
            row.settled_seq = seq
        _save_answers([row for row in self._judged if row.state != EntryState.PARKED])
        applied = [row for row in self._judged if row.state == EntryState.APPLIED]
        bulk.insert(
            Effect,
            ("entry_id", "sha"),
            ((row.entry_id, row.sha) for row in applied),
            same={"organization_id": self.unit.organization_id, "seq": seq},
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
