"""One unit's judgement of its entries: each under a savepoint, each with exactly one answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.models import Exists, F, OuterRef, QuerySet

from core import bulk, errors, faults
from core.errors import Problem
from core.inputs import read_input
from sync import actions, news, watchdog
from sync import entry as entries
from sync.changes import Actor, Unit
from sync.entry import Entry
from sync.errors import ACTOR_DISABLED, CYCLE, POISON, QUARANTINED, WAITS_FOR
from sync.models import Effect, EntryState, InboxEntry, Replica

# What a person decided about an entry holds for every copy of it that comes later.
_GIVEN_UP = (EntryState.DISCARDED, EntryState.SUPERSEDED)
_HAD_EFFECT = (EntryState.APPLIED, EntryState.CONFLICT)


class Judge:
    """Judges a batch inside one open unit; ``finish`` hands the answers to the unit's close."""

    def __init__(self, unit: Unit, replica: Replica) -> None:
        self.unit = unit
        self.replica = replica
        self._judged: list[InboxEntry] = []
        # Most phones have nothing parked; then no entry need be asked which row it is about.
        self._has_parked = InboxEntry.objects.filter(replica=replica, state=EntryState.PARKED).exists()
        self._in_circles: dict[UUID, UUID] = {}
        self._answered: dict[UUID, str] = {}  # ids that have had their final answer, and the hash it was given to

    def judge(self, batch: Sequence[InboxEntry]) -> None:
        """Up to the first one that puts an earlier entry back in line: that one is next, and the others stay there."""
        readable = [(row, self._read(row)) for row in batch]
        self._find_answers([entry.id for _, entry in readable if entry is not None])
        self._in_circles = _in_circles([entry for _, entry in readable if entry is not None])
        for place, (row, entry) in enumerate(readable, start=1):
            if entry is None:
                continue
            with watchdog.watching():
                self._judge_one(row, entry)
            left = [later for later, unread in readable[place:] if unread is not None]
            if left and _may_put_back(row, entry) and self._is_one_back(left):
                _leave(left)
                return

    def park_poison(self, row: InboxEntry) -> None:
        row.entry_id = entries.id_in(bytes(row.body))
        self._park(row, Problem(POISON))

    @property
    def judged(self) -> int:
        """How many entries have their answer."""
        return len(self._judged)

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
            self._refuse_unread(row, problem)
            return None
        row.entry_id = entry.id
        return entry

    def _refuse_unread(self, row: InboxEntry, problem: Problem) -> None:
        """Parks it, unless it was answered when this server, or a newer one that was rolled back, could read it."""
        if row.entry_id is not None:
            self._find_answers([row.entry_id])
            if self._answered.get(row.entry_id) == row.sha:
                self._settle(row, EntryState.DUPLICATE)
                return
        self._park(row, problem)

    def _judge_one(self, row: InboxEntry, entry: Entry) -> None:
        if entry.id in self._answered:
            self._judge_again(row, entry)
            return
        try:
            self._require_trusted(row)
            self._check_order(row, entry)
            with self.unit.savepoint():
                row.conflicts = self._act(row, entry)
        except Problem as problem:
            self._refuse(row, entry, problem)
        except IntegrityError as error:
            # The database said no by a constraint the action had not foreseen: the same entry would fail again.
            self._refuse(row, entry, Problem(errors.ID_TAKEN, constraint=_constraint_of(error)))
        else:
            self._answered[entry.id] = row.sha
            self._settle(row, EntryState.CONFLICT if row.conflicts else EntryState.APPLIED)

    def _judge_again(self, row: InboxEntry, entry: Entry) -> None:
        """The same id and bytes twice is a quiet yes; the same id with other bytes is a named no."""
        if self._answered[entry.id] == row.sha:
            self._settle(row, EntryState.DUPLICATE)
        else:
            self._park(row, Problem(errors.ID_TAKEN, field="id"), entry)

    def _refuse(self, row: InboxEntry, entry: Entry, problem: Problem) -> None:
        """Parks it, unless a twin was applied this very moment under another replica: then that is the reason."""
        self._find_answers([entry.id])
        if entry.id in self._answered:
            self._judge_again(row, entry)
        else:
            self._park(row, problem, entry)

    def _act(self, row: InboxEntry, entry: Entry) -> list[dict[str, Any]]:
        """Does it. Returns the conflicts it ran into."""
        values = read_input(entry.kind.form, entry.args)
        if entry.kind.is_edit:
            values["seen"] = entry.seen or {}
        actor = Actor(
            member=self.replica.member,
            door="sync",
            at=entry.at,
            received_at=row.received_at,
            entry_id=entry.id,
            skew_ms=row.skew_ms,
        )
        faults.reach(faults.IN_ENTRY, entry.id)
        with self.unit.act(entry.kind.name, actor) as act:
            actions.carry_out(self.unit, entry, values, self.replica.member_id)
        return act.conflicts

    def _require_trusted(self, row: InboxEntry) -> None:
        """Raises for what came from a phone or a member that was shut out: a person has to let it in.

        Asked before what it rests on, so that all of it can be let in at once.
        """
        if row.accepted_by_id is not None:
            return
        if not self.replica.member.is_active:
            raise Problem(ACTOR_DISABLED)
        if self.replica.state == Replica.State.REVOKED:
            raise Problem(QUARANTINED)

    def _check_order(self, row: InboxEntry, entry: Entry) -> None:
        """Raises waits_for while one that has to come first was judged and has no final answer, or cycle."""
        if entry.id in self._in_circles and any(id not in self._answered for id in entry.after):
            raise Problem(CYCLE, entry=str(self._in_circles[entry.id]))
        first = self._open_after(entry) or self._parked_before(row, entry)
        if first is None:
            return
        circle = actions.circle_of(entry.id, first)
        if not circle:
            raise Problem(WAITS_FOR, entry=str(first.entry_id))
        actions.park_circle(self.unit, circle)
        raise Problem(CYCLE, entry=str(first.entry_id))

    def _open_after(self, entry: Entry) -> InboxEntry | None:
        """The first that it says it rests on and that is open.

        It need not be parked any more: a retry or a discard just before, in this very unit, may have put it
        back in line, and then it still has to come first.
        """
        after = [id for id in entry.after if id not in self._answered]
        if not after:
            return None
        settled = [row.pk for row in self._judged if row.state != EntryState.PARKED]
        unsettled = InboxEntry.objects.filter(entry_id__in=after, state__in=(EntryState.PARKED, EntryState.RECEIVED))
        return unsettled.exclude(pk__in=settled).exclude(Exists(self._effect())).order_by("n").first()

    def _parked_before(self, row: InboxEntry, entry: Entry) -> InboxEntry | None:
        """The first of the same phone about the same row that was written before and is parked.

        A phone says so itself, unless it has heard an answer that a restored server no longer knows. What takes the
        place of a parked one stands where that stood, and so before whatever waits for it.
        """
        if not self._has_parked or entry.supersedes is not None or entry.kind.is_first:
            return None
        row_id = entry.find_row()
        if row_id is None:
            return None
        same_id = InboxEntry.objects.filter(entry_id=OuterRef("entry_id"), state__in=_GIVEN_UP)
        parked = InboxEntry.objects.filter(replica=self.replica, state=EntryState.PARKED, row_id=row_id, n__lt=row.n)
        is_over = Exists(self._effect()) | Exists(same_id)  # another one under its id
        return (
            parked.exclude(entry_id=None)
            .exclude(entry_id__in=list(self._answered))
            .exclude(is_over)
            .order_by("n")
            .first()
        )

    def _effect(self) -> QuerySet[Effect]:
        """Of the inbox entry that a query is about."""
        return Effect.objects.filter(organization_id=self.unit.organization_id, entry_id=OuterRef("entry_id"))

    def _is_one_back(self, left: Sequence[InboxEntry]) -> bool:
        """Whether one that was written before those that are left is to be judged again.

        They need not say that they rest on it: after a restore a phone may have heard an answer that nobody knows.
        """
        batch = [row.pk for row in (*self._judged, *left) if row.state != EntryState.PARKED]
        before = InboxEntry.objects.filter(replica=self.replica, state=EntryState.RECEIVED, n__lt=left[-1].n)
        return before.exclude(pk__in=batch).exists()

    # --- answers ------------------------------------------------------------------------------

    def _find_answers(self, ids: Sequence[UUID]) -> None:
        """Which of these ids have had an effect, or were given up by a person under whichever replica."""
        given_up = InboxEntry.objects.filter(entry_id__in=ids, state__in=_GIVEN_UP)
        self._answered |= {id: sha for id, sha in given_up.values_list("entry_id", "sha") if id is not None}
        done = Effect.objects.filter(organization_id=self.unit.organization_id, entry_id__in=ids)
        self._answered |= dict(done.values_list("entry_id", "sha"))

    def _park(self, row: InboxEntry, problem: Problem, entry: Entry | None = None) -> None:
        """Written at once: an entry later in this unit may retry, replace or discard it, or has to wait for it."""
        row.row_id = entries.row_in(bytes(row.body)) if entry is None else entry.find_row()
        row.state, row.code, row.params = EntryState.PARKED, problem.code.name, problem.params
        row.save(update_fields=["state", "code", "params", "entry_id", "row_id"])
        self._judged.append(row)
        self._has_parked = True

    def _settle(self, row: InboxEntry, state: EntryState) -> None:
        row.state, row.code, row.params = state, "", {}
        self._judged.append(row)
        if row.settled_seq is not None:  # it was parked before, so others may rest on it
            actions.reopen_waiting(row.entry_id)

    def _settle_copies(self) -> None:
        """What is parked under another replica and was applied now is done there too."""
        applied = {row.entry_id: row.sha for row in self._judged if row.state in _HAD_EFFECT}
        for copy in actions.parked_entries().filter(entry_id__in=applied):
            if copy.sha == applied[copy.entry_id]:
                actions.settle_parked(self.unit, [copy], EntryState.DUPLICATE)

    def _write(self, seq: int) -> set[str]:
        parked = [row.pk for row in self._judged if row.state == EntryState.PARKED]
        InboxEntry.objects.filter(pk__in=parked).update(settled_seq=seq)
        for row in self._judged:
            row.settled_seq = seq
        _save_answers([row for row in self._judged if row.state != EntryState.PARKED])
        applied = [row for row in self._judged if row.state in _HAD_EFFECT]
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


