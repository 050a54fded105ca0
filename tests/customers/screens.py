"""What a screen does with a row: it reads its version, sends it along, and shows what was refused."""

from __future__ import annotations

import json
from typing import Any

from rest_framework.test import APIClient

from people.models import Member
from tests.rest import API, signed_in

ANY = {"If-Match": "*"}

Refusal = tuple[int, str, str | None]


def add(by: Member, noun: str, /, **values: Any) -> Any:
    return signed_in(by).post(f"{API}{noun}/", **_body(values))


def change(by: Member, address: str, /, **values: Any) -> Any:
    """With whatever version the row has by now."""
    return signed_in(by).patch(f"{API}{address}/", **_body(values), headers=ANY)


def remove(by: Member, address: str) -> Any:
    return signed_in(by).delete(f"{API}{address}/", headers=ANY)


def restore(by: Member, address: str) -> Any:
    return signed_in(by).post(f"{API}{address}/restore/", headers=ANY)


def read(by: Member, address: str) -> Any:
    return signed_in(by).get(f"{API}{address}/")


def refused(answer: Any) -> Refusal:
    problem = answer.json()
    return answer.status_code, problem["code"], problem.get("field")


def same_words(one: Any, other: Any) -> bool:
    """Whether two answers cannot be told apart."""
    return (one.status_code, one.content) == (other.status_code, other.content)


def names_of(client: APIClient, address: str, **query: Any) -> list[str]:
    answer = client.get(f"{API}{address}/", query)
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["results"]]


def _body(values: dict[str, Any]) -> dict[str, Any]:
    """ASCII as JSON, so that halves of surrogate pairs travel too."""
    return {"data": json.dumps(values, default=str), "content_type": "application/json"}
