"""Assets without a signal: written down with a number alone, found by it, removed, and brought back by mistake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pocket import WORDS, Login, seen
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SAID = {
    "ko": {
        "title": "장비",
        "add": "장비 추가",
        "serial": "일련번호",
        "tag": "관리 번호",
        "known": "이미 있는 일련번호예요",
        "edit": "고치기",
        "remove": "장비 지우기",
    },
    "en": {
        "title": "Assets",
        "add": "Add asset",
        "serial": "Serial number",
        "tag": "Label number",
        "known": "This serial number is known already",
        "edit": "Edit",
        "remove": "Remove asset",
    },
}


@pytest.fixture
def phone(server: Server, login: Login) -> HttpPhone:
    """What the server sends the very member whose phone is looked at."""
    found = HttpPhone(HttpDoor.sign_in(server.base_url, *login("minsu")))
    found.pull()
    return found


def of_label(phone: HttpPhone, tag: str) -> list[dict[str, Any]]:
    phone.pull()
    return [asset for asset in phone.all("asset") if asset["tag"] == tag]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_asset_is_added_warned_of_removed_and_brought_back_with_no_signal(
    language: str, server: Server, phone: HttpPhone, work: Callable[[str, str], Page]
) -> None:
    words, common, tag = SAID[language], WORDS[language], f"9{len(language)}{ord(language[0])}"
    known = phone.all("asset")[0]
    page = work("minsu", language)
    page.goto(f"{server.base_url}/customers/{known['customer']}")
    expect(seen(page.get_by_test_id("assets"))).to_contain_text(known["serial"], timeout=30_000)
    page.context.set_offline(True)
    seen(page.get_by_role("button", name=words["add"])).click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label(words["serial"]).fill(known["serial"].replace("-", " "))
    expect(sheet.get_by_test_id("serial-known")).to_contain_text(words["known"])
    sheet.get_by_label(words["serial"]).fill("")
    sheet.get_by_label(words["tag"]).fill(tag)
    sheet.get_by_role("button", name=common["save"], exact=True).click()
    row = seen(page.get_by_test_id("assets")).get_by_role("listitem").filter(has_text=tag)
    expect(row).to_contain_text(common["saved"])
    row.get_by_role("link").click()
    page.get_by_role("button", name=words["remove"]).click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name=common["undo"]).click()
    expect(row).to_have_count(1)
    page.context.set_offline(False)
    expect(seen(page.get_by_test_id("sync-chip"))).to_have_attribute("data-state", "applied", timeout=60_000)
    assert [asset["customer"] for asset in of_label(phone, tag)] == [known["customer"]]
