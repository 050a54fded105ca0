"""The model server's people: administrators, and whoever answers for others. Each act is a unit of its own."""

from __future__ import annotations

import contextlib

from tests.simulation import console, phones
from tests.simulation.answers import Answers
from tests.simulation.changes import Changes, Unit
from tests.simulation.door import APPLY
from tests.simulation.drain import Workers
from tests.simulation.entries import PARKED
from tests.simulation.judge import Judge
from tests.simulation.lamps import Refused, WorkerDied
from tests.simulation.rules import Rules
from tests.simulation.state import InboxEntry, State


class Office:
    def __init__(self, changes: Changes, workers: Workers, state: State, rules: Rules) -> None:
        self.changes = changes
        self.workers = workers
        self.state = state
        self.rules = rules
        self.painting: dict[int, Unit] = {}
        self.manager = next(id for id, member in state.members.items() if member.role == "executive")

    # --- administrators -----------------------------------------------------------------------

    def grant(self, member: str, territory: str) -> None:
        self._set_territories(member, self.state.members[member].territories | {territory})

    def revoke(self, member: str, territory: str) -> None:
        self._set_territories(member, self.state.members[member].territories - {territory})

    def _set_territories(self, member: str, territories: frozenset[str]) -> None:
        unit = self.changes.open(self.state)
        unit.members[member] = self.state.members[member]._replace(territories=territories)
        self.changes.commit(unit)

    def move(self, anchor: str, territory: str) -> None:
        unit = self.changes.open(self.state)
        unit.anchors[anchor] = territory
        self.changes.commit(unit)

    def delete(self, lamp: str) -> None:
        unit = self.changes.open(self.state)
        found = unit.lamp(lamp)
        if found is not None and not found.is_deleted:
            unit.put(found._replace(is_deleted=True))
            self.changes.commit(unit)

    def reopen(self, lamp: str) -> None:
        unit = self.changes.open(self.state)
        found = unit.lamp(lamp)
        if found is not None and found.closed_in is not None:
            unit.put(found._replace(fields={**found.fields, "is_closed": False}, closed_in=None))
            self.changes.commit(unit)

    def begin_painting(self) -> int:
        handle = len(self.painting) + 1
        self.painting[handle] = self.changes.open(self.state)
        return handle

    def finish_painting(self, unit: int, lamp: str, colour: str) -> None:
        opened = self.painting[unit]
        found = opened.lamp(lamp)
        # A unit of before a restore is lost with its connection.
        if opened.state is self.state and found is not None:
            opened.put(found._replace(fields={**found.fields, "colour": colour}))
            self.changes.commit(opened)

    # --- whoever answers for others -----------------------------------------------------------

    def shut_out(self, replica: str) -> bool:
        found = self.state.replicas.get(replica)
        if found is not None:
            phones.revoke(self.state, found, self.rules)
            self.changes.commit(self.changes.open(self.state))
        return found is not None

    def accept_all(self, replica: str) -> None:
        found = self.state.replicas.get(replica)
        if found is not None:
            answers = self._answers()
            console.accept_all(answers, found.inbox)
            self._finish(answers)

    def set_active(self, member: str, *, is_active: bool) -> None:
        unit = self.changes.open(self.state)
        unit.members[member] = self.state.members[member]._replace(is_active=is_active)
        self.changes.commit(unit)

    def decide(self, verb: str, index: int) -> None:
        parked = [entry for entry in self.state.inbox() if entry.state == PARKED]
        if parked and verb == APPLY:
            self._apply_for(parked[index % len(parked)])
        elif parked:
            answers = self._answers()
            console.decide(answers, verb, parked[index % len(parked)])
            self._finish(answers)

    def _apply_for(self, row: InboxEntry) -> None:
        """Nothing of it is kept when the action refuses, or kills whoever does it."""
        replica = self.state.replicas[row.replica]
        judge = Judge(self.changes.open(self.state), replica, self.workers.today, self.rules)
        with contextlib.suppress(Refused, WorkerDied):
            console.apply_for(judge, row, by=self.manager)
            self._finish(judge)

    def _answers(self) -> Answers:
        return Answers(self.changes.open(self.state), self.rules)

    def _finish(self, answers: Answers) -> None:
        self.changes.commit(answers.unit)
        self.workers.pokes += sorted(answers.reopened)
