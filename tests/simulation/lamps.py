"""The made-up noun: what a phone may say about lamps, on the server and as an overlay on the phone.

Every effect leaves its entry id in ``touched_by``. That makes the invariants measurable on the rows
themselves: an id twice is an effect twice, the order of ids is the order of effects, and a phone that
shows a row without its own id has lost the value it wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from tests.simulation.entries import Fields, Json

SHAPE = "lamp"


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


class Deed(NamedTuple):
    """What an action is called with."""

    entry_id: str
    member: str
    args: Json
    month: str


class Lamps(Protocol):
    """What an action needs of the unit of work it runs in."""

    def lamp(self, id: str) -> Lamp | None: ...

    def put(self, lamp: Lamp) -> None: ...


def make(lamps: Lamps, deed: Deed) -> None:
    if lamps.lamp(deed.args["lamp"]) is not None:
        raise Refused("id_taken", field="lamp")
    lamps.put(Lamp(_made(deed.args, deed.entry_id, deed.member)))


def switch(lamps: Lamps, deed: Deed) -> None:
    lamp = _existing(lamps, deed)
    # Written before it is checked, on purpose: a refusal must leave no trace of what came before it.
    lamps.put(lamp._replace(fields=_switched(lamp.fields, deed.args, deed.entry_id)))
    if lamp.fields["is_closed"]:
        raise Refused("bad_transition", **{"from": "closed", "to": "switched"})


def close(lamps: Lamps, deed: Deed) -> None:
    lamp = _existing(lamps, deed)
    if lamp.fields["is_closed"]:
        raise Refused("bad_transition", **{"from": "closed", "to": "closed"})
    lamps.put(Lamp(_closed(lamp.fields, deed.args, deed.entry_id), closed_in=deed.month))


def crash(lamps: Lamps, deed: Deed) -> None:
    raise WorkerDied


ACTIONS: dict[str, Callable[[Lamps, Deed], None]] = {
    "lamp.make": make,
    "lamp.switch": switch,
    "lamp.close": close,
    "lamp.crash": crash,
}


def _existing(lamps: Lamps, deed: Deed) -> Lamp:
    lamp = lamps.lamp(deed.args["lamp"])
    if lamp is None:
        raise Refused("not_found", field="lamp")
    if lamp.is_deleted:
        raise Refused("row_deleted", field="lamp")
    return lamp


def _made(args: Json, entry_id: str, member: str) -> Fields:
    return {
        "id": args["lamp"],
        "anchor": args["anchor"],
        "colour": args["colour"],
        "is_on": False,
        "is_closed": False,
        "member": member,
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


# --- the same on the phone, over base ---------------------------------------------------------------

Overlay = Callable[[Fields | None, Json, str, str], Fields | None]


def _over_base(change: Callable[[Fields, Json, str], Fields]) -> Overlay:
    """An overlay that needs a row under it and leaves one alone that has the effect already."""

    def overlay(fields: Fields | None, args: Json, entry_id: str, member: str) -> Fields | None:
        if fields is None or entry_id in fields["touched_by"]:
            return fields
        return change(fields, args, entry_id)

    return overlay


def _make_overlay(fields: Fields | None, args: Json, entry_id: str, member: str) -> Fields | None:
    return fields if fields is not None else _made(args, entry_id, member)


OVERLAYS: dict[str, Overlay] = {
    "lamp.make": _make_overlay,
    "lamp.switch": _over_base(_switched),
    "lamp.close": _over_base(_closed),
}
