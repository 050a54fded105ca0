"""REST plumbing: what a body may be, and how versions guard shared rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from core.api import load_json
from core.errors import Problem
from customers.models import Customer
from tests import factories as make
from tests.conftest import World
from tests.rest import API, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

# --- Bodies -----------------------------------------------------------------------------------------

NOT_JSON: dict[bytes, int] = {  # body: where it stops making sense
    b"": 0,
    b"{": 1,
    b'{"name": "a",}': 13,
    b"{'name': 'a'}": 1,
    b'{"name": "a"} {}': 14,
    b'{"name": "a", "name": "b"}': 0,
    b'{"inner": {"name": "a", "name": "b"}}': 0,
    b'{"minutes": NaN}': 0,
    b'{"minutes": Infinity}': 0,
    b'{"minutes": -Infinity}': 0,
    b'{"minutes": 1e400}': 0,
    b'{"minutes": -1e400}': 0,
    b'{"minutes": 1' + b"0" * 5000 + b"}": 0,
    b'{"name": "\xff"}': 0,
    b"[" * 100_000: 0,
}


@pytest.mark.parametrize("body", NOT_JSON, ids=lambda body: repr(body[:24]))
def test_what_is_not_json_is_refused_with_its_place(body: bytes) -> None:
    """B25, and B1 to B5 at this door: the package's own parser takes NaN, and the last of two keys."""
    with pytest.raises(Problem) as refused:
        load_json(body)
    assert (refused.value.code.name, refused.value.params) == ("bad_json", {"offset": NOT_JSON[body]})


def test_what_is_json_is_read_as_it_is() -> None:
    found = load_json('{"a": 1.5, "b": 10000000000000000000000, "c": [null, true], "d": "\\ud55c \\u0000"}')
    assert found == {"a": 1.5, "b": 10**22, "c": [None, True], "d": "한 \x00"}


@pytest.fixture
def ada(world: World) -> APIClient:
    return signed_in(world.ada)


def send(client: APIClient, body: bytes, **headers: Any) -> Any:
    return client.post(f"{API}products/", body, content_type=headers.pop("kind", "application/json"), **headers)


def said(answer: Any) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["code"]


@pytest.mark.parametrize("body", [body for body in NOT_JSON if body], ids=lambda body: repr(body[:24]))
def test_the_door_refuses_what_is_not_json(ada: APIClient, body: bytes) -> None:
    assert said(send(ada, body)) == (400, "bad_json")


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"12", b"null", b'[{"name": "a"}]'])
def test_the_door_refuses_what_is_no_object(ada: APIClient, body: bytes) -> None:
    status, code = said(send(ada, body))
    assert (status, code) in {(400, "field_type"), (400, "field_required")}


def test_a_body_is_read_up_to_a_limit(ada: APIClient) -> None:
    """Else whoever is signed in could fill the server's memory with one request."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert said(send(ada, json.dumps({"name": "a" * most}).encode())) == (413, "too_large")
    blanks = b'{"name": "Pump"' + b" " * (most - 16) + b"}"
    assert len(blanks) == most
    assert send(ada, blanks).status_code == 201


def test_a_body_says_that_it_is_json(ada: APIClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml"):
        assert said(send(ada, b'{"name": "Pump"}', kind=kind)) == (415, "unsupported_type"), kind
    assert send(ada, b'{"name": "Pump"}', kind="application/json; charset=utf-8").status_code == 201


# --- Versions ---------------------------------------------------------------------------------------


def change(client: APIClient, world: World, memo: str, version: str | None) -> Any:
    headers = {} if version is None else {"If-Match": version}
    return client.patch(f"{API}customers/{world.steel.pk}/", {"memo": memo}, format="json", headers=headers)


def test_the_version_is_in_the_header_and_in_the_row(world: World, ada: APIClient) -> None:
    answer = ada.get(f"{API}customers/{world.steel.pk}/")
    assert answer["ETag"] == f'"{answer.json()["rv"]}"'
    listed = ada.get(f"{API}customers/?external_id=").json()["results"]
    (row,) = (row for row in listed if row["id"] == str(world.steel.pk))
    assert row["rv"] == answer.json()["rv"]


FITS: dict[str, Callable[[str], str]] = {
    "as it was given": lambda tag: tag,
    "among others": lambda tag: f'"0", {tag} , "1"',
    "with blanks around": lambda tag: f"  {tag} ",
    "any": lambda tag: "*",
}
MISSES: dict[str, Callable[[str], str]] = {
    "another": lambda tag: '"0000000000000000"',
    "without quotes": lambda tag: tag.strip('"'),
    "weak, which promises less than this asks": lambda tag: f"W/{tag}",
    "none of several": lambda tag: '"0", "1"',
    "the beginning of it": lambda tag: tag[:8] + '"',
    "empty quotes": lambda tag: '""',
}


@pytest.mark.parametrize("written", FITS)
def test_a_row_is_changed_by_whoever_has_read_it(world: World, ada: APIClient, written: str) -> None:
    tag = ada.get(f"{API}customers/{world.steel.pk}/")["ETag"]
    answer = change(ada, world, "New", FITS[written](tag))
    assert (answer.status_code, answer.json()["memo"]) == (200, "New")
    assert answer["ETag"] not in {tag, ""}


@pytest.mark.parametrize("written", MISSES)
def test_whoever_has_not_read_it_changes_nothing(world: World, ada: APIClient, written: str) -> None:
    tag = ada.get(f"{API}customers/{world.steel.pk}/")["ETag"]
    assert said(change(ada, world, "New", MISSES[written](tag))) == (412, "version_stale")
    assert Customer.objects.get(pk=world.steel.pk).memo == ""


def test_a_version_has_to_be_named(world: World, ada: APIClient) -> None:
    for version in (None, ""):
        assert said(change(ada, world, "New", version)) == (428, "version_required")


def test_of_two_who_read_the_same_the_second_is_told(world: World, ada: APIClient) -> None:
    tag = ada.get(f"{API}customers/{world.steel.pk}/")["ETag"]
    assert change(ada, world, "First", tag).status_code == 200
    assert said(change(signed_in(world.ana), world, "Second", tag)) == (412, "version_stale")
    assert Customer.objects.get(pk=world.steel.pk).memo == "First"


def test_a_change_of_another_row_is_no_reason(world: World, ada: APIClient) -> None:
    tag = ada.get(f"{API}customers/{world.steel.pk}/")["ETag"]
    make.site(world.steel, name="Back gate")
    make.logged(world.ana, world.steel)
    assert change(ada, world, "New", tag).status_code == 200
