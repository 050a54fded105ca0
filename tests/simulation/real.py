"""The real server behind the model's door: the same histories drive the product's own code and database.

Everything runs in this process, so that a worker can be stopped between any two commits; transactions are real
ones. A month or a second passes on the server's clock only. What the model keeps small is small here as well as
far as a phone could ask for it: pages, by their bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import orjson
import time_machine
from django.db import OperationalError, transaction

from core import faults, tenancy
from core.ids import random_hex64
from people.models import Member, Organization, User
from sync import drain as drains
from sync import inbox, limits, sweeper
from sync.models import Audit, Counter, Effect, EntryState, InboxEntry, Log, Replica, RowText, Tick
from sync.registry import registry
from tests import broker
from tests import factories as make
from tests.door import Door
from tests.lamps import actions
from tests.lamps import factories as put
from tests.lamps.actions import Crash
from tests.lamps.models import House, Key, Lamp
from tests.simulation import door as doors
from tests.simulation.cast import Cast
from tests.simulation.door import Evidence, InboxRow
from tests.simulation.entries import Fields, Json
from tests.simulation.entries import Key as RowKey
from tests.simulation.rules import Rules
from tests.standing import Standing, everything, seen_by

START = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
PAGE_BYTES = 1500
# What a backup of one organization holds, parents first.
_TABLES = (Counter, Tick, House, Lamp, Key, RowText, Log, Replica, InboxEntry, Effect, Audit)


class RealServer:
    """A ``door.ServerDoor`` over the product. Use it inside ``standing``, which moves the clock."""

    def __init__(self, cast: Cast, rules: Rules, random: Random) -> None:
        self.cast = cast
        self.scopes = {territory: f"t{number}" for number, territory in enumerate(cast.territories)}
        self.now = START
        self.saved: dict[Any, list[Any]] | None = None
        self.painting: dict[int, str] = {}
        self._standing: list[Standing] | None = None
        with self._clock():
            self._set_up()
        broker.forget()

    def _set_up(self) -> None:
        _forget(self.cast.organization)
        organization = Organization.objects.create(id=UUID(self.cast.organization), name="Simulated")
        Counter.objects.create(organization=organization, tag=random_hex64(), epoch=random_hex64())
        with tenancy.acting_in(organization.pk):
            with put.writing() as unit:
                unit.record(organization)
            for anchor, territory in self.cast.anchors:
                put.house(self.scopes[territory], id=UUID(anchor))
            self.doors = {one.id: Door(self._add_member(one)) for one in self.cast.members}

    def _add_member(self, one: Any) -> Member:
        member = make.member(one.name, id=UUID(one.id), role=one.role)
        wide = one.role == Member.Role.EXECUTIVE
        put.key(member, *(self.scopes[id] for id in (self.cast.territories if wide else one.territories)))
        return member

    @contextmanager
    def _clock(self, organization: UUID | None = None, *, is_looking: bool = False) -> Iterator[None]:
        """The server's time. Unless it only looks, what happens inside may change what stands."""
        if not is_looking:
            self._standing = None
        with time_machine.travel(self.now, tick=False), tenancy.acting_in(organization):
            yield

    def _acting(self, *, is_looking: bool = False) -> AbstractContextManager[None]:
        return self._clock(UUID(self.cast.organization), is_looking=is_looking)

    # --- messages -----------------------------------------------------------------------------

    def answer(self, member: str, message: str, body: Json) -> Json:
        is_pull = message == "pull"
        if is_pull:
            body = {**body, "max_bytes": PAGE_BYTES}
        with self._clock(is_looking=is_pull):
            status, answer = self.doors[member].send(message, body)
        return answer if status == 200 else {"status": status, **answer}

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
                _drain(found, crash_at)

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

    # --- administrators -----------------------------------------------------------------------

    def grant(self, member: str, territory: str) -> None:
        with self._acting():
            Key.objects.get_or_create(member_id=UUID(member), scope=self.scopes[territory])

    def revoke(self, member: str, territory: str) -> None:
        with self._acting():
            rep = Member.objects.exclude(role=Member.Role.EXECUTIVE)
            Key.objects.filter(member__in=rep.filter(pk=member), scope=self.scopes[territory]).delete()

    def move(self, anchor: str, territory: str) -> None:
        with self._acting():
            put.moved(House.objects.get(pk=anchor), self.scopes[territory])

    def delete(self, lamp: str) -> None:
        self._on(lamp, lambda unit, id: actions.delete(unit, lamp=id))

    def reopen(self, lamp: str) -> None:
        self._on(lamp, lambda unit, id: actions.reopen(unit, lamp=id), only_closed=True)

    def begin_painting(self) -> int:
        return len(self.painting) + 1

    def finish_painting(self, unit: int, lamp: str, colour: str) -> None:
        self._on(lamp, lambda opened, id: actions.paint(opened, lamp=id, colour=colour))

    def _on(self, lamp: str, act: Callable[[Any, UUID], None], *, only_closed: bool = False) -> None:
        with self._acting():
            found = Lamp.objects.alive().filter(pk=lamp)
            if (found.exclude(closed_at=None) if only_closed else found).exists():
                with put.writing() as unit:
                    act(unit, UUID(lamp))

    # --- operators ----------------------------------------------------------------------------

    def backup(self) -> None:
        with self._acting():
            self.saved = {model: list(_rows(model, self.cast.organization)) for model in _TABLES}

    def restore(self, *, has_new_epoch: bool) -> None:
        if self.saved is None:
            return
        with self._acting(), transaction.atomic():
            for model in reversed(_TABLES):
                _rows(model, self.cast.organization).delete()
            for model in _TABLES:
                model._base_manager.bulk_create(self.saved[model])
            if has_new_epoch:
                Counter.objects.filter(pk=UUID(self.cast.organization)).update(epoch=random_hex64())

    def compact(self) -> None:
        """Nothing yet: removals are kept for ever, so there is no low-water mark to fall below."""

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

    def evidence(self) -> Evidence:
        organization = UUID(self.cast.organization)
        with self._acting():
            shape = registry.shapes["lamp"]
            return Evidence(
                inbox=[_inbox_row(entry) for entry in InboxEntry.objects.select_related("replica").order_by("pk")],
                effects=[str(id) for id in _ids(Effect, organization)],
                audit=[str(id) for id in _ids(Audit.objects.filter(door="sync"), organization)],
                lamps={
                    str(lamp.pk): orjson.loads(orjson.dumps(shape.render(lamp))) for lamp in Lamp.objects.order_by("pk")
                },
                numbers=list(_rows(Tick, str(organization)).order_by("pk").values_list("seq", flat=True)),
            )


