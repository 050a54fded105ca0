"""The shell of the app opens with no server at all, once it has been there."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenProfile
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def test_the_app_opens_in_a_new_browser_while_the_server_is_gone(server: Server, profile: OpenProfile) -> None:
    with profile() as phone:
        page = phone.new_page()
        page.goto(server.base_url)
        page.wait_for_function("navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)")
        online = page.locator("#app").inner_text()
    server.kill9("web")
    try:
        with profile() as phone:
            page = phone.new_page()
            page.goto(server.base_url)
            page.wait_for_function("document.querySelector('#app').innerText.trim() !== ''")
            assert page.locator("#app").inner_text() == online
    finally:
        server.start("web")
