"""Entries that the server puts aside, as a phone without a signal may well write them."""

from __future__ import annotations

from uuid import uuid4

from core.ids import uuid7
from fieldops.installation import wait_until
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

SETTLED_WITHIN_S = 30


def phone_of(server: Server, login: tuple[str, str]) -> HttpPhone:
    phone = HttpPhone(HttpDoor.sign_in(server.base_url, *login))
    phone.pull()
    return phone


def settle(phone: HttpPhone) -> None:
    phone.push()
    assert wait_until(lambda: phone.unsettled == 0, SETTLED_WITHIN_S, meanwhile=phone.pull)


def park_chain(phone: HttpPhone, note: str) -> tuple[str, str, str]:
    """A visit at a customer that is on no server, and two comments that rest on it. Returns the three entries."""
    visit = uuid7()
    log = phone.write("visit.log", visit=visit, customer=uuid4(), outcome="progress", note=note)
    comments = [
        phone.write("comment.add", comment=uuid7(), visit=visit, text=f"{note}, {at}", after=[log])
        for at in ("first", "second")
    ]
    settle(phone)
    assert phone.settled[log]["code"] == "not_found"
    return log, comments[0], comments[1]


def applied(phone: HttpPhone, *entries: str) -> bool:
    phone.pull()
    return all(phone.settled[entry]["state"] == "applied" for entry in entries)
