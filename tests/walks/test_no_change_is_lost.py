"""W7: four readers follow their cursors while twenty phones push through several web processes. Nobody misses one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import requests

from core.ids import uuid7
from fieldops.installation import wait_until
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server, running

pytestmark = [pytest.mark.slow, pytest.mark.both_databases, pytest.mark.timeout(300)]

PUSHERS, READERS, ENTRIES, BATCH = 20, 4, 40, 10
SETTLED_WITHIN_SECONDS = 180


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("crowd"), workers=3) as started:
        yield started


def test_no_reader_misses_a_row_even_when_the_web_processes_are_killed_in_between(server: Server) -> None:
    crowd = json.loads(server.python("from tests.walks.crowd import gather; print(gather(20, 4))").splitlines()[-1])
    pushers = [HttpPhone(HttpDoor(server.base_url, key)) for key in crowd["reps"]]
    readers = [HttpPhone(HttpDoor(server.base_url, key)) for key in crowd["readers"]]
    done = threading.Event()
    with ThreadPoolExecutor(PUSHERS + READERS) as pool:
        following = [pool.submit(follow, reader, done) for reader in readers]
        writing = [pool.submit(write_and_push, phone, crowd["customer"]) for phone in pushers]
        _until_some_are_seen(readers[0])
        server.kill9("web")
        server.start("web")
        written = set().union(*(future.result() for future in writing))
        wait_until(lambda: all(written <= seen_by(reader) for reader in readers), SETTLED_WITHIN_SECONDS)
        done.set()
        _raise_what_failed(following)
    for reader in readers:
        assert len(written - seen_by(reader)) == 0
    assert len(written) == PUSHERS * ENTRIES


def write_and_push(phone: HttpPhone, customer: str) -> set[str]:
    """Writes in batches and pushes each until it is acknowledged, as a phone on a bad line does."""
    written = set()
    for _ in range(ENTRIES // BATCH):
        for _ in range(BATCH):
            visit = uuid7()
            phone.write("visit.log", visit=visit, customer=customer, outcome="progress", note="x" * 200)
            written.add(str(visit))
        assert wait_until(lambda: _pushed(phone), 60)
    return written


def follow(reader: HttpPhone, done: threading.Event) -> None:
    while not done.wait(0.05):
        try:
            reader.pull()
        except (requests.RequestException, ValueError):
            continue  # the server is being started again


def seen_by(reader: HttpPhone) -> set[str]:
    return {id for shape, id in list(reader.rows) if shape == "visit"}


def _pushed(phone: HttpPhone) -> bool:
    try:
        phone.push()
    except (requests.RequestException, ValueError):
        return False
    return phone.received_n == phone.n


def _until_some_are_seen(reader: HttpPhone) -> None:
    assert wait_until(lambda: len(seen_by(reader)) > ENTRIES, 60)


def _raise_what_failed(futures: list[Future[None]]) -> None:
    for future in futures:
        future.result()
