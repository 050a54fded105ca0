"""What somebody who answers for others does with their parked entries, in the model."""

from __future__ import annotations

from tests.simulation.answers import Answers
from tests.simulation.changes import Verdict
from tests.simulation.door import DISCARD, RETRY, RETURN
from tests.simulation.entries import PARKED
from tests.simulation.judge import Judge
from tests.simulation.mending import mended
from tests.simulation.state import InboxEntry

SHUT_OUT = frozenset({"quarantined", "actor_disabled"})


def decide(answers: Answers, verb: str, row: InboxEntry) -> None:
    """All parked copies under replicas of the same writer share what is decided."""
    is_numbered = answers.rules.decisions_travel
    copies = answers.parked_copies(row.read()["id"])
    for copy in copies:
        if verb == RETRY:
            copy.is_accepted = True  # it is let in, should it have been shut out
            answers.reopen(copy)
        elif verb == DISCARD:
            answers.settle(copy, Verdict("discarded", copy.code, {"note": "no"}, is_numbered=is_numbered))
        elif verb == RETURN:
            params = {**copy.params, "note": "look again", "code": copy.code}
            answers.settle(copy, Verdict(PARKED, "returned", params, is_numbered=is_numbered))


def apply_for(judge: Judge, row: InboxEntry, by: str) -> None:
    """Does what somebody's parked entry wanted, with other arguments. Raises what the action raises."""
    unit, rules, entry = judge.unit, judge.rules, row.read()
    copies = judge.parked_copies(entry["id"])
    wanted = entry if rules.behalf_replaces else {**entry, "supersedes": None}
    judge.act(wanted, mended(judge.read(entry)), judge.replica.member if rules.behalf_name else by)
    if rules.behalf_key:
        unit.effects.append(entry["id"])
        unit.behalf.append(entry["id"])
    verdict = judge.outcome(entry["id"])
    for copy in copies:
        judge.settle(copy, verdict._replace(is_numbered=rules.decisions_travel))


def accept_all(answers: Answers, rows: list[InboxEntry]) -> None:
    """Lets in whatever of these was shut out. It counts once: what comes later waits again."""
    for row in rows:
        if row.state == PARKED and row.code in SHUT_OUT:
            row.is_accepted = True
            answers.reopen(row)
