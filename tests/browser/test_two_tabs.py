"""Two tabs of one phone lose the network, are written in, and come back at the same moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import disk
from tests.browser.pocket import Pocket
from tests.browser.writing import comment_on, own_visit
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

EACH = 25


def test_t3_fifty_entries_of_two_tabs_arrive_once_each(
    server: Server, login: Callable[[str], tuple[str, str]], new_pocket: Callable[..., Pocket]
) -> None:
    reader = HttpPhone(HttpDoor.sign_in(server.base_url, *login("minsu")))
    reader.pull()
    visit = own_visit(reader)
    pocket = new_pocket()
    first = pocket.on()
    pocket.sign_in(first, *login("minsu"))
    context = first.context
    second = context.new_page()
    for page in (first, second):
        page.goto(f"{server.base_url}/visits/{visit}")
        expect(chip(page)).to_have_attribute("data-state", "applied", timeout=30_000)

    context.set_offline(True)
    written = [f"T3 {tab}-{number}" for number in range(EACH) for tab in ("first", "second")]
    for text in written:
        comment_on(first if "first" in text else second, text)
    expect(chip(first)).to_have_attribute("data-state", "saved")
    context.set_offline(False)

    for page in (first, second):
        expect(chip(page)).to_have_attribute("data-state", "applied", timeout=60_000)
    reader.pull()
    arrived = Counter(comment["text"] for comment in reader.all("comment") if comment["text"].startswith("T3 "))
    assert arrived == Counter(written)
    [mine] = disk.databases(first).values()
    assert [row["n"] for row in mine["outbox"]] == list(range(1, 2 * EACH + 1))
    assert {row["state"] for row in mine["journal"]} == {"applied"}


def chip(page: Page) -> Locator:
    return page.get_by_test_id("sync-chip").locator("visible=true")
