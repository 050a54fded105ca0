"""Looks at a screen: in both languages, light and dark, on a phone and on a desk.

With FIELDOPS_SHOTS naming a folder, each is kept there as a picture.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from fieldops.processes import BASE_DIR
from tests.browser.pocket import Pocket
from tests.http_door import HttpDoor
from tests.server import Server

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
