"""Every screen, in both languages, light and dark, on a phone and on a desk: readable, reachable, nothing sticking out.

With FIELDOPS_SHOTS naming a folder, each is kept there as a picture to be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fieldops.processes import BASE_DIR
from tests.browser.pocket import Pocket
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

Login = Callable[[str], tuple[str, str]]

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
AXE = BASE_DIR / "static" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Look:
    language: str
    theme: str
    size: str

    def __str__(self) -> str:
        return f"{self.language}-{self.theme}-{self.size}"


LOOKS = [Look(language, theme, size) for language in ("ko", "en") for theme in ("light", "dark") for size in SIZES]


@pytest.fixture
def addresses(server: Server, login: Login) -> dict[str, tuple[str, str]]:
    """What to open, by name, and a word that is there when it stands."""
    phone = HttpPhone(HttpDoor.sign_in(server.base_url, *login("minsu")))
    phone.pull()
    visit = next(visit for visit in phone.all("visit") if visit["outcome"] and visit["note"])
    customer = next(customer for customer in phone.all("customer") if customer["id"] == visit["customer"])
    return {
        "today": ("/", ""),
        "customers": ("/customers", ""),
        "customer": (f"/customers/{customer['id']}", customer["name"]),
        "record": ("/record", ""),
        "record-customer": (f"/record/{customer['id']}", customer["name"]),
        "plan": ("/plan", ""),
        "visit": (f"/visits/{visit['id']}", visit["note"]),
        "outbox": ("/outbox", ""),
        "feed": ("/feed", ""),
        "me": ("/me", "minsu@demo.fieldops.example"),
        "lost": ("/nowhere/at/all", ""),
    }


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_screen_can_be_read_and_reached(
    look: Look, server: Server, login: Login, new_pocket: Callable[..., Pocket], addresses: dict[str, tuple[str, str]]
) -> None:
    HttpDoor.sign_in(server.base_url, *login("minsu")).speak(look.language)
    pocket = new_pocket(look.language)
    page = pocket.on(**opened_as(look))
    found = {"sign-in": problems(page, look, "sign-in")}
    pocket.sign_in(page, *login("minsu"))
    for name, (address, word) in addresses.items():
        page.goto(server.base_url + address)
        expect(page.get_by_test_id("sync-chip").locator("visible=true")).to_be_visible()
        expect(page.get_by_test_id("waiting")).to_have_count(0)
        expect(page.locator("main").get_by_text(word).locator("visible=true").first).to_be_visible()
        found[name] = problems(page, look, name)
    assert {name: list(some) for name, some in found.items() if some} == {}


def opened_as(look: Look) -> dict[str, Any]:
    on_desk = look.size == "desk"
    return {
        "viewport": SIZES[look.size],
        "color_scheme": look.theme,
        "has_touch": not on_desk,
        "is_mobile": not on_desk,
        "device_scale_factor": 1 if on_desk else 2,
        "bypass_csp": True,  # axe is put into the page from outside
    }


def problems(page: Page, look: Look, name: str) -> list[str]:
    keep_picture(page, look, name)
    return [*axe(page), *sticking_out(page), *small_targets(page, look)]


def keep_picture(page: Page, look: Look, name: str) -> None:
    if folder := os.environ.get("FIELDOPS_SHOTS"):
        page.screenshot(path=Path(folder) / f"{look}-{name}.png")


def axe(page: Page) -> Iterator[str]:
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
