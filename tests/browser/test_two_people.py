"""One phone, two people: whoever leaves takes the rows along and leaves the queue, and the next one finds neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser import disk
from tests.browser.pocket import Login, Pocket
from tests.browser.writing import comment_on, own_visit
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

UNSENT = 30
# All that a log-out leaves in a database: what its member wrote, and who that was.
QUEUE = {"outbox", "chain", "journal", "drafts", "meta"}


@dataclass
class Person:
    login: tuple[str, str]
    phone: HttpPhone

    @classmethod
    def arrive(cls, server: Server, login: tuple[str, str]) -> Person:
        door = HttpDoor.sign_in(server.base_url, *login)
        door.speak("en")
        phone = HttpPhone(door)
        phone.pull()
        return cls(login, phone)

    @property
    def id(self) -> str:
        return str(self.phone.door.me["member"]["id"])  # type: ignore[attr-defined]

    def customers(self) -> set[str]:
        return {str(customer["name"]) for customer in self.phone.all("customer")}


def test_t25_t26_a_queue_waits_for_its_writer_and_nobody_else_sees_it(
    server: Server, login: Login, new_pocket: Callable[..., Pocket]
) -> None:
    ana, ben = (Person.arrive(server, login(key)) for key in ("minsu", "seoyeon"))
    visit = own_visit(ana.phone)
    texts = [f"T25 canary {number}" for number in range(UNSENT)]
    pocket = new_pocket("en")
    page = pocket.on()
    pocket.sign_in(page, *ana.login)
    page.goto(f"{server.base_url}/visits/{visit}")
    page.context.set_offline(True)
    for text in texts:
        comment_on(page, text)
    log_out(page, server)
    page.context.set_offline(False)

    pocket.sign_in(page, *ben.login)
    page.goto(f"{server.base_url}/outbox")
    expect(page.get_by_test_id("sync-chip").locator("visible=true")).to_have_attribute("data-state", "applied")
    secrets = {"T25 canary", ana.login[0], *(ana.customers() - ben.customers())}
    assert len(secrets) > 2
    assert seen(page, server, visit, secrets) == set()
    assert found(page, ana, secrets) == set()
    assert comments_of(ana, texts) == []
    log_out(page, server)

    pocket.sign_in(page, *ana.login)
    expect(page.get_by_test_id("sync-chip").locator("visible=true")).to_have_attribute(
        "data-state", "applied", timeout=60_000
    )
    assert comments_of(ana, texts) == [(text, ana.id) for text in texts]


def log_out(page: Page, server: Server) -> None:
    """Over the screen "Me", and the sheet that asks, whatever it asks."""
    page.get_by_role("navigation").get_by_role("link", name="Me", exact=True).locator("visible=true").click()
    page.get_by_role("button", name="Log out", exact=True).click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{server.base_url}/")
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def seen(page: Page, server: Server, visit: str, secrets: set[str]) -> set[str]:
    """Which of these words any screen shows."""
    shown = ""
    for address in ("/", "/customers", "/feed", "/outbox", "/me", f"/visits/{visit}"):
        page.goto(server.base_url + address)
        expect(page.get_by_test_id("sync-chip").locator("visible=true")).to_be_visible()
        expect(page.get_by_test_id("waiting")).to_have_count(0)
        shown += page.content()
    return {secret for secret in secrets if secret in shown}


def found(page: Page, absent: Person, secrets: set[str]) -> set[str]:
    """Which of these words lie anywhere on the disk but in the absent one's own queue."""
    kept = disk.databases(page)
    [theirs] = [kept.pop(name) for name in list(kept) if name.endswith(absent.id)]
    assert {store for store, rows in theirs.items() if rows} <= QUEUE
    assert len(theirs["outbox"]) == UNSENT
    text = disk.as_text(kept) + disk.elsewhere(page)
    return {secret for secret in secrets if secret in text}


def comments_of(person: Person, texts: list[str]) -> list[tuple[str, str]]:
    """These comments as the server holds them, with their authors, in the order they were made."""
    person.phone.pull()
    held = sorted(person.phone.all("comment"), key=lambda comment: str(comment["id"]))
    return [(str(comment["text"]), str(comment["member"])) for comment in held if comment["text"] in texts]
