"""T12, I5: numbers become visible in order, so that a reader who follows its cursor never skips one.

Systems whose readers follow a sequence or a time stamp lose rows here: the one that began first commits last,
and its number is below what the reader has seen by then.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections

from core import faults, tenancy
from core.ids import uuid7
from fieldops.installation import wait_until
from fieldops.processes import BASE_DIR
from sync.limits import MAX_PAGE_BYTES
from sync.models import Counter, Log
from sync.pull import pull
from tests.lamps import actions
from tests.lamps import factories as put
from tests.lamps.models import Lamp
from tests.lamps.phone import LampPhone
from tests.sync.conftest import Street
from tests.sync.writing import write_lamps
from tests.threads import PATIENCE, together

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

WRITERS, UNITS = 16, 12
on_postgresql = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one open writer at a time")


@contextmanager
def following(phone: LampPhone) -> Iterator[None]:
    """Inside, the phone pulls page after page, in a thread of its own and by the reader's own door."""
    done = threading.Event()

    def follow() -> None:
        try:
            while not done.is_set():
                phone.apply(phone.pull_page(max_bytes=2000))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(follow)
        try:
            yield
        finally:
            done.set()
        reading.result(PATIENCE)


def seen_by(phone: LampPhone) -> set[str]:
    """The lamps a phone holds when it has come to the head by the cursor it followed.

    Read by the reader's own door, which waits for no writer.
    """

    def read() -> None:
        page: dict[str, Any] = {"more": True}
        with tenancy.acting_in(phone.member.organization_id):
            while page["more"]:
                page = json.loads(pull(phone.replica, phone.cursor, MAX_PAGE_BYTES))
                phone.apply(page)

    together([read])
    return {id for shape, id in phone.rows if shape == "lamp"}


def all_lamps() -> set[str]:
    return {str(id) for id in Lamp.objects.values_list("pk", flat=True)}


def test_a_reader_misses_nothing_of_sixteen_writers_who_commit_in_any_order(street: Street) -> None:
    """T12. On SQLite this is also: 16 writers, 0 lock errors."""
    reader, before = LampPhone(street.ben), Counter.objects.get().seq
    reader.pull()
    args = street.organization.pk, street.ana.pk, street.red.pk, UNITS
    with following(reader):
        errors = together([partial(write_lamps, *args, Random(number)) for number in range(WRITERS)])
    assert [error for found in errors for error in found] == []
    assert Counter.objects.get().seq == before + WRITERS * UNITS
    assert len(all_lamps()) == WRITERS * UNITS
    assert seen_by(reader) == all_lamps()


@pytest.mark.slow
def test_a_reader_misses_nothing_of_writers_in_processes_of_their_own(street: Street) -> None:
    """T12, once more as it is in earnest: four processes of four threads, and 0 lock errors."""
    processes, threads, units = 4, 4, 25
    reader = LampPhone(street.ben)
    reader.pull()
    words = [str(one.pk) for one in (street.organization, street.ana, street.red)]
    command = [sys.executable, "-m", "tests.sync.writer", *words, str(threads), str(units)]
    with following(reader), ThreadPoolExecutor(processes) as pool:
        said = [one.result() for one in [pool.submit(_run, command) for _ in range(processes)]]
    assert said == [str(threads * units)] * processes
    assert len(all_lamps()) == processes * threads * units
    assert seen_by(reader) == all_lamps()


def _run(command: list[str]) -> str:
    done = subprocess.run(
        command, cwd=BASE_DIR, env=_installation(), capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _installation() -> dict[str, str]:
    """The environment of a process that works on this test's own database."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{found['NAME']}"
    else:
        url = f"postgresql://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "FIELDOPS_DATABASE_URL": url}


# --- One unit held open ---------------------------------------------------------------------------


class Gate:
    """A place where the first thread that comes past waits until it is let through. The others go on."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def wait_once(self) -> None:
        if not self.reached.is_set():
            self.reached.set()
            assert self.opened.wait(PATIENCE)


def making(street: Street, lamp: UUID, hold: Callable[[], None] = lambda: None) -> Callable[[], None]:
    """A thread's whole work: one unit that makes one lamp, held open before it takes its number."""

    def run() -> None:
        try:
            with tenancy.acting_in(street.organization.pk), put.writing(street.ana) as unit:
                actions.make(unit, lamp=lamp, anchor=street.red.pk, colour="white")
                hold()
        finally:
            connections.close_all()

    return run


def number_of(lamp: UUID) -> int:
    return Log.objects.filter(row_id=lamp).values_list("seq", flat=True)[0]


def test_while_one_unit_stands_between_its_number_and_its_commit_no_other_gets_past_it(street: Street) -> None:
    """I5: a greater number is never to be seen before a smaller one."""
    first, second, gate, reader = uuid7(), uuid7(), Gate(), LampPhone(street.ben)
    reader.pull()
    with ThreadPoolExecutor(2) as pool, faults.armed(faults.BEFORE_COMMIT, gate.wait_once):
        ahead = pool.submit(making(street, first))
        assert gate.reached.wait(PATIENCE)
        behind = pool.submit(making(street, second))
        try:
            assert connection.vendor == "sqlite" or wait_until(_somebody_waits, PATIENCE)
            assert seen_by(reader) == set()
        finally:
            gate.opened.set()
        ahead.result(PATIENCE)
        behind.result(PATIENCE)
    assert number_of(first) < number_of(second)
    assert seen_by(reader) == {str(first), str(second)}


@on_postgresql
def test_a_unit_that_began_first_and_commits_last_is_still_ahead_of_every_reader(street: Street) -> None:
    """T12, step by step: the one that overtakes does not wait, and the one overtaken is not skipped."""
    slow, quick, gate, reader = uuid7(), uuid7(), Gate(), LampPhone(street.ben)
    reader.pull()
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(making(street, slow, hold=gate.wait_once))
        assert gate.reached.wait(PATIENCE)
        try:
            put.lamp(street.ana, street.red, id=quick)
            assert seen_by(reader) == {str(quick)}
        finally:
            gate.opened.set()
        held.result(PATIENCE)
    assert number_of(quick) < number_of(slow)
    assert seen_by(reader) == {str(quick), str(slow)}


def _somebody_waits() -> bool:
    """Whether a transaction of this database waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
