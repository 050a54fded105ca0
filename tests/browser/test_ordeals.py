"""Faults that only a browser has: clocks, cleared storage, no room, tabs that freeze, new versions, killed first syncs.

Each is a row of the table of faults (`python3 dev.py faults`), and must lose nothing and double nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import disk
from tests.browser.builds import NEXT_VERSION, STATIC, build_next, deploy, take_update, update_waits, version_of
from tests.browser.first_sync import LINES, fetch, fill, on_a_slow_phone
from tests.browser.line import Line
from tests.browser.pocket import Login, Pocket
from tests.browser.rows import row_of, tell
from tests.browser.writing import comment_on, own_visit
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SHARES = (0.1, 0.5, 0.9)  # of the rows are there when the browser of F30 is killed
MOST_ROWS_OF_A_PAGE = 1000
SETTLED_MS = 60_000
YEARS = 3 * 365 * 86_400_000
# The page's clock is wrong by what localStorage says, from the first line of the app on.
WRONG_CLOCK = """() => {
  const Right = Date
  const error = () => Number(localStorage.getItem('clock-error') ?? 0)
  globalThis.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(Right.now() + error()) }
    static now() { return Right.now() + error() }
  }
}"""


@dataclass
class Ordeal:
    """Minsu's phone on the page of a visit of his, and another phone of his that knows the server by its messages."""

    server: Server
    login: tuple[str, str]
    pocket: Pocket
    reader: HttpPhone
    visit: str
    page: Page

    def open_visit(self, page: Page | None = None) -> None:
        page = page or self.page
        page.goto(f"{self.server.base_url}/visits/{self.visit}")
        expect(page.get_by_role("textbox")).to_be_visible(timeout=30_000)

    def write(self, *texts: str, on: Page | None = None) -> list[str]:
        for text in texts:
            comment_on(on or self.page, text)
        return list(texts)

    def go_offline(self) -> None:
        self.page.context.set_offline(True)

    def go_online(self) -> float:
        """Returns when it did."""
        self.page.context.set_offline(False)
        return time.monotonic()

    def settle(self, *pages: Page) -> None:
        for page in pages or (self.page,):
            expect(chip(page)).to_have_attribute("data-state", "applied", timeout=SETTLED_MS)


def chip(page: Page) -> Locator:
    return page.get_by_test_id("sync-chip").locator("visible=true")


@pytest.fixture
def ordeal(server: Server, login: Login, new_pocket: Callable[..., Pocket]) -> Ordeal:
    reader = HttpPhone(HttpDoor.sign_in(server.base_url, *login("minsu")))
    reader.pull()
    pocket = new_pocket()
    page = pocket.on()
    pocket.sign_in(page, *login("minsu"))
    found = Ordeal(server, login("minsu"), pocket, reader, own_visit(reader), page)
    found.open_visit()
    found.settle()
    return found


def test_f17_a_clock_that_is_years_off_or_jumps_changes_only_what_the_phone_says_of_time(ordeal: Ordeal) -> None:
    """I20. Three years ahead, three behind, and back to the right time in the middle of a queue."""
    page, written = ordeal.page, list[str]()
    page.add_init_script(f"({WRONG_CLOCK})()")
    ordeal.go_offline()
    for name, error in (("ahead", YEARS), ("behind", -YEARS), ("right", 0)):
        page.evaluate("error => localStorage.setItem('clock-error', error)", str(error))
        ordeal.open_visit()
        written += ordeal.write(f"F17 {name} 1", f"F17 {name} 2")
    began = ordeal.go_online()
    ordeal.settle()
    row = row_of("F17", page, ordeal.reader, written, time.monotonic() - began)
    ordeal.reader.pull()
    made = {one["text"]: one["made_at"][:4] for one in ordeal.reader.all("comment") if one["text"] in written}
    years = sorted(set(made.values()))
    tell(row)
    assert row.is_good, row
    assert len(years) == 3, years  # what the phone said of time is kept as it said it


def test_f19_t29_cleared_storage_is_told_with_the_number_of_what_went_with_it(ordeal: Ordeal) -> None:
    """The declared loss is the real one, on this phone and at the server."""
    page = ordeal.page
    sent = ordeal.write("F19 sent 1", "F19 sent 2")
    ordeal.settle()
    ordeal.go_offline()
    gone = ordeal.write("F19 gone 1", "F19 gone 2", "F19 gone 3")
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": ordeal.server.base_url, "storageTypes": "indexeddb"})
    began = ordeal.go_online()
    page.goto(ordeal.server.base_url)
    expect(page.get_by_text("3건이 이 휴대폰에서 사라졌어요")).to_be_visible(timeout=SETTLED_MS)
    ordeal.settle()
    told = announced(ordeal.server)
    row = row_of("F19", page, ordeal.reader, [*sent, *gone], time.monotonic() - began, lost=3, said=f"announced {told}")
    tell(row)
    assert row.is_good, row
    assert told == 3


def announced(server: Server) -> int:
    code = (
        "from sync.models import Replica; "
        "print(max(r.lost_written_n - r.lost_received_n for r in Replica.everywhere.all()))"
    )
    return int(server.python(code).split()[-1])


def test_f20_t31_without_room_entries_are_still_saved(ordeal: Ordeal) -> None:
    """Caches give way before what a person wrote."""
    page = ordeal.page
    session = page.context.new_cdp_session(page)
    used = page.evaluate("() => navigator.storage.estimate().then(({ usage }) => usage)")
    session.send("Storage.overrideQuotaForOrigin", {"origin": ordeal.server.base_url, "quotaSize": int(used) + 20_000})
    ordeal.go_offline()
    written = ordeal.write(*(f"F20 {number} {'가' * 900}" for number in range(12)))
    began = ordeal.go_online()
    ordeal.settle()
    session.send("Storage.overrideQuotaForOrigin", {"origin": ordeal.server.base_url})
    row = row_of("F20", page, ordeal.reader, written, time.monotonic() - began)
    tell(row)
    assert row.is_good, row


