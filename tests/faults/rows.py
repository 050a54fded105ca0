"""The rows of the fault matrix: number, title, where each runs, and the scenario that stands for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.installations import POSTGRESQL, SQLITE
from tests.faults.measure import Result
from tests.faults.rig import Rig

Scenario = Callable[[Rig], Result]
BOTH = (SQLITE, POSTGRESQL)


@dataclass(frozen=True)
class Row:
    """``in_quick`` names the databases on which the short selection runs it. One that ``is_shared`` takes an
    installation that stands already, as other rows left it, and leaves it sound. One that ``is_timed`` claims how long
    others wait, and has the machine to itself."""

    name: str
    title: str
    scenario: Scenario
    databases: tuple[str, ...] = BOTH
    in_quick: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    needs_browser: bool = False
    is_shared: bool = False
    is_timed: bool = False

    @property
    def number(self) -> int:
        return int(self.name[1:])


ROWS: dict[str, Row] = {}


def row(
    name: str,
    title: str,
    *,
    on: tuple[str, ...] = BOTH,
    quick: tuple[str, ...] = (),
    settings: dict[str, str] | None = None,
    needs_browser: bool = False,
    shared: bool = False,
    timed: bool = False,
) -> Callable[[Scenario], Scenario]:
    """Registers a scenario. One that needs a browser says so: it is left out where there is none."""

    def register(scenario: Scenario) -> Scenario:
        if name in ROWS:
            raise ValueError(f"{name} is registered twice")
        ROWS[name] = Row(name, title, scenario, on, quick, settings or {}, needs_browser, shared, timed)
        return scenario

    return register
