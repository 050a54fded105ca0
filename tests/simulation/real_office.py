"""The real server's people: administrators, and whoever answers for others. Each act is a unit of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import time_machine

from core import tenancy
from core.errors import Problem
from core.ids import random_hex64
from people import actions as people_actions
from people import console
from people.models import Member, Organization
from sync import actions as entry_actions
from sync import changes
from sync.changes import Actor
from sync.models import Counter, EntryState, InboxEntry, Replica
from tests import factories as make
from tests.lamps import actions
from tests.lamps import factories as put
from tests.lamps.actions import Crash
from tests.lamps.models import House, Key, Lamp
from tests.simulation import door as doors
from tests.simulation.cast import EVA, Cast
from tests.simulation.mending import mended
from tests.simulation.real_copy import forget
from tests.simulation.real_evidence import APPLY_FOR
from tests.standing import Standing

START = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


class RealOffice:
    """One organization of the product, its people, and the server's clock."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.scopes = {territory: f"t{number}" for number, territory in enumerate(cast.territories)}
        self.now = START
        self.painting: dict[int, str] = {}
        self.look: Callable[[], None] = lambda: None  # called when something may have been committed
        self._standing: list[Standing] | None = None
        with self._clock():
            self._set_up()

    def _set_up(self) -> None:
        forget(self.cast.organization)
        organization = Organization.objects.create(id=UUID(self.cast.organization), name="Simulated")
        Counter.objects.create(organization=organization, tag=random_hex64(), epoch=random_hex64())
        with tenancy.acting_in(organization.pk):
            with put.writing() as unit:
                unit.record(organization)
            for anchor, territory in self.cast.anchors:
                put.house(self.scopes[territory], id=UUID(anchor))
            self.members = {one.id: self._add_member(one) for one in self.cast.members}
        self.eva = self.members[self.cast.members[EVA].id]

    def _add_member(self, one: Any) -> Member:
        """Eva is an administrator too, so that everybody else can be switched off."""
        member = make.member(one.name, id=UUID(one.id), role=one.role, is_admin=one.role == Member.Role.EXECUTIVE)
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

    @contextmanager
    def _acting(self, *, is_looking: bool = False) -> Iterator[None]:
        with self._clock(UUID(self.cast.organization), is_looking=is_looking):
            yield
            if not is_looking:
                self.look()

    # --- whoever answers for others -----------------------------------------------------------

    def shut_out(self, replica: str) -> bool:
        with self._acting():
            found = Replica.objects.filter(key=replica).first()
            if found is not None:
                with put.writing(self.eva) as unit:
                    entry_actions.revoke(unit, replica=found)
            return found is not None

    def accept_all(self, replica: str) -> None:
        with self._acting():
            found = Replica.objects.filter(key=replica).first()
            if found is not None:
                with put.writing(self.eva) as unit:
                    entry_actions.accept_all(unit, replica=found)

    def set_active(self, member: str, *, is_active: bool) -> None:
        with self._acting(), put.writing(self.eva) as unit:
            found = Member.objects.get(pk=member)
            if not is_active:
                people_actions.switch_off(unit, found)
            elif not found.is_active:
                people_actions.change_member(unit, found, is_active=True)

    def decide(self, verb: str, index: int) -> None:
        with self._acting():
            parked = list(InboxEntry.objects.filter(state=EntryState.PARKED).order_by("replica_id", "n"))
            if parked and verb == doors.APPLY:
                self._apply_for(parked[index % len(parked)])
            elif parked:
                with put.writing(self.eva) as unit:
                    _decide(unit, verb, parked[index % len(parked)])

    def _apply_for(self, entry: InboxEntry) -> None:
        """With what is shown of it, mended. Nothing of it is kept when the action refuses, or kills whoever does it."""
        args = mended(console.told(entry)["args"] or {})
        with suppress(Problem, Crash), changes.unit(APPLY_FOR, by=Actor(self.eva, "rest")) as unit:
            entry_actions.apply_for(unit, entry=entry, args=args)

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


def _decide(unit: Any, verb: str, entry: InboxEntry) -> None:
    if verb == doors.RETRY:
        entry_actions.retry_for(unit, entry=entry)
    elif verb == doors.DISCARD:
        entry_actions.discard_for(unit, entry=entry, note="no")
    elif verb == doors.RETURN:
        entry_actions.return_to_writer(unit, entry=entry, note="look again")
