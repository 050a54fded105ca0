"""Every screen, in both languages, light and dark, on a phone and on a desk: readable, reachable, nothing sticking out.

With FIELDOPS_SHOTS naming a folder, each is kept there as a picture to be looked at.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from fieldops.processes import BASE_DIR
from tests.browser import stuck
from tests.browser.clash import clash
from tests.browser.pocket import Login, Pocket
from tests.browser.silence import number_of, silent_phone
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
AXE = BASE_DIR / "static" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Look:
    """Each page is looked at in both themes: the phone changes them under it at dusk."""

    language: str
    size: str

    def __str__(self) -> str:
        return f"{self.language}-{self.size}"


THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# The first two meet every language, every size and, as all do, both themes.
LOOKS = [
    Look("ko", "phone"),
    Look("en", "desk"),
    pytest.param(Look("ko", "desk"), marks=pytest.mark.thorough),
    pytest.param(Look("en", "phone"), marks=pytest.mark.thorough),
]


@pytest.fixture
def addresses(server: Server, login: Login) -> dict[str, tuple[str, str]]:
    """What to open, by name, and a word that is there when it stands."""
    phone = HttpPhone(HttpDoor.sign_in(server.base_url, *login("minsu")))
    phone.pull()
    people = {contact["customer"]: contact for contact in phone.all("contact")}
    visit = next(one for one in phone.all("visit") if one["outcome"] and one["note"] and one["customer"] in people)
    customer = next(customer for customer in phone.all("customer") if customer["id"] == visit["customer"])
    site = next(site for site in phone.all("site") if site["customer"] == customer["id"])
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


def begin(look: Look, server: Server, login: tuple[str, str], new_pocket: Callable[..., Pocket]) -> Page:
    HttpDoor.sign_in(server.base_url, *login).speak(look.language)
    pocket = new_pocket(look.language)
    page = pocket.on(**opened_as(look))
    assert problems(page, look, "sign-in") == []
    pocket.sign_in(page, *login)
    return page


def found_on(
    page: Page, look: Look, server: Server, addresses: dict[str, tuple[str, str]], prefix: str = ""
) -> dict[str, list[str]]:
    found = {}
    for name, (address, word) in addresses.items():
        page.goto(server.base_url + address)
        expect(page.get_by_test_id("sync-chip").locator("visible=true")).to_be_visible()
        expect(page.get_by_test_id("waiting")).to_have_count(0)
        expect(page.locator("main").get_by_text(word).locator("visible=true").first).to_be_visible()
        found[name] = problems(page, look, prefix + name)
    return {name: some for name, some in found.items() if some}


def opened_as(look: Look) -> dict[str, Any]:
    on_desk = look.size == "desk"
    return {
        "viewport": SIZES[look.size],
        "has_touch": not on_desk,
        "is_mobile": not on_desk,
        "device_scale_factor": 1 if on_desk else 2,
        "reduced_motion": "reduce",  # a button that is just being let go of has a colour on its way to another
        "bypass_csp": True,  # axe is put into the page from outside
    }


def problems(page: Page, look: Look, name: str) -> list[str]:
    found = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        come_to_rest(page)
        keep_picture(page, f"{look.language}-{theme}-{look.size}-{name}")
        found += [f"{theme}: {one}" for one in axe(page)]
    return [*found, *sticking_out(page), *small_targets(page, look)]


def come_to_rest(page: Page) -> None:
    """What is still coming in, or changing its theme, has other colours than those that people read. What turns for
    ever may. One transition may start another, where a part inherits what its whole is changing."""
    page.evaluate("""async () => {
        const going = () => document.getAnimations().filter(one =>
            one.playState === 'running' && Number.isFinite(one.effect.getComputedTiming().endTime))
        for (let all = going(); all.length > 0; all = going())
            await Promise.all(all.map(one => one.finished.catch(() => undefined)))
    }""")


def keep_picture(page: Page, name: str) -> None:
    if folder := os.environ.get("FIELDOPS_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def axe(page: Page) -> Iterator[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.add_script_tag(path=AXE)
    run = "tags => axe.run({runOnly: tags, resultTypes: ['violations']}).then(found => found.violations)"
    for rule in page.evaluate(run, RULES):
        for node in rule["nodes"]:
            yield f"{rule['id']}: {node['target']} {node['failureSummary']}"


def sticking_out(page: Page) -> Iterator[str]:
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        yield f"the page is {wide} px wider than the screen"


def small_targets(page: Page, look: Look) -> Iterator[str]:
    """Anything to tap is at least 48 px high on a phone, but for links inside a sentence."""
    if look.size != "phone":
        return
    script = """() => [...document.querySelectorAll('button, a[href], input, select, textarea, [role=radio], summary')]
        .filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
        .map(one => one.closest('label') ?? one)
        .filter(one => getComputedStyle(one).display !== 'inline')
        .map(one => [one.outerHTML.slice(0, 120), one.getBoundingClientRect().height])
        .filter(([, high]) => high > 1 && high < 47.5)"""
    for html, high in page.evaluate(script):
        yield f"{high:.0f} px high: {html}"
