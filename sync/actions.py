"""Verbs on entries themselves: a parked one is tried again or given up by a person."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from core.errors import NOT_FOUND, Problem
from sync import news, pokes
from sync.changes import Unit
from sync.errors import NOT_OPEN
from sync.models import EntryState, InboxEntry


def retry(unit: Unit, *, entry: UUID) -> None:
    """Puts a parked entry back in line; it is judged again in its old place."""
    reopen(_lock_own_parked(unit, entry))


def discard(unit: Unit, *, entry: UUID) -> None:
    """Gives a parked entry up for good; what rested on it is judged again."""
    settle_parked(unit, _lock_own_parked(unit, entry), EntryState.DISCARDED)


def settle_parked(unit: Unit, parked: InboxEntry, state: EntryState) -> None:
    """Ends a parked entry in ``state`` and lets whatever waited for it try again."""
    parked.state = state
    parked.save(update_fields=["state"])
    number_when_known(unit, parked)
    reopen_waiting(parked.entry_id)


def number_when_known(unit: Unit, entry: InboxEntry) -> None:
    def write(seq: int) -> set[str]:
        InboxEntry.objects.filter(pk=entry.pk).update(settled_seq=seq)
        return {news.replica_stream(entry.replica.key)}

    unit.when_numbered(write)


def reopen(entry: InboxEntry) -> None:
    entry.state = EntryState.RECEIVED
    entry.attempts = 0
    entry.save(update_fields=["state", "attempts"])
    transaction.on_commit(lambda: pokes.poke(entry.replica_id, is_slow=entry.replica.is_slow), robust=True)


def reopen_waiting(settled: UUID | None) -> None:
    """Entries parked only because they rest on ``settled`` go back in line, in order of n."""
    waiting = InboxEntry.objects.filter(
        state=EntryState.PARKED,
        code="waits_for",
        params__entry=str(settled),
    )
    for entry in waiting.select_related("replica").select_for_update(of=("self",)).order_by("n"):
        reopen(entry)


def lock_parked(member_id: UUID, entry: UUID) -> InboxEntry:
    """The member's own parked entry, locked. Raises not_found, or not_open when it is not parked."""
    mine = InboxEntry.objects.select_related("replica").select_for_update(of=("self",))
    found = mine.filter(entry_id=entry, replica__member_id=member_id).exclude(state=EntryState.DUPLICATE).first()
    if found is None:
        raise Problem(NOT_FOUND, field="entry")
    if not found.is_parked:
        raise Problem(NOT_OPEN, entry=str(entry))
    return found


def _lock_own_parked(unit: Unit, entry: UUID) -> InboxEntry:
    return lock_parked(unit.member.pk, entry)
