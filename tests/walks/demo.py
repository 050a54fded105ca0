"""Phones of the demo's people, at a real server with real workers."""

from __future__ import annotations

import json
from collections.abc import Callable

from fieldops.installation import wait_until
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

# A ring that is lost costs a minute: the clock rings again.
WITHIN_SECONDS = 90


def phone_of(server: Server, key: str) -> HttpPhone:
    passwords = json.loads((server.data / "demo-logins.json").read_text(encoding="utf-8"))
    phone = HttpPhone(HttpDoor.sign_in(server.base_url, f"{key}@demo.fieldops.example", passwords[key]))
    phone.pull()
    return phone


def come_in(phone: HttpPhone) -> None:
    """Hands in what was written and waits until every word of it is in."""
    phone.push()
    assert pulled(phone, lambda: phone.unsettled == 0)
    said = [json.loads(text)["id"] for text in phone.entries]
    assert {phone.answer_to(entry) for entry in said} == {("applied", None)}


def pulled(phone: HttpPhone, is_so: Callable[[], object]) -> bool:
    """Pulls until it is so, or for a minute and a half."""

    def look() -> bool:
        phone.pull()
        return bool(is_so())

    return wait_until(look, WITHIN_SECONDS)
