"""Browser tests: a real server with the demo, a real Chromium."""

from __future__ import annotations

import json
import shutil
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


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's data, made once: making it takes longer than most tests with it."""
    folder = tmp_path_factory.mktemp("demo")
    server = Server(folder)
    server.manage("prepare", "--demo")
    server.close()
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("app")
    shutil.copytree(demo, folder, dirs_exist_ok=True)
    with running(folder) as started:
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
