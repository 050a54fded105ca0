"""Parked entries of others, as whoever answers for them reads them."""

from __future__ import annotations

from typing import Any

from tests.rest import API, signed_in


def listed(by: Any, /, **query: str) -> list[dict[str, Any]]:
    answer = signed_in(by).get(f"{API}parked/", query)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found
