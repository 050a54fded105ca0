"""Judging entries: what was received is applied, parked or known already, in order, exactly once.

A run owns its replica by a lease and works in units of up to 50 entries. Each unit is two
transactions: the first counts one attempt on every entry, the second does everything else, so that an
entry that kills the process has been counted before it could. A unit that was attempted before is one
entry alone: the bad one cannot take the others down with it again.
"""

from __future__ import annotations

import contextlib
import logging
import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DataError, Error, IntegrityError, ProgrammingError, connection, transaction

from core import clock, faults, tenancy
from core.ids import random_hex64
from sync import leases, pokes
from sync.changes import open_unit
from sync.judge import Judge
from sync.leases import LeaseLost
from sync.models import EntryState, InboxEntry, Replica

logger = logging.getLogger(__name__)

UNIT_ENTRIES = 50
RUN_ENTRIES = 200
RUN_SECONDS = settings.DRAIN_SECONDS / 3
MOST_ATTEMPTS = 3
LONGEST_WAIT = timedelta(seconds=60)


@dataclass
class Run:
    """What one call did: entries judged, and whether some are left."""

    judged: int = 0
    has_more: bool = False


def drain(replica_id: int) -> Run:
    """Judges what this replica has in its inbox; pokes itself again when a run's share is used up."""
    token = random_hex64()
    try:
        return _drain(replica_id, token)
    except Exception:
        # Told to end while it waited for storage, it may own the replica without having heard so. Nobody else could
        # go on until that lease was over.
        with contextlib.suppress(Error):
            leases.give_back(replica_id, token)
        raise


def _drain(replica_id: int, token: str) -> Run:
    if leases.take(replica_id, token) is None:
        return Run()
    replica = Replica.everywhere.get(pk=replica_id)
    with tenancy.acting_in(replica.organization_id):
        try:
            run = _run(replica, token)
        except LeaseLost:
            return Run()
        except Error:
            # Storage is in trouble, the entries are not: their attempts do not count.
            logger.exception("storage failed while draining replica %s", replica_id)
            _wait_longer(replica)
            run = Run(has_more=False)
        leases.give_back(replica_id, token)
    if run.has_more:
        pokes.poke(replica_id, is_slow=replica.is_slow)
    return run


def _run(replica: Replica, token: str) -> Run:
    run, until = Run(), time.monotonic() + RUN_SECONDS
    while run.judged < RUN_ENTRIES and time.monotonic() < until:
        batch = _next_batch(replica)
        if not batch:
            return run
        faults.reach(faults.BEFORE_COUNT)
        _count_attempt(replica, token, batch)
        faults.reach(faults.AFTER_COUNT)
        run.judged += _apply(replica, token, batch)
    run.has_more = True
    return run


def _next_batch(replica: Replica) -> list[InboxEntry]:
    """The next entries in order of n. One alone when it has been attempted before, or has it coming."""
    waiting = InboxEntry.objects.filter(replica=replica, state=EntryState.RECEIVED).order_by("n")
    batch = list(waiting[:UNIT_ENTRIES])
    for index, entry in enumerate(batch):
        if entry.attempts:
            return batch[: index or 1]
    return batch


def _count_attempt(replica: Replica, token: str, batch: list[InboxEntry]) -> None:
    with transaction.atomic(durable=True):
        held = leases.hold(replica.pk, token)
        is_slow = any(entry.attempts for entry in batch)
        if held.is_slow != is_slow:
            Replica.objects.filter(pk=replica.pk).update(is_slow=is_slow)
            replica.is_slow = is_slow
        for entry in batch:
            entry.attempts += 1
        InboxEntry.objects.filter(pk__in=[entry.pk for entry in batch]).update(attempts=batch[0].attempts)


def _apply(replica: Replica, token: str, batch: list[InboxEntry]) -> int:
    """One effect transaction for the batch. Returns how many entries were judged."""
    try:
        with open_unit() as unit:
            held = leases.hold(replica.pk, token)
            judge = Judge(unit, held)
            if batch[0].attempts > MOST_ATTEMPTS:
                judge.park_poison(batch[0])
            else:
                judge.judge(batch)
            judge.finish()
        faults.reach(faults.AFTER_COMMIT)
        return judge.judged
    except LeaseLost:
        raise
    except Exception as error:
        if _is_storage_trouble(error):
            _take_attempt_back(batch)
            raise
        # A mistake of ours in one of them: the attempts stay counted, and each is tried alone from now on.
        logger.exception("a unit of replica %s failed (entries %s to %s)", replica.pk, batch[0].n, batch[-1].n)
        return 0


def _is_storage_trouble(error: Exception) -> bool:
    """Whether the same may well succeed later. What a database says of our data or statements it says again."""
    return isinstance(error, Error) and not isinstance(error, DataError | IntegrityError | ProgrammingError)


def _take_attempt_back(batch: list[InboxEntry]) -> None:
    try:
        if not connection.is_usable():
            connection.close()  # the next statement opens a new one
        InboxEntry.objects.filter(pk__in=[entry.pk for entry in batch]).update(attempts=batch[0].attempts - 1)
    except Error:
        logger.warning("could not take an attempt back: storage is still away")


def _wait_longer(replica: Replica) -> None:
    """Doubles the pause before the next attempt, up to a minute, for as long as the trouble lasts."""
    pause = min(LONGEST_WAIT, timedelta(seconds=2**replica.failures))
    failures = min(replica.failures + 1, 10)
    try:
        Replica.everywhere.filter(pk=replica.pk).update(failures=failures, next_attempt_at=clock.now() + pause)
    except Error:
        logger.warning("could not note the pause: storage is still away")
