"""What became of a field: who changed it, when, from what to what, read by somebody who had no part in it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.clash import edit, send
from tests.browser.pocket import Login, Pocket
from tests.browser.stuck import phone_of
from tests.http_door import HttpDoor
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SIGHT_MS = 30_000

WORDS = {
    "ko": {
        "history": "변경 이력",
        "filter": "항목",
        "memo": "메모",
        "phone": "전화",
        "by": "{} 님",
        "before": "이전: {}",
        "offline": "변경 이력은 인터넷에 연결됐을 때 볼 수 있어요.",
    },
    "en": {
        "history": "History",
        "filter": "Field",
        "memo": "Memo",
        "phone": "Phone",
        "by": "{}",
        "before": "before: {}",
        "offline": "The history can be read with an internet connection.",
    },
}


@pytest.fixture
def read_by_minsu(server: Server, login: Login, new_pocket: Callable[..., Pocket]) -> Callable[[str, str], Page]:
    """The page of a customer on Minsu's phone."""

    def open_customer(customer: str, language: str) -> Page:
        HttpDoor.sign_in(server.base_url, *login("minsu")).speak(language)
        pocket = new_pocket(language)
        page = pocket.on()
        pocket.sign_in(page, *login("minsu"))
        page.goto(f"{server.base_url}/customers/{customer}")
        return page

    return open_customer


def open_history(page: Page, words: dict[str, str]) -> Locator:
    page.get_by_role("button", name=words["history"]).locator("visible=true").click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    return sheet


@pytest.mark.parametrize(("language", "at"), [("ko", 0), ("en", 1)])
def test_the_history_of_a_customer_says_who_changed_what_from_what_and_when(
    server: Server, login: Login, read_by_minsu: Callable[[str, str], Page], language: str, at: int
) -> None:
    words = WORDS[language]
    first, second = phone_of(server, login("eunyoung")), phone_of(server, login("haneul"))
    mine = phone_of(server, login("minsu"))
    member = mine.holds("member", mine.door.me["member"]["id"])  # type: ignore[attr-defined]
    assert member is not None
    customer = [one for one in mine.all("customer") if one["territory"] in member["territories"]][at]["id"]
    edit(first, "customer", customer, memo="Closed in August", phone="02-1234-5678")
    send(first)
    second.pull()
    edit(second, "customer", customer, memo="Open in August after all")
    send(second)
    when = json.loads(second.entries[-1])["at"][11:16]  # hours and minutes where both are

    page = read_by_minsu(customer, language)
    lines = open_history(page, words).get_by_test_id("history").get_by_role("listitem")
    expect(lines).to_have_count(3, timeout=SIGHT_MS)
    newest = lines.first
    for said in (
        words["memo"],
        words["by"].format("윤하늘"),
        "Open in August after all",
        words["before"].format("Closed in August"),
        when,
    ):
        expect(newest).to_contain_text(said)
    expect(lines.filter(has_text=words["by"].format("최은영"))).to_have_count(2)

    page.get_by_role("combobox", name=words["filter"]).select_option(label=words["phone"])
    expect(lines).to_have_count(1)
    expect(lines.first).to_contain_text("02-1234-5678")

    page.context.set_offline(True)
    page.get_by_role("combobox", name=words["filter"]).select_option(label=words["memo"])
    expect(page.get_by_text(words["offline"])).to_be_visible()
