"""Plans whose day passed long enough ago that nobody will still write them up become missed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from core import clock, tenancy
from people.models import Organization
from sync import changes
from sync.changes import Actor
from visits import actions
from visits.models import Visit

# A phone may be three days without a signal; whoever writes later still can, the visit then reopens.
GRACE = timedelta(days=3)
UNIT_ROWS = 200


def miss_overdue() -> int:
    """Returns how many plans were marked, over all organizations."""
    return sum(_miss_in(id, zone) for id, zone in Organization.objects.values_list("pk", "time_zone"))


def _miss_in(organization_id: UUID, time_zone: str) -> int:
    day = clock.today_in(time_zone) - GRACE
    done = 0
    with tenancy.acting_in(organization_id):
        while True:
            with changes.unit("visit.miss", by=Actor(None, "schedule")) as unit:
                late = list(Visit.objects.planned_before(day).select_for_update().order_by("pk")[:UNIT_ROWS])
                for visit in late:
                    actions.miss_visit(unit, visit)
            done += len(late)
            if len(late) < UNIT_ROWS:
                return done
