"""The sync messages without a socket: the same handlers, in the test's own transaction."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from core import tenancy
from core.errors import Problem
from people.models import Member
from sync import api
from sync.session import Identity


class Door:
    """Sends messages as one member. Returns (status, answer); a refusal is a problem with its code."""

    def __init__(self, member: Member) -> None:
        organization_id: Any = member.organization_id
        self.identity = Identity("test", member.user_id, member.pk, organization_id)
        self.organization_id: UUID = organization_id
        self.cookies: dict[str, str] = {}

    def send(self, name: str, message: dict[str, Any] | bytes) -> tuple[int, dict[str, Any]]:
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        try:
            with tenancy.acting_in(self.organization_id):
                reply = api.HANDLERS[name](self.identity, self._request(), body)
        except Problem as problem:
            return problem.code.status, {"code": problem.code.name, **problem.params}
        self._keep_cookies(reply.headers)
        return 200, json.loads(reply.body)

    def _request(self) -> HttpRequest:
        request = HttpRequest()
        request.COOKIES = dict(self.cookies)
        return request

    def _keep_cookies(self, headers: dict[str, str]) -> None:
        if "set-cookie" in headers:
            name, _, value = headers["set-cookie"].split(";")[0].partition("=")
            self.cookies[name] = value
