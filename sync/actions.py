"""Verbs on entries themselves: a parked one is tried again or given up by a person.

An id has one answer, however many replicas brought it: a phone that had to take a new replica sends its
whole journal again, and what is decided about one copy of an entry is decided about all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from core import clock, revocations, tenancy
from core.errors import ID_TAKEN, NOT_FOUND, Problem
from core.inputs import read_input
from core.revocations import Word
from sync import entry as entries
from sync import news, pokes, session
from sync.changes import Actor, Unit
from sync.entry import Entry
from sync.errors import (
    ACTOR_DISABLED,
    CYCLE,
    NOT_OPEN,
    QUARANTINED,
    RETURNED,
    SCHEMA_AHEAD,
    UNKNOWN_KIND,
    WAITS_FOR,
)
from sync.models import Effect, EntryState, InboxEntry, Replica
from sync.registry import registry

MOST_REOPENED = 500
_BODIES = 100  # read at once: each may be 64 KB
_WAITING = (WAITS_FOR.name, CYCLE.name)
_NEWER = (SCHEMA_AHEAD.name, UNKNOWN_KIND.name)
_APPLIED_AFTER_ALL = (EntryState.APPLIED, EntryState.CONFLICT, EntryState.DUPLICATE)


def retry(unit: Unit, *, entry: UUID) -> None:
    """Puts a parked entry back in line; it is judged again in its old place."""
    for copy in lock_parked(unit.member.pk, entry):
        reopen(copy)


def discard(unit: Unit, *, entry: UUID) -> None:
    """Gives a parked entry up for good; what rested on it is judged again."""
    settle_parked(unit, lock_parked(unit.member.pk, entry), EntryState.DISCARDED)


# --- On behalf of others: what a manager or an administrator does with the entries of a team --------------------


def retry_for(unit: Unit, *, entry: InboxEntry) -> None:
    """Puts somebody's parked entry back in line, and lets it in if it was shut out."""
    for copy in _copies(unit, entry):
        _accept(unit, copy)
        reopen(copy)


def discard_for(unit: Unit, *, entry: InboxEntry, note: str) -> None:
    """Gives somebody's parked entry up. Its writer is told who did and why."""
    copies = _copies(unit, entry)
    for copy in copies:
        copy.params = _told_by(unit, note)
        copy.save(update_fields=["params"])
    settle_parked(unit, copies, EntryState.DISCARDED)


def return_to_writer(unit: Unit, *, entry: InboxEntry, note: str) -> None:
    """Leaves it parked, with a note that its writer reads on the phone. Why it was parked stays known."""
    copies = _copies(unit, entry)
    for copy in copies:
        reason = copy.params["code"] if copy.code == RETURNED.name else copy.code
        copy.code, copy.params = RETURNED.name, {**copy.params, **_told_by(unit, note), "code": reason}
        copy.save(update_fields=["code", "params"])
    _number_when_known(unit, copies)


def apply_for(unit: Unit, *, entry: InboxEntry, args: dict[str, Any]) -> None:
    """Does what somebody's parked entry wanted, with other arguments. It is their deed: by their name, time and rights.

    Raises what the action raises, and id_taken when another entry of this id has had its effect; then nothing has
    changed and the entry stays parked.
    """
    copies = _copies(unit, entry)
    wanted = entries.read(bytes(entry.body))
    if Effect.objects.filter(organization_id=unit.organization_id, entry_id=wanted.id).exists():
        raise Problem(ID_TAKEN, field="id")
    values = read_input(wanted.kind.form, args)
    if wanted.kind.is_edit:
        values["seen"] = wanted.seen or {}
    writer = Actor(
        member=entry.replica.member,
        door="behalf",
        at=wanted.at,
        received_at=entry.received_at,
        entry_id=wanted.id,
        skew_ms=entry.skew_ms,
    )
    with unit.act(wanted.kind.name, writer) as act:
        carry_out(unit, wanted, values, entry.replica.member_id)
    unit.when_numbered(partial(_note_effect, unit.organization_id, wanted.id, entry.sha))
    for copy in copies:
        copy.conflicts = act.conflicts
        copy.save(update_fields=["conflicts"])
    settle_parked(unit, copies, EntryState.CONFLICT if act.conflicts else EntryState.APPLIED)


