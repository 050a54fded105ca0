"""Pages of lists: every row once and in order, whatever comes and goes meanwhile."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from core.ids import uuid7
from customers import actions as customer_actions
from customers.models import Contact, Customer
from tests import factories as make
from tests.conftest import World
from tests.rest import API, pages_of, signed_in
from visits import actions as visit_actions
from visits.models import Commitment

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

Json = dict[str, Any]

COUNT = 23


@pytest.fixture
def ada(world: World) -> APIClient:
    return signed_in(world.ada)


def add_contacts(world: World, count: int) -> None:
    with make.writing() as unit:
        for number in range(count):
            customer_actions.add_contact(unit, customer=world.steel.pk, name=f"Contact {number}")


def add_promises(world: World, count: int, due_on: date) -> list[Commitment]:
    """All of one day: the pages of commitments go by that day first."""
    with make.writing(world.ana) as unit:
        return [
            visit_actions.make_commitment(
                unit, commitment=uuid7(), customer=world.steel.pk, step="quote", due_on=due_on
            )
            for _ in range(count)
        ]


def page(client: APIClient, address: str) -> Json:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    found: Json = json.loads(answer.content)
    return found


def test_pages_tell_of_every_row_once_and_in_order(world: World, ada: APIClient) -> None:
    add_contacts(world, COUNT)
    pages = pages_of(ada, f"{API}contacts/?limit=5")
    assert [len(found) for found in pages] == [5, 5, 5, 5, 3]
    newest_first = [str(id) for id in Contact.objects.order_by("-id").values_list("pk", flat=True)]
    assert [id for found in pages for id in found] == newest_first


@pytest.mark.parametrize(("limit", "count"), [("1", 1), ("200", 200), ("201", 200), ("99999999999999999999", 200)])
def test_a_page_has_as_many_rows_as_asked_for_up_to_200(world: World, ada: APIClient, limit: str, count: int) -> None:
    add_contacts(world, 205)
    found = page(ada, f"{API}contacts/?limit={limit}")
    assert len(found["results"]) == count
    assert found["next"]


@pytest.mark.parametrize("limit", ["", "0", "-1", "ten", "1.5", "%00"])
def test_what_is_no_number_of_rows_is_fifty(world: World, ada: APIClient, limit: str) -> None:
    add_contacts(world, 60)
    assert len(page(ada, f"{API}contacts/?limit={limit}")["results"]) == 50


def test_a_list_of_nothing_is_one_page_without_a_next(ada: APIClient) -> None:
    assert page(ada, f"{API}comments/") == {"next": None, "results": []}


def test_no_page_tells_how_many_there_are(world: World, ada: APIClient) -> None:
    add_contacts(world, 3)
    assert set(page(ada, f"{API}contacts/?limit=2")) == {"next", "results"}


@pytest.mark.parametrize("customer", ["steel", "paper"])
def test_rows_that_come_in_meanwhile_move_no_other(world: World, ada: APIClient, customer: str) -> None:
    """Newest first: what comes in belongs on a page that was turned already."""
    add_contacts(world, COUNT)
    known = [str(id) for id in Contact.objects.order_by("-id").values_list("pk", flat=True)]
    found: list[str] = []
    following: str | None = f"{API}contacts/?limit=5"
    while following:
        answer = page(ada, following)
        found += [row["id"] for row in answer["results"]]
        following = answer["next"]
        make.contact(getattr(world, customer))
    assert found == known


DAY = date(2026, 12, 1)


def test_rows_of_one_day_are_told_once_while_others_of_that_day_come_and_go(world: World, ada: APIClient) -> None:
    """A phone's row comes late with an old id, and one that was told already moves to another day."""
    late = uuid7()
    rows = sorted(str(row.pk) for row in add_promises(world, COUNT, DAY))
    first = page(ada, f"{API}commitments/?limit=5")
    with make.writing(world.ana) as unit:
        visit_actions.make_commitment(unit, commitment=late, customer=world.steel.pk, step="quote", due_on=DAY)
    second = page(ada, first["next"])
    with make.writing(world.ana) as unit:
        for row in first["results"][:3]:
            visit_actions.move_commitment(unit, commitment=row["id"], due_on=date(2027, 1, 1))
    third = page(ada, second["next"])
    told = [row["id"] for answer in (first, second, third) for row in answer["results"]]
    assert told == rows[:15]


def test_more_rows_of_one_day_than_anybody_counts_come_to_an_end(world: World, ada: APIClient) -> None:
    for _ in range(2):
        add_promises(world, 600, DAY)
    pages = pages_of(ada, f"{API}commitments/?limit=200")
    assert [len(found) for found in pages] == [200] * 6
    assert len({id for found in pages for id in found}) == 1200


def test_names_that_are_written_with_anything_are_turned_by(world: World, ada: APIClient) -> None:
    """The place in a list is a value of a row, and names hold every letter there is."""
    for name in ("100 % & more", 'a "b" \\ c', "강판 +", "é|,;", "=?#/", "a\nb", "\u202eab\u202c"):
        make.customer(world.north, name)
    found = [id for ids in pages_of(ada, f"{API}customers/?limit=1") for id in ids]
    assert sorted(found) == sorted(str(id) for id in Customer.objects.values_list("pk", flat=True))


# --- Cursors that are none -----------------------------------------------------------------------


def said(answer: Any) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["code"]


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


CURSORS: dict[str, str] = {
    "not base64": "%%%",
    "letters of no alphabet": "강판",
    "nothing": "",
    "no list": _encoded("{}"),
    "not JSON": _encoded("p=2026"),
    "too few places": _encoded('["2026-12-01"]'),
    "too many places": _encoded('["2026-12-01", "a", "b"]'),
    "numbers": _encoded("[1, 2]"),
    "no day": _encoded(json.dumps(["tomorrow", str(uuid7())])),
    "no id": _encoded('["2026-12-01", "12"]'),
    "a NUL": _encoded('["\\u0000", "\\u0000"]'),
    "half a letter": _encoded('["\\ud800", "\\ud800"]'),
    "without end": _encoded("[" * 100_000),
}


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("noun", ["commitments", "visits", "contacts"])
def test_a_cursor_that_was_not_given_out_is_refused(ada: APIClient, noun: str, cursor: str) -> None:
    answer = ada.get(f"{API}{noun}/", {"cursor": CURSORS[cursor]})
    assert said(answer) == (404, "not_found")


@pytest.mark.parametrize("cursor", ["a NUL", "half a letter", "no id", "numbers"])
def test_nor_is_a_name_that_no_row_can_have(ada: APIClient, cursor: str) -> None:
    assert said(ada.get(f"{API}customers/", {"cursor": CURSORS[cursor]})) == (404, "not_found")


def test_the_cursor_of_one_list_is_none_of_another(world: World, ada: APIClient) -> None:
    add_contacts(world, 3)
    following = page(ada, f"{API}contacts/?limit=1")["next"]
    assert ada.get(following.replace("/contacts/", "/commitments/")).status_code == 404
