"""An id of another organization, wherever it stands, is answered as an id of nothing: equal in status and body.

Every row of the access table that names something is tried with that name swapped: in the address, in the body,
in a list of the body, and in every filter of every list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django_filters import ModelChoiceFilter, UUIDFilter

from core.api import FilterBackend
from core.ids import uuid7
from fieldops.urls import router
from sync.registry import registry
from tests.fieldops.access.rooms import REST
from tests.fieldops.access.rows import Row, names_in, read
from tests.fieldops.knocking import Answers, knock
from tests.fieldops.scene import MEMBERS, Scene

ROWS = read(REST)
# What the scene calls a row of each noun that a phone may make.
MADE = {"assets": "press", "visits": "visit", "commitments": "promise", "comments": "remark"}
MADE |= {"needs": "need", "voices": "voice", "answers": "answer"}
MADE |= {"tickets": "ticket", "messages": "message", "helps": "help"}


def answered(answer: Any) -> tuple[int, bytes, list[tuple[str, str]]]:
    """All that a stranger could tell two answers apart by."""
    return answer.status_code, answer.content, sorted(answer.items())


def swappable(row: Row) -> list[str]:
    """The names in the row, but for the visit that an arrival or a log makes when there is none of that id."""
    in_address = [] if _makes_its_row(row) else names_in(row.address)
    return sorted({*in_address, *names_in(json.dumps(row.body))})


def _makes_its_row(row: Row) -> bool:
    return row.address.endswith(("/arrive/", "/log/"))


@pytest.mark.parametrize("actor", ["ana", "mia", "ada"])
def test_a_foreign_id_is_answered_as_one_of_nothing(scene: Scene, actor: str) -> None:
    for row in ROWS:
        for name in swappable(row):
            foreign = knock(scene, actor, row, {**scene.ours, name: scene.theirs[name]})
            missing = knock(scene, actor, row, {**scene.ours, name: uuid7()})
            assert answered(foreign) == answered(missing), f"{row.name} with another {name}"
            assert foreign.status_code >= 400, f"{row.name} with another {name}"


def test_what_is_not_seen_is_answered_as_what_does_not_exist(scene: Scene, rest_answers: Answers) -> None:
    """Every 404 of the table: for members who do not see the row, and for the administrator next door."""
    for row in ROWS:
        for actor in (*MEMBERS, "olga"):
            if row.expected[actor] == 404 and not _makes_its_row(row):
                missing = knock(scene, actor, row, {})
                assert answered(rest_answers[row.name, actor]) == answered(missing), f"{row.name} as {actor}"


def test_an_id_that_is_taken_elsewhere_is_taken_and_tells_nothing_more(scene: Scene) -> None:
    """Ids are unique for the whole installation, so a new row under a foreign id must be refused. The answer is the
    same for every row there is, whatever noun it is of."""
    for row in ROWS:
        if "{new}" in row.name + json.dumps(row.body) and row.expected["ana"] < 300:
            answer = knock(scene, "ana", row, {**scene.ours, "new": scene.theirs[_made_by(row)]})
            assert answer.status_code == 409, row.name
            assert set(answer.json()) == {"type", "title", "status", "code", "field"}
            assert answer.json()["code"] == "id_taken"


def _made_by(row: Row) -> str:
    """Closing a ticket makes the cause of it."""
    return "cause" if row.address.endswith("/close/") else MADE[row.address.split("/")[2]]


# --- Filters -----------------------------------------------------------------------------------------

# Which row of the scene a filter may name. Filters by words, days and choices name none.
NAMED = {"team": "team", "territory": "north", "customer": "steel", "site": "gate", "member": "ana", "visit": "visit"}
NAMED |= {"product": "pump", "theme": "theme", "owner": "jun", "need": "need", "question": "question"}
NAMED |= {"asking": "asking", "group": "need"}
NAMED |= {"asset": "press", "category": "category", "chip": "worn", "calendar": "hours", "assignee": "ben"}
NAMED |= {"ticket": "ticket", "cause": "cause", "engineer": "jun"}


def filters() -> Iterator[tuple[str, str]]:
    """(address of a list, filter by a row), from the viewsets themselves."""
    registered: list[tuple[str, Any, str]] = router.registry
    for prefix, viewset, _ in registered:
        found = getattr(viewset, "filterset_class", None) or FilterBackend().get_filterset_class(
            viewset(), rows_of(viewset)
        )
        for name, one in (found.base_filters if found else {}).items():
            if isinstance(one, ModelChoiceFilter | UUIDFilter):
                yield f"/api/v1/{prefix}/", name


def rows_of(viewset: Any) -> Any:
    return registry.shapes[viewset.shape].model._base_manager.none()


def test_a_filter_by_a_foreign_row_finds_what_one_by_nothing_finds(scene: Scene) -> None:
    tried = list(filters())
    assert {name for _, name in tried} == NAMED.keys()
    for address, name in tried:
        for actor in ("ana", "ada"):
            foreign, missing = (
                scene.ask(actor, "GET", f"{address}?{name}={id}") for id in (scene.theirs[NAMED[name]], uuid7())
            )
            assert answered(foreign) == answered(missing), f"{address} by {name} as {actor}"


def test_a_filter_by_an_unseen_row_of_ours_finds_what_one_by_nothing_finds(scene: Scene) -> None:
    unseen = {"customer": "paper", "site": "paper_mill", "visit": "paper_visit"}
    unseen |= {"need": "paper_unsorted", "asking": "paper_asking"}
    unseen |= {"asset": "paper_asset", "ticket": "paper_ticket", "cause": "paper_cause"}
    for address, name in filters():
        if name in unseen:
            hidden, missing = (
                scene.ask("ana", "GET", f"{address}?{name}={id}") for id in (scene.ours[unseen[name]], uuid7())
            )
            assert answered(hidden) == answered(missing), f"{address} by {name}"
