"""A member at the REST door, with a real session."""

from __future__ import annotations

import json
from typing import Any

from rest_framework.test import APIClient

from people.models import Member

API = "/api/v1/"


def signed_in(member: Member) -> APIClient:
    """A client with this member's session. Bodies go out as JSON."""
    client = APIClient()
    client.force_login(member.user)
    return client


def ids_of(answer: Any) -> list[str]:
    """The ids of a list's page, in its order."""
    return [row["id"] for row in json.loads(answer.content)["results"]]


def pages_of(client: APIClient, address: str) -> list[list[str]]:
    """The ids of every page, following the links."""
    pages: list[list[str]] = []
    following: str | None = address
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.content
        pages.append(ids_of(answer))
        following = json.loads(answer.content)["next"]
    return pages
