"""The app in two versions, and how a server and its people go from one to the other."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Page, expect

from fieldops.installation import wait_until
from fieldops.processes import BASE_DIR
from tests.server import Server

STATIC = BASE_DIR / "static"
NEXT_VERSION = "99.0.0"
TAKEN_MS = 60_000
# The browser has fetched another version of the app, and it waits to be taken.
_WAITS = """async () => {
  const registration = await navigator.serviceWorker.ready
  await registration.update()
  return registration.waiting !== null
}"""


def build_next(place: Path) -> Path:
    """The app built once more under another version, as the next release would be."""
    shutil.copytree(STATIC, place, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (place / "node_modules").symlink_to(STATIC / "node_modules")
    package = json.loads((place / "package.json").read_text(encoding="utf-8"))
    (place / "package.json").write_text(json.dumps({**package, "version": NEXT_VERSION}), encoding="utf-8")
    vite = STATIC / "node_modules" / "vite" / "bin" / "vite.js"
    node = os.environ.get("PLAYWRIGHT_NODEJS_PATH", "node")
    subprocess.run([node, str(vite), "build", "--logLevel", "error"], cwd=place, check=True)
    return place / "dist"


def version_of(static: Path) -> str:
    return str(json.loads((static / "package.json").read_text(encoding="utf-8"))["version"])


def deploy(server: Server, build: Path) -> None:
    server.stop("web")
    server.environment["FIELDOPS_CLIENT_DIR"] = str(build)
    server.start("web")


def update_waits(page: Page) -> bool:
    """Within a minute. Asked anew each time: the page's own wait would take a promise for a yes."""
    wait = page.wait_for_timeout
    return wait_until(lambda: page.evaluate(_WAITS), TAKEN_MS / 1000, meanwhile=lambda: wait(100))


def take_update(page: Page, base_url: str, version: str) -> None:
    """As its person does, on Today; the app of that version stands afterwards."""
    page.goto(base_url)
    button = page.get_by_role("button", name="지금 바꾸기")
    expect(button).to_be_visible(timeout=TAKEN_MS)
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    button.click()
    assert wait_until(lambda: bool(loads), TAKEN_MS / 1000, meanwhile=lambda: page.wait_for_timeout(50))
    expect(button).to_have_count(0)
    assert len(loads) == 1, "the page loads once for it"
    page.goto(f"{base_url}/me")
    expect(page.get_by_text(version, exact=False)).to_be_visible(timeout=TAKEN_MS)
