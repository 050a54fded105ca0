"""Who reads what: streams as a pure function of role, territories and month, as in the protocol.

The horizons are shorter than the product's (a rep keeps three months here, not thirteen), so that months
pass out of sight within a short history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

ORGANIZATION = "org/base"
SHOWN = frozenset({ORGANIZATION})  # what was shown to everybody is seen there, and nowhere else
REP_MONTHS = 3
WIDE_MONTHS = 2


def month_name(month: int) -> str:
    """Months are counted from November 2026."""
    year, index = divmod(10 + month, 12)
    return f"{2026 + year}-{index + 1:02}"


@lru_cache(maxsize=4096)
def streams_read(
    member: str, role: str, own: frozenset[str], territories: frozenset[str], month: int
) -> frozenset[str]:
    """Every stream this member reads in this month."""
    return frozenset(_streams_read(member, role, own, territories, month))


def _streams_read(member: str, role: str, own: Iterable[str], territories: Iterable[str], month: int) -> Iterator[str]:
    yield ORGANIZATION
    yield from _scope(f"u:{member}", month, REP_MONTHS)
    if role == "executive":
        for territory in territories:
            yield from _scope(f"t:{territory}", month, WIDE_MONTHS)
    for territory in own:
        yield from _scope(f"t:{territory}", month, REP_MONTHS)


def _scope(scope: str, month: int, months: int) -> Iterator[str]:
    yield f"{scope}/base"
    for back in range(months):
        yield f"{scope}/{month_name(month - back)}"


@lru_cache(maxsize=4096)
def places_of(territory: str, closed_in: str | None, *members: str) -> frozenset[str]:
    """The streams a row is seen in: those of its anchor's territory and of these members, by period."""
    period = closed_in or "base"
    return frozenset([f"t:{territory}/{period}", *(f"u:{member}/{period}" for member in members)])
