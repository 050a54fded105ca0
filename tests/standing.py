"""What phones must hold, worked out afresh from the rows themselves and not from the log: once for all members."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from core import clock, tenancy
from people.models import Member, Organization
from sync.registry import registry


@dataclass(frozen=True)
class Standing:
    """A row as it stands now, and the streams it is to be seen in."""

    key: tuple[str, str]
    text: str
    streams: frozenset[str]


def everything() -> list[Standing]:
    """Every row of the current organization that some phone may hold."""
    return [one for shape in registry.shapes.values() for one in _of(shape)]


def _of(shape: Any) -> Iterator[Standing]:
    model = shape.model
    mine = Organization.objects.filter(pk=tenancy.require_id()) if model is Organization else model.objects.all()
    ids = list(mine.values_list("pk", flat=True))
    rows = [row for row in shape.fetch(ids) if not row.is_deleted] if ids else []
    streams = shape.streams(rows) if rows else {}
    for row in rows:
        fields = json.loads(json.dumps(shape.render(row), default=str))
        text = json.dumps(fields, sort_keys=True, ensure_ascii=False)
        yield Standing((shape.name, str(row.pk)), text, streams[row.pk])


def seen_by(member: Member, rows: Iterable[Standing]) -> dict[tuple[str, str], str]:
    fresh = Member.objects.get(pk=member.pk)
    readable = registry.streams_of(fresh, clock.month_of(clock.now(), fresh.organization.time_zone))
    return {row.key: row.text for row in rows if row.streams & readable}
