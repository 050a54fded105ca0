"""The verbs about lamps, and about clashes between edits of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from core.errors import Code, Problem
from core.ids import uuid7
from core.models import insert
from sync import merge
from sync.changes import Unit
from sync.merge import Clash as Met
from sync.merge import Rules
from sync.models import FieldEdit
from tests.lamps.models import Clash, House, Lamp

IS_CLOSED = Code("is_closed", 409, "The lamp was closed.")
ALREADY_RESOLVED = Code("already_resolved", 409, "Somebody decided it already.")
SHARED = ("label", "price")
RULES = Rules(guarded=frozenset({"price"}))


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
    touch(unit, made)
    insert(made, field="lamp")
    unit.record(made)
    return made


def switch(unit: Unit, *, lamp: UUID, on: bool) -> Lamp:
    """Counts every time it is done, so that doing it twice shows."""
    found = open_lamp(lamp)
    found.is_on, found.switches = on, found.switches + 1
    touch(unit, found)
    found.save()
    unit.record(found)
    return found


def set_state(unit: Unit, *, lamp: UUID, state: str) -> Lamp:
    """The switch in the words of its second version."""
    return switch(unit, lamp=lamp, on=state == "on")


def blink(unit: Unit, *, lamp: UUID) -> Lamp:
    """Nothing is left of it but that it happened."""
    found = open_lamp(lamp)
    touch(unit, found)
    found.save()
    unit.record(found)
    return found


def close(unit: Unit, *, lamp: UUID) -> Lamp:
    found = open_lamp(lamp)
    found.closed_at = unit.actor.received_at
    touch(unit, found)
    found.save()
    unit.record(found)
    return found


def edit(unit: Unit, *, lamp: UUID, seen: dict[str, Any], **wanted: Any) -> Lamp:
    """Takes of an edit what nobody else has changed meanwhile. What clashes stands in rows of its own."""
    found = Lamp.objects.lock(lamp, field="lamp")
    before = {name: getattr(found, name) for name in SHARED}
    met = merge.merge(before, seen, wanted, RULES)
    for clash in met.clashes:
        _keep_clash(unit, found, clash)
    for name, value in met.values.items():
        setattr(found, name, value)
        if before[name] != value:
            unit.record_edit(found, name, before[name], value)
    touch(unit, found)
    found.save()
    unit.record(found)
    return found


def resolve(unit: Unit, *, clash: UUID, choice: str, seen: dict[str, Any]) -> Clash:
    """The lamp keeps what it holds, or takes the other value, which is an edit like any other."""
    found: Clash = Clash.objects.lock(clash, field="clash")
    if found.choice is not None:
        raise Problem(ALREADY_RESOLVED)
    if choice == "replace":
        edit(unit, lamp=found.lamp_id, seen=seen, **{found.field: found.aside})
    found.choice, found.closed_at = choice, unit.actor.received_at
    touch(unit, found)
    found.save()
    unit.record(found)
    return found


def _keep_clash(unit: Unit, lamp: Lamp, met: Met) -> None:
    """Named after the entry that ran into it, so that a history played twice finds the same rows."""
    [field] = met.fields
    former = FieldEdit.objects.filter(shape="lamp", row_id=lamp.pk, field=field).order_by("-id").first()
    values = {name: getattr(met, name)[0] for name in ("base", "mine", "theirs")}
    clash = Clash(
        id=uuid5(unit.actor.entry_id, field) if unit.actor.entry_id else uuid7(),
        lamp=lamp,
        field=field,
        **values,
        kept=met.kept,
        member=unit.member,
        their_member_id=former.member_id if former else None,
    )
    clash.save(force_insert=True)
    unit.record(clash)
    unit.note_conflict({"id": str(clash.pk), "shape": "lamp", "row": str(lamp.pk), "names": [field]})


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


def touch(unit: Unit, row: Lamp | Clash) -> None:
    if unit.actor.entry_id is not None:
        row.touched_by = [*row.touched_by, str(unit.actor.entry_id)]


def open_lamp(id: UUID) -> Lamp:
    """Locked. Raises is_closed."""
    found: Lamp = Lamp.objects.lock(id, field="lamp")
    if found.closed_at is not None:
        raise Problem(IS_CLOSED)
    return found
