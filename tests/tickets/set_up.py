"""Rows as administrators set them up."""

from __future__ import annotations

from typing import Any

from core.ids import uuid7
from tests import factories as make

NINE, NOON, ONE, SIX = 9 * 60, 12 * 60, 13 * 60, 18 * 60
MONDAY = [[0, NINE, NOON], [0, ONE, SIX]]


def proper(noun: str, **values: Any) -> dict[str, Any]:
    """A row that can be, but for what is given."""
    rest: dict[str, dict[str, Any]] = {
        "chips": {"sort": "cause", "name": "Worn out"},
        "business_calendars": {"name": "Weekdays", "slots": MONDAY},
        "sla_policies": {"response_minutes": 60},
    }
    return {"id": str(uuid7()), **rest[noun], **values}


def set_up() -> dict[str, Any]:
    """One row of each."""
    calendar = make.calendar(name="Nine to six")
    return {
        "chips": make.chip("fix", "New seal"),
        "business_calendars": calendar,
        "sla_policies": make.policy(calendar=calendar.pk),
    }
