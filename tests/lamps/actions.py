"""The verbs about lamps."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from uuid import UUID

from core.errors import Code, Problem
from core.models import insert
from sync.changes import Unit
from tests.lamps.models import House, Lamp

IS_CLOSED = Code("is_closed", 409, "The lamp was closed.")


class Crash(BaseException):
    """Stands for a worker that dies: nothing in the product may catch it."""


def kill_process() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def raise_crash() -> None:
    raise Crash


# What lamp.crash does. Tests in one process make it raise; tests with real workers let it kill.
crash_by: Callable[[], None] = raise_crash


def make(unit: Unit, *, lamp: UUID, anchor: UUID, colour: str) -> Lamp:
    house = House.objects.find(anchor, field="anchor")
    made = Lamp(id=lamp, house=house, member=unit.member, colour=colour)
    _touch(unit, made)
    insert(made, field="lamp")
    unit.record(made)
    return made


def switch(unit: Unit, *, lamp: UUID, on: bool) -> Lamp:
    """Counts every time it is done, so that doing it twice shows."""
    found = _open(lamp)
    found.is_on, found.switches = on, found.switches + 1
    _touch(unit, found)
    found.save()
    unit.record(found)
    return found


def close(unit: Unit, *, lamp: UUID) -> Lamp:
    found = _open(lamp)
    found.closed_at = unit.actor.received_at
    _touch(unit, found)
    found.save()
    unit.record(found)
    return found


def reopen(unit: Unit, *, lamp: UUID) -> None:
    """A closed lamp is open again, and returns from its month to base."""
    found = Lamp.objects.lock(lamp, field="lamp")
    found.closed_at = None
    found.save()
    unit.record(found)


def paint(unit: Unit, *, lamp: UUID, colour: str) -> None:
    found = Lamp.objects.lock(lamp, field="lamp")
    found.colour = colour
    found.save()
    unit.record(found)


def delete(unit: Unit, *, lamp: UUID) -> None:
    found = Lamp.objects.lock(lamp, field="lamp")
    found.deleted_at = unit.actor.received_at
    found.save()
    unit.record(found)


def crash(unit: Unit) -> None:
    crash_by()


def fail(unit: Unit) -> None:
    """A mistake of ours, not a rule."""
    raise ZeroDivisionError


def move_house(unit: Unit, house: House, scope: str) -> None:
    former, house.scope = house.scope, scope
    house.save()
    unit.record(house)
    unit.move(house.pk, f"h:{former}", f"h:{scope}")


def _touch(unit: Unit, lamp: Lamp) -> None:
    if unit.actor.entry_id is not None:
        lamp.touched_by = [*lamp.touched_by, str(unit.actor.entry_id)]


def _open(id: UUID) -> Lamp:
    found = Lamp.objects.lock(id, field="lamp")
    if found.closed_at is not None:
        raise Problem(IS_CLOSED)
    return found
