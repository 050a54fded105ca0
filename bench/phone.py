"""W8: what a person waits for, in a real Chromium, with every school of the file on the phone.

    python -m bench.phone FILE.csv --columns customers/columns/schools.toml

First load (bytes over the wire), first sync into IndexedDB, a cold start with no server on a processor slowed down
four times, search, and the time from "save" until the visit stands in the list. Sizes are gzip.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, sync_playwright

from tests import chromium
from tests.server import Server, running

EMAIL, PASSWORD = "bench@example.com", "bench-only-on-this-machine"
QUERIES = ("ㅅㅅㅈㅈ", "서울", "중학교", "강남대로", "ㄱㄱㅊㄷ", "부산 초등", "제주")

# Types into the search field and waits until the list has been drawn anew.
SEARCH = """async query => {
  const field = document.querySelector('input[type=search]')
  const began = performance.now()
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, query)
  field.dispatchEvent(new Event('input', {bubbles: true}))
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
  return performance.now() - began
}"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", type=Path)
    options.add_argument("--columns", type=Path, required=True)
    given = options.parse_args()
    chromium.use_own_node()
    with tempfile.TemporaryDirectory(prefix="fieldops-bench-") as folder, running(Path(folder)) as server:
        fill(server, given.file, given.columns)
        with sync_playwright() as driver:
            measure(driver, server, Path(folder) / "profile")


def fill(server: Server, file: Path, columns: Path) -> None:
    server.manage("start_organization", "Bench", EMAIL, "--password", PASSWORD, "--language", "en")
    began = time.monotonic()
    server.manage("import_customers", str(file), "--columns", str(columns))
    print(f"import                {time.monotonic() - began:8.1f} s")


def measure(driver: Playwright, server: Server, profile: Path) -> None:
    context = open_phone(driver, profile)
    page = context.pages[0]
    received = count_bytes(context, page)
    page.goto(server.base_url)
    page.get_by_label("E-mail", exact=True).wait_for()
    scripts, everything = received["script"] / 1024, received["all"] / 1024
    print(f"first load            {scripts:8.1f} KB of scripts and styles, {everything:.1f} KB in all", flush=True)
    first_sync(page)
    search(server, page)
    save(server, page)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")
    context.close()
    server.stop("web")
    cold_start(driver, server, profile)


def open_phone(driver: Playwright, profile: Path) -> BrowserContext:
    return driver.chromium.launch_persistent_context(
        str(profile), **chromium.launch_options(), viewport={"width": 360, "height": 740}, locale="en-GB"
    )


def count_bytes(context: BrowserContext, page: Page) -> dict[str, float]:
    """Encoded bytes of what the page itself asks for; what the service worker keeps for later is not waited for."""
    found = {"script": 0.0, "all": 0.0}
    kinds: dict[str, str] = {}
    session: CDPSession = context.new_cdp_session(page)
    session.send("Network.enable")

    def finished(event: dict[str, Any]) -> None:
        found["all"] += event["encodedDataLength"]
        if kinds.get(event["requestId"]) in {"Script", "Stylesheet"}:
            found["script"] += event["encodedDataLength"]

    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on("Network.loadingFinished", finished)
    return found


def first_sync(page: Page) -> None:
    page.get_by_label("E-mail", exact=True).fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("progressbar").wait_for()
    began = time.monotonic()
    page.get_by_test_id("sync-chip").first.wait_for(state="attached", timeout=300_000)
    seconds = time.monotonic() - began
    rows = count_rows(page)
    print(f"first sync            {rows / seconds:8.0f} rows/s ({rows} rows in {seconds:.1f} s, over the socket)")


def count_rows(page: Page) -> int:
    return int(
        page.evaluate("""async () => {
          let rows = 0
          for (const {name} of await indexedDB.databases()) {
            const db = await new Promise((done, fail) => {
              const asked = indexedDB.open(name)
              asked.onsuccess = () => done(asked.result)
              asked.onerror = () => fail(asked.error)
            })
            for (const store of ['customer', 'site', 'contact', 'territory', 'visit']) {
              if (!db.objectStoreNames.contains(store)) continue
              rows += await new Promise(done => {
                const asked = db.transaction(store).objectStore(store).count()
                asked.onsuccess = () => done(asked.result)
              })
            }
            db.close()
          }
          return rows
        }""")
    )


def search(server: Server, page: Page) -> None:
    page.goto(f"{server.base_url}/customers")
    page.locator("ul.rows li").first.wait_for(timeout=60_000)
    taken = [page.evaluate(SEARCH, query) for query in QUERIES for _ in range(5)]
    print(f"search                {statistics.median(taken):8.1f} ms p50, {max(taken):.1f} ms at most, until drawn")


def save(server: Server, page: Page) -> None:
    address = page.locator("ul.rows li a").first.get_attribute("href") or ""
    page.goto(f"{server.base_url}/record/{address.rsplit('/', 1)[-1]}")
    page.get_by_role("radio", name="Progress").click()
    began = time.monotonic()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Undo").wait_for()
    print(f"save                  {(time.monotonic() - began) * 1000:8.0f} ms until the list shows it")


def cold_start(driver: Playwright, server: Server, profile: Path) -> None:
    context = open_phone(driver, profile)
    page = context.pages[0]
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    began = time.monotonic()
    page.goto(server.base_url)
    page.get_by_test_id("sync-chip").locator("visible=true").wait_for(timeout=60_000)
    print(f"cold start, no server {time.monotonic() - began:8.2f} s on a processor slowed down four times")
    context.close()


if __name__ == "__main__":
    main()
