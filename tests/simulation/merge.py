"""Three-way merge of shared fields in the model: what an edit takes, and what it clashes with."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID, uuid5

from tests.simulation.entries import Fields, Json
from tests.simulation.rules import Rules

FREE, GUARDED = "label", "price"
SHARED = (FREE, GUARDED)


class Clash(NamedTuple):
    """Two people set one field to different values, neither having seen the other's."""

    field: str
    base: object
    mine: object
    theirs: object
    kept: str  # "mine" or "theirs"


def merge(current: Fields, seen: Json, wanted: Json, rules: Rules) -> tuple[Json, list[Clash]]:
    """What to write of ``wanted``, and the clashes. A guarded field keeps what it has, a free one takes the new."""
    if not rules.three_way:
        return wanted, []
    values: Json = {} if rules.per_field else {**seen, **wanted}
    clashes = []
    for field, mine in wanted.items():
        base, theirs = seen[field], current[field]
        if mine in (theirs, base):
            continue  # somebody made it so already, or nothing was changed at all
        is_clash = theirs != base
        is_kept = not (is_clash and field == GUARDED and rules.guarded_keeps)
        if is_kept:
            values[field] = mine
        if is_clash:
            clashes.append(Clash(field, base, mine, theirs, "mine" if is_kept else "theirs"))
    return values, clashes


def aside(clash: Fields) -> object:
    """The value that the row does not hold."""
    return clash["theirs"] if clash["kept"] == "mine" else clash["mine"]


def clash_id(entry_id: str, field: str) -> str:
    """An entry meets at most one clash a field, and meets the same one however often a history is played."""
    return str(uuid5(UUID(entry_id), field))
