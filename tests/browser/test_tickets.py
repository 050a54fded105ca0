"""Tickets from the words at the machine to a cause that stays away: offline, by thumb."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser import taps, troubles
from tests.browser.pocket import Login, Pocket, seen
from tests.browser.stuck import phone_of
from tests.browser.taps import Thumb
from tests.browser.troubles import Troubles
from tests.browser.writing import own_visit
from tests.http_door import HttpDoor
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

Work = Callable[[str, str], Page]
Chips = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Words:
    record: str
    ticket: str
    wrong: str
    save: str
    undo: str
    at_once: str
    of_a_visit: str
    today: str
    solve: str
    cause: str
    fix: str
    yes: str


WORDS = {
    "ko": Words(
        "기록",
        "이슈",
        "무엇이 문제인가요?",
        "저장",
        "되돌리기",
        "글 없이 분류만 골라도 바로 저장돼요.",
        "이슈 기록",
        "오늘",
        "해결",
        "원인",
        "조치",
        "네",
    ),
    "en": Words(
        "Record",
        "Ticket",
        "What is wrong?",
        "Save",
        "Undo",
        "Without words, picking one saves at once.",
        "Record a ticket",
        "Today",
        "Solve",
        "Cause",
        "Fix",
        "Yes",
    ),
}
NOISE, FILTER, CLEANED = "소음", "필터 막힘", "청소"


@pytest.fixture(scope="module")
def made(server: Server, login: Login, chips: Chips) -> Troubles:
    return troubles.pile_up(server, login, chips)


def in_the_pocket(new_pocket: Callable[..., Pocket], server: Server, login: Login, who: str, language: str) -> Page:
    HttpDoor.sign_in(server.base_url, *login(who)).speak(language)
    pocket = new_pocket(language)
    page = pocket.on()
    pocket.sign_in(page, *login(who))
    return page


def go_dead(page: Page, server: Server) -> None:
    page.context.set_offline(True)
    server.stop()


def has_left(page: Page, words: Words) -> None:
    """The form is gone, and what was saved can be undone."""
    expect(page.get_by_role("textbox", name=words.wrong)).to_have_count(0)
    expect(page.get_by_role("button", name=words.undo)).to_be_visible()


def come_back(page: Page, server: Server) -> None:
    server.start()
    page.context.set_offline(False)
    expect(seen(page.get_by_test_id("sync-chip"))).to_have_attribute("data-state", "applied", timeout=60_000)


@pytest.mark.parametrize(("language", "who"), [("ko", "minsu"), ("en", "seoyeon")])
def test_a_ticket_is_written_down_offline_in_three_taps(
    server: Server, login: Login, new_pocket: Callable[..., Pocket], chips: Chips, language: str, who: str
) -> None:
    """By its category alone, in words, and from a visit in two."""
    rep, words, said = phone_of(server, login(who)), WORDS[language], f"It stops at night {secrets.token_hex(3)}"
    visit = own_visit(rep)
    page = in_the_pocket(new_pocket, server, login, who, language)
    go_dead(page, server)
    record = seen(page.get_by_role("navigation").get_by_role("link", name=words.record, exact=True))

    thumb = Thumb(page)
    thumb.tap(record)
    thumb.tap(page.get_by_role("radio", name=words.ticket, exact=True))
    expect(page.get_by_role("textbox", name=words.wrong)).to_be_focused()
    page.keyboard.type(said)
    thumb.tap(page.get_by_role("button", name=words.save, exact=True))
    has_left(page, words)
    taps.check(thumb, taps.OPEN_A_TICKET, f"{language}, offline, in words")

    thumb = Thumb(page)
    thumb.tap(record)
    thumb.tap(page.get_by_role("radio", name=words.ticket, exact=True))
    # Once the customer stands there, and with it that no Save is needed.
    ready = page.locator("main", has=page.get_by_text(words.at_once))
    thumb.tap(ready.get_by_role("radio", name=NOISE, exact=True))
    has_left(page, words)
    taps.check(thumb, taps.OPEN_A_TICKET, f"{language}, offline, by category")

    page.goto(f"{server.base_url}/visits/{visit}")
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("link", name=words.of_a_visit))
    thumb.tap(ready.get_by_role("radio", name=NOISE, exact=True))
    has_left(page, words)
    taps.check(thumb, taps.TICKET_FROM_A_VISIT, f"{language}, offline")

    come_back(page, server)
    rep.pull()
    mine = [ticket for ticket in rep.all("ticket") if ticket["member"] == rep.door.me["member"]["id"]]  # type: ignore[attr-defined]
    assert sum(ticket["text"] == said for ticket in mine) == 1
    assert [ticket["text"] for ticket in mine if ticket["visit"] == visit] == [NOISE]
    by_category = [ticket for ticket in mine if ticket["text"] == NOISE]
    assert [ticket["category"] for ticket in by_category] == [chips["category"][NOISE]] * 2


@pytest.mark.parametrize(("language", "who"), [("ko", "minsu"), ("en", "seoyeon")])
def test_a_ticket_is_resolved_offline_in_nine_taps(
    server: Server, login: Login, new_pocket: Callable[..., Pocket], chips: Chips, language: str, who: str
) -> None:
    """Flow 5.3, without picture and signature: from Today, the server dead."""
    words, text = WORDS[language], f"It does not start {secrets.token_hex(3)}"
    ticket = troubles.open_at_next_stop(server, login, who, text)
    page = in_the_pocket(new_pocket, server, login, who, language)
    go_dead(page, server)

    thumb = Thumb(page)
    thumb.tap(page.get_by_test_id("stop-tickets").get_by_role("link", name=text))
    thumb.tap(page.get_by_role("button", name=words.solve, exact=True))
    sheet = page.get_by_role("dialog")
    thumb.tap(sheet.get_by_role("radio", name=FILTER, exact=True))
    thumb.tap(sheet.get_by_role("radio", name=CLEANED, exact=True))
    thumb.tap(sheet.get_by_role("radio", name=words.yes, exact=True))
    thumb.tap(sheet.get_by_role("button", name=words.save, exact=True))
    expect(page.get_by_role("button", name=words.undo)).to_be_visible()
    taps.check(thumb, taps.SOLVE_A_TICKET, f"{language}, offline")

    come_back(page, server)
    rep = phone_of(server, login(who))
    held = rep.holds("ticket", ticket)
    assert held is not None
    assert (held["state"], held["is_solved_on_visit"]) == ("solved", True)
    assert (held["cause_chip"], held["fix_chip"]) == (chips["cause"][FILTER], chips["fix"][CLEANED])


def test_what_may_be_the_same_again_is_proposed_offline_and_taken_with_one_tap(
    server: Server, login: Login, new_pocket: Callable[..., Pocket], made: Troubles
) -> None:
    words = WORDS["ko"]
    page = in_the_pocket(new_pocket, server, login, "seoyeon", "ko")
    page.goto(f"{server.base_url}/record/{made.customer}?as=ticket")
    go_dead(page, server)
    page.get_by_role("textbox", name=words.wrong).fill("급식실 환기 소음이 또 커요")
    page.get_by_test_id("again").get_by_role("button").first.click()
    page.get_by_role("button", name=words.save, exact=True).click()
    expect(page.get_by_role("button", name=words.undo)).to_be_visible()
    come_back(page, server)
    rep = phone_of(server, login("seoyeon"))
    again = next(ticket for ticket in rep.all("ticket") if ticket["text"] == "급식실 환기 소음이 또 커요")
    assert again["is_recurrence"]
    cause = rep.holds("cause", again["cause"])
    assert cause is not None
    assert cause["state"] == "back"


def test_a_lead_says_which_time_counts_where_a_clock_was_wrong(
    server: Server, login: Login, work: Work, made: Troubles
) -> None:
    page = work("eunyoung", "ko")
    page.goto(f"{server.base_url}/tickets/{made.tickets['in_doubt']}")
    page.get_by_test_id("review").last.get_by_role("button", name="서버 시각").click()
    rep = phone_of(server, login("seoyeon"))

    def reviews() -> list[object]:
        rep.pull()
        held = rep.holds("ticket", made.tickets["in_doubt"])
        return [] if held is None else [step["review"] for step in held["steps"] if step["event"] == "solved"]

    for _ in range(60):
        if reviews() == ["server"]:
            break
        page.wait_for_timeout(500)
    assert reviews() == ["server"]


def test_what_an_administrator_sets_up_is_at_hand_for_everybody(
    server: Server, login: Login, work: Work, chips: Chips
) -> None:
    name = f"진동 {secrets.token_hex(2)}"
    page = work("haneul", "ko")
    page.goto(f"{server.base_url}/manage/chips")
    page.get_by_role("textbox", name="이름").fill(name)
    page.get_by_role("button", name="추가").click()
    expect(page.get_by_test_id("chips").get_by_text(name)).to_be_visible(timeout=30_000)
    page.get_by_role("button", name=re.compile(f"{name}.*위로")).click()
    expect(page.get_by_test_id("chips").locator("li").last).not_to_contain_text(name, timeout=30_000)
    page.goto(f"{server.base_url}/manage/calendars")
    page.get_by_role("button", name="업무 시간 추가").click()
    page.get_by_role("dialog").get_by_role("button", name="저장").click()
    expect(page.get_by_test_id("calendars").get_by_text("본사 업무 시간")).to_be_visible(timeout=30_000)
    page.goto(f"{server.base_url}/manage/promises")
    page.get_by_role("button", name="약속 추가").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("radio", name="긴급").click()
    sheet.get_by_role("button", name="저장").click()
    expect(page.get_by_test_id("promises").get_by_text("모든 고객 · 긴급")).to_be_visible(timeout=30_000)
    rep = phone_of(server, login("minsu"))
    assert name in [chip["name"] for chip in rep.all("chip")]
