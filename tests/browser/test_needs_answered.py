"""What comes back: a question on the record screen, an answer for a customer, an engineer who goes along."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core.ids import uuid7
from tests.browser.pocket import Login, seen
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

Work = Callable[[str, str], Page]
MINUTE_MS = 60_000


def phone_of(server: Server, login: Login, who: str) -> HttpPhone:
    phone = HttpPhone(HttpDoor.sign_in(server.base_url, *login(who)))
    phone.pull()
    return phone


def all_in(page: Page) -> None:
    expect(seen(page.get_by_test_id("sync-chip"))).to_have_attribute("data-state", "applied", timeout=MINUTE_MS)


def held(phone: HttpPhone, noun: str, id: Any) -> dict[str, Any]:
    phone.pull()
    row = phone.holds(noun, id)
    assert row is not None
    return row


def test_a_question_is_answered_offline_at_the_next_visit_and_counted(server: Server, login: Login, work: Work) -> None:
    engineer, mark = phone_of(server, login, "dohyun"), secrets.token_hex(3)
    customer = phone_of(server, login, "seoyeon").all("customer")[0]["id"]
    need, question = engineer.all("need")[0]["id"], uuid7()
    asked = [{"asking": str(uuid7()), "customer": customer}]
    engineer.write("question.ask", question=question, need=need, text=f"Is it loud {mark}?", customers=asked)
    engineer.push()
    page = work("seoyeon", "en")
    page.goto(f"{server.base_url}/customers/{customer}")
    expect(page.get_by_text(f"Is it loud {mark}?")).to_be_visible(timeout=MINUTE_MS)

    page.context.set_offline(True)
    page.goto(f"{server.base_url}/record/{customer}?as=visit")
    here = page.get_by_test_id("askings").locator(".panel", has_text=mark)
    here.get_by_role("radio", name="Yes").click()
    here.get_by_role("textbox").fill("In the afternoon")
    page.get_by_role("radio", name="Progress").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.goto(f"{server.base_url}/customers/{customer}")
    expect(page.get_by_role("link", name="Record what you saw")).to_be_visible()
    expect(page.get_by_text(f"Is it loud {mark}?")).to_have_count(0)
    page.context.set_offline(False)
    all_in(page)

    counted = held(engineer, "question", question)
    assert (counted["asked"], counted["yes"], counted["no"], counted["unknown"]) == (1, 1, 0, 0)
    [answer] = [answer for answer in engineer.all("answer") if answer["asking"] == asked[0]["asking"]]
    assert (answer["value"], answer["line"]) == ("yes", "In the afternoon")
    assert held(engineer, "visit", answer["visit"])["customer"] == customer


def test_a_rep_tells_a_customer_in_words_of_their_own_and_writes_down_the_answer(
    server: Server, login: Login, work: Work
) -> None:
    engineer = phone_of(server, login, "dohyun")
    rep = phone_of(server, login, "minsu")
    reply = next(reply for reply in rep.all("reply") if (reply["stage"], reply["state"]) == ("built", "to_tell"))
    page = work("minsu", "ko")
    page.goto(f"{server.base_url}/customers/{reply['customer']}")
    row = page.get_by_test_id("customer-replies").get_by_role("listitem").first
    row.get_by_role("button", name="전해 드렸어요").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("textbox", name="고객이 읽을 글").fill("이제 화면에서 바로 보입니다.")
    sheet.get_by_role("button", name="전해 드렸어요").click()
    expect(page.get_by_role("button", name="되돌리기")).to_be_visible()
    row.get_by_role("button", name="고객은 뭐라고 하셨나요?").click(timeout=MINUTE_MS)
    sheet.get_by_role("radio", name="해결됐어요").click()
    sheet.get_by_role("textbox", name="고객의 말").fill("한결 편해요")
    sheet.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("button", name="되돌리기")).to_be_visible()
    expect(page.get_by_role("button", name="되돌리기")).to_have_count(0, timeout=MINUTE_MS)
    all_in(page)

    answered = held(engineer, "reply", reply["id"])
    assert (answered["state"], answered["text"], answered["line"]) == (
        "solved",
        "이제 화면에서 바로 보입니다.",
        "한결 편해요",
    )


def test_whose_visit_it_is_takes_an_engineer_along(server: Server, login: Login, work: Work) -> None:
    engineer = phone_of(server, login, "dohyun")
    joining = next(joining for joining in engineer.all("joining") if joining["state"] == "asked")
    page = work("minsu", "ko")
    page.goto(f"{server.base_url}/visits/{joining['visit']}")
    joinings = page.get_by_test_id("visit-joinings")
    joinings.get_by_role("button", name="같이 가요").click()
    expect(joinings.get_by_text("같이 가기로 했어요")).to_be_visible()
    all_in(page)
    assert held(engineer, "joining", joining["id"])["state"] == "accepted"
    assert engineer.door.me["member"]["id"] in held(engineer, "visit", joining["visit"])["participants"]  # type: ignore[attr-defined]
