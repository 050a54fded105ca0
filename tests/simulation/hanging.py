"""Lamps that hang under other lamps, and lamps that are shown to everybody, on the server and as overlays.

Hanging is grouping: a lamp points to the one it was hung under, and nothing else of it is changed. So taking it out
again leaves what was there before, in whatever order lamps were hung and taken out. Every lamp above counts all that
hang under it, directly or by way of others: a count that the entry of another row changes.
"""

from __future__ import annotations

from tests.simulation.entries import Fields, Key
from tests.simulation.lamps import SHAPE, Deed, Lamp, Lamps, Overlay, Refused, Rows, existing, over_base


def group(lamps: Lamps, deed: Deed) -> None:
    """Hangs a lamp, with all that hang under it, under another one."""
    id, into = deed.args["lamp"], deed.args["into"]
    lamp = _still_open(lamps, id, "lamp")
    if id == into:
        raise Refused("group_itself", field="into")
    _still_open(lamps, into, "into")
    if lamp.fields["group"] is not None:
        raise Refused("already_grouped", into=lamp.fields["group"])
    if deed.rules.no_circles and _chain_of(lamps, into)[-1] == id:
        raise Refused("group_circle", field="into")
    lamps.put(lamp._replace(fields=_grouped(lamp.fields, deed.entry_id, into)))
    _count_above(lamps, deed, into)


def ungroup(lamps: Lamps, deed: Deed) -> None:
    """Takes a lamp out of its group, with all that hang under it."""
    lamp = _still_open(lamps, deed.args["lamp"], "lamp")
    former = lamp.fields["group"]
    if former is None:
        raise Refused("not_grouped")
    lamps.put(lamp._replace(fields=_grouped(lamp.fields, deed.entry_id, None)))
    _count_above(lamps, deed, former)


def show(lamps: Lamps, deed: Deed) -> None:
    """From now on it is for everybody, and no longer told where it hangs."""
    lamp = _still_open(lamps, deed.args["lamp"], "lamp")
    lamps.put(lamp._replace(fields=_shown(lamp.fields, deed.entry_id)))


def count(lamps: Lamps, id: str) -> None:
    """Adds up anew what hangs under this lamp."""
    lamp = lamps.lamp(id)
    if lamp is not None:
        lamps.put(lamp._replace(fields={**lamp.fields, "hung": len(_group_of(lamps, id)) - 1}))


def _count_above(lamps: Lamps, deed: Deed, id: str) -> None:
    for above in _chain_of(lamps, id):
        if deed.rules.counts_with_effect:
            count(lamps, above)
        else:
            lamps.count_later(above)


def _still_open(lamps: Lamps, id: str, field: str) -> Lamp:
    lamp = existing(lamps, id, field)
    if lamp.fields["is_closed"]:
        raise Refused("is_closed", field=field)
    return lamp


def _chain_of(lamps: Lamps, id: str) -> list[str]:
    """This lamp and every one it hangs under, up to the head. A circle ends where it would begin again."""
    found: list[str] = []
    above: str | None = id
    while above is not None and above not in found:
        found.append(above)
        lamp = lamps.lamp(above)
        above = lamp.fields["group"] if lamp is not None else None
    return found


def _group_of(lamps: Lamps, id: str) -> list[str]:
    """This lamp and all that hang under it, by whatever way."""
    found = [id]
    for one in found:
        found += [below for below in lamps.under(one) if below not in found]
    return found


def _grouped(fields: Fields, entry_id: str, into: str | None) -> Fields:
    return {**fields, "group": into, "touched_by": [*fields["touched_by"], entry_id]}


def _shown(fields: Fields, entry_id: str) -> Fields:
    return {**fields, "is_shown": True, "touched_by": [*fields["touched_by"], entry_id]}


# --- the same on the phone, over base ---------------------------------------------------------------


def _group_overlay(shown: Rows, rows: tuple[Key, ...], deed: Deed) -> None:
    """The lamp hangs where it was hung, unless that would be a circle on this screen. Counts are the server's."""
    fields, into = shown.get(rows[0]), deed.args["into"]
    if fields is None or deed.entry_id in fields["touched_by"]:
        return
    is_free = fields["group"] is None and (SHAPE, into) in shown
    is_circle = deed.rules.no_circles and _top_of(shown, into) == fields["id"]
    shown[rows[0]] = _grouped(fields, deed.entry_id, into if is_free and not is_circle else fields["group"])


def _top_of(shown: Rows, id: str) -> str:
    """The head, as far as this phone holds the rows; of two pages one may be old, and tell of a circle."""
    passed: set[str] = set()
    while (SHAPE, id) in shown and id not in passed and shown[SHAPE, id]["group"] is not None:
        passed.add(id)
        id = shown[SHAPE, id]["group"]
    return id


OVERLAYS: dict[str, Overlay] = {
    "lamp.group": _group_overlay,
    "lamp.ungroup": over_base(lambda fields, _args, entry_id: _grouped(fields, entry_id, None)),
    "lamp.show": over_base(lambda fields, _args, entry_id: _shown(fields, entry_id)),
}
