"""Who takes part in a history: one organization, four members, two territories, four anchors."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from tests.simulation.entries import uuid7

ANA, BEN, CARL, EVA = range(4)
NORTH, SOUTH = range(2)
# Anchors: what lamps hang on, as visits hang on customers. Two stand in each territory.
MILL, FARM, PORT, FORT = range(4)

_START = 1_795_000_000_000  # milliseconds, November 2026


class Member(NamedTuple):
    id: str
    name: str
    role: str
    territories: frozenset[str]
    is_active: bool = True


class Cast(NamedTuple):
    """The starting point of a history, by ids, so that any server can be set up with it."""

    organization: str
    territories: tuple[str, ...]
    anchors: tuple[tuple[str, str], ...]  # (anchor id, territory id)
    members: tuple[Member, ...]


def make_cast(random: Random) -> Cast:
    """Ana and Ben are reps in the north, Carl in the south; Eva is an executive and reads everything."""

    def new_id() -> str:
        return uuid7(random, _START)

    north, south = new_id(), new_id()
    anchors = ((new_id(), north), (new_id(), north), (new_id(), south), (new_id(), south))
    members = (
        Member(new_id(), "Ana", "rep", frozenset({north})),
        Member(new_id(), "Ben", "rep", frozenset({north})),
        Member(new_id(), "Carl", "rep", frozenset({south})),
        Member(new_id(), "Eva", "executive", frozenset()),
    )
    return Cast(new_id(), (north, south), anchors, members)
