"""What a customer wants, from the words in a basement to the answer that comes back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from core.ids import uuid7
from tests.browser import taps
from tests.browser.pocket import Login, Pocket, seen
from tests.browser.taps import Thumb
from tests.browser.writing import own_visit
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

DESK = {"width": 1280, "height": 800}
HANGUL_E = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ㄷ', code: 'KeyE', bubbles: true}))"
Work = Callable[[str, str], Page]


@dataclass(frozen=True)
class Words:
    record: str
    need: str
    observation: str
    save: str
    by_hand: str
    undo: str
    said: str
    needs: str
    unsorted: str
    sort: str
    title: str
    take: str
    mine: str
    of_a_visit: str


WORDS = {
    "ko": Words(
        "기록",
        "니즈",
        "관찰",
        "저장",
        "손으로 적음",
        "되돌리기",
        "들은 그대로 적어 주세요",
        "니즈",
        "정리 전",
        "정리하기",
        "제목",
        "내가 맡기",
        "내가 맡았어요",
        "니즈 기록",
    ),
    "en": Words(
        "Record",
        "Need",
        "Seen",
        "Save",
        "Writes by hand",
        "Undo",
        "Write it as you heard it",
        "Needs",
        "Unsorted",
        "Sort",
        "Title",
        "I take it",
        "You answer for it",
        "Record a need",
    ),
}


def phone_of(server: Server, login: Login, who: str) -> HttpPhone:
    phone = HttpPhone(HttpDoor.sign_in(server.base_url, *login(who)))
    phone.pull()
    return phone


@pytest.mark.parametrize(("language", "who"), [("ko", "minsu"), ("en", "seoyeon")])
def test_a_need_and_an_observation_are_written_down_offline_in_three_taps_each(
    server: Server, login: Login, new_pocket: Callable[..., Pocket], language: str, who: str
) -> None:
    """Flow 5.2, the server dead: with the customer the screen proposes."""
    rep = phone_of(server, login, who)
    rep.door.speak(language)  # type: ignore[attr-defined]
    visit = own_visit(rep)
    words, pocket, heard = WORDS[language], new_pocket(language), f"It is loud at night {secrets.token_hex(3)}"
    page = pocket.on()
    pocket.sign_in(page, *login(who))
    page.context.set_offline(True)
    server.stop()
    record = seen(page.get_by_role("navigation").get_by_role("link", name=words.record, exact=True))

    thumb = Thumb(page)
    thumb.tap(record)
    thumb.tap(page.get_by_role("radio", name=words.need, exact=True))
    expect(page.get_by_role("textbox", name=words.said)).to_be_focused()
    page.keyboard.type(heard)
    thumb.tap(page.get_by_role("button", name=words.save, exact=True))
    expect(page.get_by_role("button", name=words.undo)).to_be_visible()
    taps.check(thumb, taps.NOTE_A_NEED, f"{pocket.words['locale']}, offline")

    thumb = Thumb(page)
    thumb.tap(record)
    thumb.tap(page.get_by_role("radio", name=words.observation, exact=True))
    thumb.tap(page.get_by_role("radio", name=words.by_hand))
    expect(page.get_by_role("button", name=words.undo)).to_be_visible()
    taps.check(thumb, taps.OBSERVE, f"{pocket.words['locale']}, offline")

    page.goto(f"{server.base_url}/visits/{visit}")
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("link", name=words.of_a_visit))
    expect(page.get_by_role("textbox", name=words.said)).to_be_focused()
    page.keyboard.type(f"{heard}, and hot")
    thumb.tap(page.get_by_role("button", name=words.save, exact=True))
    expect(page.get_by_role("button", name=words.undo)).to_be_visible()
    taps.check(thumb, taps.NOTE_FROM_A_VISIT, f"{pocket.words['locale']}, offline")

    server.start()
    page.context.set_offline(False)
    expect(seen(page.get_by_test_id("sync-chip"))).to_have_attribute("data-state", "applied", timeout=60_000)
    engineer = phone_of(server, login, "dohyun")
    assert sum(voice["text"] == heard for voice in engineer.all("voice")) == 1
    assert [voice["visit"] for voice in engineer.all("voice") if voice["text"] == f"{heard}, and hot"] == [visit]


def test_an_undone_need_counts_no_more(server: Server, login: Login, work: Work) -> None:
    words, heard = WORDS["ko"], f"Never mind {secrets.token_hex(3)}"
    page = work("minsu", "ko")
    page.goto(f"{server.base_url}/record?as=need")
    page.get_by_role("textbox", name=words.said).fill(heard)
    page.get_by_role("button", name=words.save, exact=True).click()
    page.get_by_role("button", name=words.undo).click()
    expect(page.get_by_test_id("sync-chip")).to_have_attribute("data-state", "applied", timeout=60_000)
    engineer = phone_of(server, login, "dohyun")
    voice = next(voice for voice in engineer.all("voice") if voice["text"] == heard)
    assert voice["withdrawn_at"] is not None


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_engineer_sorts_a_need_from_the_inbox_and_takes_it(
    server: Server, login: Login, work: Work, language: str
) -> None:
    words, mark = WORDS[language], secrets.token_hex(3)
    rep = phone_of(server, login, "minsu")
    customer = rep.all("customer")[0]
    need = uuid7()
    rep.write("need.note", need=need, voice=uuid7(), customer=customer["id"], text=f"It rattles {mark}")
    rep.push()
    page = work("dohyun", language)
    seen(page.get_by_role("navigation").get_by_role("link", name=words.needs, exact=True)).click()
    page.get_by_role("radio", name=words.unsorted).click()
    page.get_by_text(f"It rattles {mark}").first.click()
    page.get_by_role("button", name=words.sort, exact=True).click()
    page.get_by_role("textbox", name=words.title).fill(f"Quiet fans {mark}")
    page.get_by_role("dialog").get_by_role("button", name=words.save, exact=True).click()
    expect(page.get_by_role("heading", name=f"Quiet fans {mark}")).to_be_visible()
    page.get_by_role("button", name=words.take, exact=True).click()
    expect(page.get_by_text(words.mine).first).to_be_visible()
    expect(seen(page.get_by_test_id("sync-chip"))).to_have_attribute("data-state", "applied", timeout=60_000)
    rep.pull()
    held = rep.holds("need", need)
    assert held is not None
    assert held["title"] == f"Quiet fans {mark}"


def test_at_a_desk_needs_are_gone_through_by_key(
    server: Server, login: Login, new_pocket: Callable[..., Pocket]
) -> None:
    HttpDoor.sign_in(server.base_url, *login("dohyun")).speak("en")
    pocket = new_pocket("en")
    page = pocket.on(viewport=DESK, is_mobile=False, has_touch=False)
    pocket.sign_in(page, *login("dohyun"))
    page.goto(f"{server.base_url}/needs")
    page.get_by_role("radio", name="Stages").click()
    rows = page.locator("[data-need]")
    expect(rows.nth(1)).to_be_visible()
    ids = [rows.nth(at).get_attribute("data-need") for at in range(2)]
    for key, opened in [("ArrowDown", 0), ("j", 1), ("k", 0), ("ArrowUp", 0)]:
        page.keyboard.press(key)
        expect(page).to_have_url(f"{server.base_url}/needs/{ids[opened]}")
    for key, title in [("e", "Sort this need"), ("m", "Which need is it the same as?")]:
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name=title)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.evaluate(HANGUL_E)
    expect(page.get_by_role("dialog", name="Sort this need")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("mte")  # words for the field, no commands
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("searchbox")).to_have_value("mte")
