"""W1 and W2: many phones push at once; how fast is it stored, applied, and known again when it is sent twice?

Each phone has its own connection and session and pushes batches of 50 entries of about 1 KB; a batch that is
refused is sent again. *Stored* ends with the last acknowledgement, *applied* when a reader's pull has shown
every visit. The app runs as `manage.py up` runs it: one web process, one Celery worker with two processes.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import requests

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
    count = phones * entries
    began = time.monotonic()
    stored = push_all(pushing)
    shown = wait_until(lambda: visits_of(reader) == count, MOST_SECONDS)
    applied = time.monotonic() - began
    again = push_all(pushing)
    print(f"{phones} phones, {entries} entries each, {len(pushing[0].entries[0])} bytes an entry")
    print(f"raw inserts of {BATCH} rows {raw:8.0f} /s")
    print(f"W1 stored    {stored.line(count)}   {count / stored.seconds / raw:.3f} of raw")
    print(f"W1 applied   {count / applied:8.0f} /s   {count / applied / raw:.3f} of raw{'' if shown else '   NOT ALL'}")
    print(f"W2 retry     {again.line(count)}   doubled {visits_of(reader) - count}")


def push_all(phones: list[HttpPhone]) -> Pushed:
    began = time.monotonic()
    with ThreadPoolExecutor(len(phones)) as pool:
        batches = [seconds for found in pool.map(push, phones) for seconds in found]
    return Pushed(time.monotonic() - began, batches)


def push(phone: HttpPhone) -> list[float]:
    found = []
    for first in range(1, phone.n + 1, BATCH):
        began = time.monotonic()
        while not is_stored(phone, first):
            time.sleep(0.05)
        found.append(time.monotonic() - began)
    return found


def is_stored(phone: HttpPhone, first: int) -> bool:
    try:
        status, answer = phone.try_push(first, BATCH)
    except (requests.RequestException, ValueError):
        return False
    return status == requests.codes.ok and answer["received_n"] >= first + BATCH - 1


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
