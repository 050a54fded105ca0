"""Workers that die at a named point, and an entry that kills or hangs whoever takes it up."""

from __future__ import annotations

import time
from uuid import UUID

from core import faults
from core.ids import uuid7
from tests.faults.installations import SQLITE
from tests.faults.measure import Result
from tests.faults.pace import for_seconds, paced, percentile, ratio
from tests.faults.rig import Rig
from tests.faults.rows import row

POINTS = (faults.AFTER_COUNT, faults.BEFORE_COMMIT, faults.AFTER_COMMIT)
MARK = "dead0000"
POISON = UUID("dead0000-0000-7000-8000-000000000001")
MOST_GROWTH = 2.0
MOST_SENDINGS = 5
DIED = "signal 9 (SIGKILL)"


@row("F4", "worker killed before, inside and after the effect's commit", quick=(SQLITE,), shared=True)
def f4(rig: Rig) -> Result:
    """I3, I9. Effects that commit apart from their key would be doubled; a lease that never ends would lose them."""
    rig.start("redis", "web", "slow", "beat")
    rig.crowd(4)
    deaths = []
    for point in POINTS[-1:] if rig.is_quick else POINTS:
        before = deaths_in(rig, "worker")
        rig.server.with_fault(f"{point}:3", "worker")
        for _ in range(MOST_SENDINGS):  # what was pushed before a worker looked takes fewer units than it has lives
            rig.send(rounds=4, entries=6)
            rig.settle()
            if deaths_in(rig, "worker") > before:
                break
        deaths.append(deaths_in(rig, "worker") - before)
    said = ", ".join(map(str, deaths))
    return rig.result(f"{said} deaths; one act for each entry", holds=all(deaths))


@row("F5", "worker out of memory on one entry", timed=True)
def f5(rig: Rig) -> Result:
    """I9. Attempts counted after instead of before would let it kill for ever; one queue for all would make the
    others wait."""
    return poison(rig, "fill")


@row("F6", "worker hangs on one entry", timed=True)
def f6(rig: Rig) -> Result:
    """I9. As F5; without the hard time limit it would hold its worker for ever. On SQLite it holds the only writer too:
    without the watchdog everybody would wait for as long as that limit."""
    return poison(rig, "hang")


def poison(rig: Rig, what: str) -> Result:
    rig.start("redis", "web", "beat")
    rig.server.with_fault(f"{faults.IN_ENTRY}:{what}@{MARK}", "worker", "slow")
    ill, *others = rig.crowd(5)
    before = paced(rig, others, until=for_seconds(10))
    began = time.monotonic()
    ill.log()
    ill.say("visit.log", id=POISON, visit=str(uuid7()), customer=ill.customer, outcome="progress")
    ill.log()
    during = paced(rig, others, until=lambda: ill.contact() or time.monotonic() - began > 240)
    took = time.monotonic() - began
    rig.settle()
    grew = ratio(before, during)
    figure = f"parked after {attempts(rig)} attempts in {took:.0f} s; others' p95 {percentile(before, 0.95):.1f} s"
    figure += f" before, {percentile(during, 0.95):.1f} s during, longest {max(during):.1f} s"
    is_poison = ill.answer_to(str(POISON)) == ("parked", "poison")
    return rig.result(figure, parks=1, holds=is_poison and attempts(rig) == 3 and grew < MOST_GROWTH)


def attempts(rig: Rig) -> int:
    """How often a process took the poisoned entry up: the last count is the one that parks it."""
    found: int = rig.server.inside("attempts_of", str(POISON))
    return found - 1


def deaths_in(rig: Rig, part: str) -> int:
    path = rig.server.logs / f"{part}.log"
    return path.read_text(errors="replace").count(DIED) if path.exists() else 0
