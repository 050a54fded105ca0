"""A ticket from a phone without a signal to its proof, with real workers: late for all who looked, met in truth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from core import clock
from core.ids import uuid7
from tests.http_door import HttpPhone
from tests.walks.demo import come_in, pulled

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240), pytest.mark.both_databases]

AROUND_THE_CLOCK = [[weekday, 0, 1440] for weekday in range(7)]


def promise_ten_minutes(admin: HttpPhone, customer: str) -> None:
    """To one customer, around the clock; set up as administrators do, while tickets are open."""
    door: Any = admin.door
    calendar, policy = str(uuid7()), str(uuid7())
    added = door.post("/api/v1/business_calendars/", {"id": calendar, "name": "24/7", "slots": AROUND_THE_CLOCK})
    assert added.status_code == 201, added.text
    said = {"id": policy, "calendar": calendar, "customer": customer, "resolution_minutes": 10, "warn_minutes": 0}
    added = door.post("/api/v1/sla_policies/", said)
    assert added.status_code == 201, added.text


def ticket_on(phone: HttpPhone, ticket: str) -> dict[str, Any]:
    return phone.holds("ticket", ticket) or {}


def test_what_was_solved_in_time_without_a_signal_was_late_only_for_those_who_did_not_know(
    phone_of: Callable[[str], HttpPhone],
) -> None:
    rep, engineer, admin, executive = (phone_of(key) for key in ("minsu", "dohyun", "haneul", "jiwoo"))
    customer, ticket = rep.all("customer")[-1]["id"], str(uuid7())
    (worker,) = (one["id"] for one in rep.all("member") if one["name"] == "정도현")
    promise_ten_minutes(admin, customer)
    began = clock.now() - timedelta(minutes=30)

    # Reported half an hour ago, and handed in now: it is late already, and the engineer hears so from a worker.
    said = {"customer": customer, "text": "The hood stands still", "assignee": worker}
    rep.write("ticket.open", at=began, ticket=ticket, **said)
    come_in(rep)
    assert pulled(engineer, lambda: any(one["event"] == "ticket.late" for one in engineer.all("notification")))
    assert pulled(executive, lambda: ticket_on(executive, ticket).get("resolution_verdict") == "missed")

    # But the engineer had been there, and had solved it eight minutes after it began.
    solved_at = began + timedelta(minutes=8)
    engineer.write("ticket.solve", at=solved_at, ticket=ticket, resolution="A new fuse", is_solved_on_visit=True)
    come_in(engineer)
    assert pulled(executive, lambda: ticket_on(executive, ticket).get("resolution_verdict") == "met")
    assert ticket_on(executive, ticket)["solved_at"] == clock.to_text(solved_at)
    assert ticket_on(executive, ticket)["is_in_review"] is False

    # It is closed with what keeps it away, happens again, and everybody sees that.
    cause, again = str(uuid7()), str(uuid7())
    engineer.write("ticket.close", ticket=ticket, cause=cause, text="Damp", countermeasure="A dry box for the fuses")
    come_in(engineer)
    assert pulled(rep, lambda: (rep.holds("cause", cause) or {}).get("state") == "watching")
    rep.write("ticket.open", ticket=again, customer=customer, text="It stands still again", again=cause)
    come_in(rep)
    assert pulled(executive, lambda: (executive.holds("cause", cause) or {}).get("state") == "back")
    assert pulled(engineer, lambda: any(one["event"] == "cause.back" for one in engineer.all("notification")))
