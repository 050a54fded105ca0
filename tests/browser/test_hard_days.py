"""What is only seen on a hard day, in both languages, light and dark, on a phone and on a desk: readable, reachable."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import disk
from tests.browser.clash import edit, send
from tests.browser.looks import LOOKS, Look, opened_as, problems
from tests.browser.pocket import Login, Pocket, seen
from tests.browser.silence import number_of
from tests.browser.stuck import phone_of
from tests.browser.test_history import WORDS as HISTORY
from tests.browser.test_history import open_history
from tests.browser.test_manage import WORDS as MANAGE
from tests.browser.test_phones import replica_in
from tests.browser.test_refused import REFUSED, refuse, saved_by
from tests.browser.writing import comment_on
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SIGHT_MS = 60_000
LONG = (
    "Deliveries through the back gate only, before eight, and ring twice. "
    "후문으로만 들어갈 수 있고, 여덟 시 전에 두 번 벨을 눌러야 해요. 주차는 옆 건물에 하고 명함을 앞 유리에 두세요."
)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_what_a_hard_day_shows_can_be_read_and_reached(
    look: Look, server: Server, login: Login, new_pocket: Callable[..., Pocket], tmp_path: Path
) -> None:
    """The history of a field, a chain of entries that waits, and the way in after the phone was switched off."""
    HttpDoor.sign_in(server.base_url, *login("minsu")).speak(look.language)
    mine, found = phone_of(server, login("minsu")), dict[str, list[str]]()
    customer = change_twice(mine, phone_of(server, login("eunyoung")))
    pocket = new_pocket(look.language)
    page = pocket.on(**opened_as(look))
    pocket.sign_in(page, *login("minsu"))

    page.goto(f"{server.base_url}/customers/{customer}")
    expect(open_history(page, HISTORY[look.language]).get_by_test_id("history")).to_be_visible(timeout=SIGHT_MS)
    found["history"] = problems(page, look, "hard-history")

    write_what_cannot_go_in(page, pocket, server, unvisited(mine))
    page.goto(f"{server.base_url}/outbox")
    expect(page.get_by_text(MANAGE[look.language]["chain"])).to_be_visible(timeout=SIGHT_MS)
    found["chain"] = problems(page, look, "hard-chain")

    page.route("**/api/sync/v1/push", refuse)
    page.context.set_offline(True)
    page.goto(f"{server.base_url}/visits/{last_visit(page)}")
    comment_on(page, "Never taken 1")
    comment_on(page, "Never taken 2")
    door = HttpDoor.sign_in(server.base_url, *login("minsu"))
    door.post(f"/api/v1/phones/{number_of(server, replica_in(page))}/revoke/", {}).raise_for_status()
    page.context.set_offline(False)
    page.goto(server.base_url)
    words = REFUSED[look.language]
    expect(page.get_by_text(words["unsent"])).to_be_visible(timeout=SIGHT_MS)
    saved_by(page, words["save"], tmp_path / "unsent.json")
    expect(page.get_by_role("button", name=words["let_go"])).to_be_visible()
    found["refused"] = problems(page, look, "hard-refused")
    page.get_by_role("button", name=words["let_go"]).click()
    expect(page.get_by_text(words["gone"])).to_be_visible()
    found["let-go"] = problems(page, look, "hard-let-go")
    assert {name: some for name, some in found.items() if some} == {}


def own(phone: HttpPhone) -> list[str]:
    member = phone.holds("member", phone.door.me["member"]["id"])  # type: ignore[attr-defined]
    assert member is not None
    return sorted(one["id"] for one in phone.all("customer") if one["territory"] in member["territories"])


def unvisited(phone: HttpPhone) -> str:
    """A customer of this rep's that no visit, promise or conflict speaks of."""
    spoken_of = {one["customer"] for shape in ("visit", "commitment", "conflict") for one in phone.all(shape)}
    return next(id for id in own(phone) if id not in spoken_of)


def change_twice(first: HttpPhone, second: HttpPhone) -> str:
    customer = own(first)[-1]
    for phone, text in ((first, LONG), (second, f"{LONG} {secrets.token_hex(2)}")):
        phone.pull()
        edit(phone, "customer", customer, memo=text, phone=f"02-{secrets.randbelow(9000) + 1000}-5678")
        send(phone)
    return customer


def last_visit(page: Page) -> str:
    """The visit that was last recorded on this phone."""
    [kept] = disk.databases(page).values()
    entries = [json.loads(row["bytes"]) for row in kept["outbox"]]
    return next(str(entry["args"]["visit"]) for entry in reversed(entries) if entry["kind"] == "visit.log")


def write_what_cannot_go_in(page: Page, pocket: Pocket, server: Server, customer: str) -> None:
    """A visit, and two comments that rest on it, at a customer that the server knows no more, as after a restore."""
    page.goto(f"{server.base_url}/record/{customer}")
    words = pocket.words
    expect(page.get_by_role("radio", name=words["progress"])).to_be_visible(timeout=SIGHT_MS)
    page.context.set_offline(True)
    page.get_by_role("radio", name=words["progress"]).click()
    page.get_by_role("radio", name=words["revisit"]).click()
    page.get_by_role("textbox", name=words["note"]).fill(LONG)
    page.get_by_role("button", name=words["save"], exact=True).click()
    expect(page.get_by_role("button", name=words["undo"])).to_be_visible()
    page.goto(f"{server.base_url}/visits/{last_visit(page)}")
    comment_on(page, "Nobody was at the gate")
    comment_on(page, f"Once more: {LONG}")
    server.python(
        "from customers.models import Contact, Customer, Site\n"
        f"for model in (Contact, Site): model.everywhere.filter(customer_id={customer!r}).delete()\n"
        f"Customer.everywhere.filter(pk={customer!r}).delete()"
    )
    page.context.set_offline(False)
    expect(seen(page.get_by_test_id("sync-chip"))).to_have_attribute("data-state", "attention", timeout=SIGHT_MS)
