"""The invariants, checked while a history runs and once more when all is quiet."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from tests.simulation.door import Evidence, InboxRow, ServerDoor
from tests.simulation.entries import FINAL, PARKED, WITHOUT_EFFECT, Fields, Json, Key
from tests.simulation.phone import Phone
from tests.simulation.store import Store

# Entries about other entries have an effect on the inbox, not on a row.
ABOUT_ENTRIES = frozenset({"entry.retry", "entry.discard"})
MOST_ATTEMPTS = 3


class Violation(NamedTuple):
    """A broken invariant, the first sentence that showed it, and after how many operations."""

    invariant: str
    sentence: str
    step: int

    def __str__(self) -> str:
        return f"{self.invariant} (after {self.step} operations): {self.sentence}"


class Owner(NamedTuple):
    """A phone as the checks know it."""

    name: str
    phone: Phone

    @property
    def store(self) -> Store:
        return self.phone.store


class Screen(NamedTuple):
    """What a phone showed last: drawn from which stored values, and which of its own entries were seen."""

    drawn: tuple[object, object, object, object]
    shown: set[str]


_BLANK = Screen((None, None, None, None), set())


class Watch:
    """Collects the first violation of each invariant."""

    def __init__(self, door: ServerDoor) -> None:
        self.door = door
        self.violations: dict[str, Violation] = {}
        self.step = 0
        self.met: Counter[str] = Counter()  # kinds of answers, to see that a run met the trouble it was made for
        self.deaths = 0  # workers that died or hung without any entry being to blame
        self._reported: dict[str, int] = {}  # replica -> the largest received_n a phone has read
        self._issued: dict[str, int] = {}  # cursor -> the head when it was given out
        self._foreign: set[str] = set()  # cursors of a history that is gone
        self._screens: dict[str, Screen] = {}

    def fail(self, invariant: str, sentence: str) -> None:
        self.violations.setdefault(invariant, Violation(invariant, sentence, self.step))

    # --- while it runs ------------------------------------------------------------------------

    def answered(self, owner: Owner, message: Json, answer: Json) -> None:
        """A phone reads this answer (I1, I14, I21)."""
        self.met[answer.get("code") or answer.get("answer") or "standing"] += 1
        if "received_n" not in answer:
            return
        replica = message["replica"]
        self._reported[replica] = max(self._reported.get(replica, 0), answer["received_n"])
        if answer.get("answer") != "page":
            return
        if message["cursor"] in self._foreign:
            self.fail("I14", f"{owner.name} got a delta for a cursor of a history that was lost")
        self._issued[answer["cursor"]] = self.door.head()
        size, most = max(len(answer["rows"]), len(answer["settled"])), self.door.most_rows()
        if size > most:
            self.fail("I21", f"a page carried {size} rows, the limit and the largest unit allow {most}")

    def rendered(self, owner: Owner, *, is_complete: bool = False) -> None:
        """The phone's screen is drawn again (I10)."""
        store = owner.store
        drawn = (store.base, store.entries, store.fallen, store.answers)
        before = self._screens.get(owner.name, _BLANK)
        if not is_complete and all(new is old for new, old in zip(drawn, before.drawn, strict=True)):
            return  # stored values are replaced, never changed: there is nothing it could show differently
        view = owner.phone.view()
        shown: set[str] = set()
        for entry in owner.store.entries:
            fields = view.get(entry.row) if entry.row else None
            if fields is None:
                continue
            if entry.id in fields["touched_by"]:
                shown.add(entry.id)
            elif entry.kind in owner.phone.overlays and not self._may_vanish(owner.store, entry.id):
                self.fail("I10", f"{owner.name}'s screen shows a row without its own {entry.kind} {entry.id}")
        if not is_complete:
            for id in sorted(before.shown - shown):
                self.fail("I10", f"{owner.name}'s screen lost entry {id} in the middle of a pull")
        self._screens[owner.name] = Screen(drawn, shown)

    def _may_vanish(self, store: Store, id: str) -> bool:
        answer = store.answers.get(id)
        return answer is not None and answer.state in WITHOUT_EFFECT

    def completed(self, owner: Owner) -> None:
        """A pull reached the head, and the server stood still meanwhile (I6, I7)."""
        wanted, base = self.door.projection(owner.phone.member), owner.store.base
        for key in sorted(base.keys() - wanted.keys()):
            self.fail("I7", f"{owner.name} still holds {key[0]} {key[1]} after a completed pull")
        for key in sorted(wanted.keys() - base.keys()):
            self.fail("I7", f"{owner.name} misses {key[0]} {key[1]} after a completed pull")
        for key, row in base.items():
            if row.fields != wanted.get(key, row.fields):
                self.fail("I6", f"{owner.name} holds another version of {key[0]} {key[1]} than the server shows it")

    def killed(self, owner: Owner, before: Store, whole: Store) -> None:
        """The app was killed in a pull: it must have stored the whole of what it read, or nothing (I11)."""
        stored = (owner.store.cursor, owner.store.base)
        if stored not in ((before.cursor, before.base), (whole.cursor, whole.base)):
            self.fail("I11", f"{owner.name} was killed, and its cursor does not belong to its rows")

    def power_was_cut(self) -> None:
        """Nothing that was acknowledged may be gone (I1)."""
        for replica, reported in self._reported.items():
            held = self.door.received(replica)
            if held < reported:
                self.fail("I1", f"{reported} entries of {replica} were acknowledged, {held} are left")

    def restored(self) -> None:
        """A backup is back: what was acknowledged since is for the journals, what was given out is foreign."""
        head = self.door.head()
        self._foreign |= {cursor for cursor, issued in self._issued.items() if issued > head}
        self._reported = {replica: min(n, self.door.received(replica)) for replica, n in self._reported.items()}

    def copied(self, from_name: str, to_name: str) -> None:
        self._screens[to_name] = self._screens.get(from_name, _BLANK)

    def forgotten(self, name: str) -> None:
        self._screens.pop(name, None)

    # --- when all is quiet --------------------------------------------------------------------

    def quiet(self, owners: Iterable[Owner]) -> Evidence:
        evidence = self.door.evidence()
        by_id: dict[str, list[InboxRow]] = {}
        for row in evidence.inbox:
            by_id.setdefault(row.entry_id, []).append(row)
        self.power_was_cut()
        for owner in owners:
            self._check_found(owner, evidence.inbox)
            self._check_same_bytes(owner)
        self._check_one_end(by_id, set(evidence.effects))
        self._check_one_effect(evidence, by_id)
        self._check_order(evidence)
        self._check_numbers(evidence.numbers)
        self._check_poison(evidence.inbox)
        self._check_audit(evidence)
        return evidence

    def _check_found(self, owner: Owner, inbox: Iterable[InboxRow]) -> None:
        """I2: what the phone wrote is answered, and the phone knows the answer."""
        rows = {row.n: row for row in inbox if row.replica == owner.store.replica}
        for n, entry in enumerate(owner.store.entries, start=1):
            row, answer = rows.get(n), owner.store.answers.get(entry.id)
            if row is None or row.entry_id != entry.id:
                self.fail("I2", f"{owner.name}'s entry {n} ({entry.kind} {entry.id}) is not in the inbox")
            elif row.state not in FINAL and row.state != PARKED:
                self.fail("I2", f"{owner.name}'s entry {n} ({entry.kind}) was never judged")
            elif answer is None or (answer.state, answer.code) != (row.state, row.code):
                told = answer.state if answer else "nothing"
                self.fail("I2", f"{owner.name}'s entry {n} ({entry.kind}) is {row.state}, the phone was told {told}")

    def _check_same_bytes(self, owner: Owner) -> None:
        base = {key: row.fields for key, row in owner.store.base.items()}
        if canonical(base) != canonical(self.door.projection(owner.phone.member)):
            self.fail("I6", f"{owner.name}'s base is not byte for byte what the server shows it")

    def _check_one_end(self, by_id: Mapping[str, list[InboxRow]], effects: set[str]) -> None:
        """I2: all copies of an id tell one story."""
        for id, rows in by_id.items():
            states = Counter(row.state for row in rows)
            if states["applied"] != (id in effects):
                self.fail("I2", f"entry {id} has {states['applied']} applied copies and an effect: {id in effects}")
            if id in effects and (states["discarded"] or states["superseded"] or states[PARKED]):
                self.fail("I2", f"entry {id} had its effect and yet is {dict(states)}")
            if set(states) == {"duplicate"}:
                self.fail("I2", f"entry {id} is only a duplicate, of nothing")

    def _check_one_effect(self, evidence: Evidence, by_id: Mapping[str, list[InboxRow]]) -> None:
        """I3: every effect once, and nothing without one."""
        touches = Counter(id for fields in evidence.lamps.values() for id in fields["touched_by"])
        wanted = {id for id in evidence.effects if by_id[id][0].kind not in ABOUT_ENTRIES}
        for id, times in touches.items():
            if times > 1:
                self.fail("I3", f"entry {id} took effect {times} times")
            if id not in wanted:
                self.fail("I3", f"entry {id} left a trace and is not applied")
        for id in sorted(wanted - touches.keys()):
            self.fail("I3", f"entry {id} is applied and left no trace")
        for id, times in Counter(evidence.effects).items():
            if times > 1:
                self.fail("I3", f"entry {id} has {times} effect keys")
        for fields in evidence.lamps.values():
            switched = sum(by_id[id][0].kind == "lamp.switch" for id in fields["touched_by"] if id in by_id)
            if fields["switches"] != switched:
                self.fail("I3", f"lamp {fields['id']} counted {fields['switches']} switches of {switched}")

    def _check_order(self, evidence: Evidence) -> None:
        """I4: by replica, effects on a row come in order of n.

        A replacement is left out: it stands where the entry it replaces stood, or late where that place is gone.
        """
        applied = {row.entry_id: row for row in evidence.inbox if row.state == "applied" and not row.supersedes}
        for fields in evidence.lamps.values():
            last: dict[str, int] = {}
            for row in (applied[id] for id in fields["touched_by"] if id in applied):
                if row.n < last.get(row.replica, 0):
                    self.fail("I4", f"on lamp {fields['id']} entry {row.n} came after {last[row.replica]}")
                last[row.replica] = row.n

    def _check_numbers(self, numbers: list[int]) -> None:
        """I5: whoever has seen a number never meets a commit with a smaller one."""
        for earlier, later in pairwise(numbers):
            if later <= earlier:
                self.fail("I5", f"number {later} was committed after {earlier}")

    def _check_poison(self, inbox: Iterable[InboxRow]) -> None:
        """I9: what kills workers is parked after three attempts, and takes no other entry with it."""
        for row in inbox:
            # Parking it is counted as well, and so is every parking in which the worker died of something else.
            if row.attempts > MOST_ATTEMPTS + 1 + self.deaths:
                self.fail("I9", f"{row.kind} {row.entry_id} was attempted {row.attempts} times")
            if row.kind == "lamp.crash" and row.state == "received":
                self.fail("I9", f"the poison {row.entry_id} was never parked")
            if row.code == "poison" and row.kind != "lamp.crash" and self.deaths < MOST_ATTEMPTS - 1:
                self.fail("I9", f"{row.kind} {row.entry_id} was parked as poison and is none")

    def _check_audit(self, evidence: Evidence) -> None:
        """I22: each effect has exactly one audit row."""
        if Counter(evidence.audit) != Counter(evidence.effects):
            self.fail("I22", f"{len(evidence.effects)} effects have {len(evidence.audit)} audit rows")


def canonical(rows: Mapping[Key, Fields]) -> str:
    """The same rows give the same text."""
    return json.dumps([[*key, rows[key]] for key in sorted(rows)], sort_keys=True, separators=(",", ":"))
