"""The database dies, loses its power, or makes everybody wait."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import psycopg

from tests.faults.installations import POSTGRESQL, SQLITE
from tests.faults.measure import Result
from tests.faults.pace import paced, percentile
from tests.faults.rig import Rig
from tests.faults.rows import row

PARTS = ("web", "worker", "slow", "beat")
# Sixty seconds against a drain of fifteen, as here twenty-four against six.
HELD_SECONDS = 24.0
UNAFFECTED_SECONDS = 5.0
LONGEST_AFTER_SECONDS = 15.0  # a try that gave up, and the next sweep
PAUSE_SECONDS = 0.1  # between two rounds of writing


@row("F10", "PostgreSQL kill -9 in the middle of work", on=(POSTGRESQL,), quick=(POSTGRESQL,))
def f10(rig: Rig) -> Result:
    """I1. With commits that do not wait for the disk, what was acknowledged last would not be found."""
    database = rig.site.postgres
    assert database is not None
    rig.site.forget()  # whatever else stands would lose its database as well
    rig.start()
    rig.crowd(4)
    crashes = 1 if rig.is_quick else 3
    for _ in range(crashes):
        with going_on(rig):
            time.sleep(2)
            database.kill()
            time.sleep(1)
            database.start()
    took = rig.settle()
    return rig.result(f"{crashes} crashes, settled within {took:.0f} s")


@row(
    "F11",
    "SQLite process kill -9; power loss",
    on=(SQLITE,),
    settings={"DJANGO_SETTINGS_MODULE": "tests.faults.platter"},
)
def f11(rig: Rig) -> Result:
    """I1. With PRAGMA synchronous=NORMAL the platter would not hold what was acknowledged since the last checkpoint."""
    platter = rig.server.data / "platter"
    platter.mkdir()
    shutil.copy(rig.server.file, platter)
    rig.start()
    rig.crowd(4)
    whole = []
    ends = (False, True) * (1 if rig.is_quick else 2)
    for is_power_cut in ends:
        with going_on(rig), standing_reader(rig):
            time.sleep(rig.random.uniform(0.5, 2))
            for part in PARTS:
                rig.server.kill9(part)
            if is_power_cut:
                rig.server.kill9("redis")
                lose_what_was_not_synced(rig)
        whole.append(integrity(rig) == "ok")
        rig.server.start()
    rig.settle()
    figure = f"{len(ends) // 2} kills, {len(ends) // 2} power cuts, integrity_check ok {sum(whole)} of {len(whole)}"
    return rig.result(figure, holds=all(whole))


@contextlib.contextmanager
def standing_reader(rig: Rig) -> Iterator[None]:
    """A process that keeps the file open: whoever closes it last brings everything to the disk, and between two
    requests that would be anybody."""
    code = "import sqlite3, sys; file = sqlite3.connect(sys.argv[1]); file.execute('SELECT 1 FROM sync_replica'); "
    words = [sys.executable, "-c", code + "print(flush=True); sys.stdin.read()", str(rig.server.file)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        reader.stdout.readline()
        try:
            yield
        finally:
            reader.kill()


def lose_what_was_not_synced(rig: Rig) -> None:
    for old in rig.server.data.glob("fieldops.sqlite3*"):
        old.unlink()
    for kept in (rig.server.data / "platter").glob("fieldops.sqlite3*"):
        if kept.suffix != ".new":
            shutil.copy(kept, rig.server.data)


def integrity(rig: Rig) -> str:
    """Of a copy: whoever opens the file and closes it again brings its log home, unseen by the platter."""
    copy = rig.server.data / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for part in rig.server.data.glob("fieldops.sqlite3*"):
        shutil.copy(part, copy)
    with contextlib.closing(sqlite3.connect(copy / rig.server.file.name)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


@contextlib.contextmanager
def going_on(rig: Rig) -> Iterator[None]:
    """The phones go on writing and sending meanwhile."""
    over = threading.Event()

    def go() -> None:
        while not over.wait(PAUSE_SECONDS):
            rig.send(rounds=1)

    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@row("F29", "long transaction holds a customer row 60 s", timed=True)
def f29(rig: Rig) -> Result:
    """I5, I9. PostgreSQL: two phones write of the held customer, one for each hand of the worker; without a time-out
    both hands would wait and the others with them. SQLite: the writer's lock is held, everybody waits and is served
    afterwards. Attempts that only waited do not count: nothing is parked."""
    rig.start()
    phones = rig.crowd(6, customers=2)
    held = [phone for phone in phones if phone.customer == rig.world["customers"][0]][:2]
    others = [phone for phone in phones if phone.customer != rig.world["customers"][0]]
    with (held_row if rig.is_postgresql else held_writer)(rig):
        until = time.monotonic() + HELD_SECONDS
        for phone in held if rig.is_postgresql else ():
            phone.work(4)
            phone.contact()
        waits = paced(rig, others if rig.is_postgresql else phones, until=lambda: time.monotonic() > until)
    took = rig.settle()
    bound = UNAFFECTED_SECONDS if rig.is_postgresql else HELD_SECONDS + LONGEST_AFTER_SECONDS
    figure = (
        f"held {HELD_SECONDS:.0f} s (scaled); others' p95 {percentile(waits, 0.95):.1f} s, longest {max(waits):.1f} s"
    )
    is_bearable = percentile(waits, 0.95) < bound
    return rig.result(f"{figure}; the rest within {took:.0f} s", holds=is_bearable and took < 60)


@contextlib.contextmanager
def held_row(rig: Rig) -> Iterator[None]:
    with psycopg.connect(rig.server.database) as connection:
        connection.execute("SELECT 1 FROM customers_customer WHERE id = %s FOR UPDATE", [rig.world["customers"][0]])
        with released(connection.rollback):
            yield


@contextlib.contextmanager
def held_writer(rig: Rig) -> Iterator[None]:
    with contextlib.closing(
        sqlite3.connect(rig.server.file, check_same_thread=False, isolation_level=None)
    ) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with released(connection.rollback):
            yield


@contextlib.contextmanager
def released(release: Callable[[], None]) -> Iterator[None]:
    """After its time, whether or not what is inside is over by then."""
    timer = threading.Timer(HELD_SECONDS, release)
    timer.start()
    try:
        yield
    finally:
        timer.join()
