"""Every address, every method, everybody who may knock: what the access table says is what they get.

The addresses come from the resolver, so one that has no row fails here, and so does a row that has no address.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path, resolve
from django.urls.resolvers import RegexPattern
from rest_framework.request import Request
from rest_framework.routers import SimpleRouter

from fieldops import urls
from tests.fieldops.access.operators_pages import MODELS, model_rows
from tests.fieldops.access.rows import Row
from tests.fieldops.addresses import METHODS, Address, addresses
from tests.fieldops.knocking import Answers, answers_to, knock, written_rows
from tests.fieldops.scene import ACTORS, Scene, make_operators_rows
from visits.api import VisitViewSet

WRITTEN = written_rows()
ALL = [row for rows in WRITTEN.values() for row in rows]
# What answers where nothing else does. A row that ends here has lost its address.
ENDS = {"no-such-api", "shell", None}


@pytest.fixture
def scene(scene: Scene, settings: Any) -> Scene:
    settings.CELERY_BROKER_URL = settings.NEWS_REDIS_URL  # a Redis that is away; tests have another broker
    return scene


def as_words(name: str, codes: Iterable[Any]) -> str:
    return f"{name:60}{' '.join(map(str, codes))}"


def compared(rows: Iterable[Row], answers: Answers) -> tuple[list[str], list[str]]:
    """The table as it is written and as it turned out, line by line."""
    said, found = [], []
    for row in rows:
        said.append(as_words(row.name, (row.expected[actor] for actor in ACTORS)))
        found.append(as_words(row.name, (answers[row.name, actor].status_code for actor in ACTORS)))
    return said, found


# --- The table is whole ------------------------------------------------------------------------------


def rows_of_models() -> list[Row]:
    """With some id: which one does not matter to the form of an address."""
    return model_rows(dict.fromkeys(MODELS, "1"), ACTORS)


def without_row(known: list[Address], rows: list[Row]) -> list[str]:
    """Addresses, and methods of views, that no row speaks of."""
    missing = []
    for address in known:
        fitting = {row.method for row in rows if address.fits(_plain(row.address))}
        if not fitting:
            missing.append(address.pattern)
        elif "admin/" not in address.pattern and not address.pattern.startswith(_not_offered()):
            missing += [f"{method} {address.pattern}" for method in sorted(address.methods - fitting)]
    return missing


def without_address(rows: list[Row]) -> list[str]:
    expected = {"api/v1/nowhere/", "_allauth/app/v1/auth/login", "visits/of-today", "admin/nowhere/"}
    closed = {row.address for row in WRITTEN["closed"]}
    return [
        row.name
        for row in rows
        if row.address not in expected | closed
        and resolve(f"/{_plain(row.address)}").url_name in ENDS
        # The pages of models have one without a name: the old form of an address, which sends on.
        and not row.address.endswith("/1/")
    ]


def _plain(address: str) -> str:
    some_id = "01938e5c-0000-7000-8000-000000000000"
    return "/".join(some_id if part.startswith("{") else part for part in address.split("/"))


def _not_offered() -> tuple[str, ...]:
    return tuple({row.address for row in WRITTEN["closed"]})


def test_every_address_and_method_has_its_row() -> None:
    assert without_row(addresses(), [*ALL, *rows_of_models()]) == []


def test_every_row_has_its_address() -> None:
    assert without_address([*ALL, *rows_of_models()]) == []


def test_every_model_of_the_operators_pages_is_in_the_table() -> None:
    shown = {model._meta.label_lower.replace(".", "/") for model in admin.site._registry}
    assert shown == MODELS.keys()


def _back_door(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class _VisitsThatCanBeRemoved(VisitViewSet):
    def destroy(self, request: Request, pk: str) -> HttpResponse:
        return HttpResponse()


def test_an_address_that_is_added_is_missed_in_the_table() -> None:
    """The proof that the table cannot fall behind: the product's addresses with one more."""
    more: list[Any] = [*urls.urlpatterns, path("api/v1/back-door/", _back_door)]
    known = addresses(URLResolver(RegexPattern(r"^/"), more))
    assert without_row(known, [*ALL, *rows_of_models()]) == ["api/v1/back-door/"]


def test_a_method_that_is_added_is_missed_in_the_table() -> None:
    router = SimpleRouter()
    router.register("visits", _VisitsThatCanBeRemoved, basename="visit")
    known = addresses(URLResolver(RegexPattern(r"^/"), [path("api/v1/", include(router.urls))]))
    assert without_row(known, ALL) == ["DELETE api/v1/^visits/(?P<pk>[0-9a-fA-F-]{36})/$"]


def test_a_row_without_its_address_is_missed() -> None:
    ghost = Row("GET", "api/v1/ghosts/", {})
    assert without_address([*ALL, ghost]) == ["GET api/v1/ghosts/"]


# --- What everybody gets -----------------------------------------------------------------------------


def test_everybody_gets_by_rest_what_the_table_says(rest_answers: Answers) -> None:
    said, found = compared(WRITTEN["rest"], rest_answers)
    assert found == said


@pytest.mark.parametrize("part", sorted(WRITTEN.keys() - {"rest"}))
def test_everybody_gets_what_the_table_says(scene: Scene, part: str) -> None:
    said, found = compared(WRITTEN[part], answers_to(scene, WRITTEN[part]))
    assert found == said


def test_the_operator_looks_at_business_rows_and_changes_none(scene: Scene) -> None:
    rows = model_rows(_one_of_each(scene), ACTORS)
    said, found = compared(rows, answers_to(scene, rows))
    assert found == said


def _one_of_each(scene: Scene) -> dict[str, str]:
    """An object of every model there is a page for."""
    make_operators_rows(scene)
    found = {model._meta.label_lower.replace(".", "/"): model._base_manager.first() for model in admin.site._registry}
    return {name: quote(str(row.pk)) for name, row in found.items() if row is not None}


def test_every_other_method_is_refused_to_everybody(scene: Scene) -> None:
    """Also by views that are functions; OPTIONS tells nothing."""
    taken: list[str] = []
    for row, method in _without_row():
        for actor in ("nobody", "ana", "ada", "root"):
            answer = knock(scene, actor, Row(method, row.address, {}))
            is_silent = method == "OPTIONS" and not answer.content
            if answer.status_code < 400 and not is_silent:
                taken.append(f"{method} {row.address} as {actor}: {answer.status_code}")
    assert taken == []


def _without_row() -> list[tuple[Row, str]]:
    """An address of every form with each method that no row speaks of. The operator's pages take any as reading."""
    rows = [row for part in WRITTEN.values() if part is not WRITTEN["admin"] for row in part]
    taken: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        taken[resolve(f"/{_plain(row.address)}").route].add(row.method)
    some = {resolve(f"/{_plain(row.address)}").route: row for row in rows}
    return [(row, method) for route, row in some.items() for method in sorted({*METHODS, "OPTIONS"} - taken[route])]
