"""One unit's judgement of its entries in the model: each under a savepoint, each with exactly one answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tests.simulation import circles, versions
from tests.simulation.answers import DUPLICATE, Answers
from tests.simulation.changes import Unit, Verdict
from tests.simulation.entries import FINAL, PARKED, Json
from tests.simulation.kinds import ACTIONS
from tests.simulation.lamps import CLASH, Deed, Refused
from tests.simulation.merge import SHARED, clash_id
from tests.simulation.rules import Rules
from tests.simulation.state import RECEIVED, InboxEntry, Replica

APPLIED = Verdict("applied")


class Today(NamedTuple):
    """When and by what judgement is passed."""

    month: str
    version: int  # of the server


class Judge(Answers):
    """Judges a batch inside one open unit, which then holds the answers."""

    def __init__(self, unit: Unit, replica: Replica, today: Today, rules: Rules) -> None:
        super().__init__(unit, rules)
        self.replica = replica
        self.today = today

    def judge(self, batch: Sequence[InboxEntry]) -> int:
        """Up to the first one that puts an earlier entry back in line. Returns how many were judged."""
        for place, row in enumerate(batch, start=1):
            self._judge_one(row, row.read())
            if self.rules.back_in_line_first and self._is_one_back(batch[place:]):
                return place
        return len(batch)

    def _is_one_back(self, left: Sequence[InboxEntry]) -> bool:
        """Whether one that was written before those that are left is to be judged again."""
        before = self.replica.inbox[: left[-1].n] if left else []
        return any(self.unit.state_of(one) == RECEIVED and one not in left for one in before)

    def park_poison(self, row: InboxEntry) -> None:
        self.settle(row, Verdict(PARKED, "poison"))

    # --- one entry ----------------------------------------------------------------------------

    def _judge_one(self, row: InboxEntry, entry: Json) -> None:
        id: str = entry["id"]
        if self.rules.effect_key and self._is_known(row, entry):
            self.settle(row, DUPLICATE)
            return
        try:
            args = self.read(entry)
            self._require_trusted(row)
            self._check_order(row, entry)
        except Refused as refusal:
            self._park(row, refusal)
            return
        mark = self.unit.mark()
        try:
            self.act(entry, args, self.replica.member)
        except Refused as refusal:
            if self.rules.savepoint:
                self.unit.back_to(mark)
            self._park(row, refusal)
        else:
            self.unit.effects.append(id)
            self.unit.audit.append(id)
            self.settle(row, self.outcome(id))

    def read(self, entry: Json) -> Json:
        """Its arguments. Raises Refused for what a newer app wrote."""
        return versions.read(entry, self.today.version, self.rules)

    def _park(self, row: InboxEntry, refusal: Refused) -> None:
        self.settle(row, Verdict(PARKED, refusal.code, refusal.params))

    def _is_known(self, row: InboxEntry, entry: Json) -> bool:
        """Whether it has its answer. That holds although this server may not understand a copy any more."""
        is_read = self.rules.answer_first or versions.is_understood(entry, self.today.version)
        return is_read and self._is_answered(row, entry["id"])

    def _require_trusted(self, row: InboxEntry) -> None:
        """Refuses what came from a phone or a member that was shut out: a person has to let it in."""
        if row.is_accepted:
            return
        if self.rules.off_waits and not self.unit.state.members[self.replica.member].is_active:
            raise Refused("actor_disabled")
        if self.rules.quarantine and self.replica.is_revoked:
            raise Refused("quarantined")

    def outcome(self, id: str) -> Verdict:
        if not self.unit.clashes:
            return APPLIED
        met = tuple(name for name in (clash_id(id, field) for field in SHARED) if name in self.unit.clashes)
        return Verdict("conflict", conflicts=met) if met and self.rules.conflict_told else APPLIED

    def _is_answered(self, row: InboxEntry, id: str) -> bool:
        if id in self.unit.state.effect_keys or id in self.unit.effects:
            return True
        return any(copy is not row and self.unit.state_of(copy) in FINAL for copy in self.copies(id))

    def _check_order(self, row: InboxEntry, entry: Json) -> None:
        """Refuses what has to wait for an entry without a final answer, or rests on itself."""
        blocker = self._open_after(entry) or self._parked_before(row, entry)
        if blocker is None:
            return
        ahead = [blocker, *entry.get("after", ())]
        circle = circles.circle_of(self, entry["id"], ahead) if self.rules.circles else []
        if not circle:
            raise Refused("waits_for", entry=blocker)
        circles.park_circle(self, circle)
        raise Refused("cycle", entry=next(id for id in ahead if id in circle))

    def _open_after(self, entry: Json) -> str | None:
        """The first that it says it rests on and that is open.

        It need not be parked any more: a retry or a discard just before, in this very unit, may have put it
        back in line, and then it still has to come first.
        """
        if not self.rules.waits_for:
            return None
        return next((str(id) for id in entry.get("after", ()) if self.is_open(id)), None)

    def _parked_before(self, row: InboxEntry, entry: Json) -> str | None:
        """The first of the same phone about the same row that was written before and is parked.

        What takes the place of a parked one stands where that stood, and so before whatever waits for it.
        """
        about = self._row_of(entry)
        if about is None or entry.get("supersedes") or not self.rules.row_order:
            return None
        before = [one for one in self.replica.inbox[: row.n - 1] if self.unit.state_of(one) == PARKED]
        ids = (str(one.read()["id"]) for one in before if self._row_of(one.read()) == about)
        return next(filter(self.is_open, ids), None)

    def _row_of(self, entry: Json) -> str | None:
        """The row its kind is named after, where it names one; of a clash its lamp."""
        noun = entry["kind"].split(".")[0]
        named: str | None = None if noun == "entry" else entry["args"].get(noun)
        if noun != CLASH or named is None:
            return named
        clash = self.unit.clash(named)
        return None if clash is None else clash.fields["lamp"]

    def act(self, entry: Json, args: Json, member: str) -> None:
        """Does it, as this member's deed."""
        kind, supersedes = entry["kind"], entry.get("supersedes")
        if kind == "entry.retry":
            for copy in self.parked_copies(args["entry"]):
                self.reopen(copy)
        elif kind == "entry.discard":
            for copy in self.parked_copies(args["entry"]):
                self.settle(copy, Verdict("discarded"))
        else:
            replaced = self.parked_copies(supersedes) if supersedes else []
            deed = Deed(entry["id"], member, args, self.today.month, entry.get("from", {}), self.rules)
            ACTIONS[kind](self.unit, deed)
            for copy in replaced:
                self.settle(copy, Verdict("superseded"))
