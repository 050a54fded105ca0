"""Writers for tests of order: each unit is held open for as long as chance has it before it takes its number."""

from __future__ import annotations

import time
from random import Random
from uuid import UUID

from core import tenancy
from core.ids import uuid7
from people.models import Member
from sync import changes
from sync.changes import Actor
from tests.lamps import actions

LONGEST_HOLD_S = 0.004


def write_lamps(organization: UUID, member: UUID, house: UUID, units: int, chance: Random) -> list[Exception]:
    """One lamp a unit. Returns what went wrong; whoever began first does not commit first."""
    errors: list[Exception] = []
    with tenancy.acting_in(organization):
        by = Member.objects.get(pk=member)
        for _ in range(units):
            try:
                with changes.unit("test", by=Actor(by, "command")) as unit:
                    actions.make(unit, lamp=uuid7(), anchor=house, colour="white")
                    time.sleep(chance.random() * LONGEST_HOLD_S)  # load, not order: the numbers must not mind
            except Exception as error:  # noqa: BLE001  (every one of them is counted)
                errors.append(error)
    return errors
