"""The OpenAPI document: it is valid, it is made without a warning, and it says the truth about every answer."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.conftest import World
from tests.fieldops.access.rooms import REST
from tests.fieldops.access.rows import Row, read
from tests.fieldops.knocking import Answers, fill
from tests.fieldops.scene import ACTORS
from tests.rest import API, signed_in

Json = dict[str, Any]
SCHEMA = f"{API}schema/"
PROBLEM = "application/problem+json"
# The document does not speak of itself, nor of the page that shows it.
NOT_IN_IT = {"/api/v1/schema/", "/api/v1/docs/"}


@pytest.fixture(scope="module")
def document() -> Json:
    made: Json = json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str))
    return made


def operations(document: Json) -> list[tuple[str, str, Json]]:
    return [
        (path, method, operation) for path, verbs in document["paths"].items() for method, operation in verbs.items()
    ]


def path_of(row: Row) -> str:
    """The document's name for an address."""
    some_id = "01938e5c-0000-7000-8000-000000000000"
    route = resolve(fill(f"/{row.address}", dict.fromkeys(re.findall(r"\{(\w+)\}", row.address), some_id))).route
    return "/" + re.sub(r"\(\?P<pk>[^)]*\)", "{id}", route).replace("$", "")


# --- The document itself ------------------------------------------------------------------------------


def test_it_is_valid_openapi_3_1(document: Json) -> None:
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_it_is_made_without_a_warning() -> None:
    with GENERATOR_STATS.silence():
        SchemaGenerator().get_schema(request=None, public=True)
        assert list(GENERATOR_STATS._warn_cache) == []
        assert list(GENERATOR_STATS._error_cache) == []


def test_it_is_served_to_members_as_openapi(world: World) -> None:
    answer = signed_in(world.ana).get(SCHEMA, headers={"Accept": "application/vnd.oai.openapi+json"})
    assert answer["Content-Type"].startswith("application/vnd.oai.openapi+json")
    OpenAPIV31SpecValidator(json.loads(answer.content)).validate()


@pytest.mark.parametrize("accept", ["*/*", "application/yaml", "text/html", "application/vnd.oai.openapi+json"])
def test_a_refusal_is_a_problem_whatever_was_asked_for(db: None, accept: str) -> None:
    for address in (SCHEMA, f"{API}docs/", f"{API}me/"):
        answer = Client().get(address, headers={"Accept": accept})
        assert answer["Content-Type"] == PROBLEM
        assert answer.json()["status"] == answer.status_code in {401, 415}


def test_its_words_are_for_those_who_call_it(document: Json) -> None:
    """Not what a class says to whoever reads the code."""
    assert not any("viewset" in operation.get("description", "").lower() for _, _, operation in operations(document))
    assert not any("Rooms add" in operation.get("description", "") for _, _, operation in operations(document))


# --- What it says of answers --------------------------------------------------------------------------


def test_every_operation_says_how_it_refuses(document: Json) -> None:
    for path, method, operation in operations(document):
        refusals = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
        assert {"400", "401", "403", "404", "429", "503"} <= refusals.keys(), (path, method)
        for answer in refusals.values():
            assert answer["content"].keys() == {PROBLEM}, (path, method)
            assert answer["content"][PROBLEM]["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_what_changes_a_shared_row_asks_for_its_version(document: Json) -> None:
    asking = {
        (path, method)
        for path, method, operation in operations(document)
        for parameter in operation.get("parameters", ())
        if parameter["name"] == "If-Match" and parameter["required"]
    }
    nouns = ("organizations", "members", "teams", "territories", "products", "customers", "sites", "contacts", "assets")
    removed, set_up = nouns[4:], ("chips", "business_calendars", "sla_policies")
    assert asking == {
        *((f"{API}{noun}/{{id}}/", "patch") for noun in (*nouns, "needs", "tickets", "causes", *set_up)),
        *((f"{API}{noun}/{{id}}/", "delete") for noun in (*removed, *set_up)),
        *((f"{API}{noun}/{{id}}/restore/", "post") for noun in (*removed, "themes")),
    }


def test_every_address_of_the_table_is_in_it_and_no_other(document: Json) -> None:
    said = {(path, method.upper()) for path, method, _ in operations(document)}
    assert said == {(path_of(row), row.method) for row in read(REST) if path_of(row) not in NOT_IN_IT}


def test_every_answer_is_one_it_declares(document: Json, rest_answers: Answers) -> None:
    """Status, media type and body of every cell of the access table."""
    for row in read(REST):
        path = path_of(row)
        if path in NOT_IN_IT:
            continue
        declared = document["paths"][path][row.method.lower()]["responses"]
        for actor in ACTORS:
            answer = rest_answers[row.name, actor]
            _check(document, declared, answer, f"{row.name} as {actor}: {answer.status_code}")


def _check(document: Json, declared: Json, answer: Any, where: str) -> None:
    assert str(answer.status_code) in declared, where
    content = declared[str(answer.status_code)].get("content")
    if content is None:
        assert answer.content == b"", where
        return
    assert answer["Content-Type"] in content, where
    schema = {**content[answer["Content-Type"]]["schema"], "components": document["components"]}
    # With formats: an address that may be empty is one of two texts, and only the format tells them apart.
    validator = OAS31Validator(schema, format_checker=oas31_format_checker)
    wrong = [error.message for error in validator.iter_errors(json.loads(answer.content))]
    assert wrong == [], where


def test_the_answers_to_mistakes_are_declared_too(document: Json, world: World) -> None:
    """409, 412, 415 and 428, as they come."""
    ada = signed_in(world.ada)
    address = f"{API}customers/{world.steel.pk}/"
    declared = document["paths"][f"{API}customers/{{id}}/"]["patch"]["responses"]
    found = [
        ada.patch(address, {"name": "New"}),
        ada.patch(address, {"name": "New"}, headers={"If-Match": '"0"'}),
        ada.patch(address, "name=New", content_type="text/plain", headers={"If-Match": "*"}),
        ada.patch(address, "{", content_type="application/json", headers={"If-Match": "*"}),
    ]
    assert [answer.status_code for answer in found] == [428, 412, 415, 400]
    taken = ada.post(f"{API}territories/", {"name": "North"})
    assert taken.status_code == 409
    assert str(taken.status_code) in document["paths"][f"{API}territories/"]["post"]["responses"]
    for answer in found:
        assert str(answer.status_code) in declared
        assert answer["Content-Type"] == PROBLEM
