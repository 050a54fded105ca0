"""The real ASGI app of the sync messages without a server: requests in, answers out, cookies as a browser has."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import get_random_string

from people.models import User
from sync import api

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Scope = dict[str, Any]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def code(self) -> str:
        return str(self.json["code"])


@dataclass
class Browser:
    """A signed-in browser. ``headers`` go with every request; a test may take any of them away."""

    user: User
    session_key: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session_key = sign_in(self.user)
        token = get_random_string(32)
        cookies = {settings.SESSION_COOKIE_NAME: self.session_key, settings.CSRF_COOKIE_NAME: token}
        self.headers = {
            "host": "localhost",
            "cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "x-csrftoken": token,
            "content-type": "application/json",
        }

    def post(self, name: str, body: Any, **headers: str | None) -> Answer:
        """Sends a message; bytes go as they are. A header given as None is left out."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", name, raw, **headers)

    def ask(self, method: str, name: str, body: bytes = b"", **headers: str | None) -> Answer:
        return asyncio.run(answer_to(self.scope(method, name, "", **headers), body))

    def scope(self, method: str, name: str, query: str = "", **headers: str | None) -> Scope:
        given: Mapping[str, str | None] = {key.replace("_", "-"): value for key, value in headers.items()}
        sent = {**self.headers, **given}
        return {
            "type": "http",
            "method": method,
            "path": f"{api.PREFIX}{name}",
            "query_string": query.encode(),
            "scheme": "http",
            "server": ("localhost", 80),
            "headers": [(key.encode(), value.encode()) for key, value in sent.items() if value is not None],
        }


def sign_in(user: User) -> str:
    """A new session of this user. Returns its key."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


async def answer_to(scope: Scope, body: bytes, *, chunk: int = 100_000) -> Answer:
    """One request, its body in chunks as a server hands them on."""
    parts = [body[start : start + chunk] for start in range(0, len(body), chunk)] or [b""]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await api.app(scope, receive, send)
    start, *rest = sent
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(message["body"] for message in rest))
