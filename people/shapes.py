"""What a phone holds of its organization: everybody sees the people, teams and territories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from people.models import Member, Organization, Team, Territory
from people.serializers import MemberShape, OrganizationShape, TeamShape, TerritoryShape
from people.streams import ORGANIZATION
from sync.registry import Shape, Streams


def everybody(rows: Sequence[Any]) -> Streams:
    seen: frozenset[str] = frozenset({ORGANIZATION})
    return {_id(row): seen for row in rows}


def _id(row: Any) -> UUID:
    found: UUID = row.pk
    return found


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
