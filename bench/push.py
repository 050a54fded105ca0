"""W1 and W2: many phones push at once; how fast is it stored, applied, and known again when it is sent twice?

Each phone has its own connection and session and pushes batches of 50 entries of about 1 KB; a batch that is
refused is sent again. *Stored* ends with the last acknowledgement, *applied* when a reader's pull has shown
every visit. The app runs as `manage.py up` runs it: one web process, one Celery worker with two processes. Memory is
what web and worker hold with all their children: `--phones 1` with 1,000 and with 10,000 entries should show the
same.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import psycopg

from core.ids import uuid7
from fieldops.installation import wait_until
from tests.http_door import HttpDoor, HttpPhone
from tests.postgres import postgres
from tests.server import Server, running

BATCH = 50
NOTE = "The pump on line three stops when the second shift starts. " * 13  # makes an entry of about 1 KB
MOST_SECONDS = 1800.0


@dataclass
class Pushed:
    seconds: float
    batches: list[float]  # seconds of each

    def line(self, entries: int) -> str:
        ordered = sorted(self.batches)
        p95 = ordered[int(len(ordered) * 0.95)]
        return (
            f"{entries / self.seconds:8.0f} /s   batch p50 {statistics.median(ordered) * 1000:.0f} ms, "
            f"p95 {p95 * 1000:.0f} ms"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--phones", type=int, default=50)
    options.add_argument("--entries", type=int, default=200, help="of each phone")
    options.add_argument("--postgres", action="store_true", help="PostgreSQL with fsync instead of SQLite")
    given = options.parse_args()
    with database(use_postgres=given.postgres), tempfile.TemporaryDirectory(prefix="fieldops-bench-") as folder:
        raw = raw_inserts(Path(folder))
        with running(Path(folder)) as server:
            measure(server, given.phones, given.entries, raw)


@contextmanager
def database(*, use_postgres: bool) -> Iterator[None]:
    if not use_postgres:
        os.environ.pop("FIELDOPS_DATABASE_URL", None)
        yield
        return
    with postgres(fsync=True) as url:
        os.environ["FIELDOPS_DATABASE_URL"] = url
        yield


def measure(server: Server, phones: int, entries: int, raw: float) -> None:
    crowd = json.loads(
        server.python(f"from tests.walks.crowd import gather; print(gather({phones}, 1))").split("\n")[0]
    )
    pushing = [HttpPhone(HttpDoor(server.base_url, key)) for key in crowd["reps"]]
    reader = HttpPhone(HttpDoor(server.base_url, crowd["readers"][0]))
    for phone in pushing:
        for _ in range(entries):
            phone.write("visit.log", visit=uuid7(), customer=crowd["customer"], outcome="progress", note=NOTE)
    lines = [Line(phone) for phone in pushing]
    count = phones * entries
    began = time.monotonic()
    with Memory(server) as memory:
        stored = push_all(lines)
        shown = wait_until(lambda: visits_of(reader) == count, MOST_SECONDS)
        applied = time.monotonic() - began
        again = push_all(lines)
    print(f"{phones} phones, {entries} entries each, {len(pushing[0].entries[0])} bytes an entry")
    print(f"raw inserts of {BATCH} rows {raw:8.0f} /s")
    print(f"W1 stored    {stored.line(count)}   {count / stored.seconds / raw:.3f} of raw")
    print(f"W1 applied   {count / applied:8.0f} /s   {count / applied / raw:.3f} of raw{'' if shown else '   NOT ALL'}")
    print(f"W2 retry     {again.line(count)}   doubled {visits_of(reader) - count}")
    print(f"memory       {memory.line()}")


class Memory:
    """The most that web and worker hold while it is watched, looked at twice a second."""

    PARTS = ("web", "worker", "slow")

    def __init__(self, server: Server) -> None:
        self.server = server
        self.before = {part: self._mb(part) for part in self.PARTS}
        self.most = dict(self.before)
        self._over = threading.Event()
        self._watching = threading.Thread(target=self._watch)

    def __enter__(self) -> Memory:
        self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watching.join()

    def line(self) -> str:
        return ", ".join(f"{part} {self.before[part]:.0f} to {self.most[part]:.0f} MB" for part in self.PARTS)

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            self.most = {part: max(most, self._mb(part)) for part, most in self.most.items()}

    def _mb(self, part: str) -> float:
        try:
            parent = psutil.Process(self.server.children[part].pid)
            held = [process.memory_info().rss for process in (parent, *parent.children(recursive=True))]
        except psutil.Error:
            return 0.0  # one of its children was just replaced
        return sum(held) / 2**20


class Line:
    """One phone's own connection, with its messages ready as bytes: the load must cost less than what it measures."""

    def __init__(self, phone: HttpPhone) -> None:
        door: Any = phone.door
        session, address = door.session, urlsplit(door.base_url)
        self.connection = http.client.HTTPConnection(address.hostname or "", address.port)
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in session.cookies)
        self.headers = {"Content-Type": "application/json", "Cookie": cookies, "Origin": door.base_url}
        self.headers["X-CSRFToken"] = str(session.headers["X-CSRFToken"])
        base = {"org": door.me["organization"]["id"], "replica": phone.key}
        firsts = range(1, phone.n + 1, BATCH)
        self.batches = [(first, json.dumps({**base, **phone.pushing(first, BATCH)}).encode()) for first in firsts]

    def push(self) -> list[float]:
        found = []
        for first, body in self.batches:
            began = time.monotonic()
            while not self._is_stored(first, body):
                time.sleep(0.05)
            found.append(time.monotonic() - began)
        return found

    def _is_stored(self, first: int, body: bytes) -> bool:
        try:
            self.connection.request("POST", "/api/sync/v1/push", body, self.headers)
            response = self.connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return False
        return response.status == HTTPStatus.OK and json.loads(answer)["received_n"] >= first + BATCH - 1


def push_all(lines: list[Line]) -> Pushed:
    began = time.monotonic()
    with ThreadPoolExecutor(len(lines)) as pool:
        batches = [seconds for found in pool.map(Line.push, lines) for seconds in found]
    return Pushed(time.monotonic() - began, batches)


def visits_of(reader: HttpPhone) -> int:
    reader.pull()
    return sum(1 for shape, _ in reader.rows if shape == "visit")


def raw_inserts(folder: Path, rows: int = 20_000) -> float:
    """Rows per second that the bare driver commits in transactions of 50 into a table like the inbox."""
    texts = [("r" * 32, n, NOTE, "s" * 64) for n in range(rows)]
    batches = [texts[first : first + BATCH] for first in range(0, rows, BATCH)]
    url = os.environ.get("FIELDOPS_DATABASE_URL")
    began = time.monotonic()
    if url:
        with psycopg.connect(url) as connection:
            connection.execute(
                "CREATE TABLE raw (replica text, n bigint, body text, sha text, PRIMARY KEY (replica, n))"
            )
            for some in batches:
                values = ", ".join(["(%s, %s, %s, %s)"] * len(some))
                connection.execute(f"INSERT INTO raw VALUES {values}", [value for row in some for value in row])
                connection.commit()
            taken = time.monotonic() - began
            connection.execute("DROP TABLE raw")
        return rows / taken
    with sqlite3.connect(folder / "raw.sqlite3") as lite:
        lite.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        lite.execute("CREATE TABLE raw (replica text, n bigint, body text, sha text, PRIMARY KEY (replica, n))")
        for some in batches:
            lite.executemany("INSERT INTO raw VALUES (?, ?, ?, ?)", some)
            lite.commit()
    return rows / (time.monotonic() - began)


if __name__ == "__main__":
    main()
