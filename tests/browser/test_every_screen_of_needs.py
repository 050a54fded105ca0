"""Every screen about needs, and every sheet that opens over one, as those of visits are looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import LOOKS, Look, begin, found_on, problems
from tests.browser.pocket import Login, Pocket, seen
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

VIEWS = ("inbox", "stages", "themes", "products", "observations")


@dataclass(frozen=True)
class Words:
    filters: str
    settings: str
    deeds: dict[str, str]
    reply: str


WORDS = {
    "ko": Words(
        "조건",
        "알림 설정",
        {"sort": "정리하기", "merge": "다른 니즈와 합치기", "decline": "이번에는 어려움", "ask": "고객에게 물어보기"},
        "전해 드렸어요",
    ),
    "en": Words(
        "Filters",
        "Notification settings",
        {"sort": "Sort", "merge": "Merge with another", "decline": "Not this time", "ask": "Ask customers"},
        "I told them",
    ),
}


def phone_of(server: Server, login: Login, who: str) -> HttpPhone:
    phone = HttpPhone(HttpDoor.sign_in(server.base_url, *login(who)))
    phone.pull()
    return phone


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_screen_of_an_engineer_can_be_read_and_reached(
    look: Look, server: Server, login: Login, new_pocket: Callable[..., Pocket]
) -> None:
    phone = phone_of(server, login, "dohyun")
    accepted, built = (
        next(need for need in phone.all("need") if need["stage"] == stage) for stage in ("accepted", "built")
    )
    page = begin(look, server, login("dohyun"), new_pocket)
    needs = {
        "accepted": (f"/needs/{accepted['id']}", accepted["title"]),
        "built": (f"/needs/{built['id']}", built["title"]),
        "notifications": ("/notifications", ""),
    }
    assert found_on(page, look, server, needs, "engineer-") == {}
    assert list_of_needs(page, look, server) == {}
    assert sheets_over(page, look, server, needs["accepted"][0]) == {}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_so_can_what_a_rep_sees_of_them(
    look: Look, server: Server, login: Login, new_pocket: Callable[..., Pocket]
) -> None:
    phone = phone_of(server, login, "minsu")
    asked, told = (phone.all(noun)[0]["customer"] for noun in ("asking", "reply"))
    joined = phone.all("joining")[0]["visit"]
    names = {customer["id"]: customer["name"] for customer in phone.all("customer")}
    page = begin(look, server, login("minsu"), new_pocket)
    screens = {
        "today": ("/", ""),
        "record-need": ("/record?as=need", ""),
        "record-observation": ("/record?as=observation", ""),
        "record-asked": (f"/record/{asked}", names[asked]),
        "customer": (f"/customers/{told}", names[told]),
        "joined": (f"/visits/{joined}", ""),
        "notifications": ("/notifications", ""),
    }
    assert found_on(page, look, server, screens, "rep-") == {}
    words = WORDS[look.language]
    seen(page.get_by_role("button", name=words.settings)).click()
    assert sheet(page, look, "notification-settings") == []
    page.goto(f"{server.base_url}/customers/{told}")
    seen(page.get_by_role("button", name=words.reply)).first.click()
    assert sheet(page, look, "reply") == []


def list_of_needs(page: Page, look: Look, server: Server) -> dict[str, list[str]]:
    page.goto(f"{server.base_url}/needs")
    found = {}
    for at, view in enumerate(VIEWS):
        page.get_by_role("radio").nth(at).click()
        expect(page.get_by_test_id("waiting")).to_have_count(0)
        found[view] = problems(page, look, f"engineer-needs-{view}")
    page.get_by_role("button", name=WORDS[look.language].filters).click()
    found["filters"] = sheet(page, look, "filters")
    return {name: some for name, some in found.items() if some}


def sheets_over(page: Page, look: Look, server: Server, address: str) -> dict[str, list[str]]:
    page.goto(server.base_url + address)
    found = {}
    for name, words in WORDS[look.language].deeds.items():
        seen(page.get_by_role("button", name=words, exact=True)).first.click()
        found[name] = sheet(page, look, name)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    return {name: some for name, some in found.items() if some}


def sheet(page: Page, look: Look, name: str) -> list[str]:
    expect(page.get_by_role("dialog")).to_be_visible()
    return problems(page, look, f"sheet-{name}")
