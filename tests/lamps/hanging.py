"""The verbs about lamps that hang under other lamps, and about showing a lamp to everybody.

Hanging is grouping: a lamp points to the one it was hung under, and nothing else of it is changed. So taking it out
again leaves what was there before, in whatever order lamps were hung and taken out.
"""

from __future__ import annotations

from uuid import UUID

from core.errors import Code, Problem
from sync.changes import Unit
from tests.lamps.actions import IS_CLOSED, open_lamp, touch
from tests.lamps.models import Lamp

GROUP_ITSELF = Code("group_itself", 409, "A lamp cannot hang under itself.")
GROUP_CIRCLE = Code("group_circle", 409, "That lamp hangs under this one already.")
ALREADY_GROUPED = Code("already_grouped", 409, "It hangs under another lamp already.")
NOT_GROUPED = Code("not_grouped", 409, "It does not hang under another lamp.")


def group(unit: Unit, *, lamp: UUID, into: UUID) -> Lamp:
    """Hangs a lamp, with all that hang under it, under another one.

    Both heads are locked: of two that are hung under each other at once the second sees the first.
    """
    _require_open(lamp, "lamp")
    if lamp == into:
        raise Problem(GROUP_ITSELF, field="into")
    _require_open(into, "into")
    _lock_heads(lamp, into)
    hung = open_lamp(lamp)
    if hung.group_id is not None:
        raise Problem(ALREADY_GROUPED, into=str(hung.group_id))
    if chain_of(into)[-1] == lamp:
        raise Problem(GROUP_CIRCLE, field="into")
    _hang(unit, hung, into)
    _count(unit, into)
    return hung


def ungroup(unit: Unit, *, lamp: UUID) -> Lamp:
    """Takes a lamp out of its group, with all that hang under it."""
    _require_open(lamp, "lamp")
    _lock_heads(lamp)
    taken = open_lamp(lamp)
    former = taken.group_id
    if former is None:
        raise Problem(NOT_GROUPED)
    _hang(unit, taken, None)
    _count(unit, former)
    return taken


def show(unit: Unit, *, lamp: UUID) -> Lamp:
    """From now on it is for everybody, and no longer told where it hangs."""
    found = open_lamp(lamp)
    found.is_shown = True
    touch(unit, found)
    found.save()
    unit.record(found)
    return found


def chain_of(id: UUID) -> list[UUID]:
    """This lamp and every one it hangs under, up to the head. A circle ends where it would begin again."""
    found: list[UUID] = []
    above: UUID | None = id
    while above is not None and above not in found:
        found.append(above)
        above = Lamp.objects.filter(pk=above).values_list("group", flat=True).first()
    return found


def group_of(id: UUID) -> list[UUID]:
    """This lamp and all that hang under it, by whatever way."""
    found, level = [id], [id]
    while level:
        below = Lamp.objects.filter(group__in=level).exclude(pk__in=found)
        level = list(below.order_by("pk").values_list("pk", flat=True))
        found += level
    return found


def _require_open(id: UUID, field: str) -> None:
    if Lamp.objects.find(id, field=field).closed_at is not None:
        raise Problem(IS_CLOSED, field=field)


def _lock_heads(*ids: UUID) -> None:
    """In the order of ids, and again should one of these lamps have come under another head while we waited."""
    while True:
        heads = {chain_of(id)[-1] for id in ids}
        for head in sorted(heads):
            Lamp.objects.by_id(head, locked=True)
        if heads == {chain_of(id)[-1] for id in ids}:
            return


def _hang(unit: Unit, lamp: Lamp, into: UUID | None) -> None:
    lamp.group_id = into
    touch(unit, lamp)
    lamp.save()
    unit.record(lamp)


def _count(unit: Unit, id: UUID) -> None:
    """Adds up anew what hangs under this lamp, and under every one above it."""
    for above in chain_of(id):
        head = Lamp.objects.by_id(above, locked=True)
        if head is not None:
            head.hung = len(group_of(above)) - 1
            head.save(update_fields=["hung"])
            unit.record(head)
