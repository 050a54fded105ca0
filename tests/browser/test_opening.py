"""A screen that has opened stays as it is, under the hands of whoever writes on it already."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.pocket import Login, Pocket
from tests.browser.stuck import phone_of
from tests.browser.writing import own_visit
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

# The app fetches its other screens when this one stands.
OTHERS_ARE_THERE = """() => ['Record', 'Plan', 'Phones'].every(name =>
  performance.getEntriesByType('resource').some(one => one.name.includes(`/assets/${name}-`) && one.responseEnd > 0))"""
FIELDS_THAT_WENT = """new MutationObserver(changes => {
  const gone = changes.flatMap(({ removedNodes }) => [...removedNodes]).filter(one => one.querySelector?.('textarea'))
  globalThis.fieldsThatWent = (globalThis.fieldsThatWent ?? 0) + gone.length
}).observe(document, { childList: true, subtree: true })"""


def test_a_screen_is_not_opened_anew_when_the_other_screens_have_been_fetched(
    server: Server, login: Login, new_pocket: Callable[..., Pocket]
) -> None:
    pocket = new_pocket()
    page = pocket.on()
    pocket.sign_in(page, *login("minsu"))
    page.add_init_script(FIELDS_THAT_WENT)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(f"{server.base_url}/visits/{own_visit(phone_of(server, login('minsu')))}")
    field = page.get_by_role("textbox")
    field.fill("From the first moment on")
    page.wait_for_function(OTHERS_ARE_THERE)
    expect(page.get_by_role("button", name="댓글 남기기")).to_be_enabled()
    expect(field).to_have_value("From the first moment on")
    assert page.evaluate("() => fieldsThatWent") == 0
