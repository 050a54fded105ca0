"""What may stay parked: nothing that waits for what is over, for itself, or for an update that was made.

Nor what was refused before it was known what becomes of that which it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tests.simulation.door import Evidence, InboxRow
from tests.simulation.entries import FINAL, HAD_EFFECT, PARKED
from tests.simulation.versions import NEWER, WRONG_WORDS, is_understood

# Said of an entry without a look at what it rests on.
UNSEEN = frozenset({"poison", "returned", "actor_disabled", "quarantined", *NEWER, *WRONG_WORDS})
Broken = Iterator[tuple[str, str]]  # invariant and sentence
Copies = Mapping[str, Sequence[InboxRow]]


def broken(evidence: Evidence, by_id: Copies) -> Broken:
    for row in evidence.inbox:
        if row.supersedes is not None and row.state in HAD_EFFECT:
            yield from _replaced(row, by_id.get(row.supersedes, ()))
        if row.state != PARKED:
            continue
        yield from _versions(row, evidence.version)
        if row.waits_on is not None:
            yield from _waiting(row, row.waits_on, by_id)
        elif row.code not in UNSEEN:
            yield from _too_early(row, by_id)


def _waiting(row: InboxRow, on: str, by_id: Copies) -> Broken:
    """I2: an entry that waits ends once what it waits for does, and there is such an end."""
    copies = by_id.get(on, ())
    if not copies or any(copy.state in FINAL for copy in copies):
        yield "I2", f"{row.kind} {row.entry_id} waits for {on}, which is over or never was"
    elif row.code == "waits_for" and _comes_back(row, by_id):
        yield "I2", f"{row.kind} {row.entry_id} waits for itself, and nobody says so"


def _too_early(row: InboxRow, by_id: Copies) -> Broken:
    """I2: what is refused was judged when that which it rests on, and was written before it, had its answer."""
    for id in row.entry.get("after", ()):
        copies = by_id.get(id, ())
        ends = [copy.seq for copy in copies if copy.state in FINAL]
        is_before = any(copy.replica == row.replica and copy.n < row.n for copy in copies)
        if ends and is_before and min(ends) > row.seq:
            yield "I2", f"{row.kind} {row.entry_id} is {row.code}, from before {id} had its answer"


def _comes_back(row: InboxRow, by_id: Copies) -> bool:
    """Whether it waits for itself, or for the entry that it is to replace.

    A circle that is told holds up only those who are in it, and whoever rests on them; a person can break it.
    """
    ahead, seen = row.waits_on, set[str]()
    while ahead is not None and ahead not in seen:
        if ahead in (row.entry_id, row.supersedes):
            return True
        seen.add(ahead)
        waiting = [copy for copy in by_id.get(ahead, ()) if copy.state == PARKED]
        is_held = any(copy.waits_on is None or (copy.code == "cycle" and not row.supersedes) for copy in waiting)
        ahead = None if is_held or not waiting else waiting[0].waits_on
    return False


def _replaced(row: InboxRow, copies: Sequence[InboxRow]) -> Broken:
    """I3: of an entry and its replacement, one takes effect."""
    for copy in copies:
        if copy.state == PARKED or copy.state in HAD_EFFECT:
            yield "I3", f"entry {copy.entry_id} is {copy.state}, and {row.entry_id} took effect in its place"


def _versions(row: InboxRow, version: int) -> Broken:
    """I16: what any version wrote goes in by itself, at the latest when the server is as new."""
    if row.code in NEWER and is_understood(row.entry, version):
        yield "I16", f"{row.kind} {row.entry_id} is {row.code}, and the server understands it by now"
    if row.code in WRONG_WORDS:
        yield "I16", f"{row.kind} {row.entry_id} of version {row.entry['v']} is refused for its words: {row.code}"
