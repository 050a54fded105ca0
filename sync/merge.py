"""Three-way merge of shared fields, by content. Pure: knows no rows and writes nothing.

Whoever edits says what they saw (``seen``). What nobody else has touched since is taken; what others have made the same
already needs nothing; everything else is a clash, in which no value is lost: a guarded field keeps what the server has,
a free one takes the late value, and the other one is handed to people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kept = Literal["mine", "theirs"]


@dataclass(frozen=True)
class Rules:
    """How the fields of one noun merge. ``together`` names fields that have one meaning only side by side."""

    guarded: frozenset[str] = frozenset()
    together: tuple[tuple[str, ...], ...] = ()

    def groups(self, names: Iterable[str]) -> list[tuple[str, ...]]:
        """The named fields, those that belong together as one."""
        wanted = list(names)
        found = [group for group in self.together if set(group) & set(wanted)]
        joined = {name for group in found for name in group}
        return [*found, *((name,) for name in wanted if name not in joined)]


@dataclass(frozen=True)
class Clash:
    """Two people set one field to different values, neither having seen the other's. Values in the order of fields."""

    fields: tuple[str, ...]
    base: tuple[Any, ...]
    mine: tuple[Any, ...]
    theirs: tuple[Any, ...]
    kept: Kept


@dataclass
class Merged:
    values: dict[str, Any] = field(default_factory=dict)  # what to write
    clashes: list[Clash] = field(default_factory=list)


def merge(
    current: Mapping[str, Any], seen: Mapping[str, Any], wanted: Mapping[str, Any], rules: Rules | None = None
) -> Merged:
    """What becomes of ``wanted`` on a row that holds ``current``. All three name at least the fields of ``wanted``."""
    rules = rules or Rules()
    found = Merged()
    for group in rules.groups(wanted):
        base, theirs = _values(seen, group), _values(current, group)
        mine = tuple(wanted.get(name, seen[name]) for name in group)
        if mine in (theirs, base):
            continue  # somebody made it so already, or nothing was changed at all
        is_clash = theirs != base
        is_kept = not is_clash or not set(group) & rules.guarded
        if is_kept:
            found.values |= dict(zip(group, mine, strict=True))
        if is_clash:
            found.clashes.append(Clash(group, base, mine, theirs, "mine" if is_kept else "theirs"))
    return found


def _values(of: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(of[name] for name in names)
