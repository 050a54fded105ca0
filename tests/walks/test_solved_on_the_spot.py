"""A ticket from a phone without a signal to its proof, with real workers: late for all who looked, met in truth."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core import clock
from core.ids import uuid7
from fieldops.installation import wait_until
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240), pytest.mark.both_databases]

# A ring that is lost costs a minute: the clock rings again.
WITHIN_SECONDS = 90
AROUND_THE_CLOCK = [[weekday, 0, 1440] for weekday in range(7)]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path) as started:
        started.manage("seed_demo")
        yield started


@pytest.fixture
def phone_of(server: Server) -> Callable[[str], HttpPhone]:
    passwords = json.loads((server.data / "demo-logins.json").read_text(encoding="utf-8"))

    def begin(key: str) -> HttpPhone:
        phone = HttpPhone(HttpDoor.sign_in(server.base_url, f"{key}@demo.fieldops.example", passwords[key]))
        phone.pull()
        return phone

    return begin


def come_in(phone: HttpPhone) -> None:
    """Hands in what was written and waits until every word of it is in."""
    phone.push()
    assert pulled(phone, lambda: phone.unsettled == 0)
    said = [json.loads(text)["id"] for text in phone.entries]
    assert {phone.answer_to(entry) for entry in said} == {("applied", None)}


def pulled(phone: HttpPhone, is_so: Callable[[], object]) -> bool:
    def look() -> bool:
        phone.pull()
        return bool(is_so())

    return wait_until(look, WITHIN_SECONDS)


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
