"""What time alone brings about: alarms, causes that stayed away, and causes that nobody has found in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from core import clock, tenancy
from people.models import Organization
from sync import changes
from sync.changes import Actor, Unit
from tickets import actions
from tickets.models import Cause, Ticket

UNIT_ROWS = 50


def raise_alarms(organization_id: UUID) -> int:
    """Returns how many tickets were looked at."""
    with tenancy.acting_in(organization_id):
        return _for_all(
            "ticket.alarm",
            lambda: Ticket.objects.filter(next_alarm_at__lte=clock.now()),
            actions.raise_alarm,
        )


def measure_anew(organization_id: UUID) -> int:
    """Every open ticket, by what is promised now: a page at a time, in the order of their ids."""
    done, last = 0, UUID(int=0)
    with tenancy.acting_in(organization_id):
        while True:
            with changes.unit("ticket.measure", by=Actor(None, "job", at=clock.now())) as unit:
                some = list(_locked(Ticket.objects.open().filter(pk__gt=last)))
                for ticket in some:
                    actions.measure_anew(unit, ticket)
            done += len(some)
            if len(some) < UNIT_ROWS:
                return done
            last = some[-1].pk


def watch_causes() -> int:
    """Proves what stayed away, and tells whoever has not found a cause in time. Returns how many causes, over all
    organizations. A phone may still tell of a day inside the window: then the cause comes back (tickets/actions)."""
    return sum(_watch_in(id, zone) for id, zone in Organization.objects.values_list("pk", "time_zone"))


def _watch_in(organization_id: UUID, time_zone: str) -> int:
    today: date = clock.today_in(time_zone)
    with tenancy.acting_in(organization_id):
        proved = _for_all("cause.prove", lambda: Cause.objects.watched_until(today), actions.prove_cause)
        return proved + _for_all(
            "cause.finding_due", lambda: Cause.objects.finding_due_by(today), actions.tell_finding_due
        )


def _for_all(verb: str, due: Callable[[], Any], act: Callable[[Unit, Any], None]) -> int:
    """Some rows a unit, until none is left: each act takes its row off what is due."""
    done = 0
    while True:
        with changes.unit(verb, by=Actor(None, "job", at=clock.now())) as unit:
            some = list(_locked(due()))
            for row in some:
                act(unit, row)
        done += len(some)
        if len(some) < UNIT_ROWS:
            return done


def _locked(rows: Any) -> Any:
    return rows.select_for_update(of=("self",)).order_by("pk")[:UNIT_ROWS]
