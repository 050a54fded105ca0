"""Verbs on entries themselves: a parked one is tried again or given up by a person.

An id has one answer, however many replicas brought it: a phone that had to take a new replica sends its
whole journal again, and what is decided about one copy of an entry is decided about all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from core.errors import NOT_FOUND, Problem
from sync import news, pokes
from sync.changes import Unit
from sync.errors import NOT_OPEN
from sync.models import EntryState, InboxEntry


def retry(unit: Unit, *, entry: UUID) -> None:
    """Puts a parked entry back in line; it is judged again in its old place."""
    for copy in lock_parked(unit.member.pk, entry):
        reopen(copy)


def discard(unit: Unit, *, entry: UUID) -> None:
    """Gives a parked entry up for good; what rested on it is judged again."""
    settle_parked(unit, lock_parked(unit.member.pk, entry), EntryState.DISCARDED)


def settle_parked(unit: Unit, copies: Sequence[InboxEntry], state: EntryState) -> None:
    """Ends the parked copies of one entry in ``state`` and lets whatever waited for it try again."""
    for copy in copies:
        copy.state = state
        if state == EntryState.DUPLICATE:  # it was applied after all, so the reason not to is void
            copy.code, copy.params = "", {}
        copy.save(update_fields=["state", "code", "params"])
    _number_when_known(unit, copies)
    reopen_waiting(copies[0].entry_id)


def _number_when_known(unit: Unit, entries: Sequence[InboxEntry]) -> None:
    def write(seq: int) -> set[str]:
        InboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(settled_seq=seq)
        return {news.replica_stream(entry.replica.key) for entry in entries}

    unit.when_numbered(write)


def reopen(entry: InboxEntry) -> None:
    entry.state = EntryState.RECEIVED
    entry.attempts = 0
    entry.save(update_fields=["state", "attempts"])
    transaction.on_commit(lambda: pokes.poke(entry.replica_id, is_slow=entry.replica.is_slow), robust=True)


def reopen_waiting(settled: UUID | None) -> None:
    """Entries parked only because they rest on ``settled`` go back in line, in order of n."""
    waiting = parked_entries().filter(code="waits_for", params__entry=str(settled))
    for entry in waiting:
        reopen(entry)


def parked_entries() -> QuerySet[InboxEntry]:
    """Parked entries with their replicas, locked, in order of n."""
    parked = InboxEntry.objects.filter(state=EntryState.PARKED).select_related("replica")
    return parked.select_for_update(of=("self",)).order_by("replica_id", "n")


def lock_parked(member_id: UUID, entry: UUID) -> list[InboxEntry]:
    """All parked copies of the member's own entry, locked. Raises not_found, or not_open when none is parked."""
    parked = list(parked_entries().filter(entry_id=entry, replica__member_id=member_id))
    if not parked:
        is_known = InboxEntry.objects.filter(entry_id=entry, replica__member_id=member_id).exists()
        raise Problem(NOT_OPEN, entry=str(entry)) if is_known else Problem(NOT_FOUND, field="entry")
    return parked
