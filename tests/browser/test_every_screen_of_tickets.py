"""Every screen about tickets, and every sheet that opens over one, as those of visits are looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import troubles
from tests.browser.looks import LOOKS, Look, begin, found_on, problems
from tests.browser.pocket import Login, Pocket, seen
from tests.browser.troubles import Troubles
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

VIEWS = ("mine", "nearby", "overdue", "all")
# What stands under "more" is opened first.
MORE = ("edit", "again", "withdraw")
SHEETS = {
    "late": ("solve", "wait", "help", "link"),
    "urgent": ("assign", "edit"),
    "waiting": ("again", "withdraw"),
    "solved": ("close",),
}


@pytest.fixture(scope="module")
def made(server: Server, login: Login, chips: dict[str, dict[str, str]]) -> Troubles:
    return troubles.pile_up(server, login, chips)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_screen_of_tickets_can_be_read_and_reached(
    look: Look, server: Server, login: Login, new_pocket: Callable[..., Pocket], made: Troubles
) -> None:
    page = begin(look, server, login("seoyeon"), new_pocket)
    screens = {
        "today": ("/", made.customer_name),
        "record-ticket": ("/record?as=ticket", ""),
        "causes": ("/causes", ""),
        **{f"ticket-{name}": (f"/tickets/{id}", "") for name, id in made.tickets.items()},
        **{f"cause-{name}": (f"/causes/{id}", "") for name, id in made.causes.items()},
        "customer": (f"/customers/{made.customer}", made.customer_name),
        "ticket-figures": ("/tickets/figures", ""),
        "notifications": ("/notifications", ""),
    }
    assert found_on(page, look, server, screens, "technician-") == {}
    assert list_of_tickets(page, look, server) == {}
    assert sheets_over(page, look, server, made) == {}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_so_can_what_an_administrator_sets_up_for_them(
    look: Look, server: Server, login: Login, new_pocket: Callable[..., Pocket], made: Troubles
) -> None:
    page = begin(look, server, login("haneul"), new_pocket)
    screens = {
        "manage": ("/manage", ""),
        "chips": ("/manage/chips", "소음"),
        "calendars": ("/manage/calendars", "24시간"),
        "promises": ("/manage/promises", ""),
        "in-doubt": (f"/tickets/{made.tickets['in_doubt']}", ""),
    }
    assert found_on(page, look, server, screens, "admin-") == {}
    found = {}
    for name in ("chips", "calendars", "promises"):
        page.goto(f"{server.base_url}/manage/{name}")
        seen(page.get_by_test_id(name).get_by_role("button")).last.click()
        found[name] = sheet(page, look, name)
    assert {name: some for name, some in found.items() if some} == {}


def list_of_tickets(page: Page, look: Look, server: Server) -> dict[str, list[str]]:
    page.goto(f"{server.base_url}/tickets")
    found = {}
    for at, view in enumerate(VIEWS):
        page.get_by_role("radio").nth(at).click()
        expect(page.get_by_test_id("waiting")).to_have_count(0)
        found[view] = problems(page, look, f"technician-tickets-{view}")
    return {name: some for name, some in found.items() if some}


def sheets_over(page: Page, look: Look, server: Server, made: Troubles) -> dict[str, list[str]]:
    found = {}
    addresses = {f"/tickets/{made.tickets[name]}": deeds for name, deeds in SHEETS.items()}
    addresses |= {f"/causes/{made.causes['finding']}": ("settle", "edit")}
    for address, deeds in addresses.items():
        page.goto(server.base_url + address)
        for deed in deeds:
            if deed in MORE and address.startswith("/tickets"):
                open_more(page)
            seen(page.locator(f'[data-deed="{deed}"]')).first.click()
            found[f"{address} {deed}"] = sheet(page, look, f"ticket-{deed}")
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)
    return {name: some for name, some in found.items() if some}


def open_more(page: Page) -> None:
    more = seen(page.locator('[data-deed="more"]'))
    if more.get_attribute("aria-expanded") == "false":
        more.click()


def sheet(page: Page, look: Look, name: str) -> list[str]:
    expect(page.get_by_role("dialog")).to_be_visible()
    return problems(page, look, f"sheet-{name}")