def _note_effect(organization_id: UUID, entry_id: UUID, sha: str, seq: int) -> set[str]:
    Effect.objects.create(organization_id=organization_id, entry_id=entry_id, sha=sha, seq=seq)
    return set()


def accept_all(unit: Unit, *, replica: Replica) -> int:
    """Lets in everything a revoked phone, or a member who was switched off, has handed in. Returns how much."""
    locked = Replica.objects.select_for_update().get(pk=replica.pk)  # a drain that parks more of them waits
    shut_out = _parked().filter(replica=locked, code__in=(QUARANTINED.name, ACTOR_DISABLED.name))
    unit.concern("replica", UUID(locked.key))
    for id in shut_out.order_by("n").values_list("entry_id", flat=True):
        if id is not None:
            unit.concern("entry", id)
    unit.when_numbered(lambda seq: set())
    shut_out.update(accepted_by=unit.member)
    return _reopen_all(shut_out)


def _accept(unit: Unit, entry: InboxEntry) -> None:
    entry.accepted_by = unit.member
    entry.save(update_fields=["accepted_by"])


def _copies(unit: Unit, entry: InboxEntry) -> list[InboxEntry]:
    """The parked entry and its copies under other replicas of its writer, locked. Raises not_open.

    A copy has the same bytes: what is decided about an entry is not decided about another that took its id.
    """
    found = list(parked_entries().filter(pk=entry.pk))
    if not found:
        raise Problem(NOT_OPEN, entry=str(entry.entry_id))
    if entry.entry_id is None:
        unit.concern("replica", UUID(entry.replica.key))  # nothing else of it has a name
        return found
    unit.concern("entry", entry.entry_id)
    same = {"entry_id": entry.entry_id, "sha": entry.sha, "replica__member_id": entry.replica.member_id}
    return list(parked_entries().filter(**same))


def _told_by(unit: Unit, note: str) -> dict[str, Any]:
    return {"note": note, "by": str(unit.member.pk) if unit.member else None}


# --- Phones -------------------------------------------------------------------------------------------------------


def revoke(unit: Unit, *, replica: Replica) -> Replica:
    """Shuts a phone out: it may hand in what it holds, into quarantine, reads nothing any more and forgets the rest."""
    locked = Replica.objects.select_for_update().get(pk=replica.pk)
    if locked.state != Replica.State.REVOKED:
        locked.state, locked.revoked_at = Replica.State.REVOKED, clock.now()
        locked.save(update_fields=["state", "revoked_at"])
    revocations.note(Word(revocations.PHONE, unit.organization_id, locked.key, is_out=True, member=locked.member_id))
    unit.concern("replica", UUID(locked.key))
    unit.when_numbered(lambda seq: {news.replica_stream(locked.key)})
    session_key = locked.session_key
    transaction.on_commit(lambda: session.limit_to_deposits(session_key))
    return locked


def open_rescue(unit: Unit, *, member_id: UUID, key: str) -> Replica:
    """The replica under which work that was saved as a file comes in; made when it is not there yet."""
    defaults = {"member_id": member_id, "app": "rescue", "device": "saved file"}
    replica, _ = Replica.objects.get_or_create(key=key, defaults=defaults)
    unit.concern("replica", UUID(key))
    unit.when_numbered(lambda seq: set())
    return replica


# --- What they share ----------------------------------------------------------------------------------------------


def carry_out(unit: Unit, wanted: Entry, values: dict[str, Any], member_id: UUID) -> None:
    """Does what an entry of this member wants. A parked one that it replaces is over with that, and has to be open."""
    replaced = [] if wanted.supersedes is None else lock_parked(member_id, wanted.supersedes)
    wanted.kind.action(unit, **values)
    if replaced:
        settle_parked(unit, replaced, EntryState.SUPERSEDED)


