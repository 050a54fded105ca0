"""Noting what was read, where reading itself must be accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sync.models import Audit


def note_reading(member: Any, verb: str, rows: Sequence[tuple[str, UUID]]) -> None:
    """One audit row without a number: nothing changed, somebody looked."""
    Audit.objects.create(
        organization_id=member.organization_id,
        member=member,
        verb=verb,
        door="rest",
        rows=[[shape, str(id)] for shape, id in rows],
    )
