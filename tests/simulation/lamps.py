"""The made-up noun: what a phone may say about lamps, on the server and as an overlay on the phone.

Every effect leaves its entry id in ``touched_by``. That makes the invariants measurable on the rows
themselves: an id twice is an effect twice, the order of ids is the order of effects, and a phone that
shows a row without its own id has lost the value it wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from tests.simulation.entries import Fields, Json, Key
from tests.simulation.rules import Rules

SHAPE = "lamp"
CLASH = "clash"


class Refused(Exception):
    """The action says no: the entry parks with this code and these parameters."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class WorkerDied(Exception):
    """The process is gone: nothing is caught, nothing given back."""


class Lamp(NamedTuple):
    fields: Fields  # the shape; never changed in place
    closed_in: str | None = None  # the month in which the server received its closing
    is_deleted: bool = False


class ClashRow(NamedTuple):
    """A clash as a row of its own, on the phones of both writers and of whoever answers for the lamp."""

    fields: Fields
    closed_in: str | None = None


class Edit(NamedTuple):
    """One shared field that was changed: its history, in the order of commits."""

    lamp: str
    field: str
    before: object
    after: object
    entry_id: str
    member: str


class Deed(NamedTuple):
    """What an action is called with."""

    entry_id: str
    member: str
    args: Json
    month: str
    seen: Json
    rules: Rules


class Lamps(Protocol):
    """What an action needs of the unit of work it runs in."""

    def lamp(self, id: str) -> Lamp | None: ...

    def put(self, lamp: Lamp) -> None: ...

    def clash(self, id: str) -> ClashRow | None: ...

    def put_clash(self, clash: ClashRow) -> None: ...

    def note_edit(self, edit: Edit) -> None: ...

    def last_writer(self, lamp: str, field: str) -> str | None: ...

    def under(self, id: str) -> list[str]: ...

    def count_later(self, id: str) -> None: ...


def make(lamps: Lamps, deed: Deed) -> None:
    if lamps.lamp(deed.args["lamp"]) is not None:
        raise Refused("id_taken", field="lamp")
    lamps.put(Lamp(_made(deed.args, deed.entry_id, deed.member)))


def switch(lamps: Lamps, deed: Deed) -> None:
    lamp = existing(lamps, deed.args["lamp"])
    # Written before it is checked, on purpose: a refusal must leave no trace of what came before it.
    lamps.put(lamp._replace(fields=_switched(lamp.fields, deed.args, deed.entry_id)))
    if lamp.fields["is_closed"]:
        raise Refused("bad_transition", **{"from": "closed", "to": "switched"})


def close(lamps: Lamps, deed: Deed) -> None:
    lamp = existing(lamps, deed.args["lamp"])
    if lamp.fields["is_closed"]:
        raise Refused("bad_transition", **{"from": "closed", "to": "closed"})
    lamps.put(Lamp(_closed(lamp.fields, deed.args, deed.entry_id), closed_in=deed.month))


def blink(lamps: Lamps, deed: Deed) -> None:
    lamp = existing(lamps, deed.args["lamp"])
    if lamp.fields["is_closed"]:
        raise Refused("bad_transition", **{"from": "closed", "to": "blinking"})
    lamps.put(lamp._replace(fields=_blinked(lamp.fields, deed.args, deed.entry_id)))


def crash(lamps: Lamps, deed: Deed) -> None:
    raise WorkerDied


def existing(lamps: Lamps, id: str, field: str = "lamp") -> Lamp:
    lamp = lamps.lamp(id)
    if lamp is None:
        raise Refused("not_found", field=field)
    if lamp.is_deleted:
        raise Refused("row_deleted", field=field)
    return lamp


def _made(args: Json, entry_id: str, member: str) -> Fields:
    return {
        "id": args["lamp"],
        "anchor": args["anchor"],
        "colour": args["colour"],
        "group": None,
        "hung": 0,
        "is_on": False,
        "is_closed": False,
        "is_shown": False,
        "label": "",
        "member": member,
        "price": 0,
        "switches": 0,
        "touched_by": [entry_id],
    }


def _switched(fields: Fields, args: Json, entry_id: str) -> Fields:
    return {
        **fields,
        "is_on": args["on"],
        "switches": fields["switches"] + 1,
        "touched_by": [*fields["touched_by"], entry_id],
    }


def _closed(fields: Fields, args: Json, entry_id: str) -> Fields:
    return {**fields, "is_closed": True, "touched_by": [*fields["touched_by"], entry_id]}


def _blinked(fields: Fields, args: Json, entry_id: str) -> Fields:
    """Nothing is left of it but that it happened."""
    return {**fields, "touched_by": [*fields["touched_by"], entry_id]}


# --- the same on the phone, over base ---------------------------------------------------------------

Rows = dict[Key, Fields]
# What an entry about these rows does to the rows a screen shows: ``overlay(shown, rows, deed)``.
Overlay = Callable[[Rows, tuple[Key, ...], Deed], None]


def over_base(change: Callable[[Fields, Json, str], Fields]) -> Overlay:
    """An overlay that needs a row under it and leaves one alone that has the effect already."""

    def overlay(shown: Rows, rows: tuple[Key, ...], deed: Deed) -> None:
        fields = shown.get(rows[0])
        if fields is not None and deed.entry_id not in fields["touched_by"]:
            shown[rows[0]] = change(fields, deed.args, deed.entry_id)

    return overlay


def _make_overlay(shown: Rows, rows: tuple[Key, ...], deed: Deed) -> None:
    if rows[0] not in shown:
        shown[rows[0]] = _made(deed.args, deed.entry_id, deed.member)


OVERLAYS: dict[str, Overlay] = {
    "lamp.make": _make_overlay,
    "lamp.switch": over_base(_switched),
    "lamp.close": over_base(_closed),
    "lamp.blink": over_base(_blinked),
}