@pytest.mark.parametrize("tabs", [2, 3])
def test_f23_of_several_tabs_one_frozen_each_entry_arrives_once(ordeal: Ordeal, tabs: int) -> None:
    context = ordeal.page.context
    pages = [ordeal.page, *(context.new_page() for _ in range(tabs - 1))]
    for page in pages[1:]:
        ordeal.open_visit(page)
    ordeal.go_offline()
    written = [text for at, page in enumerate(pages) for text in ordeal.write(f"F23 {tabs} {at}", on=page)]
    frozen = context.new_cdp_session(pages[0])
    frozen.send("Page.setWebLifecycleState", {"state": "frozen"})
    began = ordeal.go_online()
    ordeal.settle(*pages[1:])
    seconds = time.monotonic() - began
    frozen.send("Page.setWebLifecycleState", {"state": "active"})
    ordeal.settle()
    row = row_of("F23", pages[1], ordeal.reader, written, seconds, said=f"{tabs} tabs, one frozen")
    tell(row)
    assert row.is_good, row


# --- Versions -----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def next_build(kept: Path) -> Path:
    folder = kept / "next"
    return folder / "dist" if folder.exists() else build_next(folder)


def unsent_on(page: Page) -> int:
    [mine] = disk.databases(page).values()
    values = {row["key"]: row["value"] for row in mine["meta"]}
    return int(values["tail"]["n"]) - int(values.get("received") or 0)


def test_f24_an_update_and_its_roll_back_in_the_middle_of_a_queue_lose_nothing(
    ordeal: Ordeal, next_build: Path
) -> None:
    """I16. With a second tab open all the while."""
    page, base_url = ordeal.page, ordeal.server.base_url
    second = page.context.new_page()
    ordeal.open_visit(second)
    written, counts = list[str](), list[int]()
    began = time.monotonic()
    former = STATIC / "dist"
    for step, (build, version) in enumerate([(next_build, NEXT_VERSION), (former, version_of(STATIC))], start=1):
        deploy(ordeal.server, build)
        ordeal.open_visit()
        assert update_waits(page)
        ordeal.go_offline()
        written += ordeal.write(f"F24 {step} by the former 1", f"F24 {step} by the former 2")
        counts.append(unsent_on(page))
        take_update(page, base_url, version)
        ordeal.open_visit()
        written += ordeal.write(f"F24 {step} by the latter")
        counts.append(unsent_on(page))
        ordeal.go_online()
        ordeal.settle(second)
        ordeal.settle()
    row = row_of("F24", page, ordeal.reader, written, time.monotonic() - began, said=f"unsent {counts}")
    tell(row)
    assert row.is_good, row
    assert counts == [2, 3, 2, 3]


def test_what_is_asked_of_the_server_goes_past_the_worker(ordeal: Ordeal) -> None:
    """A worker that is asked all day long never comes to an end, and no newer one takes its place."""
    ordeal.open_visit()  # the first page was there before the worker
    ordeal.settle()
    asked = ordeal.page.evaluate("""() => performance.getEntriesByType('resource')
        .map(({ name, workerFinalSourceType }) => [new URL(name).pathname, workerFinalSourceType])""")
    of_server = [source for path, source in asked if path.startswith("/api/")]
    assert of_server, asked
    assert set(of_server) == {"network"}, asked


# --- First sync ---------------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.timeout(1200)
def test_f30_t38_a_first_sync_that_is_killed_again_and_again_goes_on_where_it_was(
    server: Server, login: Login, new_pocket: Callable[..., Pocket], next_build: Path, tmp_path: Path
) -> None:
    """I11, I21. On a slow phone, with one row of a megabyte: no row comes twice but those of a page that was under way.

    An update of the app fetches none of them again.
    """
    fill(server, tmp_path / "customers.csv")
    reader = HttpPhone(HttpDoor.sign_in(server.base_url, *login("haneul")))
    reader.pull()
    pocket = new_pocket()
    began, killed_at = time.monotonic(), list[float]()
    with Line(server.port) as line:
        pocket.base_url = line.base_url
        for share in SHARES:
            page = on_a_slow_phone(pocket)
            killed_at.append(fetch(pocket, page, login("haneul"), share))
            pocket.kill9()
        page = on_a_slow_phone(pocket)
        fetch(pocket, page, login("haneul"), 1)
        expect(chip(page)).to_have_attribute("data-state", "applied", timeout=SETTLED_MS)
        seconds, came, again = time.monotonic() - began, len(line.brought), line.again
        before = set(line.brought)
        line.brought.clear()
        deploy(server, next_build)
        assert update_waits(page)
        take_update(page, line.base_url, NEXT_VERSION)
        expect(chip(page)).to_have_attribute("data-state", "applied", timeout=SETTLED_MS)
        after_update = len(before & set(line.brought))  # the server may have come to something new meanwhile
        deploy(server, STATIC / "dist")
        shares = "/".join(f"{share:.0%}" for share in killed_at)
        said = f"{came} rows, killed at {shares}: {again} came twice, {after_update} again after an update"
        row = row_of("F30", page, reader, [], seconds, said=said)  # by the line: what the server comes to arrives
    tell(row)
    assert row.is_good, row
    assert came >= 2 * LINES
    assert max(killed_at) < 1
    assert again <= len(SHARES) * MOST_ROWS_OF_A_PAGE
    assert after_update == 0