def settle_parked(unit: Unit, copies: Sequence[InboxEntry], state: EntryState) -> None:
    """Ends the parked copies of one entry in ``state`` and lets whatever waited for it try again."""
    for copy in copies:
        copy.state = state
        if state in _APPLIED_AFTER_ALL:  # so the reason not to is void
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
    _reopen_all(_parked().filter(code__in=_WAITING, params__entry=str(settled)))


def _reopen_all(parked: QuerySet[InboxEntry]) -> int:
    """Without reading their bodies, and each replica is rung for once: there may be as many as a phone holds."""
    replicas = set(parked.select_for_update().order_by("replica_id", "n").values_list("replica", flat=True))
    count = parked.update(state=EntryState.RECEIVED, attempts=0)
    for pk, is_slow in Replica.objects.filter(pk__in=replicas).values_list("pk", "is_slow"):
        transaction.on_commit(partial(pokes.poke, pk, is_slow=is_slow), robust=True)
    return count


def circle_of(id: UUID, first: InboxEntry) -> list[InboxEntry]:
    """The parked entries that wait for one another from ``first`` to the entry of this id; none when they do not."""
    if not _parked().filter(code__in=_WAITING, params__entry=str(id)).exists():
        return []  # nobody waits for it, which spares the way along a chain of thousands
    circle, seen = [first], {first.entry_id}
    while circle[-1].code in _WAITING:
        next_id = UUID(circle[-1].params["entry"])
        if next_id == id:
            return circle
        found = parked_entries().filter(entry_id=next_id).first()
        if found is None or next_id in seen:
            return []
        circle.append(found)
        seen.add(next_id)
    return []


def park_circle(unit: Unit, circle: Sequence[InboxEntry]) -> None:
    """Says of entries that wait that nobody will ever be first: a person has to break it."""
    for entry in circle:
        entry.code = CYCLE.name
        entry.save(update_fields=["code"])
    _number_when_known(unit, circle)


def reopen_understood() -> int:
    """Entries that a newer app wrote go back in line once this server knows their kind and version."""
    count = 0
    for organization_id in _organizations_with(_NEWER):
        with tenancy.acting_in(organization_id), transaction.atomic():
            count += _reopen_all(_parked().filter(code__in=_NEWER, pk__in=_understood()))
    return count


def _understood() -> list[int]:
    """Some of them at a time, however many others stay unknown for ever."""
    newer = Q(code=SCHEMA_AHEAD.name) | Q(code=UNKNOWN_KIND.name, params__kind__in=list(registry.kinds))
    bodies = _parked().filter(newer).order_by("replica_id", "n").values_list("pk", "body").iterator(_BODIES)
    return list(islice((pk for pk, body in bodies if _is_understood(bytes(body))), MOST_REOPENED))


def _organizations_with(codes: Sequence[str]) -> list[UUID]:
    parked = InboxEntry.everywhere.filter(state=EntryState.PARKED, code__in=codes)
    return list(parked.order_by().values_list("organization", flat=True).distinct())


def _is_understood(body: bytes) -> bool:
    try:
        entries.read(body)
    except Problem:
        return False
    return True


def _parked() -> QuerySet[InboxEntry]:
    return InboxEntry.objects.filter(state=EntryState.PARKED)


def parked_entries() -> QuerySet[InboxEntry]:
    """Parked entries with their replicas, locked, in order of n."""
    return _parked().select_related("replica").select_for_update(of=("self",)).order_by("replica_id", "n")


def lock_parked(member_id: UUID, entry: UUID) -> list[InboxEntry]:
    """All parked copies of the member's own entry, locked. Raises not_found, or not_open when none is parked."""
    parked = list(parked_entries().filter(entry_id=entry, replica__member_id=member_id))
    if not parked:
        is_known = InboxEntry.objects.filter(entry_id=entry, replica__member_id=member_id).exists()
        raise Problem(NOT_OPEN, entry=str(entry)) if is_known else Problem(NOT_FOUND, field="entry")
    return parked
