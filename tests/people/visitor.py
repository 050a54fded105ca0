"""A browser at the sign-in page: cookies of its own, and every request with the page's token."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core import mail
from django.test import Client

PASSWORD = "north of the river"
MORNING = "2026-11-24T00:00:00+00:00"
AUTH = "/_allauth/browser/v1/auth/"
ME = "/api/v1/me/"


class Visitor:
    def __init__(self, **headers: str) -> None:
        self.client = Client(enforce_csrf_checks=True, headers=headers)

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        token = self.client.get("/api/v1/csrf/").json()["csrf"]
        given = None if body is None else json.dumps(body)
        return self.client.generic(
            method, address, given or "", content_type="application/json", headers={"X-CSRFToken": token, **headers}
        )

    def sign_in(self, email: str, password: str) -> Any:
        return self.send("POST", f"{AUTH}login", {"email": email, "password": password})

    def ask_for_code(self, email: str) -> Any:
        return self.send("POST", f"{AUTH}code/request", {"email": email})

    def confirm(self, code: str) -> Any:
        return self.send("POST", f"{AUTH}code/confirm", {"code": code})

    def sign_out(self) -> Any:
        return self.send("DELETE", f"{AUTH}session")

    def me(self) -> Any:
        return self.client.get(ME)

    @property
    def is_signed_in(self) -> bool:
        return bool(self.me().status_code == 200)


def newest_code() -> str:
    """The six digits in the newest mail."""
    found = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert found is not None, mail.outbox[-1].body
    return found[0]


def another(code: str) -> str:
    """A code that is certainly not this one."""
    return f"{(int(code) + 1) % 1_000_000:06d}"
