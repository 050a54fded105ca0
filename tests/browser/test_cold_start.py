"""The app opens with no server at all, once it has been there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.pocket import Pocket
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def test_the_app_opens_in_a_new_browser_while_the_server_is_gone(
    server: Server, new_pocket: Callable[..., Pocket]
) -> None:
    pocket = new_pocket()
    page = pocket.on()
    button = page.get_by_role("button", name=pocket.words["sign_in"], exact=True)
    expect(button).to_be_visible()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")
    pocket.off()
    server.kill9("web")
    try:
        page = pocket.on()
        expect(page.get_by_role("button", name=pocket.words["sign_in"], exact=True)).to_be_visible()
    finally:
        server.start("web")
