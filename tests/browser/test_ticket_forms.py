"""What is said of a ticket besides how it goes: its machine, the ticket it is part of, its edits, office hours."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.ids import uuid7
from fieldops.installation import wait_until
from tests.browser.pocket import Login, seen
from tests.browser.stuck import phone_of, settle
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

Work = Callable[[str, str], Page]
Chips = dict[str, dict[str, str]]


@pytest.fixture
def rep(server: Server, login: Login) -> HttpPhone:
    return phone_of(server, login("minsu"))


def open_ticket(phone: HttpPhone, customer: str, text: str) -> str:
    ticket = str(uuid7())
    phone.write("ticket.open", ticket=ticket, customer=customer, text=text)
    settle(phone)
    return ticket


def comes_true(page: Page, is_so: Callable[[], bool]) -> None:
    """Within a minute, in which the page goes on."""
    assert wait_until(is_so, 60, meanwhile=lambda: page.wait_for_timeout(250))


def holds(phone: HttpPhone, ticket: str, field: str) -> object:
    phone.pull()
    held = phone.holds("ticket", ticket)
    return None if held is None else held[field]


def test_a_machine_is_found_offline_by_the_number_on_its_label(
    server: Server, rep: HttpPhone, work: Work, chips: Chips
) -> None:
    asset = next(one for one in rep.all("asset") if one["tag"])
    said = f"급수가 약해요 {secrets.token_hex(3)}"
    page = work("minsu", "ko")
    page.goto(f"{server.base_url}/record/{asset['customer']}?as=ticket")
    words = page.get_by_role("textbox", name="무엇이 문제인가요?")
    expect(words).to_be_visible()
    page.context.set_offline(True)
    words.fill(said)
    page.get_by_role("button", name="심각도, 장비, 담당자, 맡을 사람").click()
    choice = page.get_by_test_id("asset-choice")
    choice.get_by_role("textbox").fill(asset["tag"])
    choice.get_by_role("button").filter(has_text=asset["tag"]).click()
    page.get_by_role("button", name="저장", exact=True).click()
    page.context.set_offline(False)

    def of_which_machine() -> list[object]:
        rep.pull()
        return [ticket["asset"] for ticket in rep.all("ticket") if ticket["text"] == said]

    comes_true(page, lambda: of_which_machine() == [asset["id"]])


def test_a_ticket_becomes_part_of_another_and_its_history_says_so(
    server: Server, rep: HttpPhone, work: Work, chips: Chips
) -> None:
    customer, tag = rep.all("customer")[0]["id"], secrets.token_hex(3)
    whole, part = (
        open_ticket(rep, customer, f"{text} {tag}") for text in ("온 건물이 정전이에요", "복도 등이 꺼졌어요")
    )
    page = work("minsu", "ko")
    page.goto(f"{server.base_url}/tickets/{part}")
    expect(seen(page.get_by_text(f"복도 등이 꺼졌어요 {tag}")).first).to_be_visible()
    seen(page.get_by_role("button", name="더 하기")).click()
    seen(page.get_by_role("button", name="고치기", exact=True)).click()
    page.get_by_role("dialog").get_by_role("button", name="다른 이슈에 넣기").click()
    picker = page.get_by_role("dialog", name="어느 이슈의 일부인가요?")
    picker.get_by_role("textbox", name="이슈 찾기").fill(tag)
    picker.get_by_role("button").filter(has_text="온 건물이 정전이에요").click()
    expect(picker).to_have_count(0)
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text(f"온 건물이 정전이에요 {tag}")
    sheet.get_by_role("button", name="저장", exact=True).click()
    expect(sheet).to_have_count(0)
    comes_true(page, lambda: holds(rep, part, "part_of") == whole)

    seen(page.get_by_role("button", name="고친 내역")).click()
    history = page.get_by_test_id("history")
    expect(history).to_contain_text(f"온 건물이 정전이에요 {tag}")
    expect(history).to_contain_text("김민수")


def test_two_who_solved_it_with_other_causes_see_both_and_what_was_edited(
    server: Server, login: Login, rep: HttpPhone, work: Work, chips: Chips
) -> None:
    customer, text = rep.all("customer")[0]["id"], f"후드가 멈췄어요 {secrets.token_hex(3)}"
    ticket = open_ticket(rep, customer, text)
    other = phone_of(server, login("dohyun"))
    for phone, cause in ((rep, "필터 막힘"), (other, "전원 불량")):
        phone.write("ticket.solve", ticket=ticket, cause_chip=chips["cause"][cause], resolution=cause)
    settle(rep)
    settle(other)

    conflict = conflict_about(rep, ticket)
    for who in ("minsu", "dohyun"):
        page = work(who, "ko")
        page.goto(f"{server.base_url}/conflicts/{conflict}")
        article = seen(page.get_by_test_id("conflict"))
        expect(article).to_contain_text("필터 막힘")
        expect(article).to_contain_text("전원 불량")
        article.get_by_role("button", name="변경 이력").click()
        expect(page.get_by_test_id("history")).to_contain_text("필터 막힘")


def conflict_about(phone: HttpPhone, ticket: str) -> str:
    def found() -> list[str]:
        phone.pull()
        return [one["id"] for one in phone.all("conflict") if one["row"] == ticket]

    assert wait_until(lambda: bool(found()), 60)
    [conflict] = found()
    return conflict


def test_hours_until_midnight_are_kept_as_they_were_set(server: Server, login: Login, work: Work) -> None:
    name = f"야간 {secrets.token_hex(2)}"
    page = work("haneul", "ko")
    page.goto(f"{server.base_url}/manage/calendars")
    page.get_by_role("button", name="업무 시간 추가").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("textbox", name="이름").fill(name)
    last = sheet.get_by_label("월 끝").last
    last.fill("00:00")
    expect(last).to_have_value("00:00")
    sheet.get_by_role("button", name="저장").click()
    expect(sheet).to_have_count(0)
    kept = HttpDoor.sign_in(server.base_url, *login("haneul")).get("/api/v1/business_calendars/").json()["results"]
    [slots] = [calendar["slots"] for calendar in kept if calendar["name"] == name]
    assert max(until for day, _, until in slots if day == 0) == 1440


def test_a_sheet_that_the_browser_closed_by_itself_opens_again(server: Server, work: Work) -> None:
    page = work("haneul", "ko")
    page.goto(f"{server.base_url}/manage/calendars")
    page.get_by_role("button", name="업무 시간 추가").click()
    page.get_by_role("dialog").evaluate("dialog => dialog.close()")
    expect(page.locator("dialog")).to_have_count(0)
    page.get_by_role("button", name="업무 시간 추가").click()
    expect(page.get_by_role("dialog")).to_be_visible()
