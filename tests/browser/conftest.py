"""Browser tests: a real server with the demo, a real Chromium."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests import chromium
from tests.browser.pocket import Pocket
from tests.server import Server, running


@pytest.fixture(scope="session")
def browser_driver() -> Iterator[Playwright]:
    chromium.use_own_node()
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("app")) as started:
        started.manage("seed_demo")
        yield started


@pytest.fixture(scope="module")
def login(server: Server) -> Callable[[str], tuple[str, str]]:
    passwords = json.loads((Path(server.data) / "demo-logins.json").read_text(encoding="utf-8"))
    return lambda key: (f"{key}@demo.fieldops.example", passwords[key])


@pytest.fixture
def new_pocket(browser_driver: Playwright, server: Server, tmp_path: Path) -> Iterator[Callable[..., Pocket]]:
    """Makes phones; each is switched off when the test ends."""
    made: list[Pocket] = []

    def make(language: str = "ko") -> Pocket:
        made.append(Pocket(browser_driver, tmp_path / f"phone{len(made)}", server.base_url, language))
        return made[-1]

    yield make
    for pocket in made:
        pocket.off()
        assert pocket.errors == []
