"""The product's own code under the model's histories: directed ones, and some of chance."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings

from tests.lamps import versions
from tests.simulation.directed import Directed
from tests.simulation.histories import DIRECTED, FURTHER
from tests.simulation.histories_of_groups import EACH_UNDER_THE_OTHER
from tests.simulation.model import run, run_seed
from tests.simulation.real import RealServer
from tests.simulation.rules import ALL

pytestmark = [
    pytest.mark.both_databases,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.django_db(transaction=True),
]

# As many as fit a run of all tests; `dev.py simulate --on sqlite --seeds N` plays more.
_ON_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
SEEDS = int(os.environ.get("FIELDOPS_REAL_SEEDS", "60" if _ON_SQLITE else "20"))
GROUP_CIRCLE = ["parked", "group_circle"]
FIRST = int(os.environ.get("FIELDOPS_REAL_START", "0"))


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Which version of the kinds a process understands outlives a history."""
    yield
    versions.understand(1)


@pytest.fixture(autouse=True)
def _own_data_folder(settings: Settings, tmp_path: Path) -> None:
    """The list of who was shut out lies there."""
    settings.DATA_DIR = tmp_path


@pytest.mark.parametrize("directed", [*DIRECTED, *FURTHER], ids=lambda directed: directed.rule)
def test_every_directed_history_holds(directed: Directed) -> None:
    report = run(directed.history, ALL, RealServer)
    assert not report.violations, f"{directed.story}\n{report}"


def test_of_two_lamps_hung_under_each_other_the_later_is_refused() -> None:
    report = run(EACH_UNDER_THE_OTHER, ALL, RealServer)
    assert [answer for answer in report.end["answers"].values() if answer[0] != "applied"] == [GROUP_CIRCLE]
    assert sorted(fields["hung"] for fields in report.end["lamps"].values()) == [0, 1]


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS))
def test_a_history_of_chance_holds(seed: int) -> None:
    report = run_seed(seed, ALL, RealServer)
    assert not report.violations, f"seed {seed}: {report}"
