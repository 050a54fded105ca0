"""The invariants, checked while a history runs and once more when all is quiet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import orjson

from tests.simulation import clashes, oracle, recount
from tests.simulation.door import Evidence, InboxRow, ServerDoor
from tests.simulation.entries import FINAL, PARKED, WITHOUT_EFFECT, Fields, Json, Key
from tests.simulation.losses import Losses
from tests.simulation.messages import Browser
from tests.simulation.outcasts import Outcasts
from tests.simulation.phone import Phone
from tests.simulation.store import Store


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
    browser: Browser

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
        self.outcasts = Outcasts()
        self._outcasts_saved = Outcasts()
        self.losses = Losses(door.received)
        self._damaged: set[str] = set()
        self._copied: set[str] = set()
        door.watched(self.committed)

    def fail(self, invariant: str, sentence: str) -> None:
        self.violations.setdefault(invariant, Violation(invariant, sentence, self.step))

    # --- while it runs ------------------------------------------------------------------------

    def answered(self, owner: Owner, message: Json, answer: Json) -> None:
        """A phone reads this answer (I1, I14, I19, I21)."""
        self.met[answer.get("code") or answer.get("answer") or "standing"] += 1
        if "received_n" not in answer:
            return
        if "device_state" in answer:
            self._greeted(owner, message, answer)
        if "rows" in answer and self.is_out(owner):
            self.fail("I19", f"{owner.name} was shut out, and got rows")
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

    def committed(self) -> None:
        """The server has committed something: what hangs where has a head, and is counted there."""
        for broken, sentence in recount.broken(self.door.hanging()):
            self.fail(broken, sentence)

    def _greeted(self, owner: Owner, message: Json, answer: Json) -> None:
        """What a phone is told in a hello: of its loss (I2), and of streams to fetch anew (I6)."""
        self.met.update(command["command"] for command in answer["commands"])
        self.outcasts.said_hello(owner.browser, message["replica"])
        wrong = self.losses.told(owner.name, answer)
        if wrong is not None:
            self.fail("I2", f"{owner.name} lost its storage: it {wrong}")
        if owner.name not in self._damaged and any(command["command"] == "refetch" for command in answer["commands"]):
            self.fail("I6", f"{owner.name} is to fetch anew what it holds rightly")

    def is_out(self, owner: Owner) -> bool:
        return self.outcasts.are(owner.browser, owner.phone.member)

    def rendered(self, owner: Owner, *, is_complete: bool = False) -> None:
        """The phone's screen is drawn again (I10, T17)."""
        store = owner.store
        if store.is_out:
            self.forgotten(owner.name)
            return
        drawn = (store.base, store.entries, store.fallen, store.answers)
        before = self._screens.get(owner.name, _BLANK)
        if not is_complete and all(new is old for new, old in zip(drawn, before.drawn, strict=True)):
            return  # stored values are replaced, never changed: there is nothing it could show differently
        view, overlays = owner.phone.view(), owner.phone.overlays
        shown: set[str] = set()
        for entry in store.entries:
            fields = view.get(entry.rows[0]) if entry.rows else None
            if fields is None:
                continue
            if entry.id in fields["touched_by"]:
                shown.add(entry.id)
            elif entry.kind in overlays and not self._may_vanish(store, entry.id):
                self.fail("I10", f"{owner.name}'s screen shows a row without its own {entry.kind} {entry.id}")
        if not is_complete:
            for id in sorted(before.shown - shown):
                self.fail("I10", f"{owner.name}'s screen lost entry {id} in the middle of a pull")
        self._screens[owner.name] = Screen(drawn, shown)

    def _may_vanish(self, store: Store, id: str) -> bool:
        answer = store.answers.get(id)
        return answer is not None and answer.state in WITHOUT_EFFECT

    def completed(self, owner: Owner) -> None:
        """A pull reached the head, and the server stood still meanwhile (I6, I7, I10)."""
        if owner.store.is_out:
            return
        for lamp in recount.circles_on(owner.phone.view()):
            self.fail(recount.HEADS, f"on {owner.name}'s screen lamp {lamp} hangs under itself")
        for id, answer in owner.store.answers.items():
            if answer.state in FINAL and id not in owner.store.fallen:
                self.fail("I10", f"{owner.name} heard that {id} is {answer.state}, and still draws it over the row")
        if owner.name in self._damaged:
            return
        wanted, base = self.door.projection(owner.phone.member), owner.store.base
        for key in sorted(base.keys() - wanted.keys()):
            self.fail("I7", f"{owner.name} still holds {key[0]} {key[1]} after a completed pull")
        for key in sorted(wanted.keys() - base.keys()):
            self.fail("I7", f"{owner.name} misses {key[0]} {key[1]} after a completed pull")
        for key, row in base.items():
            if row.fields != wanted.get(key, row.fields):
                self.fail("I6", f"{owner.name} holds another version of {key[0]} {key[1]} than the server shows it")

    def damaged(self, owner: Owner) -> None:
        """A row of the phone's base is silently gone or another: by the end a hello at the head must have found it."""
        self._damaged.add(owner.name)
        self.forgotten(owner.name)

    def killed(self, owner: Owner, before: Store, whole: Store) -> None:
        """The app was killed in a pull: it must have stored the whole of what it read, or nothing (I11)."""
        if not owner.store.is_greeted:
            self.losses.unheard(owner.name)
        stored = (owner.store.cursor, owner.store.base)
        if stored not in ((before.cursor, before.base), (whole.cursor, whole.base)):
            self.fail("I11", f"{owner.name} was killed, and its cursor does not belong to its rows")

    def power_was_cut(self) -> None:
        """Nothing that was acknowledged may be gone (I1)."""
        for replica, reported in self._reported.items():
            held = self.door.received(replica)
            if held < reported:
                self.fail("I1", f"{reported} entries of {replica} were acknowledged, {held} are left")

    def backed_up(self) -> None:
        self._outcasts_saved = self.outcasts.copy()

    def restored(self, *, is_by_script: bool) -> None:
        """A backup is back: what was acknowledged since is for the journals, what was given out is foreign."""
        head = self.door.head()
        if is_by_script:
            self.outcasts.outlive(self._outcasts_saved, head)
        else:
            self.outcasts = self._outcasts_saved.copy()
        self.losses.restored()
        self._foreign |= {cursor for cursor, issued in self._issued.items() if issued > head}
        self._reported = {replica: min(n, self.door.received(replica)) for replica, n in self._reported.items()}

    def wiped(self, owner: Owner, witness: str) -> None:
        self.forgotten(owner.name)
        self._damaged.discard(owner.name)
        if owner.name not in self._copied:
            self.losses.wiped(owner.name, owner.browser, owner.store, witness)

    def copied(self, from_name: str, to_name: str) -> None:
        for name in (from_name, to_name):
            self.losses.forget(name)
            self._copied.add(name)
        if from_name in self._damaged:
            self._damaged.add(to_name)
        self._screens[to_name] = self._screens.get(from_name, _BLANK)

    def forgotten(self, name: str) -> None:
        self._screens.pop(name, None)

    # --- when all is quiet --------------------------------------------------------------------

    def quiet(self, owners: Sequence[Owner]) -> Evidence:
        evidence = self.door.evidence()
        self.committed()
        self.power_was_cut()
        for owner in owners:
            self._check_found(owner, evidence.inbox)
            self._check_same_bytes(owner)
        for invariant, sentence in oracle.broken(evidence, self.deaths):
            self.fail(invariant, sentence)
        self._check_values(evidence, owners)
        self._check_outcasts(evidence.inbox, owners)
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
            elif owner.store.is_out:
                continue  # it is told nothing any more
            elif answer is None or (answer.state, answer.code) != (row.state, row.code):
                told = answer.state if answer else "nothing"
                self.fail("I2", f"{owner.name}'s entry {n} ({entry.kind}) is {row.state}, the phone was told {told}")

    def _check_same_bytes(self, owner: Owner) -> None:
        base = {key: row.fields for key, row in owner.store.base.items()}
        if self.is_out(owner):
            if base:
                self.fail("I19", f"{owner.name} was shut out, and still holds {len(base)} rows")
            return
        if canonical(base) != canonical(self.door.projection(owner.phone.member)):
            self.fail("I6", f"{owner.name}'s base is not byte for byte what the server shows it")

    def _check_values(self, evidence: Evidence, owners: Iterable[Owner]) -> None:
        """I12: no value disappears, whoever ran into a clash is told of it, and both writers hold it."""
        for sentence in clashes.broken(evidence):
            self.fail("I12", sentence)
        for owner in owners:
            if self.is_out(owner):
                continue
            for answer in owner.store.answers.values():
                is_told = bool(answer.conflicts) and evidence.clashes.keys() >= set(answer.conflicts)
                if (answer.state == "conflict") != is_told:
                    self.fail("I12", f"{owner.name} was told {answer.state}, and of {len(answer.conflicts)} clashes")
            for missing in clashes.unseen(evidence.clashes.values(), owner.phone.member, owner.store.base):
                self.fail("I12", f"{owner.name} does not hold {missing}")

    def _check_outcasts(self, inbox: Iterable[InboxRow], owners: Iterable[Owner]) -> None:
        """I19: what was handed in after somebody was shut out had no effect before a person let it in."""
        members = {owner.store.replica: owner.phone.member for owner in owners}
        for row in self.outcasts.came_in(inbox, members.get):
            self.fail("I19", f"{row.kind} {row.entry_id} of somebody who was shut out took effect")


def canonical(rows: Mapping[Key, Fields]) -> str:
    """The same rows give the same text."""
    return orjson.dumps([[*key, rows[key]] for key in sorted(rows)], option=orjson.OPT_SORT_KEYS).decode()
