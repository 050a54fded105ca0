"""Phones that are lost, silent, cleared or empty: what they hand in and forget, and what their people are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fieldops.installation import wait_until
from tests.browser import disk, stuck
from tests.browser.looks import LOOKS, Look, opened_as, problems
from tests.browser.pocket import Login, Pocket, seen
from tests.browser.silence import number_of, silent_phone
from tests.browser.writing import comment_on, own_visit
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SIGHT_MS = 30_000

WORDS = {
    "ko": {
        "revoke": "사용 중지",
        "type": "계속하려면 ‘중지’라고 적어 주세요",  # noqa: RUF001  (the quotation marks of the screen)
        "word": "중지",
        "wiped": "이 휴대폰은 사용이 중지되어 담긴 내용을 지웠어요",
        "all_in": "쓰신 기록은 모두 서버에 넘겼어요",
        "accept": "1건 모두 받아들이기",
        "accepted": "1건을 받아들였어요",
        "this": "지금 쓰는 휴대폰",
        "bring": "파일에서 가져오기",
    },
    "en": {
        "revoke": "Switch off",
        "type": "Type “OFF” to go on",
        "word": "off",
        "wiped": "This phone was switched off, so it was emptied",
        "all_in": "All you wrote was handed to the server",
        "accept": "Let in all 1",
        "accepted": "1 let in",
        "this": "The phone in your hand",
        "bring": "Import from a file",
    },
}


def replica_in(page: Page) -> str:
    [kept] = disk.databases(page).values()
    return str(next(row["value"] for row in kept["meta"] if row["key"] == "replica"))


def switch_off(page: Page, words: dict[str, str]) -> None:
    """On the page of a phone. It takes a word to be written out."""
    button = seen(page.get_by_role("button", name=words["revoke"], exact=True))
    expect(button).to_be_enabled(timeout=SIGHT_MS)
    button.click()
    write_the_word(page, words)


def write_the_word(page: Page, words: dict[str, str]) -> None:
    sheet = page.locator("dialog[open]")
    sure = sheet.get_by_role("button", name=words["revoke"], exact=True)
    expect(sure).to_be_disabled()
    sheet.get_by_role("textbox", name=words["type"]).fill(words["word"])
    sure.click()
    expect(sheet).to_have_count(0, timeout=SIGHT_MS)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_lost_phone_hands_in_what_it_holds_and_forgets_the_rest(
    server: Server, login: Login, work: Callable[[str, str], Page], language: str
) -> None:
    words = WORDS[language]
    rep = stuck.phone_of(server, login("minsu"))
    lost, manager = work("minsu", language), work("eunyoung", language)
    name = number_of(server, replica_in(lost))
    text = f"Written on a lost phone, {language}"
    lost.goto(f"{server.base_url}/visits/{own_visit(rep)}")
    expect(seen(lost.get_by_role("textbox"))).to_be_visible(timeout=SIGHT_MS)
    lost.context.set_offline(True)
    comment_on(lost, text)

    manager.goto(f"{server.base_url}/manage/phones/{name}")
    switch_off(manager, words)
    assert any(text in disk.as_text(kept) for kept in disk.databases(lost).values())  # nobody empties an offline phone

    lost.context.set_offline(False)
    expect(lost.get_by_text(words["wiped"])).to_be_visible(timeout=60_000)
    expect(lost.get_by_text(words["all_in"])).to_be_visible()
    assert wait_until(lambda: disk.names(lost) == [], 20)
    assert login("minsu")[0] not in disk.elsewhere(lost)

    accept = seen(manager.get_by_role("button", name=words["accept"]))
    expect(accept).to_be_enabled(timeout=60_000)
    accept.click()
    expect(manager.get_by_text(words["accepted"], exact=True).first).to_be_visible(timeout=SIGHT_MS)
    assert wait_until(lambda: text in said_in(rep), 60)


def said_in(phone: HttpPhone) -> set[str]:
    phone.pull()
    return {str(comment["text"]) for comment in phone.all("comment")}


def test_whoever_lost_a_phone_switches_it_off_from_another(server: Server, work: Callable[[str, str], Page]) -> None:
    words = WORDS["en"]
    lost, here = work("seoyeon", "en"), work("seoyeon", "en")
    own = number_of(server, replica_in(here))
    here.goto(f"{server.base_url}/me")
    here.get_by_role("link", name="My phones").click()
    this = here.get_by_test_id("phone").filter(has_text=words["this"])
    expect(this).to_have_count(1, timeout=SIGHT_MS)
    expect(this).to_have_attribute("href", f"/phones/{own}")
    here.goto(f"{server.base_url}/phones/{number_of(server, replica_in(lost))}")
    switch_off(here, words)
    expect(lost.get_by_text(words["wiped"])).to_be_visible(timeout=60_000)
    here.reload()
    expect(seen(here.get_by_test_id("sync-chip"))).to_be_visible(timeout=SIGHT_MS)  # the other one goes on


def test_a_switched_off_phone_can_be_used_again_after_signing_in(
    server: Server, login: Login, new_pocket: Callable[..., Pocket]
) -> None:
    HttpDoor.sign_in(server.base_url, *login("jihun")).speak("en")
    pocket = new_pocket("en")
    page = pocket.on()
    pocket.sign_in(page, *login("jihun"))
    before = replica_in(page)
    page.goto(f"{server.base_url}/phones/{number_of(server, before)}")
    switch_off(page, WORDS["en"])
    expect(page.get_by_text(WORDS["en"]["wiped"])).to_be_visible(timeout=60_000)
    pocket.sign_in(page, *login("jihun"))
    assert replica_in(page) != before
    expect(page.get_by_text(WORDS["en"]["wiped"])).to_have_count(0)


def test_f19_cleared_storage_is_told_with_its_numbers_until_it_was_read(
    server: Server, login: Login, work: Callable[[str, str], Page]
) -> None:
    rep = stuck.phone_of(server, login("minsu"))
    page = work("minsu", "en")
    expect(page.get_by_text("vanished from this phone")).to_have_count(0)  # no alarm on a first use
    page.goto(f"{server.base_url}/visits/{own_visit(rep)}")
    expect(seen(page.get_by_role("textbox"))).to_be_visible(timeout=SIGHT_MS)
    page.context.set_offline(True)
    for at in range(3):
        comment_on(page, f"Gone with the storage {at}")
    clear_databases(page)
    page.context.set_offline(False)
    page.goto(server.base_url)
    expect(page.get_by_text("3 unsent records have vanished from this phone")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("had written up to 3, the server holds 0")).to_be_visible()
    page.get_by_role("button", name="Understood").click()
    expect(page.get_by_text("vanished from this phone")).to_have_count(0)  # written down, and so taken away
    page.reload()
    expect(seen(page.get_by_test_id("sync-chip"))).to_be_visible(timeout=SIGHT_MS)
    expect(page.get_by_text("vanished from this phone")).to_have_count(0)

    phone = number_of(server, replica_in(page))
    manager = work("eunyoung", "en")
    manager.goto(f"{server.base_url}/manage/phones/{phone}")
    expect(seen(manager.get_by_text("had written up to 3; the server holds 0"))).to_be_visible(timeout=SIGHT_MS)


def clear_databases(page: Page) -> None:
    """As a browser does that needs the room. Done from outside the app, which would hold its database open."""
    origin = page.evaluate("() => location.origin")
    page.goto("about:blank")
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "indexeddb"})


def test_unsent_work_comes_in_as_a_file_and_nothing_comes_in_twice(
    server: Server, login: Login, work: Callable[[str, str], Page], tmp_path: Path
) -> None:
    rep = stuck.phone_of(server, login("minsu"))
    theirs, admin = work("minsu", "en"), work("haneul", "en")
    visit = own_visit(rep)
    theirs.goto(f"{server.base_url}/visits/{visit}")
    expect(seen(theirs.get_by_role("textbox"))).to_be_visible(timeout=SIGHT_MS)
    theirs.context.set_offline(True)
    for at in range(2):
        comment_on(theirs, f"Carried on a stick {at}")
    seen(theirs.get_by_test_id("sync-chip")).click()
    with theirs.expect_download() as saved:
        theirs.get_by_role("button", name="Save to a file").click()
    path = tmp_path / "unsent.json"
    saved.value.save_as(path)

    for taken, known in ((2, 0), (0, 2)):
        bring_in(admin, server, path)
        told = f"{taken} taken in, {known} here already."
        expect(admin.get_by_text(told, exact=True).first).to_be_visible(timeout=SIGHT_MS)
    assert wait_until(lambda: {f"Carried on a stick {at}" for at in range(2)} <= said_in(rep), 60)

    theirs.context.set_offline(False)
    expect(seen(theirs.get_by_test_id("sync-chip"))).to_have_attribute("data-state", "applied", timeout=60_000)
    rep.pull()
    texts = [comment["text"] for comment in rep.all("comment") if comment["visit"] == visit]
    assert len([text for text in texts if text.startswith("Carried on a stick")]) == 2

    path.write_text(json.dumps({"format": "something else"}), encoding="utf-8")
    admin.get_by_role("button", name="Import from a file").click()
    admin.locator("dialog[open] input[type=file]").set_input_files(path)
    expect(admin.get_by_role("alert")).to_contain_text("was not saved by FieldOps")


def bring_in(page: Page, server: Server, path: Path) -> None:
    page.goto(f"{server.base_url}/manage/phones")
    button = page.get_by_role("button", name="Import from a file")
    expect(button).to_be_enabled(timeout=SIGHT_MS)
    button.click()
    sheet = page.locator("dialog[open]")
    sheet.locator("input[type=file]").set_input_files(path)
    expect(sheet.get_by_text("김민수")).to_be_visible()
    sheet.get_by_role("button", name="Import", exact=True).click()
    expect(sheet).to_have_count(0, timeout=SIGHT_MS)


def test_silent_phones_with_work_waiting_are_found(
    server: Server, login: Login, work: Callable[[str, str], Page]
) -> None:
    silent = silent_phone(server, login("seoyeon"), hours=30)
    page = work("eunyoung", "en")
    page.goto(f"{server.base_url}/manage/phones")
    row = page.get_by_test_id("phone").and_(page.locator(f'[href="/manage/phones/{number_of(server, silent.key)}"]'))
    expect(row).to_contain_text("1 waiting", timeout=SIGHT_MS)
    page.get_by_role("radio", name="Silent for 24 h").click()
    expect(row).to_be_visible()
    page.get_by_role("radio", name="Silent for 72 h").click()
    expect(row).to_have_count(0)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_sheet_can_be_read_and_reached(
    look: Look, server: Server, login: Login, new_pocket: Callable[..., Pocket]
) -> None:
    words = WORDS[look.language]
    HttpDoor.sign_in(server.base_url, *login("haneul")).speak(look.language)
    phone = number_of(server, silent_phone(server, login("seoyeon"), hours=30).key)
    pocket = new_pocket(look.language)
    page = pocket.on(**opened_as(look))
    pocket.sign_in(page, *login("haneul"))
    found = {}
    page.goto(f"{server.base_url}/manage/phones")
    bring = seen(page.get_by_role("button", name=words["bring"]))
    expect(bring).to_be_enabled(timeout=SIGHT_MS)
    bring.click()
    expect(page.locator("dialog[open]")).to_be_visible()
    found["import"] = problems(page, look, "phones-import")
    page.goto(f"{server.base_url}/manage/phones/{phone}")
    revoke = seen(page.get_by_role("button", name=words["revoke"], exact=True))
    expect(revoke).to_be_enabled(timeout=SIGHT_MS)
    revoke.click()
    expect(page.locator("dialog[open]")).to_be_visible()
    found["revoke"] = problems(page, look, "phones-revoke")
    write_the_word(page, words)
    expect(revoke).to_have_count(0, timeout=SIGHT_MS)
    found["revoked"] = problems(page, look, "phones-revoked")
    assert {name: some for name, some in found.items() if some} == {}
