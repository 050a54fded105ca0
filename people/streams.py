"""Which streams a member reads: a pure function of role, grants and month (docs: the sync protocol, streams)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from core import clock
from people.models import Member, Territory

REP_MONTHS = 13
TEAM_MONTHS = 3
WIDE_MONTHS = 2
ORGANIZATION = "org/base"


def territory_scope(id: UUID) -> str:
    return f"t:{id}"


def member_scope(id: UUID) -> str:
    return f"u:{id}"


def base(scope: str) -> str:
    """What of a scope is open or has no end: customers, sites, contacts, assets, everything still to be done."""
    return f"{scope}/base"


def closed_in(scope: str, month: str) -> str:
    """The closed facts of a scope, by the month in which the server received their closing."""
    return f"{scope}/{month}"


def read_by(member: Member, month: str) -> Iterator[str]:
    """Registered as sync's reader."""
    yield ORGANIZATION
    yield from _scope(member_scope(member.pk), month, REP_MONTHS)
    territories = member.territories_read()
    if territories is None:
        yield from _scopes(Territory.objects.values_list("pk", flat=True), month, WIDE_MONTHS)
        yield from _scopes(member.own_territories(), month, _own_months(member))
    elif member.role == Member.Role.REP:
        own = member.own_territories()
        yield from _scopes(own, month, REP_MONTHS)
        yield from _scopes(territories - own, month, TEAM_MONTHS)
    else:
        yield from _scopes(territories, month, TEAM_MONTHS)


def _own_months(member: Member) -> int:
    return REP_MONTHS if member.role == Member.Role.REP else WIDE_MONTHS


def _scopes(ids: Iterable[UUID], month: str, months: int) -> Iterator[str]:
    for id in ids:
        yield from _scope(territory_scope(id), month, months)


def _scope(scope: str, month: str, months: int) -> Iterator[str]:
    yield base(scope)
    for one in clock.months_back(month, months):
        yield closed_in(scope, one)