def _may_put_back(row: InboxEntry, entry: Entry) -> bool:
    """Only what decides about another entry does, and what others waited for because it was parked itself."""
    return (
        row.settled_seq is not None
        or entry.supersedes is not None
        or entry.kind.action in (actions.retry, actions.discard)
    )


def _leave(rows: Sequence[InboxEntry]) -> None:
    """They were not tried this time, so the attempt that was counted for them is none."""
    InboxEntry.objects.filter(pk__in=[row.pk for row in rows]).update(attempts=F("attempts") - 1)


def _in_circles(batch: Sequence[Entry]) -> dict[UUID, UUID]:
    """Entries that rest on themselves, by way of others of the batch; with the next one on the way."""
    resting = {entry.id: entry.after for entry in batch if entry.after}
    found: dict[UUID, UUID] = {}
    for id, after in resting.items():
        for next_id in after:
            if id in _reached(next_id, resting):
                found[id] = next_id
                break
    return found


def _reached(start: UUID, resting: Mapping[UUID, Sequence[UUID]]) -> set[UUID]:
    reached, ahead = set[UUID](), [start]
    while ahead:
        id = ahead.pop()
        if id not in reached:
            reached.add(id)
            ahead += resting.get(id, ())
    return reached


def _save_answers(judged: Sequence[InboxEntry]) -> None:
    """One prepared statement for all: Django's bulk_update writes a CASE per field and row, ten times slower."""
    names = ("state", "code", "params", "conflicts", "settled_seq", "entry_id")
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