def _drain(replica_id: int, crash_at: str | None) -> None:
    """One run, stopped once at the point if told so; a worker that dies leaves its lease behind."""
    points = {
        doors.BEFORE_COUNT: faults.BEFORE_COUNT,
        doors.AFTER_COUNT: faults.AFTER_COUNT,
        doors.HANG: faults.AFTER_COUNT,
        doors.BEFORE_COMMIT: faults.BEFORE_COMMIT,
        doors.STORAGE: faults.BEFORE_COMMIT,
        doors.AFTER_COMMIT: faults.AFTER_COMMIT,
    }
    try:
        if crash_at is None:
            drains.drain(replica_id)
        else:
            with faults.armed(points[crash_at], _storage_goes if crash_at == doors.STORAGE else _worker_dies):
                drains.drain(replica_id)
    except Crash:
        pass


def _worker_dies() -> None:
    raise Crash


def _storage_goes() -> None:
    raise OperationalError("the disk is away")


def _forget(organization: str) -> None:
    """Twins play one seed twice, with the same ids."""
    with tenancy.acting_in(UUID(organization)):
        for model in reversed(_TABLES):
            _rows(model, organization).delete()
        users = list(Member.objects.values_list("user", flat=True))
        Member.objects.all().delete()
        User.objects.filter(pk__in=users).delete()
        Organization.objects.filter(pk=organization).delete()


def _rows(model: Any, organization: str) -> Any:
    rows = model._base_manager
    return rows.filter(pk=organization) if model is Counter else rows.filter(organization_id=organization)


def _ids(rows: Any, organization: UUID) -> Any:
    found = rows.objects.all() if rows is Effect else rows
    return found.filter(organization_id=organization).order_by("pk").values_list("entry_id", flat=True)


def _inbox_row(row: InboxEntry) -> InboxRow:
    entry = orjson.loads(bytes(row.body))
    return InboxRow(
        row.replica.key,
        row.n,
        entry["id"],
        entry["kind"],
        entry.get("supersedes"),
        row.state,
        row.code or None,
        row.attempts,
    )
