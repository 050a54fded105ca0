"""Edits of shared fields made without a signal: what meets is shown to people, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from fieldops.installation import wait_until
from tests.browser import disk, taps
from tests.browser.clash import edit, send
from tests.browser.pocket import Login, Pocket
from tests.browser.taps import Thumb
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


WORDS = {
    "ko": {
        "edit": "고객 정보 고치기",
        "memo": "메모",
        "compare": "두 내용 비교하기",
        "former": "이전 내용으로 되돌리기",
        "both": "둘 다 메모에 남기기",
        "restore": "복원하고 적용",
        "restored": "쓰던 내용을 불러왔어요",
    },
    "en": {
        "edit": "Edit customer",
        "memo": "Memo",
        "compare": "Compare both",
        "former": "Put the former back",
        "both": "Write both into the memo",
        "restore": "Restore and apply",
        "restored": "Your draft is back",
    },
}


@dataclass
class Person:
    """Somebody with a phone in a pocket, and with what the server sends them to look it up by."""

    pocket: Pocket
    phone: HttpPhone
    page: Page

    def open(self, address: str) -> None:
        self.page.goto(self.pocket.base_url + address)
        expect(chip(self.page)).to_be_visible(timeout=30_000)

    def write_memo(self, words: dict[str, str], text: str) -> None:
        """On the page of the customer."""
        self.page.get_by_role("link", name=words["edit"]).locator("visible=true").click()
        self.page.get_by_role("textbox", name=words["memo"], exact=True).fill(text)
        self.page.get_by_role("button", name=self.pocket.words["save"], exact=True).click()
        expect(self.page.get_by_text(text, exact=True).locator("visible=true")).to_be_visible()

    def signal(self, *, is_on: bool) -> None:
        self.page.context.set_offline(not is_on)

    def rests_at(self, state: str) -> None:
        expect(chip(self.page)).to_have_attribute("data-state", state, timeout=60_000)

    def holds(self, shape: str, id: str) -> dict[str, Any] | None:
        [kept] = disk.databases(self.page).values()
        return next((row["f"] for row in kept[shape] if row["id"] == id), None)


@pytest.fixture
def arrive(server: Server, login: Login, new_pocket: Callable[..., Pocket]) -> Callable[[str, str], Person]:
    def sign_in(who: str, language: str) -> Person:
        door = HttpDoor.sign_in(server.base_url, *login(who))
        door.speak(language)
        phone = HttpPhone(door)
        phone.pull()
        pocket = new_pocket(language)
        page = pocket.on()
        pocket.sign_in(page, *login(who))
        return Person(pocket, phone, page)

    return sign_in


def chip(page: Page) -> Locator:
    return page.get_by_test_id("sync-chip").locator("visible=true")


def own_customer(phone: HttpPhone, at: int) -> dict[str, Any]:
    """The nth customer in this rep's territories, by name."""
    member = phone.holds("member", phone.door.me["member"]["id"])  # type: ignore[attr-defined]
    assert member is not None
    own = [one for one in phone.all("customer") if one["territory"] in member["territories"]]
    return sorted(own, key=lambda one: (one["name"], one["id"]))[at]


@pytest.mark.parametrize(("language", "choice", "at"), [("ko", "former", 0), ("en", "both", 1)])
def test_two_phones_edit_one_memo_offline_and_end_the_same(
    arrive: Callable[[str, str], Person], language: str, choice: str, at: int
) -> None:
    words = WORDS[language]
    first, late = arrive("eunyoung", language), arrive("minsu", language)
    customer = own_customer(late.phone, at)["id"]
    for person, text in ((first, f"From the office {at}"), (late, f"From the basement {at}")):
        person.open(f"/customers/{customer}")
        person.signal(is_on=False)
        person.write_memo(words, text)
        person.rests_at("saved")

    first.signal(is_on=True)
    first.rests_at("applied")
    late.signal(is_on=True)
    late.rests_at("attention")
    first.rests_at("applied")  # whoever was first has nothing to do

    chip(late.page).click()
    choose(late.page, words, choice, late.pocket.words["locale"])
    late.rests_at("applied")
    memo = memo_after(choice, at)
    for person in (first, late):
        assert wait_until(lambda person=person: memo(person.holds("customer", customer)), 60)  # type: ignore[misc]
        late.phone.pull()
        assert person.holds("customer", customer) == late.phone.holds("customer", customer)
        for conflict in late.phone.all("conflict"):
            assert person.holds("conflict", conflict["id"]) == conflict


