"""The real server behind the model's door: the same histories drive the product's own code and database.

Everything runs in this process, so that a worker can be stopped between any two commits; transactions are real
ones. A month or a second passes on the server's clock only. What the model keeps small is small here as well as
far as a phone could ask for it: pages, by their bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import timedelta
from random import Random
from uuid import UUID

import orjson
from django.db import OperationalError, transaction

from core import faults
from people.models import Member
from sync import compaction, inbox, limits, sweeper
from sync import drain as drains
from sync.models import Counter, EntryState, InboxEntry, Replica
from tests import broker
from tests.lamps import versions
from tests.lamps.actions import Crash
from tests.lamps.models import Lamp
from tests.simulation import door as doors
from tests.simulation.cast import Cast
from tests.simulation.door import Evidence, Hanging
from tests.simulation.entries import Fields, Json
from tests.simulation.entries import Key as RowKey
from tests.simulation.messages import Browser
from tests.simulation.real_browser import RealBrowser
from tests.simulation.real_copy import Copy
from tests.simulation.real_evidence import evidence_of
from tests.simulation.real_office import RealOffice
from tests.simulation.rules import Rules
from tests.simulation.versions import FIRST
from tests.standing import everything, seen_by

PAGE_BYTES = 1500


class RealServer(RealOffice):
    """A ``door.ServerDoor`` over the product."""

    def __init__(self, cast: Cast, rules: Rules, random: Random) -> None:
        super().__init__(cast)
        self.saved: Copy | None = None
        self.browsers: dict[str, RealBrowser] = {}
        versions.understand(FIRST)
        broker.forget()

    # --- messages -----------------------------------------------------------------------------

    def answer(self, browser: Browser, member: str, message: str, body: Json) -> Json:
        is_pull = message == "pull"
        if is_pull:
            body = {**body, "max_bytes": PAGE_BYTES}
        with self._clock(is_looking=is_pull):
            if browser.session not in self.browsers:
                self.browsers[browser.session] = RealBrowser(self.members[member])
            return self.browsers[browser.session].answer(browser.cookie, message, body)

    # --- workers ------------------------------------------------------------------------------

    def take_poke(self) -> str | None:
        with self._acting(is_looking=True):
            for queue in (broker.DRAIN, broker.SLOW):
                while (found := broker.take(queue)) is not None:
                    key = Replica.objects.filter(pk=found).values_list("key", flat=True).first()
                    if key is not None:  # else it was a sweep's, for another history's replica
                        return key
            return None

    def lose_pokes(self) -> None:
        broker.forget()

    def drain(self, replica: str, crash_at: str | None) -> None:
        with self._acting():
            found = Replica.objects.filter(key=replica).values_list("pk", flat=True).first()
            if found is not None:
                _drain(found, crash_at, self.look)

    def wake(self) -> None:
        """Nothing: a worker that hung was treated as one that died."""

    def sweep(self) -> None:
        with self._clock():
            sweeper.sweep()

    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    def pass_month(self) -> None:
        year, month = divmod(self.now.year * 12 + self.now.month, 12)
        self.now = self.now.replace(year=year, month=month + 1)

    def pass_half_a_year(self) -> None:
        self.now += timedelta(days=200)

    # --- operators ----------------------------------------------------------------------------

    def backup(self) -> None:
        with self._acting():
            self.saved = Copy(self.cast.organization)

    def restore(self, *, has_new_epoch: bool) -> None:
        if self.saved is not None:
            with self._acting():
                self.saved.put_back(by_script=has_new_epoch)

    def set_version(self, version: int) -> None:
        versions.understand(version)

    def compact(self) -> None:
        with self._clock():
            compaction.compact()

    def power_cut(self) -> None:
        """What was acknowledged was committed durably; only the broker forgets."""
        self.lose_pokes()

    # --- what the checks read -----------------------------------------------------------------

    def head(self) -> int:
        return Counter.objects.get(pk=UUID(self.cast.organization)).seq

    def received(self, replica: str) -> int:
        """Counted on the rows themselves, and their chain worked out again."""
        with self._acting():
            entries = InboxEntry.objects.filter(replica__key=replica).order_by("n")
            chain, last = inbox.NO_CHAIN, 0
            for n, sha in entries.values_list("n", "sha"):
                assert n == last + 1, f"entry {last + 1} of {replica} is missing"
                chain, last = inbox.chain_after(chain, sha), n
            known = Replica.objects.filter(key=replica).values_list("chain", flat=True).first()
            assert known in {None, chain}, f"the chain of {replica} is not that of its entries"
            return last

    def unsettled(self) -> int:
        with self._acting(is_looking=True):
            return InboxEntry.objects.filter(state=EntryState.RECEIVED).count()

    def projection(self, member: str) -> dict[RowKey, Fields]:
        """The rows are read once for all who have pulled since anything happened."""
        with self._acting(is_looking=True):
            if self._standing is None:
                self._standing = everything()
            found = seen_by(Member.objects.get(pk=member), self._standing)
        return {key: orjson.loads(text) for key, text in found.items()}

    def most_rows(self) -> int:
        return limits.MAX_ROWS * 2

    def watched(self, look: Callable[[], None]) -> None:
        self.look = look

    def hanging(self) -> dict[str, Hanging]:
        with self._acting(is_looking=True):
            found = Lamp.objects.values_list("pk", "group", "hung")
            return {str(id): Hanging(str(group) if group else None, hung) for id, group, hung in found}

    def evidence(self) -> Evidence:
        with self._acting():
            return evidence_of(UUID(self.cast.organization))


def _drain(replica_id: int, crash_at: str | None, look: Callable[[], None]) -> None:
    """One run, stopped once at the point if told so; a worker that dies leaves its lease behind.

    ``look`` is called right after a commit, before whatever the unit left for then.
    """
    points = {
        doors.BEFORE_COUNT: faults.BEFORE_COUNT,
        doors.AFTER_COUNT: faults.AFTER_COUNT,
        doors.HANG: faults.AFTER_COUNT,
        doors.BEFORE_COMMIT: faults.BEFORE_COMMIT,
        doors.STORAGE: faults.BEFORE_COMMIT,
        doors.AFTER_COMMIT: faults.AFTER_COMMIT,
    }
    armed: dict[str, faults.Fault] = {faults.IN_ENTRY: lambda: transaction.on_commit(look)}
    if crash_at is not None:
        armed[points[crash_at]] = _storage_goes if crash_at == doors.STORAGE else _worker_dies
    with suppress(Crash), ExitStack() as stack:
        for point, fault in armed.items():
            stack.enter_context(faults.armed(point, fault))
        drains.drain(replica_id)


def _worker_dies() -> None:
    raise Crash


def _storage_goes() -> None:
    raise OperationalError("the disk is away")
