"""Receiving: entries are stored durably and acknowledged. Nothing here looks inside one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from core import bulk, clock, faults
from core.errors import Problem
from sync import pokes
from sync.errors import GAP, REPLICA_FORKED
from sync.models import EntryState, InboxEntry, Replica

NO_CHAIN = "0" * 64
_UNJUDGED: dict[str, Any] = {
    "state": EntryState.RECEIVED.value,
    "entry_id": None,
    "code": "",
    "params": {},
    "conflicts": [],
    "settled_seq": None,
    "attempts": 0,
    "row_id": None,
    "accepted_by_id": None,
}


@dataclass(frozen=True)
class Arriving:
    """An entry as it came: its exact bytes and their hash."""

    body: bytes
    sha: str


def arriving(entries: Sequence[str]) -> list[Arriving]:
    bodies = [entry.encode("utf-8", "surrogatepass") for entry in entries]
    return [Arriving(body, sha256(body).hexdigest()) for body in bodies]


def chain_after(chain: str, sha: str) -> str:
    """chain(n) = SHA-256(chain(n-1) || SHA-256(entry)), over raw bytes, as hex."""
    return sha256(bytes.fromhex(chain) + bytes.fromhex(sha)).hexdigest()


def receive(replica: Replica, first_n: int, entries: Sequence[str], sent_at: datetime | None) -> Replica:
    """Stores what is new of these entries, in one durable transaction, and rings a worker.

    Raises gap when entries before ``first_n`` are missing, and replica_forked when an entry that was
    received already under the same number had other bytes. Sending the same again changes nothing.
    """
    received_at = clock.now()
    coming = arriving(entries)
    with transaction.atomic(durable=True):
        locked = Replica.objects.select_for_update().get(pk=replica.pk)
        if first_n > locked.received_n + 1:
            raise Problem(GAP, expected_n=locked.received_n + 1)
        known = max(0, min(len(coming), locked.received_n + 1 - first_n))
        _check_same(locked, first_n, coming[:known])
        new = coming[known:]
        skew_ms = None if sent_at is None else round((received_at - sent_at).total_seconds() * 1000)
        if new:
            _store(locked, new, received_at, skew_ms)
            transaction.on_commit(lambda: pokes.poke(locked.pk, is_slow=locked.is_slow), robust=True)
        locked.last_contact_at = received_at
        locked.skew_ms = skew_ms
        locked.pending_count = max(0, locked.pending_count - len(new))
        locked.save(update_fields=["received_n", "chain", "last_contact_at", "skew_ms", "pending_count"])
        faults.reach(faults.BEFORE_STORED)
    return locked


def _check_same(replica: Replica, first_n: int, again: Sequence[Arriving]) -> None:
    if not again:
        return
    numbers = range(first_n, first_n + len(again))
    stored = dict(
        InboxEntry.objects.filter(replica=replica, n__gte=numbers[0], n__lte=numbers[-1]).values_list("n", "sha")
    )
    for n, entry in zip(numbers, again, strict=True):
        # A number whose body was erased long ago cannot be compared; the chain has vouched for it.
        if stored.get(n, entry.sha) != entry.sha:
            raise Problem(REPLICA_FORKED, n=n)


def _store(replica: Replica, new: Sequence[Arriving], received_at: datetime, skew_ms: int | None) -> None:
    first_n = replica.received_n + 1
    for entry in new:
        replica.received_n += 1
        replica.chain = chain_after(replica.chain, entry.sha)
    same = {
        "organization_id": replica.organization_id,
        "replica_id": replica.pk,
        "received_at": received_at,
        "skew_ms": skew_ms,
        **_UNJUDGED,
    }
    bulk.insert(
        InboxEntry,
        ("n", "body", "sha"),
        ((n, entry.body, entry.sha) for n, entry in enumerate(new, first_n)),
        same=same,
    )
