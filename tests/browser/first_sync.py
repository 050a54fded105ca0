"""A first sync of many rows on a slow phone, and how far it has come."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

from fieldops.installation import wait_until
from tests.browser.pocket import Pocket
from tests.server import Server

LINES = int(os.environ.get("FIELDOPS_ORDEAL_LINES", "3000"))  # customers, each with its site
FETCHED_WITHIN_S = 600
# Which share of a first sync is there, by what its screen says; all of it when the screen has gone.
FETCHED = """() => {
  const screen = document.querySelector('progress')
  return screen ? screen.value : Number(document.querySelector('[data-testid=sync-chip]') !== null)
}"""
A_MEGABYTE = """
from core import tenancy
from customers.models import Customer
from sync import changes
customer = Customer.everywhere.filter(external_id="F30-0").get()
with tenancy.acting_in(customer.organization_id), changes.unit("test", by=changes.Actor(None, "command")) as unit:
    customer.memo = "F30 " * 250_000
    customer.save(update_fields=["memo"])
    unit.record(customer)
"""


def fill(server: Server, file: Path) -> None:
    """Customers from a file; no form would take the memo that one of them gets."""
    lines = ["external_id,name,territory,address"]
    lines += [f"F30-{number},고객 {number},구역 {number % 7},어딘가 {number}" for number in range(LINES)]
    file.write_text("\n".join(lines), encoding="utf-8")
    server.manage("import_customers", str(file), "--organization", "온교실")
    server.python(A_MEGABYTE)


def on_a_slow_phone(pocket: Pocket) -> Page:
    page = pocket.on()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page


def fetch(pocket: Pocket, page: Page, login: tuple[str, str], share: float) -> float:
    """Waits until so much of the first sync is there. Returns how much is."""
    assert wait_until(
        lambda: page.evaluate(FETCHED) >= share,
        FETCHED_WITHIN_S,
        meanwhile=lambda: sign_in_where_asked(pocket, page, login),
    )
    return float(page.evaluate(FETCHED))


def sign_in_where_asked(pocket: Pocket, page: Page, login: tuple[str, str]) -> None:
    """A browser that is killed within half a minute of a sign-in has not put its cookies on the disk yet."""
    again = page.get_by_role("button", name="다시 로그인")
    if again.is_visible():
        again.click()
    if page.get_by_role("button", name=pocket.words["sign_in"], exact=True).is_visible():
        pocket.begin_sign_in(page, *login)
