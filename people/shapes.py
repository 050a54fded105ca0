"""What a phone holds of its organization: everybody sees the people, teams and territories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from core import clock, tenancy
from people.models import Member, Organization, Team, Territory
from people.serializers import MemberShape, OrganizationShape, TeamShape, TerritoryShape
from people.streams import ORGANIZATION, base, closed_in
from sync.registry import Shape, Streams


def everybody(rows: Sequence[Any]) -> Streams:
    seen: frozenset[str] = frozenset({ORGANIZATION})
    return {_id(row): seen for row in rows}


def _id(row: Any) -> UUID:
    found: UUID = row.pk
    return found


class Periods:
    """Base while a row is open, the month of its closing afterwards, by the organization's calendar."""

    def __init__(self) -> None:
        self._zone = Organization.objects.values_list("time_zone", flat=True).get(pk=tenancy.require_id())

    def of(self, row: Any, scopes: Iterable[str]) -> frozenset[str]:
        """``row`` has ``closed_at``, None while it is open."""
        if row.closed_at is None:
            return frozenset(map(base, scopes))
        month = clock.month_of(row.closed_at, self._zone)
        return frozenset(closed_in(scope, month) for scope in scopes)


def load_territories(members: Sequence[Member]) -> None:
    given = Member.territories.through.objects.filter(member__in=[member.pk for member in members])
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for id, territory in given.values_list("member_id", "territory_id"):
        found[id].append(territory)
    for member in members:
        member.loaded_territories = found[member.pk]


SHAPES = [
    Shape("organization", Organization, OrganizationShape, everybody),
    Shape("member", Member, MemberShape, everybody, load=load_territories),
    Shape("team", Team, TeamShape, everybody),
    Shape("territory", Territory, TerritoryShape, everybody),
]
