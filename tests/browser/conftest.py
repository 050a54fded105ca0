"""Browser tests: a real server with the demo, a real Chromium."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect, sync_playwright

from tests import chromium, new_databases
from tests.browser import troubles
from tests.browser.pocket import Login, Pocket
from tests.http_door import HttpDoor
from tests.server import Server, running

# Two browsers and two servers share a machine with whatever else runs there, and its disk with their fsyncs: what
# takes as long as this is not there at all. How long anything may take is no claim of these tests.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_driver() -> Iterator[Playwright]:
    chromium.use_own_node()
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where lies what takes long to make. Runs that name the same folder in FIELDOPS_KEPT make it once."""
    named = os.environ.get("FIELDOPS_KEPT")
    return Path(named) if named else tmp_path_factory.mktemp("kept")


@dataclass(frozen=True)
class Demo:
    """The demo's data: its folder, and on PostgreSQL the name under which its database is kept."""

    folder: Path
    database: str


@pytest.fixture(scope="session")
def demo(kept: Path) -> Demo:
    """Made once: making it takes longer than most tests with it."""
    is_postgresql = new_databases.are_on_postgresql()
    folder = kept / ("demo-postgresql" if is_postgresql else "demo")
    name = folder / "database"
    if not folder.exists():
        server = Server(folder)
        server.manage("prepare", "--demo")
        name.write_text(new_databases.keep(server.own_database) if is_postgresql else "", encoding="utf-8")
        server.close()
    return Demo(folder, name.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, demo: Demo) -> Iterator[Server]:
    """With a copy of the demo."""
    folder = tmp_path_factory.mktemp("app")
    shutil.copytree(demo.folder, folder, dirs_exist_ok=True)
    with running(folder, like=demo.database) as started:
        yield started


@pytest.fixture(scope="module")
def login(server: Server) -> Login:
    passwords = json.loads((Path(server.data) / "demo-logins.json").read_text(encoding="utf-8"))
    return lambda key: (f"{key}@demo.fieldops.example", passwords[key])


@pytest.fixture(scope="module")
def chips(server: Server, login: Login) -> dict[str, dict[str, str]]:
    """By sort and name; with them there are hours and a promise for tickets."""
    return troubles.set_up(server, login)


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


@pytest.fixture
def work(server: Server, login: Login, new_pocket: Callable[..., Pocket]) -> Callable[[str, str], Page]:
    """Somebody signs in on a phone of their own."""

    def begin(who: str, language: str) -> Page:
        HttpDoor.sign_in(server.base_url, *login(who)).speak(language)
        pocket = new_pocket(language)
        page = pocket.on()
        pocket.sign_in(page, *login(who))
        return page

    return begin
