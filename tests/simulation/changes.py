"""Units of work in the model: what changed, numbered as the last thing before the commit, and logged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from tests.simulation.cast import Member
from tests.simulation.entries import Fields, Json, Key, hex64
from tests.simulation.lamps import CLASH, SHAPE, ClashRow, Edit, Lamp
from tests.simulation.rules import Rules
from tests.simulation.state import NOWHERE, RECEIVED, InboxEntry, Placed, State, Text, member_fields
from tests.simulation.streams import ORGANIZATION


class Verdict(NamedTuple):
    """What an inbox entry becomes. "received" puts it back in line with its attempts forgotten."""

    state: str
    code: str | None = None
    params: Json = {}
    conflicts: tuple[str, ...] = ()  # the clashes it met
    is_numbered: bool = True  # False only where the rule ``decisions_travel`` is off


class Mark(NamedTuple):
    """Where a unit stood when a savepoint was set."""

    lamps: dict[str, Lamp]
    clashes: dict[str, ClashRow]
    edits: list[Edit]
    verdicts: dict[InboxEntry, Verdict]
    uncounted: dict[str, None]


class Unit:
    """Everything one transaction would write. Nothing reaches the state before ``commit``."""

    def __init__(self, state: State, number: int | None = None) -> None:
        self.state = state
        self.number = number  # only drawn in advance when the rule ``counter_last`` is off
        self.lamps: dict[str, Lamp] = {}
        self.clashes: dict[str, ClashRow] = {}
        self.edits: list[Edit] = []
        self.members: dict[str, Member] = {}
        self.anchors: dict[str, str] = {}
        self.verdicts: dict[InboxEntry, Verdict] = {}
        self.effects: list[str] = []
        self.audit: list[str] = []  # of entries
        self.behalf: list[str] = []  # of entries that somebody else applied
        self.uncounted: dict[str, None] = {}  # lamps; only when the rule ``counts_with_effect`` is off

    def lamp(self, id: str) -> Lamp | None:
        return self.lamps.get(id) or self.state.lamps.get(id)

    def put(self, lamp: Lamp) -> None:
        self.lamps[lamp.fields["id"]] = lamp

    def clash(self, id: str) -> ClashRow | None:
        return self.clashes.get(id) or self.state.clashes.get(id)

    def put_clash(self, clash: ClashRow) -> None:
        self.clashes[clash.fields["id"]] = clash

    def note_edit(self, edit: Edit) -> None:
        self.edits.append(edit)

    def last_writer(self, lamp: str, field: str) -> str | None:
        """Who changed this field last; nobody when it is as it was made."""
        for edit in reversed(self.edits):
            if (edit.lamp, edit.field) == (lamp, field):
                return edit.member
        return self.state.last_writers.get((lamp, field))

    def under(self, id: str) -> list[str]:
        """The lamps that hang directly under this one."""
        lamps = {**self.state.lamps, **self.lamps}
        return [one for one, lamp in lamps.items() if lamp.fields["group"] == id]

    def count_later(self, id: str) -> None:
        self.uncounted[id] = None

    def state_of(self, entry: InboxEntry) -> str:
        verdict = self.verdicts.get(entry)
        return entry.state if verdict is None else verdict.state

    def mark(self) -> Mark:
        lamps, clashes, edits = dict(self.lamps), dict(self.clashes), list(self.edits)
        return Mark(lamps, clashes, edits, dict(self.verdicts), dict(self.uncounted))

    def back_to(self, mark: Mark) -> None:
        self.lamps, self.clashes, self.edits, self.verdicts, self.uncounted = mark


class Changes:
    """Commits units to the state and keeps its log."""

    def __init__(self, rules: Rules, random: Random) -> None:
        self.rules = rules
        self.random = random
        self.now = 0  # the server's clock, in seconds
        self.look: Callable[[], None] | None = None  # called after every commit that changed a lamp

    def open(self, state: State) -> Unit:
        """A unit. Without ``counter_last`` it draws its number now, as from a sequence."""
        return Unit(state, None if self.rules.counter_last else self._draw(state))

    def commit(self, unit: Unit) -> int:
        """Writes everything at once, under the organization's next number. Returns the number."""
        state = unit.state
        seq = unit.number or self._draw(state)
        state.ticks[seq] = hex64(self.random)
        state.seq = max(state.seq, seq)
        state.tag = state.ticks[state.seq]
        state.numbers.append(seq)
        state.committed_at[seq] = self.now
        state.members |= unit.members
        state.anchors |= unit.anchors
        state.lamps |= unit.lamps
        state.clashes |= unit.clashes
        state.keep_history(unit.edits)
        self._log(unit, seq)
        self._settle(unit, seq)
        state.effects += unit.effects
        state.effect_keys.update(unit.effects)
        state.audit += unit.audit
        state.behalf += unit.behalf
        if self.look is not None and unit.lamps:
            self.look()
        return seq

    def _draw(self, state: State) -> int:
        state.drawn += 1
        return state.drawn

    def _settle(self, unit: Unit, seq: int) -> None:
        for entry, verdict in unit.verdicts.items():
            entry.state, entry.code, entry.params, entry.conflicts, _ = verdict
            if verdict.state == RECEIVED:
                entry.attempts = 0
            elif verdict.is_numbered:
                entry.seq = seq

    def _log(self, unit: Unit, seq: int) -> None:
        written = sum(self._log_row(unit.state, seq, *row) for row in self._rendered(unit))
        unit.state.largest_unit = max(unit.state.largest_unit, written, len(unit.verdicts))

    def _rendered(self, unit: Unit) -> Iterator[tuple[Key, Fields, frozenset[str]]]:
        state = unit.state
        lamps, clashes = unit.lamps, unit.clashes
        if unit.anchors:
            moved = {id: lamp for id, lamp in state.lamps.items() if lamp.fields["anchor"] in unit.anchors}
            lamps = {**moved, **lamps}
            clashes = {**{id: row for id, row in state.clashes.items() if row.fields["lamp"] in moved}, **clashes}
        for id, lamp in lamps.items():
            yield (SHAPE, id), lamp.fields, state.streams_of(lamp)
        for id, row in clashes.items():
            yield (CLASH, id), row.fields, state.streams_of_clash(row, self.rules)
        for id, member in unit.members.items():
            yield ("member", id), member_fields(member), frozenset({ORGANIZATION})

    def _log_row(self, state: State, seq: int, key: Key, fields: Fields, now: frozenset[str]) -> int:
        """Says where the row is to be seen now, and where it no longer is. Returns how many places it wrote."""
        before, text = state.places.get(key, NOWHERE), state.texts.get(key)
        is_changed = text is None or text.fields != fields
        if is_changed:
            state.texts[key] = Text(hex64(self.random), fields)
        puts, removals = now if is_changed else now - before, before - now
        for stream in puts:
            state.log.setdefault(stream, {})[key] = Placed(seq, is_put=True)
        for stream in removals:
            if self.rules.rm_on_leaving:
                state.log[stream][key] = Placed(seq, is_put=False)
            else:
                del state.log[stream][key]
        state.places[key] = now
        return len(puts) + len(removals)
