"""The truth test: a visit logged in a basement, on a phone that was switched off, with the server dead."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import taps
from tests.browser.pocket import Login, Pocket
from tests.browser.taps import Thumb
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.parametrize(("language", "who"), [("ko", "minsu"), ("en", "seoyeon")])
def test_a_visit_logged_offline_from_a_cold_start_arrives_once(
    server: Server, login: Login, new_pocket: Callable[..., Pocket], language: str, who: str
) -> None:
    HttpDoor.sign_in(server.base_url, *login(who)).speak(language)
    HttpDoor.sign_in(server.base_url, *login("jiwoo")).speak(language)
    pocket = new_pocket(language)
    pocket.sign_in(pocket.on(), *login(who))
    pocket.off()
    server.stop()

    page = pocket.on()  # a new process, and nobody answers
    note = f"basement {language}"
    log_a_visit(pocket, page, note)
    expect(page.get_by_test_id("sync-chip")).to_have_attribute("data-state", "saved")
    pocket.off()

    page = pocket.on("/outbox")
    expect(page.get_by_text(pocket.words["saved"]).first).to_be_visible()
    server.start()
    expect(page.get_by_test_id("sync-chip")).to_have_attribute("data-state", "applied", timeout=60_000)

    assert visits_noted(server, login, note) == 1
    reader = new_pocket(language)
    page = reader.on()
    reader.sign_in(page, *login("jiwoo"))
    page.get_by_role("navigation").get_by_role("link", name=reader.words["feed"]).last.click()
    expect(page.get_by_text(note)).to_be_visible(timeout=30_000)


def log_a_visit(pocket: Pocket, page: Page, note: str) -> None:
    """Flow 5.1, with the customer the screen proposes."""
    words, thumb = pocket.words, Thumb(page)
    expect(page.get_by_test_id("sync-chip")).to_be_visible(timeout=20_000)
    thumb.tap(
        page.get_by_role("navigation").get_by_role("link", name=words["record"], exact=True).locator("visible=true")
    )
    thumb.tap(page.get_by_role("radio", name=words["progress"]))
    thumb.tap(page.get_by_role("radio", name=words["revisit"]))
    thumb.type(page.get_by_role("textbox", name=words["note"]), note)
    thumb.tap(page.get_by_role("button", name=words["save"], exact=True))
    expect(page.get_by_role("button", name=words["undo"])).to_be_visible()
    taps.check(thumb, taps.LOG_A_VISIT, f"{words['locale']}, offline")


def visits_noted(server: Server, login: Login, note: str) -> int:
    phone = HttpPhone(HttpDoor.sign_in(server.base_url, *login("jiwoo")))
    phone.pull()
    return sum(visit["note"] == note for visit in phone.all("visit"))
