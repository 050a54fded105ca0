"""Runs histories against a server and reports what broke. Also a command:

python -m tests.simulation.model --seeds 20000 --processes 2
python -m tests.simulation.model --seeds 300 --without tags
python -m tests.simulation.model --start 1234 --seeds 1 --shrink
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import Pool

from tests.simulation.chance import calm_history, disturbed, random_history
from tests.simulation.door import DoorMaker, Evidence
from tests.simulation.entries import Json
from tests.simulation.rules import ALL, NAMES, Rules
from tests.simulation.server import ModelServer
from tests.simulation.watch import Violation, canonical
from tests.simulation.world import Op, World

# Every so many seeds one calm history is played a second time over a bad network (I13).
TWIN_EVERY = 10


@dataclass
class Report:
    """What a history came to. Empty ``violations`` is the only good result."""

    violations: dict[str, Violation] = field(default_factory=dict)
    written: int = 0
    lost: int = 0  # entries that were only on a wiped phone: announced in the product, not a violation
    states: Counter[str] = field(default_factory=Counter)  # how the entries in the inbox ended
    met: Counter[str] = field(default_factory=Counter)  # which answers the phones got
    end: Json = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Equal for two runs that ended in the same state: rows, answers and every phone's base."""
        return hashlib.sha256(json.dumps(self.end, sort_keys=True).encode()).hexdigest()

    def __str__(self) -> str:
        return "; ".join(str(violation) for violation in self.violations.values()) or "every invariant holds"


def run(history: Iterable[Op], rules: Rules = ALL, make_door: DoorMaker = ModelServer, seed: int = 0) -> Report:
    """Plays the history, lets everything come to rest, and checks the invariants."""
    world = World(make_door, rules, seed)
    world.play(list(history))
    world.come_to_rest()
    evidence = world.watch.quiet(world.owners)
    return Report(
        violations=world.watch.violations,
        written=world.written,
        lost=len(world.lost),
        states=Counter(row.state for row in evidence.inbox),
        met=world.watch.met,
        end=_end(world, evidence),
    )


def _end(world: World, evidence: Evidence) -> Json:
    bases = {
        owner.name: canonical({key: row.fields for key, row in owner.store.base.items()}) for owner in world.owners
    }
    answers = {row.entry_id: [row.state, row.code] for row in evidence.inbox}
    return {"bases": bases, "answers": answers, "lamps": evidence.lamps}


def run_twins(seed: int, rules: Rules = ALL, make_door: DoorMaker = ModelServer) -> Report:
    """I13: a calm history, and the same one with requests lost, doubled, delayed and cut, end alike."""
    calm = calm_history(seed)
    clean = run(calm, rules, make_door, seed)
    rough = run(disturbed(calm, seed), rules, make_door, seed)
    rough.violations = {**clean.violations, **rough.violations}
    if clean.fingerprint != rough.fingerprint:
        sentence = "the same work over a bad network ended in another state"
        rough.violations.setdefault("I13", Violation("I13", sentence, len(calm)))
    return rough


def run_seed(seed: int, rules: Rules = ALL, make_door: DoorMaker = ModelServer) -> Report:
    """Everything one seed stands for."""
    report = run(random_history(seed), rules, make_door, seed)
    if seed % TWIN_EVERY == 0 and not report.violations:
        twins = run_twins(seed, rules, make_door)
        report.violations |= twins.violations
        report.written += twins.written
    return report


def shrink(history: list[Op], still_fails: Callable[[list[Op]], bool]) -> list[Op]:
    """A shorter history that still fails: drops ever smaller stretches for as long as that helps."""
    size = len(history) // 2
    while size:
        start = 0
        while start < len(history):
            shorter = history[:start] + history[start + size :]
            if still_fails(shorter):
                history = shorter
            else:
                start += size
        size //= 2
    return history


def shrink_seed(seed: int, rules: Rules = ALL) -> list[Op]:
    """The failing seed's history, without whatever its first violation does not need."""
    history = random_history(seed)
    wanted = next(iter(run(history, rules, seed=seed).violations))
    return shrink(history, lambda shorter: wanted in run(shorter, rules, seed=seed).violations)


# --- the command ------------------------------------------------------------------------------------


@dataclass
class Summary:
    seeds: int = 0
    failed: list[int] = field(default_factory=list)
    written: int = 0
    lost: int = 0
    states: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)

    def add(self, seed: int, report: Report) -> None:
        self.seeds += 1
        self.written += report.written
        self.lost += report.lost
        self.states += report.states
        self.met += report.met
        self.broken.update(report.violations.keys())
        if report.violations:
            self.failed.append(seed)


def _numbered(rules: Rules, seed: int) -> tuple[int, Report]:
    report = run_seed(seed, rules)
    report.end = {}  # not needed any more, and large to hand between processes
    return seed, report


def _reports(seeds: range, rules: Rules, processes: int) -> Iterator[tuple[int, Report]]:
    if processes == 1:
        yield from map(partial(_numbered, rules), seeds)
        return
    with Pool(processes) as pool:
        yield from pool.imap_unordered(partial(_numbered, rules), seeds, chunksize=50)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tests.simulation.model", description="Simulates the sync protocol.")
    parser.add_argument("--seeds", type=int, default=1000, help="how many")
    parser.add_argument("--start", type=int, default=0, help="the first one")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--without", choices=NAMES, help="remove one rule")
    parser.add_argument("--shrink", action="store_true", help="print the shortest failing form of each failing seed")
    options = parser.parse_args(arguments)
    rules = ALL.without(options.without) if options.without else ALL
    began, summary = time.monotonic(), Summary()
    for seed, report in _reports(range(options.start, options.start + options.seeds), rules, options.processes):
        summary.add(seed, report)
        if report.violations:
            print(f"seed {seed}: {report}")
            if options.shrink:
                _print_shrunk(seed, rules)
    _print_summary(summary, time.monotonic() - began)
    return 1 if summary.failed else 0


def _print_shrunk(seed: int, rules: Rules) -> None:
    if not run(random_history(seed), rules, seed=seed).violations:
        print("  only its twins differ")
        return
    for op in shrink_seed(seed, rules):
        print(f"  {op!r},")


def _print_summary(summary: Summary, seconds: float) -> None:
    print(f"{summary.seeds} seeds, {summary.written} entries, {len(summary.failed)} failed, {seconds:.0f} s", end=" ")
    print(f"({summary.seeds / max(seconds, 0.001):.0f} seeds/s)")
    print(f"  ended: {_list(summary.states)}; lost with wiped phones {summary.lost}")
    print(f"  met: {_list(summary.met)}")
    if summary.broken:
        print(f"  broken: {_list(summary.broken)}")


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


if __name__ == "__main__":
    sys.exit(main())
