"""I12: no value that a person wrote disappears without a clash that names it. An oracle over the whole history.

It knows what each entry had seen and wanted, what each field became, and which clashes stand; not how they came about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from tests.simulation.door import EditRow, Evidence, InboxRow
from tests.simulation.entries import HAD_EFFECT, Fields, Key
from tests.simulation.lamps import CLASH
from tests.simulation.mending import mended
from tests.simulation.merge import GUARDED, SHARED, clash_id

MAY_MEET = frozenset({"lamp.edit", "clash.resolve"})


def broken(evidence: Evidence) -> Iterator[str]:
    """A sentence for each value that is gone, and for whatever a clash does not tell rightly."""
    had_effect = {row.entry_id: row for row in evidence.inbox if row.state in HAD_EFFECT}
    values: dict[tuple[str, str], set[object]] = defaultdict(set)
    for edit in evidence.edits:
        values[edit.lamp, edit.field].add(edit.after)
    for edit in evidence.edits:
        yield from _displaced(edit, had_effect[edit.entry_id], evidence.clashes)
    for row in had_effect.values():
        if row.kind == "lamp.edit":
            yield from _written(row, values, evidence.clashes)
        if evidence.clashes or row.state == "conflict":
            yield from _told(row, evidence.clashes)


def _clash_of(entry_id: str, field: str, clashes: Mapping[str, Fields]) -> Fields:
    return clashes.get(clash_id(entry_id, field), {})


def _displaced(edit: EditRow, row: InboxRow, clashes: Mapping[str, Fields]) -> Iterator[str]:
    """What an edit took the place of had been seen by its writer, or stands in a clash."""
    if edit.before == row.entry["from"].get(edit.field):
        return
    if _clash_of(row.entry_id, edit.field, clashes).get("theirs") != edit.before:
        yield f"{edit.field} {edit.before!r} disappeared under {edit.after!r} of entry {row.entry_id}"
    if edit.field == GUARDED:
        yield f"the guarded {edit.before!r} was replaced by entry {row.entry_id}, which had not seen it"


def _written(
    row: InboxRow, values: Mapping[tuple[str, str], set[object]], clashes: Mapping[str, Fields]
) -> Iterator[str]:
    """What an entry changed stands in the history of its field, or in a clash."""
    args, seen = row.entry["args"], row.entry["from"]
    args = mended(args) if row.is_behalf else args
    for field in SHARED:
        if field not in args or args[field] == seen[field] or args[field] in values[args["lamp"], field]:
            continue
        # Back to what the lamp was made with is a value that no history names.
        if args[field] not in ("", 0) and _clash_of(row.entry_id, field, clashes).get("mine") != args[field]:
            yield f"{field} {args[field]!r} of entry {row.entry_id} is nowhere"


def _told(row: InboxRow, clashes: Mapping[str, Fields]) -> Iterator[str]:
    """An entry that met a clash says so, and no other one does."""
    has_met = row.kind in MAY_MEET and any(_clash_of(row.entry_id, field, clashes) for field in SHARED)
    if has_met != (row.state == "conflict"):
        yield f"entry {row.entry_id} is {row.state}, and has met a clash: {has_met}"


def unseen(clashes: Iterable[Fields], member: str, base: Container[Key]) -> Iterator[str]:
    """Open clashes that are missing on a phone of one of their writers."""
    for clash in clashes:
        is_writer = member in (clash["member"], clash["their_member"])
        if is_writer and clash["choice"] is None and (CLASH, clash["id"]) not in base:
            yield f"the clash {clash['id']}"
