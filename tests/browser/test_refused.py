"""A phone that was switched off and holds work which the server will not take: it comes out as a file, and goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from fieldops.installation import wait_until
from tests.browser import disk, stuck
from tests.browser.pocket import Login, Pocket, seen
from tests.browser.silence import number_of
from tests.browser.test_phones import WORDS, replica_in
from tests.browser.writing import comment_on, own_visit
from tests.http_door import HttpDoor
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SIGHT_MS = 60_000
REFUSED = {
    "ko": {
        "unsent": "기록 2건은 서버가 받지 않아",
        "save": "파일로 저장",
        "let_go": "파일을 저장했으니 지우기",
        "gone": "저장한 기록을 이 휴대폰에서 지웠어요",
        "vanished": "사라졌어요",
    },
    "en": {
        "unsent": "2 records were not taken by the server",
        "save": "Save to a file",
        "let_go": "I saved the file, drop the rest",
        "gone": "What you saved is gone from this phone",
        "vanished": "vanished from this phone",
    },
}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_the_server_refuses_for_good_is_saved_and_let_go_and_signing_in_works_again(
    server: Server, login: Login, new_pocket: Callable[..., Pocket], tmp_path: Path, language: str
) -> None:
    """Kept, it would have the phone shut out again at every sign-in: it is what identifies the phone that was lost."""
    words = REFUSED[language]
    rep = stuck.phone_of(server, login("minsu"))
    HttpDoor.sign_in(server.base_url, *login("minsu")).speak(language)
    pocket = new_pocket(language)
    page = pocket.on()
    pocket.sign_in(page, *login("minsu"))
    former = replica_in(page)
    texts = [f"Refused for good {language} {at}" for at in range(2)]
    write_offline(page, f"{server.base_url}/visits/{own_visit(rep)}", texts)
    switched_off = HttpDoor.sign_in(server.base_url, *login("minsu"))
    switched_off.post(f"/api/v1/phones/{number_of(server, former)}/revoke/", {}).raise_for_status()
    page.route("**/api/sync/v1/push", refuse)
    page.context.set_offline(False)
    page.goto(server.base_url)

    for _ in range(2):  # signing in changes nothing as long as it is there
        expect(page.get_by_text(words["unsent"])).to_be_visible(timeout=SIGHT_MS)
        expect(page.get_by_role("button", name=words["let_go"])).to_have_count(0)
        assert saved_by(page, words["save"], tmp_path / "unsent.json") == texts
        expect(page.get_by_role("button", name=words["let_go"])).to_be_visible()
        pocket.begin_sign_in(page, *login("minsu"))
        expect(page.get_by_role("button", name=words["let_go"])).to_have_count(0, timeout=SIGHT_MS)

    expect(page.get_by_text(words["unsent"])).to_be_visible(timeout=SIGHT_MS)
    saved_by(page, words["save"], tmp_path / "unsent.json")
    page.get_by_role("button", name=words["let_go"]).click()
    expect(page.get_by_text(words["gone"])).to_be_visible()
    assert wait_until(lambda: disk.names(page) == [], 20, meanwhile=lambda: page.wait_for_timeout(50))

    page.unroute("**/api/sync/v1/push")
    pocket.sign_in(page, *login("minsu"))
    assert replica_in(page) != former
    expect(seen(page.get_by_test_id("sync-chip"))).to_have_attribute("data-state", "applied", timeout=SIGHT_MS)
    expect(page.get_by_text(WORDS[language]["wiped"])).to_have_count(0)
    expect(page.get_by_text(words["vanished"])).to_have_count(0)  # they know: they let it go themselves


def write_offline(page: Page, address: str, texts: list[str]) -> None:
    page.goto(address)
    expect(seen(page.get_by_role("textbox"))).to_be_visible(timeout=SIGHT_MS)
    page.context.set_offline(True)
    for text in texts:
        comment_on(page, text)


def refuse(route: Route) -> None:
    route.fulfill(status=403, content_type="application/problem+json", body='{"status": 403, "code": "not_permitted"}')


def saved_by(page: Page, name: str, path: Path) -> list[str]:
    """Saves the file, and returns the texts in it."""
    with page.expect_download() as saved:
        page.get_by_role("button", name=name).click()
    saved.value.save_as(path)
    kept = json.loads(path.read_text(encoding="utf-8"))["entries"]
    return [json.loads(one["entry"])["args"]["text"] for one in kept]
