"""What a phone holds of its organization: everybody sees the people, teams and territories."""

from __future__ import annotations

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


SHAPES = [
    Shape("organization", Organization, OrganizationShape, everybody),
    Shape("member", Member, MemberShape, everybody, prefetch=("territories",)),
    Shape("team", Team, TeamShape, everybody),
    Shape("territory", Territory, TerritoryShape, everybody),
]
