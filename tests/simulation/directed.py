"""What a history by hand is, and what several of them begin with."""

from __future__ import annotations

from typing import NamedTuple

from tests.simulation.cast import ANA, BEN, FARM, MILL
from tests.simulation.world import Op

ANAS_CLONE = 4  # the first phone after the four of the cast


class Directed(NamedTuple):
    rule: str
    breaks: str  # the invariant that does not hold without the rule
    story: str
    history: list[Op]


def sent(phone: int) -> list[Op]:
    """All this phone wrote is on the server and judged."""
    return [("push_all", phone), ("work_all",)]


def synced(phone: int) -> list[Op]:
    """And the phone has read the answers."""
    return [*sent(phone), ("pull_all", phone)]


# Ana has made lamp a, and both reps of the north hold it.
LAMP_A: list[Op] = [("make", ANA, "a", MILL), *synced(ANA), ("pull_all", BEN)]
LAMPS_B_TO_F: list[Op] = [("make", BEN, name, FARM) for name in "bcdef"]
