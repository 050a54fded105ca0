"""Edits of shared fields and what becomes of their clashes, on the server and as overlays on the phone."""

from __future__ import annotations

from tests.simulation.entries import Fields, Json, Key
from tests.simulation.lamps import CLASH, ClashRow, Deed, Edit, Lamps, Refused, Rows, existing
from tests.simulation.merge import SHARED, Clash, aside, clash_id, merge


def edit(lamps: Lamps, deed: Deed) -> None:
    wanted = {field: deed.args[field] for field in SHARED if field in deed.args}
    _take(lamps, deed, deed.args["lamp"], wanted)


def resolve(lamps: Lamps, deed: Deed) -> None:
    """Ends a clash: the lamp keeps what it holds, or takes the other value, which is an edit like any other."""
    row = lamps.clash(deed.args["clash"])
    if row is None:
        raise Refused("not_found", field="clash")
    if row.fields["choice"] is not None:
        raise Refused("already_resolved")
    if deed.args["choice"] == "replace":
        _take(lamps, deed, row.fields["lamp"], {row.fields["field"]: aside(row.fields)})
    lamps.put_clash(ClashRow(_resolved(row.fields, deed.args, deed.entry_id), closed_in=deed.month))


def _take(lamps: Lamps, deed: Deed, id: str, wanted: Json) -> None:
    lamp = existing(lamps, id)
    before = lamp.fields
    is_merged = deed.rules.resolving_merges or "clash" not in deed.args
    values, clashes = merge(before, deed.seen, wanted, deed.rules) if is_merged else (wanted, [])
    for clash in clashes:
        lamps.put_clash(_row_of(lamps, deed, id, clash))
    for field, value in values.items():
        if before[field] != value:
            lamps.note_edit(Edit(id, field, before[field], value, deed.entry_id, deed.member))
    lamps.put(lamp._replace(fields=_edited(before, values, deed.entry_id)))


def _row_of(lamps: Lamps, deed: Deed, lamp: str, clash: Clash) -> ClashRow:
    return ClashRow(
        {
            "id": clash_id(deed.entry_id, clash.field),
            "lamp": lamp,
            **clash._asdict(),
            "member": deed.member,
            "their_member": lamps.last_writer(lamp, clash.field),
            "choice": None,
            "touched_by": [],
        }
    )


def _edited(fields: Fields, values: Json, entry_id: str) -> Fields:
    return {**fields, **values, "touched_by": [*fields["touched_by"], entry_id]}


def _resolved(fields: Fields, args: Json, entry_id: str) -> Fields:
    return {**fields, "choice": args["choice"], "touched_by": [*fields["touched_by"], entry_id]}


# --- the same on the phone, over base ---------------------------------------------------------------


def edit_overlay(shown: Rows, rows: tuple[Key, ...], deed: Deed) -> None:
    wanted = {field: deed.args[field] for field in SHARED if field in deed.args}
    _show_edit(shown, rows[0], deed, wanted)


def resolve_overlay(shown: Rows, rows: tuple[Key, ...], deed: Deed) -> None:
    """On the clash, and on the lamp when its value is to be replaced."""
    key, lamp = rows
    fields = shown.get(key)
    if fields is None or deed.entry_id in fields["touched_by"]:
        return
    if deed.args["choice"] == "replace" and fields["choice"] is None:
        _show_edit(shown, lamp, deed, {fields["field"]: aside(fields)})
    shown[key] = _resolved(fields, deed.args, deed.entry_id)


def _show_edit(shown: Rows, key: Key, deed: Deed, wanted: Json) -> None:
    fields = shown.get(key)
    if fields is not None and deed.entry_id not in fields["touched_by"]:
        values, _ = merge(fields, deed.seen, wanted, deed.rules)
        shown[key] = _edited(fields, values, deed.entry_id)


def rows_of_clash(clash: Fields) -> tuple[Key, Key]:
    return (CLASH, clash["id"]), ("lamp", clash["lamp"])
