"""Answers to entries in the model: settling, parking and putting back in line, copies and all.

An id has one answer, however many replicas brought it. A copy that comes after the final answer is a
``duplicate``; copies that were parked follow the one that is settled. Without that, a phone that had to
take a new replica would leave parked copies behind for which others wait for ever, and an entry a person
discarded would be applied when the journal is sent again.
"""

from __future__ import annotations

from tests.simulation.changes import Unit, Verdict
from tests.simulation.entries import FINAL, HAD_EFFECT, PARKED
from tests.simulation.lamps import Refused
from tests.simulation.rules import Rules
from tests.simulation.state import RECEIVED, InboxEntry

WAITING = frozenset({"waits_for", "cycle"})
DUPLICATE = Verdict("duplicate")
AGAIN = Verdict(RECEIVED)


class Answers:
    """Writes answers into one open unit."""

    def __init__(self, unit: Unit, rules: Rules) -> None:
        self.unit = unit
        self.rules = rules
        self.reopened: set[str] = set()  # replicas that have something to judge again

    def copies(self, id: str) -> list[InboxEntry]:
        return self.unit.state.copies.get(id, [])

    def said(self, row: InboxEntry) -> Verdict | InboxEntry:
        """The row's answer as this unit leaves it."""
        return self.unit.verdicts.get(row) or row

    def is_open(self, id: str) -> bool:
        """Whether the server holds this entry and has given none of its copies a final answer."""
        copies = self.copies(id)
        return bool(copies) and not any(self.unit.state_of(copy) in FINAL for copy in copies)

    def waits_on(self, copies: list[InboxEntry]) -> list[str]:
        """The entries that these were told to wait for."""
        said = [self.said(copy) for copy in copies]
        return [one.params["entry"] for one in said if one.state == PARKED and one.code in WAITING]

    def parked_copies(self, id: str) -> list[InboxEntry]:
        """What a person may still decide about. Raises not_found, or not_open when nothing is parked."""
        copies = self.copies(id)
        if not copies:
            raise Refused("not_found", field="entry")
        parked = [copy for copy in copies if self.unit.state_of(copy) == PARKED]
        if not parked and self.rules.only_parked:
            raise Refused("not_open", entry=id)
        return (parked or copies) if self.rules.one_answer else (parked or copies)[:1]

    def settle(self, row: InboxEntry, verdict: Verdict) -> None:
        was_parked = row.seq > 0
        self.unit.verdicts[row] = verdict
        if verdict.state not in FINAL:
            return
        id = row.read()["id"]
        if self.rules.one_answer:
            for copy in self.copies(id):
                if self.unit.state_of(copy) == PARKED:
                    self.unit.verdicts[copy] = DUPLICATE if verdict.state in HAD_EFFECT else verdict
        if self.rules.one_answer or was_parked:
            self._reopen_waiting(id)

    def _reopen_waiting(self, id: str) -> None:
        """Entries parked only because they wait for this one go back in line, in order of n."""
        codes = WAITING if self.rules.circle_ends else WAITING - {"cycle"}
        for row in self._told_to_wait(id):
            said = self.said(row)
            if said.state == PARKED and said.code in codes and said.params["entry"] == id:
                self.reopen(row)

    def _told_to_wait(self, id: str) -> list[InboxEntry]:
        """Whoever says that it rests on this one, and whatever the same phones wrote later: it may be of its row."""
        later = [row for copy in self.copies(id) for row in self.unit.state.replicas[copy.replica].inbox[copy.n :]]
        return list(dict.fromkeys([*self.unit.state.resting.get(id, ()), *later]))

    def reopen(self, row: InboxEntry) -> None:
        self.unit.verdicts[row] = AGAIN
        self.reopened.add(row.replica)
