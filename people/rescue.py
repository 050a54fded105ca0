"""Taking in work that was saved from a phone as a file: the same entries, under the same ids, by the same writer.

Should the phone come back after all, its own copies settle as duplicates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from core import tenancy
from core.errors import NOT_FOUND, Problem
from people.errors import FILE_DAMAGED
from people.models import Member
from sync import actions, changes, inbox
from sync import entry as entries
from sync.changes import Actor
from sync.inbox import Arriving
from sync.limits import MAX_ENTRY_BYTES
from sync.models import InboxEntry, Replica

FORMAT: Literal["fieldops-unsent/1"] = "fieldops-unsent/1"
BATCH = 200


class Saved(msgspec.Struct):
    """An entry as it was written, and the hash of all before it."""

    n: Annotated[int, msgspec.Meta(ge=1, lt=2**53)]
    entry: str
    chain: str | None = None


class File(msgspec.Struct):
    """What a phone saves of its unsent work. What is in ``parked`` had arrived: it is there to be read by people."""

    format: Literal["fieldops-unsent/1"]
    organization: UUID
    member: UUID
    replica: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
    received_n: Annotated[int, msgspec.Meta(ge=0, lt=2**53)]
    entries: list[Saved]
    parked: list[Saved]


@dataclass(frozen=True)
class Rescued:
    taken: int
    known: int


def read(data: Any) -> File:
    """The file, as JSON was read from it. Raises file_damaged."""
    try:
        return msgspec.convert(data, File)
    except msgspec.ValidationError:
        raise Problem(FILE_DAMAGED) from None


def take_in(writer: Member, file: File, *, by: Actor) -> Rescued:
    """Stores what is new of the file. The same file twice changes nothing. Raises not_found or file_damaged."""
    if file.organization != tenancy.require_id():
        raise Problem(NOT_FOUND, field="organization")
    saved = inbox.arriving([one.entry for one in file.entries])
    _check(file, saved)
    key = _rescued_key(writer, file.replica)
    replica = _replica_for(writer, key, by)
    unjudged = _hashes(writer, replica__key__in=(file.replica, key))
    taken = 0
    for start in range(0, len(saved), BATCH):
        batch = saved[start : start + BATCH]
        judged = _hashes(writer, entry_id__in=[id for one in batch if (id := entries.id_in(one.body)) is not None])
        new = [
            one.entry
            for one, arriving in zip(file.entries[start : start + BATCH], batch, strict=True)
            if arriving.sha not in unjudged | judged
        ]
        replica = inbox.receive(replica, replica.received_n + 1, new, None)
        taken += len(new)
    return Rescued(taken=taken, known=len(saved) - taken)


def _check(file: File, saved: Sequence[Arriving]) -> None:
    """Every entry vouches for all before it, from the second on (the first one's own beginning is on the phone)."""
    chain: str | None = None
    for number, (one, arriving) in enumerate(zip(file.entries, saved, strict=True), file.received_n + 1):
        is_whole = chain is None or one.chain == inbox.chain_after(chain, arriving.sha)
        if one.n != number or not is_whole or len(arriving.body) > MAX_ENTRY_BYTES:
            raise Problem(FILE_DAMAGED, n=one.n)
        chain = one.chain


def _hashes(writer: Member, **which: Any) -> set[str]:
    """Of entries the server holds. By their hash: other bytes under a known id are for people to look at."""
    known = InboxEntry.objects.filter(replica__member=writer, **which)
    return set(known.values_list("sha", flat=True))


def _rescued_key(writer: Member, key: str) -> str:
    """Rescued entries come under a replica of their own: the phone's may still be alive and count on.

    It is the writer's: a file that names somebody else must not come in under theirs.
    """
    return sha256(f"rescue {writer.pk} {key}".encode()).hexdigest()[:32]


def _replica_for(writer: Member, key: str, by: Actor) -> Replica:
    with changes.unit("phone.rescue", by=by) as unit:
        return actions.open_rescue(unit, member_id=writer.pk, key=key)
