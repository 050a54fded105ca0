"""The messages over a real socket: sign-in, cookies and CSRF as a browser has them."""

from __future__ import annotations

import secrets
from typing import Any

import requests

from tests.phone import Phone


class HttpDoor:
    """One signed-in session with a running server."""

    def __init__(self, base_url: str, session_key: str = "") -> None:
        self.base_url = base_url
        self.session = requests.Session()
        self.session.headers["Origin"] = base_url
        if session_key:
            self.session.cookies.set("session", session_key)
            self._enter()

    @classmethod
    def sign_in(cls, base_url: str, email: str, password: str) -> HttpDoor:
        door = cls(base_url)
        door._fetch_token()
        door.post("/_allauth/browser/v1/auth/login", {"email": email, "password": password}).raise_for_status()
        door._enter()
        return door

    def _enter(self) -> None:
        self._fetch_token()
        self.me: dict[str, Any] = self.get("/api/v1/me/").json()

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.base_url + path, timeout=30)

    def post(self, path: str, body: dict[str, Any]) -> requests.Response:
        return self.session.post(self.base_url + path, json=body, timeout=30)

    def delete(self, path: str) -> requests.Response:
        """Whatever became of the row meanwhile."""
        return self.session.delete(self.base_url + path, headers={"If-Match": "*"}, timeout=30)

    def speak(self, language: str) -> None:
        """The person's own language setting."""
        self.session.patch(f"{self.base_url}/api/v1/me/", json={"language": language}, timeout=30).raise_for_status()

    def send(self, name: str, message: dict[str, Any] | bytes) -> tuple[int, dict[str, Any]]:
        answer = self.session.post(f"{self.base_url}/api/sync/v1/{name}", json=message, timeout=30)
        return answer.status_code, answer.json()

    def _fetch_token(self) -> None:
        self.session.headers["X-CSRFToken"] = self.get("/api/v1/csrf/").json()["csrf"]


class HttpPhone(Phone):
    """A phone that knows the server by its address only. What drains its inbox are real workers."""

    def __init__(self, door: HttpDoor) -> None:
        self.door = door  # type: ignore[assignment]
        self.key = secrets.token_hex(16)
        self.entries = []
        self.received_n = 0
        self.cursor = None
        self.rows = {}
        self.settled = {}
        self.hello()

    def send(self, name: str, message: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        base = {"org": self.door.me["organization"]["id"], "replica": self.key}  # type: ignore[attr-defined]
        return self.door.send(name, {**base, **message})

    @property
    def unsettled(self) -> int:
        return self.n - len(self.settled)
