"""The product's own code under the model's histories: directed ones, and some of chance."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings

from tests.lamps import versions
from tests.simulation.histories import DIRECTED, Directed
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


@pytest.mark.parametrize("directed", DIRECTED, ids=lambda directed: directed.rule)
def test_every_directed_history_holds(directed: Directed) -> None:
    report = run(directed.history, ALL, RealServer)
    assert not report.violations, f"{directed.story}\n{report}"


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS))
def test_a_history_of_chance_holds(seed: int) -> None:
    report = run_seed(seed, ALL, RealServer)
    assert not report.violations, f"seed {seed}: {report}"
