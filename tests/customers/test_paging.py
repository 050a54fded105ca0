"""Pages of customers: in order of names that many share, and nothing moves while others come, go and are looked for.

What holds for pages of anything is tried in tests/core/test_pages.py.
"""

from __future__ import annotations

import base64
import json

import pytest
from rest_framework.test import APIClient

from customers.models import Customer
from tests import factories as make
from tests.conftest import World
from tests.customers.files import file_of, take_in
from tests.customers.screens import remove
from tests.rest import API, ids_of, pages_of, signed_in

pytestmark = pytest.mark.both_databases

ALL = f"{API}customers/"


@pytest.fixture
def ana(world: World) -> APIClient:
    """Who sees 90 customers in the North: the steel works, 30 others, and 59 that share a name."""
    names = ["Post office"] * 59 + [f"Customer {number:03}" for number in range(30)]
    take_in(file_of(*(f"C-{number},{name},North" for number, name in enumerate(names))))
    return signed_in(world.ana)


def in_order(**query: str) -> list[str]:
    rows = Customer.objects.alive().filter(territory__name="North", **query).order_by("name", "pk")
    return [str(id) for id in rows.values_list("pk", flat=True)]


def read(client: APIClient, address: str) -> tuple[list[str], str | None]:
    """One page: its ids, and the link to the next."""
    answer = client.get(address)
    return ids_of(answer), answer.json()["next"]


def test_pages_go_by_name_and_then_by_id(ana: APIClient) -> None:
    for limit, sizes in ((50, [50, 40]), (30, [30, 30, 30]), (7, [7] * 12 + [6])):
        pages = pages_of(ana, f"{ALL}?limit={limit}")
        assert [len(page) for page in pages] == sizes
        assert [id for page in pages for id in page] == in_order()


def test_a_search_goes_along_from_page_to_page(ana: APIClient) -> None:
    pages = pages_of(ana, f"{ALL}?limit=25&q=post")
    assert [len(page) for page in pages] == [25, 25, 9]
    assert [id for page in pages for id in page] == in_order(name="Post office")


def test_what_comes_in_meanwhile_moves_no_other_row(world: World, ana: APIClient) -> None:
    """In front of the page, behind it, and among rows of the same name."""
    expected = in_order()
    found: list[str] = []
    following: str | None = f"{ALL}?limit=20"
    while following:
        page, following = read(ana, following)
        found += page
        for name in ("Aardvark", "Post office", "Zebra"):
            make.customer(world.north, name)
    assert [id for id in found if id in expected] == expected
    assert found == [id for id in in_order() if id in found]


def test_what_is_removed_meanwhile_moves_no_other_row(world: World, ana: APIClient) -> None:
    """Rows of pages that were turned already, of other names and of the same."""
    expected = in_order()
    found: list[str] = []
    following: str | None = f"{ALL}?limit=20"
    while following:
        page, following = read(ana, following)
        found += page
        for id in (page[0], page[-2]):
            remove(world.ana, f"customers/{id}")
    assert found == expected


def test_a_cursor_of_ones_own_making_shows_nothing_that_is_not_seen(world: World, ana: APIClient) -> None:
    place = json.dumps(["", "00000000-0000-0000-0000-000000000000"]).encode()
    answer = ana.get(f"{ALL}?limit=200&cursor={base64.urlsafe_b64encode(place).decode()}")
    assert ids_of(answer) == in_order()
    assert str(world.paper.pk) not in ids_of(answer)
