"""One unit's judgement of its entries in the model: each under a savepoint, each with exactly one answer.

An id has one answer, however many replicas brought it. A copy that comes after the final answer is a
``duplicate``; copies that were parked follow the one that is settled. Without that, a phone that had to
take a new replica would leave parked copies behind for which others wait for ever, and an entry a person
discarded would be applied when the journal is sent again.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.simulation.changes import Unit, Verdict
from tests.simulation.entries import FINAL, PARKED, Json
from tests.simulation.lamps import ACTIONS, Deed, Refused
from tests.simulation.rules import Rules
from tests.simulation.state import RECEIVED, InboxEntry, Replica

APPLIED = Verdict("applied")
DUPLICATE = Verdict("duplicate")
AGAIN = Verdict(RECEIVED)


class Judge:
    """Judges a batch inside one open unit, which then holds the answers."""

    def __init__(self, unit: Unit, replica: Replica, month: str, rules: Rules) -> None:
        self.unit = unit
        self.replica = replica
        self.month = month
        self.rules = rules
        self.reopened: set[str] = set()  # replicas that have something to judge again

    def judge(self, batch: Sequence[InboxEntry]) -> None:
        for row in batch:
            self._judge_one(row, row.read())

    def park_poison(self, row: InboxEntry) -> None:
        self._settle(row, Verdict(PARKED, "poison"))

    # --- one entry ----------------------------------------------------------------------------

    def _judge_one(self, row: InboxEntry, entry: Json) -> None:
        id: str = entry["id"]
        if self.rules.effect_key and self._is_answered(row, id):
            self._settle(row, DUPLICATE)
            return
        blocker = self._blocker(entry)
        if blocker is not None:
            self._settle(row, Verdict(PARKED, "waits_for", {"entry": blocker}))
            return
        mark = self.unit.mark()
        try:
            self._act(entry)
        except Refused as refusal:
            if self.rules.savepoint:
                self.unit.back_to(mark)
            self._settle(row, Verdict(PARKED, refusal.code, refusal.params))
        else:
            self.unit.effects.append(id)
            self.unit.audit.append(id)
            self._settle(row, APPLIED)

    def _is_answered(self, row: InboxEntry, id: str) -> bool:
        if id in self.unit.state.effect_keys or id in self.unit.effects:
            return True
        return any(copy is not row and self.unit.state_of(copy) in FINAL for copy in self._copies(id))

    def _blocker(self, entry: Json) -> str | None:
        """The first entry without a final answer that this one rests on.

        It need not be parked any more: a retry or a discard just before, in this very unit, may have put it
        back in line, and then it still has to come first.
        """
        if self.rules.waits_for:
            for id in entry.get("after", ()):
                copies = self._copies(id)
                if copies and not any(self.unit.state_of(copy) in FINAL for copy in copies):
                    return str(id)
        return None

    def _act(self, entry: Json) -> None:
        kind, args, supersedes = entry["kind"], entry["args"], entry.get("supersedes")
        if kind == "entry.retry":
            for copy in self._parked_copies(args["entry"]):
                self._reopen(copy)
        elif kind == "entry.discard":
            for copy in self._parked_copies(args["entry"]):
                self._settle(copy, Verdict("discarded"))
        else:
            replaced = self._parked_copies(supersedes) if supersedes else []
            ACTIONS[kind](self.unit, Deed(entry["id"], self.replica.member, args, self.month))
            for copy in replaced:
                self._settle(copy, Verdict("superseded"))

    # --- copies of one id ---------------------------------------------------------------------

    def _copies(self, id: str) -> list[InboxEntry]:
        return self.unit.state.copies.get(id, [])

    def _parked_copies(self, id: str) -> list[InboxEntry]:
        """What a person may still decide about. Raises not_found, or not_open when nothing is parked."""
        copies = self._copies(id)
        if not copies:
            raise Refused("not_found", field="entry")
        parked = [copy for copy in copies if self.unit.state_of(copy) == PARKED]
        if not parked and self.rules.only_parked:
            raise Refused("not_open", entry=id)
        return (parked or copies) if self.rules.one_answer else (parked or copies)[:1]

    def _settle(self, row: InboxEntry, verdict: Verdict) -> None:
        was_parked = row.seq > 0
        self.unit.verdicts[row] = verdict
        if verdict.state not in FINAL:
            return
        id = row.read()["id"]
        if self.rules.one_answer:
            for copy in self._copies(id):
                if self.unit.state_of(copy) == PARKED:
                    self.unit.verdicts[copy] = DUPLICATE if verdict == APPLIED else verdict
        if self.rules.one_answer or was_parked:
            self._reopen_waiting(id)

    def _reopen_waiting(self, id: str) -> None:
        """Entries parked only because they rest on this one go back in line, in order of n."""
        for row in self.unit.state.resting.get(id, ()):
            verdict = self.unit.verdicts.get(row) or row
            if verdict.state == PARKED and verdict.code == "waits_for" and verdict.params["entry"] == id:
                self._reopen(row)

    def _reopen(self, row: InboxEntry) -> None:
        self.unit.verdicts[row] = AGAIN
        self.reopened.add(row.replica)
