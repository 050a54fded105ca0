"""One catalogue of codes: each means one thing, has a status, and is told to people in their own language."""

from __future__ import annotations

import ast
import importlib
import json
import re
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

from core import api, errors
from core.errors import Code, Problem
from core.inputs import InputProblem
from fieldops import urls
from sync.registry import registry
from tests.lamps import is_made_up

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("core", "sync", "people", "notices", "customers", "visits", "needs", "tickets")
WORDS = ROOT / "static" / "src" / "ui" / "words"

CODES: dict[str, list[Code]] = {
    room: [code for code in vars(importlib.import_module(f"{room}.errors")).values() if isinstance(code, Code)]
    for room in ROOMS
}
ALL = {code.name: code for codes in CODES.values() for code in codes}

# Codes no entry is parked with, so that no screen tells them: the phone writes by entries alone.
MESSAGES = """
auth_required csrf_stale method_not_allowed unsupported_type rate_limited storage_unavailable broken bad_json
bad_encoding too_deep bad_envelope bad_cursor replica_member_mismatch gap replica_forked unknown_replica too_large
proto_unsupported no_member
"""
# Of these an administrator's program is told, whose verbs are no entries.
BY_REST = """
version_required version_stale address_taken last_admin code_taken same_territory territory_leaving file_damaged
"""
NEVER_PARKED = {*MESSAGES.split(), *BY_REST.split()}


# --- The catalogue ----------------------------------------------------------------------------------


def test_a_code_has_one_meaning() -> None:
    meanings: dict[str, set[Code]] = {}
    for codes in CODES.values():
        for code in codes:
            meanings.setdefault(code.name, set()).add(code)
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}


def test_codes_are_made_in_the_files_of_errors_alone() -> None:
    elsewhere = [
        path.relative_to(ROOT).as_posix()
        for room in (*ROOMS, "fieldops")
        for path in (ROOT / room).rglob("*.py")
        if path.name != "errors.py" and re.search(r"\bCode\(\s*[\"']", path.read_text())
    ]
    assert elsewhere == []


@pytest.mark.parametrize("code", ALL.values(), ids=lambda code: code.name)
def test_a_code_is_well_made(code: Code) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code.name)
    assert len(code.name) <= 40  # what the inbox keeps
    assert HTTPStatus(code.status).value in range(400, 600)
    assert code.message.endswith(".")
    assert code.message[0].isupper()


def test_a_problem_says_what_its_code_says() -> None:
    assert str(Problem(errors.NOT_FOUND, field="customer")) == errors.NOT_FOUND.message


def test_no_parameter_takes_the_place_of_a_member_of_the_document() -> None:
    """``type``, ``title``, ``status``, ``detail``, ``instance`` are the RFC's own, ``code`` and ``errors`` are ours."""
    reserved = {"type", "title", "status", "detail", "instance", "code", "errors"}
    for room in (*ROOMS, "fieldops"):
        for path in (ROOT / room).rglob("*.py"):
            assert not _names_given(path.read_text()) & reserved, path


def _names_given(source: str) -> set[str | None]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"Problem", "problem_http"}]
    return {keyword.arg for call in made for keyword in call.keywords}


# --- The words of it --------------------------------------------------------------------------------


def words(language: str, block: str, *, of: str = "codes") -> dict[str, str]:
    """What stands in one block of a language's file: name and text."""
    source = (WORDS / f"{of}.{language}.ts").read_text()
    found = re.search(rf"^  {block}: {{\n(.*?)^  }},", source, re.DOTALL | re.MULTILINE)
    assert found, block
    entries = re.split(r"^    (?=\w+:)", found[1], flags=re.MULTILINE)[1:]
    return {name.strip(): text for name, _, text in (entry.partition(":") for entry in entries)}


def parkable() -> set[str]:
    return set(ALL) - NEVER_PARKED


