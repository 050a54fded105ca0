"""Parked entries of others: seen, understood, set right, sent back or given up by whoever answers for their writers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fieldops.installation import wait_until
from tests.browser import stuck
from tests.browser.looks import LOOKS, Look, opened_as, problems
from tests.browser.pocket import Login, Pocket, seen
from tests.browser.taps import Thumb
from tests.http_door import HttpDoor
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SIGHT_MS = 30_000

WORDS = {
    "ko": {
        "me": "내 정보",
        "manage": "관리",
        "parked": "멈춘 기록",
        "chain": "이 항목을 고치면 2건이 함께 등록돼요",
        "fix": "고쳐서 대신 등록",
        "change": "고객을 골라 주세요",
        "search": "고객 찾기",
        "applied": "고친 내용으로 등록했어요",
        "back": "메모와 함께 돌려주기",
        "back_note": "무엇을 고치면 되나요?",
        "back_do": "돌려주기",
        "discard": "버리기",
        "discard_note": "버리는 이유",
        "reason": "서버에 없는 대상",
        "forbidden": "볼 수 있는 사람이 정해져 있어요",
        "online_only": "인터넷에 연결됐을 때 할 수 있어요",
        "given_up": "다른 사람이 버린 기록",
        "raw": "원문 보기",
    },
    "en": {
        "me": "Me",
        "manage": "Manage",
        "parked": "Parked records",
        "chain": "Correct this one and 2 more go in with it",
        "fix": "Correct and apply",
        "change": "Pick a customer",
        "search": "Find a customer",
        "applied": "Applied with your corrections",
        "back": "Send back with a note",
        "back_note": "What should be corrected?",
        "back_do": "Send back",
        "discard": "Discard",
        "discard_note": "Why it is discarded",
        "reason": "Not on the server",
        "forbidden": "This is for some people only",
        "online_only": "This needs a connection",
        "given_up": "Discarded by somebody else",
        "raw": "Show the raw text",
    },
}


def open_parked(page: Page, words: dict[str, str], note: str) -> None:
    """From the first screen to the entry with this note, by taps alone."""
    thumb = Thumb(page)
    thumb.tap(seen(page.get_by_role("link", name=words["me"], exact=True)))
    thumb.tap(page.get_by_role("link", name=words["manage"], exact=True))
    thumb.tap(page.get_by_role("link", name=words["parked"]))
    row = page.get_by_test_id("parked").filter(has_text=note)
    expect(row).to_be_visible(timeout=SIGHT_MS)
    expect(row).to_contain_text(words["reason"])
    thumb.tap(row)
    expect(seen(page.get_by_role("button", name=words["back"]))).to_be_enabled(timeout=SIGHT_MS)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_one_fix_sets_a_whole_chain_right(
    server: Server, login: Login, work: Callable[[str, str], Page], language: str
) -> None:
    words = WORDS[language]
    rep = stuck.phone_of(server, login("minsu"))
    note = f"Written in a basement, {language}"
    chain = stuck.park_chain(rep, note)
    customer = rep.all("customer")[0]
    page = work("eunyoung", language)
    open_parked(page, words, note)
    expect(seen(page.get_by_text(words["chain"]))).to_be_visible()
    seen(page.get_by_text(words["raw"])).click()
    expect(seen(page.get_by_test_id("raw"))).to_contain_text(note)

    thumb = Thumb(page)
    thumb.tap(seen(page.get_by_role("button", name=words["fix"])))
    sheet = page.locator("dialog[open]")
    thumb.tap(sheet.get_by_role("button", name=words["change"]))
    page.locator("dialog[open]").last.get_by_role("searchbox", name=words["search"]).fill(customer["name"])
    page.locator("dialog[open]").last.get_by_role("button").filter(has_text=customer["name"]).first.click()
    thumb.tap(sheet.get_by_role("button", name=words["fix"]))
    expect(page.get_by_text(words["applied"], exact=True).first).to_be_visible(timeout=SIGHT_MS)
    assert wait_until(lambda: stuck.applied(rep, *chain), 60)
    expect(page.get_by_test_id("parked").filter(has_text=note)).to_have_count(0, timeout=SIGHT_MS)


def test_it_goes_back_to_its_writer_with_a_note(server: Server, login: Login, work: Callable[[str, str], Page]) -> None:
    words = WORDS["en"]
    rep = stuck.phone_of(server, login("minsu"))
    log, *_ = stuck.park_chain(rep, "Sent back")
    page = work("eunyoung", "en")
    open_parked(page, words, "Sent back")
    seen(page.get_by_role("button", name=words["back"])).click()
    sheet = page.locator("dialog[open]")
    sheet.get_by_role("button", name=words["back_do"], exact=True).click()
    expect(sheet).to_be_visible()  # nothing goes back without a word
    sheet.get_by_role("textbox", name=words["back_note"]).fill("Which school was it?")
    sheet.get_by_role("button", name=words["back_do"], exact=True).click()
    expect(sheet).to_have_count(0)

    def is_told() -> bool:
        rep.pull()
        told = rep.settled[log]
        return bool(told["code"] == "returned" and told["params"]["note"] == "Which school was it?")

    assert wait_until(is_told, 30)
    row = page.get_by_test_id("parked").filter(has_text="Sent back")
    expect(row).to_contain_text(words["reason"], timeout=SIGHT_MS)  # why it waits is not forgotten


def test_what_is_given_up_is_told_to_its_writer(server: Server, login: Login, work: Callable[[str, str], Page]) -> None:
    """The writer's own phone: what was written there, what the manager said, and nothing left to do."""
    words = WORDS["en"]
    rep = stuck.phone_of(server, login("minsu"))
    customer = rep.all("customer")[-1]
    theirs = work("minsu", "en")
    theirs.goto(f"{server.base_url}/customers/{customer['id']}/edit")
    memo = theirs.get_by_role("textbox", name="Memo", exact=True)
    expect(memo).to_be_visible(timeout=SIGHT_MS)
    theirs.context.set_offline(True)
    memo.fill("Given up")
    theirs.get_by_role("button", name="Save", exact=True).click()
    expect(seen(theirs.get_by_text("Given up", exact=True))).to_be_visible()
    remove(HttpDoor.sign_in(server.base_url, *login("haneul")), customer["id"])
    theirs.context.set_offline(False)
    expect(seen(theirs.get_by_test_id("sync-chip"))).to_have_attribute("data-state", "attention", timeout=60_000)

    page = work("eunyoung", "en")
    page.goto(f"{server.base_url}/manage/parked")
    row = page.get_by_test_id("parked").filter(has_text="Given up")
    expect(row).to_be_visible(timeout=SIGHT_MS)
    row.click()
    discard = seen(page.get_by_role("button", name=words["discard"], exact=True))
    expect(discard).to_be_enabled(timeout=SIGHT_MS)
    discard.click()
    sheet = page.locator("dialog[open]")
    sheet.get_by_role("textbox", name=words["discard_note"]).fill("The school has closed")
    sheet.get_by_role("button", name=words["discard"], exact=True).click()
    expect(sheet).to_have_count(0)

    seen(theirs.get_by_test_id("sync-chip")).click()
    expect(theirs.get_by_role("heading", name=words["given_up"])).to_be_visible(timeout=60_000)
    expect(theirs.get_by_test_id("note")).to_contain_text("The school has closed")
    expect(theirs.get_by_test_id("note")).to_contain_text("최은영")


