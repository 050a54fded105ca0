"""What the server's own rows say about the invariants when all is quiet: each broken one with a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, pairwise

from tests.simulation import recount, waits
from tests.simulation.door import Evidence, InboxRow
from tests.simulation.entries import HAD_EFFECT, PARKED
from tests.simulation.versions import SWITCH, says_on
from tests.simulation.waits import Broken

# Entries about other entries have an effect on the inbox, not on a row.
ABOUT_ENTRIES = frozenset({"entry.retry", "entry.discard"})
MOST_ATTEMPTS = 3


def broken(evidence: Evidence, deaths: int) -> Broken:
    """``deaths`` is of workers that died without any entry being to blame."""
    by_id: dict[str, list[InboxRow]] = {}
    for row in evidence.inbox:
        by_id.setdefault(row.entry_id, []).append(row)
    yield from _one_end(by_id, set(evidence.effects))
    yield from _one_effect(evidence, by_id)
    yield from _switched(evidence, by_id)
    yield from recount.not_as_wanted(evidence, by_id)
    yield from _whose(evidence, by_id)
    yield from waits.broken(evidence, by_id)
    yield from _order(evidence)
    yield from _numbers(evidence.numbers)
    yield from _poison(evidence.inbox, deaths)
    if Counter(evidence.audit) != Counter(evidence.effects):
        yield "I22", f"{len(evidence.effects)} effects have {len(evidence.audit)} audit rows"
    for row in evidence.inbox:
        if row.is_behalf and evidence.acts.count(row.entry_id) != 1:
            yield "I22", f"entry {row.entry_id} was applied by somebody, and it is not written down by whom"


def _one_end(by_id: Mapping[str, list[InboxRow]], effects: set[str]) -> Broken:
    """I2: all copies of an id tell one story."""
    for id, rows in by_id.items():
        states = Counter(row.state for row in rows)
        applied = states["applied"] + states["conflict"]
        # Applied by somebody else, all copies are told so: any of them may be the one that the writer's phone has.
        if applied != (id in effects) and not (rows[0].is_behalf and applied > 1):
            yield "I2", f"entry {id} has {applied} applied copies and an effect: {id in effects}"
        if id in effects and (states["discarded"] or states["superseded"] or states[PARKED]):
            yield "I2", f"entry {id} had its effect and yet is {dict(states)}"
        if set(states) == {"duplicate"}:
            yield "I2", f"entry {id} is only a duplicate, of nothing"


def _one_effect(evidence: Evidence, by_id: Mapping[str, list[InboxRow]]) -> Broken:
    """I3: every effect once, and nothing without one. A decision about a clash may touch its lamp as well."""
    lamps, clashes = (
        Counter(id for fields in rows.values() for id in fields["touched_by"])
        for rows in (evidence.lamps, evidence.clashes)
    )
    wanted = {id for id in evidence.effects if by_id[id][0].kind not in ABOUT_ENTRIES}
    touched = lamps.keys() | clashes.keys()
    for id, times in chain(lamps.items(), clashes.items()):
        if times > 1:
            yield "I3", f"entry {id} took effect {times} times"
    for id in sorted(touched - wanted):
        yield "I3", f"entry {id} left a trace and is not applied"
    for id in sorted(wanted - touched):
        yield "I3", f"entry {id} is applied and left no trace"
    for id, times in Counter(evidence.effects).items():
        if times > 1:
            yield "I3", f"entry {id} has {times} effect keys"


def _switched(evidence: Evidence, by_id: Mapping[str, list[InboxRow]]) -> Broken:
    """I3, counted on the lamps themselves, and read off them: a lamp is as the last switch wanted it."""
    for fields in evidence.lamps.values():
        rows = [by_id[id][0] for id in fields["touched_by"] if id in by_id]
        switched = [row for row in rows if row.kind == SWITCH]
        if fields["switches"] != len(switched):
            yield "I3", f"lamp {fields['id']} counted {fields['switches']} switches of {len(switched)}"
        if switched and fields["is_on"] != (says_on(switched[-1].entry) != switched[-1].is_behalf):
            yield "I3", f"lamp {fields['id']} is not as entry {switched[-1].entry_id} wanted it"


def _whose(evidence: Evidence, by_id: Mapping[str, list[InboxRow]]) -> Broken:
    """I18: whatever an entry changed was changed by its writer, whoever applied it."""
    for edit in evidence.edits:
        if edit.member != by_id[edit.entry_id][0].member:
            yield "I18", f"{edit.field} of entry {edit.entry_id} was changed by somebody else's name"


def _order(evidence: Evidence) -> Broken:
    """I4: by replica, effects on a row come in order of n.

    A replacement is left out: it stands where the entry it replaces stood, or late where that place is gone. And so
    is what somebody else applied: a person took it out of the line.
    """
    in_line = [row for row in evidence.inbox if not row.supersedes and not row.is_behalf]
    applied = {row.entry_id: row for row in in_line if row.state in HAD_EFFECT}
    for fields in chain(evidence.lamps.values(), evidence.clashes.values()):
        last: dict[str, int] = {}
        for row in (applied[id] for id in fields["touched_by"] if id in applied):
            if row.n < last.get(row.replica, 0):
                yield "I4", f"on {fields['id']} entry {row.n} came after {last[row.replica]}"
            last[row.replica] = row.n


def _numbers(numbers: list[int]) -> Broken:
    """I5: whoever has seen a number never meets a commit with a smaller one."""
    for earlier, later in pairwise(numbers):
        if later <= earlier:
            yield "I5", f"number {later} was committed after {earlier}"


def _poison(inbox: Iterable[InboxRow], deaths: int) -> Broken:
    """I9: what kills workers is parked after three attempts, and takes no other entry with it."""
    for row in inbox:
        # Parking it is counted as well, and so is every parking in which the worker died of something else.
        if row.attempts > MOST_ATTEMPTS + 1 + deaths:
            yield "I9", f"{row.kind} {row.entry_id} was attempted {row.attempts} times"
        if row.kind == "lamp.crash" and row.state == "received":
            yield "I9", f"the poison {row.entry_id} was never parked"
        if row.code == "poison" and row.kind != "lamp.crash" and deaths < MOST_ATTEMPTS - 1:
            yield "I9", f"{row.kind} {row.entry_id} was parked as poison and is none"