def test_no_code_stands_in_a_list_that_does_not_exist() -> None:
    assert set(ALL) >= NEVER_PARKED


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_code_that_an_entry_may_be_parked_with_has_its_sentence(language: str) -> None:
    """A new code needs its sentence, or a place in one of the lists above."""
    sentences = words(language, "parked")
    assert parkable() <= set(sentences)
    assert {"unknown", "conflict"} <= set(sentences)  # for a code of a newer server, and for a state that has none
    assert set(sentences) - parkable() == {"unknown", "conflict"}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_field_that_a_sentence_may_name_has_a_name(language: str) -> None:
    """Fields of a position apart: the phone measures them, and what is wrong with them is no matter of the person."""
    kinds = [kind for kind in registry.kinds.values() if not is_made_up(kind.name)]
    inputs = [field for kind in kinds for field in kind.form().fields.items()]
    inner = [name for outer, field in inputs if outer != "position" for name in getattr(field, "fields", {})]
    shared = set(words(language, "field", of="shared"))
    known = set(words(language, "field")) | shared | {"choice", "conflict", "made_at"}  # which nobody reads
    known |= {"latitude", "longitude"} if "place" in shared else set()
    known |= {f"access_{what}" for what in words(language, "access", of="nouns")} if "access" in shared else set()
    assert {name for name, _ in inputs} | set(inner) <= known


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_sentence_says_what_the_code_knows(language: str) -> None:
    """A range is told with its ends, a length with its most, and a field is named where one is wrong."""
    sentences = words(language, "parked")
    assert all(f"p.{name}" in sentences["out_of_range"] for name in ("field", "min", "max"))
    assert all(f"p.{name}" in sentences["too_long"] for name in ("field", "max"))
    of_form = ("required", "not_allowed", "type")
    named = [*(f"field_{name}" for name in of_form), "choice", "bad_characters", "bad_date", "bad_id", "not_found"]
    assert [name for name in named if "p.field" not in sentences[name]] == []


# --- The document -----------------------------------------------------------------------------------


def document(answer: HttpResponse | None) -> dict[str, Any]:
    """The problem document of an answer, proved to be one (RFC 9457)."""
    assert answer is not None
    assert answer["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = json.loads(answer.content)
    assert {"type", "title", "status", "code"} <= set(found)
    assert found["type"] == "about:blank"  # then the title says what the status and the code mean
    assert found["status"] == answer.status_code == ALL[found["code"]].status
    assert found["title"] == ALL[found["code"]].message
    return found


def test_parameters_stand_beside_the_members() -> None:
    found = document(api.problem_response(Problem(errors.OUT_OF_RANGE, field="minutes", min=1, max=1440), {}))
    assert {name: found[name] for name in ("field", "min", "max")} == {"field": "minutes", "min": 1, "max": 1440}


def test_an_input_names_every_wrong_field() -> None:
    wrong = [{"code": "bad_id", "field": "site"}, {"code": "bad_date", "field": "due_on"}]
    found = document(api.problem_response(InputProblem(wrong), {}))
    assert (found["code"], found["field"], found["errors"]) == ("bad_id", "site", wrong)


FAILURES: list[tuple[Exception, str]] = [
    (exceptions.NotAuthenticated(), "auth_required"),
    (exceptions.AuthenticationFailed(), "auth_required"),
    (exceptions.PermissionDenied(), "not_permitted"),
    (PermissionDenied(), "not_permitted"),
    (exceptions.NotFound(), "not_found"),
    (Http404(), "not_found"),
    (exceptions.MethodNotAllowed("PUT"), "method_not_allowed"),
    (exceptions.UnsupportedMediaType("text/plain"), "unsupported_type"),
    (exceptions.NotAcceptable(), "unsupported_type"),
    (exceptions.ParseError(), "bad_json"),
    (exceptions.Throttled(wait=3.2), "rate_limited"),
    (exceptions.ValidationError({"since": ["Enter a valid date/time."]}), "choice"),
    (OperationalError("server closed the connection"), "storage_unavailable"),
]


@pytest.mark.parametrize(("failure", "code"), FAILURES, ids=lambda value: getattr(value, "args", value))
def test_every_failure_leaves_as_a_problem(failure: Exception, code: str) -> None:
    found = document(api.problem_response(failure, {}))
    assert found["code"] == code
    assert "closed the connection" not in json.dumps(found)


def test_a_mistake_of_ours_is_left_to_be_reported() -> None:
    """And then answered without a word of what it was."""
    assert api.problem_response(ZeroDivisionError("division by zero"), {}) is None
    assert set(document(api.broken(HttpRequest()))) == {"type", "title", "status", "code"}


def test_whoever_has_to_wait_is_told_how_long() -> None:
    answer = api.problem_response(exceptions.Throttled(wait=3.2), {})
    assert answer is not None
    assert answer["Retry-After"] == "4"


def test_django_says_it_in_the_same_form() -> None:
    for answer, code in (
        (api.not_found(HttpRequest(), Http404()), "not_found"),
        (api.broken(HttpRequest()), "broken"),
        (api.csrf_failure(HttpRequest(), "no cookie"), "csrf_stale"),
    ):
        assert document(answer)["code"] == code
    assert (urls.handler404, urls.handler500) == ("core.api.not_found", "core.api.broken")