def choose(page: Page, words: dict[str, str], choice: str, locale: str) -> None:
    """From the attention item: look at both, and tap."""
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("link", name=words["compare"]))
    expect(page.get_by_test_id("conflict").locator("visible=true")).to_be_visible()
    thumb.tap(page.get_by_role("button", name=words[choice]))
    taps.check(thumb, taps.RESOLVE_A_CONFLICT, locale)


def memo_after(choice: str, at: int) -> Callable[[dict[str, Any] | None], bool]:
    """Whether a customer holds what the choice makes of the memo."""
    office, basement = f"From the office {at}", f"From the basement {at}"
    if choice == "former":
        return lambda held: held is not None and held["memo"] == office
    return lambda held: held is not None and held["memo"].startswith(f"{basement}\n") and office in held["memo"]


def test_what_was_being_edited_is_there_after_the_phone_died(
    arrive: Callable[[str, str], Person], server: Server
) -> None:
    person = arrive("minsu", "en")
    address = f"/customers/{own_customer(person.phone, 2)['id']}/edit"
    person.open(address)
    box = person.page.get_by_role("textbox", name="Memo", exact=True)
    box.press_sequentially("Half a sent")
    assert wait_until(lambda: "Half a sent" in disk.as_text(disk.databases(person.page)), 10)
    person.pocket.off()
    server.stop()
    page = person.pocket.on(address)
    expect(page.get_by_text(WORDS["en"]["restored"])).to_be_visible(timeout=20_000)
    expect(page.get_by_role("textbox", name="Memo", exact=True)).to_have_value("Half a sent")
    server.start()


def test_an_edit_of_a_removed_customer_is_applied_after_one_tap(
    arrive: Callable[[str, str], Person], server: Server, login: Login
) -> None:
    words = WORDS["en"]
    person = arrive("minsu", "en")
    customer = own_customer(person.phone, 3)
    person.open(f"/customers/{customer['id']}")
    person.signal(is_on=False)
    person.write_memo(words, "Still wanted")
    remove(HttpDoor.sign_in(server.base_url, *login("haneul")), customer["id"])
    person.signal(is_on=True)
    person.rests_at("attention")

    chip(person.page).click()
    item = person.page.get_by_test_id("outbox-item").filter(has_text=customer["name"])
    expect(item).to_be_visible()
    Thumb(person.page).tap(item.get_by_role("button", name=words["restore"]))
    person.rests_at("applied")
    person.phone.pull()
    held = person.phone.holds("customer", customer["id"])
    assert held is not None
    assert held["memo"] == "Still wanted"


def remove(door: HttpDoor, customer: str) -> None:
    address = f"{door.base_url}/api/v1/customers/{customer}/"
    version = door.session.get(address, timeout=30).headers["ETag"]
    door.session.delete(address, headers={"If-Match": version}, timeout=30).raise_for_status()


def test_an_undone_choice_leaves_everything_as_it_was(arrive: Callable[[str, str], Person]) -> None:
    person, other = arrive("minsu", "en"), arrive("eunyoung", "en")
    customer = own_customer(person.phone, 4)["id"]
    person.open(f"/customers/{customer}")
    person.signal(is_on=False)
    person.write_memo(WORDS["en"], "Mine")
    other.phone.pull()
    edit(other.phone, "customer", customer, memo="Theirs")
    send(other.phone)
    person.signal(is_on=True)
    person.rests_at("attention")
    chip(person.page).click()
    choose(person.page, WORDS["en"], "former", "en-GB, undone")
    person.page.get_by_role("button", name=person.pocket.words["undo"]).click()
    expect(person.page.get_by_role("link", name=WORDS["en"]["compare"])).to_be_visible()
    person.rests_at("attention")
    [kept] = disk.databases(person.page).values()
    assert [row["kind"] for row in kept["journal"]] == ["customer.change"]
