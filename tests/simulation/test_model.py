"""The protocol's model: each rule's own history, with and without it, and a few hundred by chance."""

from __future__ import annotations

import os

import pytest

from tests.simulation.chance import random_history
from tests.simulation.directed import Directed
from tests.simulation.histories import DIRECTED, FURTHER
from tests.simulation.histories_of_groups import EACH_UNDER_THE_OTHER
from tests.simulation.model import run, run_seed, shrink
from tests.simulation.rules import ALL, NAMES
from tests.simulation.world import VERBS

SEEDS = int(os.environ.get("FIELDOPS_SEEDS", "300"))
BATCH = 50
GROUP_CIRCLE = ["parked", "group_circle"]

each_directed = pytest.mark.parametrize("directed", [*DIRECTED, *FURTHER], ids=lambda directed: directed.rule)


def test_every_rule_has_its_history() -> None:
    assert sorted(directed.rule for directed in DIRECTED) == sorted(NAMES)


@each_directed
def test_with_all_rules_every_invariant_holds(directed: Directed) -> None:
    report = run(directed.history)
    assert not report.violations, f"{directed.story} {report}"


@each_directed
def test_without_its_rule_the_invariant_breaks(directed: Directed) -> None:
    report = run(directed.history, ALL.without(directed.rule))
    assert directed.breaks in report.violations, f"{directed.story} {report}"


def test_of_two_lamps_hung_under_each_other_the_later_is_refused() -> None:
    """By the order of commits; and whoever was late is told why, and may still decide about it."""
    report = run(EACH_UNDER_THE_OTHER)
    assert [answer for answer in report.end["answers"].values() if answer[0] != "applied"] == [GROUP_CIRCLE]
    assert sorted(fields["hung"] for fields in report.end["lamps"].values()) == [0, 1]


@pytest.mark.parametrize("start", range(0, SEEDS, BATCH))
def test_by_chance_every_invariant_holds(start: int) -> None:
    reports = {seed: run_seed(seed) for seed in range(start, min(start + BATCH, SEEDS))}
    failed = [f"seed {seed}: {report}" for seed, report in reports.items() if report.violations]
    assert not failed, "\n".join(failed)


def test_a_seed_replays_exactly() -> None:
    history = random_history(7)
    assert history == random_history(7)
    assert run(history, seed=7).fingerprint == run(history, seed=7).fingerprint


def test_chance_knows_every_verb() -> None:
    assert {op[0] for seed in range(200) for op in random_history(seed)} == set(VERBS)


def test_a_failing_history_shrinks_to_what_it_needs() -> None:
    rules, lost = ALL.without("sweeper"), [("make", 0, "a", 0), ("push", 0), ("lose_pokes",)]
    history = [("pull_all", 1), lost[0], ("grant", 1, 1), lost[1], lost[2], ("pull_all", 0)]
    assert shrink(history, lambda shorter: "I2" in run(shorter, rules).violations) == lost
