"""Every screen, in both languages and themes, on a phone and on a desk: readable, reachable, nothing sticking out."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pytest

from tests.browser import stuck
from tests.browser.clash import clash
from tests.browser.looks import LOOKS, Look, begin, found_on
from tests.browser.pocket import Login, Pocket
from tests.browser.silence import number_of, silent_phone
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def addresses(server: Server, login: Login) -> dict[str, tuple[str, str]]:
    """What to open, by name, and a word that is there when it stands."""
    phone = HttpPhone(HttpDoor.sign_in(server.base_url, *login("minsu")))
    phone.pull()
    people = {contact["customer"]: contact for contact in phone.all("contact")}
    visit = next(one for one in phone.all("visit") if one["outcome"] and one["note"] and one["customer"] in people)
    customer = next(customer for customer in phone.all("customer") if customer["id"] == visit["customer"])
    site = next(site for site in phone.all("site") if site["customer"] == customer["id"])
    asset = phone.all("asset")[0]
    owner = next(customer for customer in phone.all("customer") if customer["id"] == asset["customer"])
    manager = HttpPhone(HttpDoor.sign_in(server.base_url, *login("eunyoung")))
    memos = (f"Two lines\nfrom the office {manager.key[:4]}", f"One line from the basement {phone.key[:4]}")
    conflict = clash(manager, phone, "customer", customer["id"], memo=memos)
    return {
        "today": ("/", ""),
        "customers": ("/customers", ""),
        "customer": (f"/customers/{customer['id']}", customer["name"]),
        "edit-customer": (f"/customers/{customer['id']}/edit", ""),
        "edit-site": (f"/customers/{customer['id']}/sites/{site['id']}", customer["name"]),
        "edit-contact": (f"/customers/{customer['id']}/contacts/{people[customer['id']]['id']}", customer["name"]),
        "customer-with-assets": (f"/customers/{owner['id']}", asset["serial"]),
        "edit-asset": (f"/customers/{owner['id']}/assets/{asset['id']}", owner["name"]),
        "conflicts": ("/conflicts", customer["name"]),
        "conflict": (f"/conflicts/{conflict}", customer["name"]),
        "record": ("/record", ""),
        "record-customer": (f"/record/{customer['id']}", customer["name"]),
        "plan": ("/plan", ""),
        "visit": (f"/visits/{visit['id']}", visit["note"]),
        "outbox": ("/outbox", ""),
        "feed": ("/feed", ""),
        "me": ("/me", "minsu@demo.fieldops.example"),
        "lost": ("/nowhere/at/all", ""),
    }


@pytest.fixture
def of_a_manager(server: Server, login: Login, addresses: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """What only a manager opens, or sees more of: with an entry that is parked, and a phone that is silent."""
    note = f"Written in a basement {secrets.token_hex(2)}"
    rep = stuck.phone_of(server, login("minsu"))
    stuck.park_chain(rep, note)
    silent = silent_phone(server, login("seoyeon"), hours=30)
    parked = HttpDoor.sign_in(server.base_url, *login("eunyoung")).get("/api/v1/parked/?limit=200").json()["results"]
    entry = next(one["id"] for one in parked if (one["args"] or {}).get("note") == note)
    shared = ("edit-customer", "edit-site", "edit-contact", "conflicts", "conflict")
    return {
        "me": ("/me", "eunyoung@demo.fieldops.example"),
        "manage": ("/manage", ""),
        "parked": ("/manage/parked", note),
        "parked-entry": (f"/manage/parked/{entry}", note),
        "phones": ("/manage/phones", "이서연"),
        "phone": (f"/manage/phones/{number_of(server, silent.key)}", "이서연"),
        "own-phones": ("/phones", ""),
        **{name: addresses[name] for name in shared},
    }


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_screen_can_be_read_and_reached(
    look: Look, server: Server, login: Login, new_pocket: Callable[..., Pocket], addresses: dict[str, tuple[str, str]]
) -> None:
    page = begin(look, server, login("minsu"), new_pocket)
    assert found_on(page, look, server, addresses) == {}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_so_can_every_screen_of_a_manager(
    look: Look,
    server: Server,
    login: Login,
    new_pocket: Callable[..., Pocket],
    of_a_manager: dict[str, tuple[str, str]],
) -> None:
    page = begin(look, server, login("eunyoung"), new_pocket)
    assert found_on(page, look, server, of_a_manager, "manager-") == {}