def remove(door: HttpDoor, customer: str) -> None:
    address = f"{door.base_url}/api/v1/customers/{customer}/"
    version = door.session.get(address, timeout=30).headers["ETag"]
    door.session.delete(address, headers={"If-Match": version}, timeout=30).raise_for_status()


def test_without_a_signal_it_shows_what_it_showed_last(
    server: Server, login: Login, work: Callable[[str, str], Page]
) -> None:
    words = WORDS["en"]
    stuck.park_chain(stuck.phone_of(server, login("minsu")), "Seen before")
    page = work("eunyoung", "en")
    open_parked(page, words, "Seen before")
    page.context.set_offline(True)
    page.reload()
    expect(seen(page.get_by_text(words["online_only"]))).to_be_visible(timeout=SIGHT_MS)
    expect(seen(page.get_by_text("Seen before", exact=False)).first).to_be_visible()
    for name in ("fix", "back", "discard"):
        expect(seen(page.get_by_role("button", name=words[name], exact=True))).to_be_disabled()


def test_whoever_answers_for_nobody_is_not_shown_the_way(server: Server, work: Callable[[str, str], Page]) -> None:
    words = WORDS["en"]
    page = work("minsu", "en")
    page.goto(f"{server.base_url}/me")
    expect(page.get_by_role("link", name="My phones")).to_be_visible(timeout=SIGHT_MS)
    expect(page.get_by_role("link", name=words["manage"], exact=True)).to_have_count(0)
    page.goto(f"{server.base_url}/manage/parked")
    expect(seen(page.get_by_text(words["forbidden"]))).to_be_visible(timeout=SIGHT_MS)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_sheet_can_be_read_and_reached(
    look: Look, server: Server, login: Login, new_pocket: Callable[..., Pocket]
) -> None:
    HttpDoor.sign_in(server.base_url, *login("eunyoung")).speak(look.language)
    stuck.park_chain(stuck.phone_of(server, login("minsu")), f"Looked at, {look}")
    pocket = new_pocket(look.language)
    page = pocket.on(**opened_as(look))
    pocket.sign_in(page, *login("eunyoung"))
    found = {}
    page.goto(f"{server.base_url}/manage/parked")
    page.get_by_test_id("parked").filter(has_text=f"Looked at, {look}").first.click()
    words = WORDS[look.language]
    fix = seen(page.get_by_role("button", name=words["fix"]))
    expect(fix).to_be_enabled(timeout=SIGHT_MS)
    for name, button in (("fix", "fix"), ("return", "back"), ("discard", "discard")):
        seen(page.get_by_role("button", name=words[button], exact=True)).click()
        expect(page.locator("dialog[open]")).to_be_visible()
        found[f"sheet-{name}"] = problems(page, look, f"manage-sheet-{name}")
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    assert {name: some for name, some in found.items() if some} == {}
