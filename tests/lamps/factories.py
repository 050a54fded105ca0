"""Makers of the made-up nouns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from core.ids import uuid7
from people.models import Member
from sync import changes
from sync.changes import Actor, Unit
from tests.lamps import actions
from tests.lamps.models import House, Key, Lamp


@contextmanager
def writing(by: Member | None = None) -> Iterator[Unit]:
    """A unit of some member, or of a command."""
    with changes.unit("test", by=Actor(by, "command")) as unit:
        yield unit


def house(scope: str, *, id: UUID | None = None) -> House:
    with writing() as unit:
        made = House(id=id or uuid7(), scope=scope)
        made.save(force_insert=True)
        unit.record(made)
    return made


def key(member: Member, *scopes: str) -> None:
    """Lets a member into scopes. Nobody holds keys on a phone, so they are in no log."""
    Key.objects.bulk_create(Key(member=member, scope=scope) for scope in scopes)


def lamp(by: Member, house: House, colour: str = "white", *, id: UUID | None = None) -> Lamp:
    with writing(by) as unit:
        return actions.make(unit, lamp=id or uuid7(), anchor=house.pk, colour=colour)


def lamps(by: Member, house: House, count: int, colour: str = "white") -> list[Lamp]:
    """Many lamps in one unit, so under one number."""
    with writing(by) as unit:
        made = Lamp.objects.bulk_create(Lamp(house=house, member=by, colour=colour) for _ in range(count))
        for one in made:
            unit.record(one)
    return made


def switched(by: Member, lamp: Lamp, *, on: bool = True) -> None:
    with writing(by) as unit:
        actions.switch(unit, lamp=lamp.pk, on=on)


def closed(by: Member, lamp: Lamp) -> None:
    with writing(by) as unit:
        actions.close(unit, lamp=lamp.pk)


def deleted(by: Member, lamp: Lamp) -> None:
    with writing(by) as unit:
        actions.delete(unit, lamp=lamp.pk)


def moved(house: House, scope: str) -> None:
    with writing() as unit:
        actions.move_house(unit, house, scope)
