"""Counts and groups, worked out afresh: a lamp counts all that hang under it, and none hangs under itself.

Both hold after every commit, not only at rest. What a lamp hangs under is what the last entry about it wanted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tests.simulation.door import Evidence, Hanging, InboxRow
from tests.simulation.entries import Fields, Key
from tests.simulation.lamps import SHAPE
from tests.simulation.waits import Broken

HEADS, COUNTS = "heads", "counts"  # what is broken where a group has no head, or a count is wrong


def broken(lamps: Mapping[str, Hanging]) -> Broken:
    under = {id: lamp.group for id, lamp in lamps.items() if lamp.group is not None}
    for id in _in_circles(under):
        yield HEADS, f"lamp {id} hangs under itself"
    hung = Counter(above for id in under for above in set(_above(id, under)))
    for id, lamp in lamps.items():
        if lamp.hung != hung[id]:
            yield COUNTS, f"lamp {id} counts {lamp.hung}, and {hung[id]} hang under it"


def circles_on(view: Mapping[Key, Fields]) -> Iterator[str]:
    """Lamps that hang under themselves on a screen."""
    return _in_circles({id: row["group"] for (shape, id), row in view.items() if shape == SHAPE and row["group"]})


def _in_circles(under: Mapping[str, str]) -> Iterator[str]:
    return (id for id in under if id in _above(id, under))


def _above(id: str, under: Mapping[str, str]) -> list[str]:
    """Every lamp that this one hangs under; in a circle itself too."""
    found: list[str] = []
    above = under.get(id)
    while above is not None and above not in found:
        found.append(above)
        above = under.get(above)
    return found


def not_as_wanted(evidence: Evidence, by_id: Mapping[str, Sequence[InboxRow]]) -> Broken:
    """I3, read off the lamps: each hangs where the last entry wanted it, and is shown once somebody has shown it."""
    for fields in evidence.lamps.values():
        rows = [by_id[id][0] for id in fields["touched_by"] if id in by_id]
        grouped = [row for row in rows if row.kind in ("lamp.group", "lamp.ungroup")]
        wanted = grouped[-1].entry["args"].get("into") if grouped else None
        if fields["group"] != wanted:
            yield "I3", f"lamp {fields['id']} hangs under {fields['group']}, and was hung under {wanted}"
        if fields["is_shown"] != any(row.kind == "lamp.show" for row in rows):
            yield "I3", f"lamp {fields['id']} is shown: {fields['is_shown']}, and nobody wanted that"
