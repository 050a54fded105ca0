"""How rough a history of chance is, and what happens in it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass
class Mood:
    """How rough one history is. A calm one has none of these."""

    fault: float = 0.0  # share of messages that meet a bad network
    kill: float = 0.0  # share of messages in which the app is killed
    crash: float = 0.0  # share of drains in which the worker dies
    has_poison: bool = False
    has_clones: bool = False
    has_wipes: bool = False
    has_restores: bool = False
    has_compaction: bool = False
    has_months: bool = False
    has_edits: bool = False
    has_outcasts: bool = False
    has_damage: bool = False
    has_circles: bool = False
    has_versions: bool = False
    has_groups: bool = False


def mood_of(random: Random) -> Mood:
    return Mood(
        fault=random.choice((0.0, 0.1, 0.4)),
        kill=random.choice((0.0, 0.05, 0.2)),
        crash=random.choice((0.0, 0.1, 0.4)),
        has_poison=random.random() < 0.2,
        has_clones=random.random() < 0.35,
        has_wipes=random.random() < 0.2,
        has_restores=random.random() < 0.35,
        has_compaction=random.random() < 0.25,
        has_months=random.random() < 0.35,
        has_edits=random.random() < 0.5,
        has_outcasts=random.random() < 0.25,
        has_damage=random.random() < 0.15,
        has_circles=random.random() < 0.2,
        has_versions=random.random() < 0.25,
    )


def has_groups(seed: int) -> bool:
    """Drawn apart, so that a seed without groups stands for the history that it stood for before there were any."""
    return Random(f"groups {seed}").random() < 0.4
