"""The model's workers: leases, attempts, units, and every way of dying between two commits."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import NamedTuple

from tests.simulation import hanging
from tests.simulation.answers import Answers
from tests.simulation.changes import Changes, Unit
from tests.simulation.door import AFTER_COMMIT, AFTER_COUNT, BEFORE_COMMIT, BEFORE_COUNT, HANG, STORAGE
from tests.simulation.entries import PARKED
from tests.simulation.judge import Judge, Today
from tests.simulation.lamps import WorkerDied
from tests.simulation.limits import Limits
from tests.simulation.rules import Rules
from tests.simulation.state import RECEIVED, InboxEntry, Replica, State
from tests.simulation.streams import month_name
from tests.simulation.versions import FIRST, NEWER, is_understood

LEASE = 45
MOST_ATTEMPTS = 3
LONGEST_WAIT = 60


class LeaseLost(Exception):
    """Another drain owns this replica by now."""


class StorageAway(Exception):
    """The database failed under the effect, and nothing of it was committed."""


class Job(NamedTuple):
    """One unit of work on one replica. A worker that hangs holds it, however stale it gets."""

    state: State
    replica: Replica
    token: int
    batch: list[InboxEntry]


class Workers:
    """The broker, the clock and everybody who drains."""

    def __init__(self, changes: Changes, limits: Limits, rules: Rules) -> None:
        self.changes = changes
        self.limits = limits
        self.rules = rules
        self.pokes: list[str] = []
        self.hung: list[Job] = []
        self.month = 0
        self.version = FIRST  # of the server: it lives outside of the database
        self._last_token = 0

    @property
    def now(self) -> int:
        return self.changes.now

    @property
    def today(self) -> Today:
        return Today(month_name(self.month), self.version)

    # --- who drains ---------------------------------------------------------------------------

    def sweep(self, state: State) -> None:
        if not self.rules.sweeper:
            return
        if self.rules.newer_comes_in:
            self._reopen_understood(state)
        for replica in state.replicas.values():
            is_due = self._is_free(replica) and replica.next_attempt_at <= self.now
            if is_due and any(entry.state == RECEIVED for entry in replica.inbox):
                self.pokes.append(replica.key)

    def _reopen_understood(self, state: State) -> None:
        """What a newer app wrote goes back in line once this server knows its kind and version."""
        newer = [row for row in state.inbox() if row.state == PARKED and row.code in NEWER]
        understood = [row for row in newer if is_understood(row.read(), self.version)]
        if understood:
            answers = Answers(self.changes.open(state), self.rules)
            for row in understood:
                answers.reopen(row)
            self.changes.commit(answers.unit)

    def drain(self, state: State, key: str, crash_at: str | None) -> None:
        """One run over this replica, unless somebody else is at it. A dead worker keeps its lease."""
        replica = state.replicas.get(key)
        if replica is None or not self._is_free(replica):
            return
        token = self._take_lease(replica)
        try:
            has_more = self._run(state, replica, token, crash_at)
        except (WorkerDied, LeaseLost):
            return
        except StorageAway:
            self._wait_longer(replica)
            has_more = False
        replica.lease_until = None
        if has_more:
            self.pokes.append(key)

    def wake(self) -> None:
        """The oldest hung worker goes on as if no time had passed."""
        if not self.hung:
            return
        job = self.hung.pop(0)
        with contextlib.suppress(WorkerDied, LeaseLost):
            self._apply(job, None)

    def _is_free(self, replica: Replica) -> bool:
        return replica.lease_until is None or replica.lease_until < self.now

    def _take_lease(self, replica: Replica) -> int:
        self._last_token += 1
        replica.token, replica.lease_until = self._last_token, self.now + LEASE
        return self._last_token

    def _hold(self, job: Job) -> None:
        if self.rules.lease and job.replica.token != job.token:
            raise LeaseLost

    def _wait_longer(self, replica: Replica) -> None:
        replica.next_attempt_at = self.now + min(LONGEST_WAIT, 2**replica.failures)
        replica.failures += 1

    # --- units --------------------------------------------------------------------------------

    def _run(self, state: State, replica: Replica, token: int, crash_at: str | None) -> bool:
        """Judges a run's share of entries. Returns whether some are left."""
        judged = 0
        while judged < self.limits.run_entries:
            batch = self._next_batch(replica)
            if not batch:
                return False
            self._work(Job(state, replica, token, batch), crash_at)
            judged, crash_at = judged + len(batch), None
        return True

    def _next_batch(self, replica: Replica) -> list[InboxEntry]:
        """The next entries in order of n. One alone when it has been attempted before, or has it coming."""
        waiting = [entry for entry in replica.inbox if entry.state == RECEIVED][: self.limits.unit_entries]
        if self.rules.alone_after_attempt:
            for index, entry in enumerate(waiting):
                if entry.attempts:
                    return waiting[: index or 1]
        return waiting

    def _work(self, job: Job, crash_at: str | None) -> None:
        if crash_at == BEFORE_COUNT:
            raise WorkerDied
        if self.rules.attempts_before:
            self._count_attempt(job)
        if crash_at == AFTER_COUNT:
            raise WorkerDied
        if crash_at == HANG:
            self.hung.append(job)
            raise WorkerDied
        self._apply(job, crash_at)
        if not self.rules.attempts_before:
            self._count_attempt(job)

    def _count_attempt(self, job: Job) -> None:
        self._hold(job)
        job.replica.not_durable = 0
        for entry in job.batch:
            entry.attempts += 1

    def _apply(self, job: Job, crash_at: str | None) -> None:
        """The effect transaction: judged, rendered, numbered, settled and audited together."""
        self._hold(job)
        unit = self.changes.open(job.state)
        judge = Judge(unit, job.replica, self.today, self.rules)
        judged = 1
        if job.batch[0].attempts > MOST_ATTEMPTS:
            judge.park_poison(job.batch[0])
        else:
            judged = judge.judge(job.batch)
        if crash_at == STORAGE:
            self._take_attempt_back(job.batch)
            raise StorageAway
        if crash_at == BEFORE_COMMIT:
            raise WorkerDied
        self._take_attempt_back(job.batch[judged:])
        self._commit(unit, crash_at)
        job.replica.settled_n = max(job.replica.settled_n, *(entry.n for entry in job.batch[:judged]))
        job.replica.next_attempt_at = job.replica.failures = 0
        self.pokes += sorted(judge.reopened)

    def _take_attempt_back(self, batch: Sequence[InboxEntry]) -> None:
        if self.rules.attempt_taken_back:
            for entry in batch:
                entry.attempts -= 1

    def _commit(self, unit: Unit, crash_at: str | None) -> None:
        """One transaction. Only with a rule removed is there a second, and a crash between the two."""
        second = Unit(unit.state)
        if not self.rules.settle_with_effect:
            second.verdicts, second.effects, unit.verdicts, unit.effects = unit.verdicts, unit.effects, {}, []
        if not self.rules.audit_with_effect:
            second.audit, unit.audit = unit.audit, []
        self.changes.commit(unit)
        if crash_at == AFTER_COMMIT:
            raise WorkerDied
        for lamp in unit.uncounted:
            hanging.count(second, lamp)
        if second.verdicts or second.audit or second.lamps:
            self.changes.commit(second)
