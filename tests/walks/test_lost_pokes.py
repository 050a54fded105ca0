"""Nobody was rung: a server that dies before it could, and a Redis that comes back to workers and listeners."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import redis
import requests
from celery import Celery

from core import faults
from core.ids import uuid7
from fieldops.installation import wait_until
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server, running

pytestmark = [pytest.mark.slow, pytest.mark.both_databases, pytest.mark.timeout(240)]

LIVES = 10  # of the web server
PHONES, ROUNDS = 4, 20
ENTRIES = 3  # that a phone writes in each
SETTLED_WITHIN_SECONDS = 30
RECOVERED_WITHIN_SECONDS = 60
LOOK = b'data: {"seq":0,"streams":[]}'


@dataclass
class Crowd:
    customer: str
    doors: list[HttpDoor]
    phones: list[HttpPhone]

    def lost_or_doubled(self) -> int:
        """Entries that were not applied, and visits too few or too many, as the first phone sees them."""
        self.phones[0].pull()
        states = [answer["state"] for phone in self.phones for answer in phone.settled.values()]
        written = sum(phone.n for phone in self.phones)
        return (written - states.count("applied")) + abs(written - len(self.phones[0].all("visit")))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Nobody judges yet."""
    with running(tmp_path_factory.mktemp("lost"), "redis", "web") as started:
        yield started


@pytest.fixture(scope="module")
def crowd(server: Server) -> Crowd:
    """All of one territory, so that each of them sees everything. The first phone is for T42, the others for T40."""
    code = f"from tests.walks.crowd import gather; print(gather({PHONES}, 0))"
    gathered = json.loads(server.python(code).splitlines()[-1])
    doors = [HttpDoor(server.base_url, key) for key in gathered["reps"]]
    return Crowd(gathered["customer"], doors, [HttpPhone(door) for door in doors])


def write(phone: HttpPhone, customer: str) -> None:
    for _ in range(ENTRIES):
        phone.write("visit.log", visit=uuid7(), customer=customer, outcome="progress")


def has_pushed(phone: HttpPhone) -> bool:
    """False when nobody answered, as far as the phone can see."""
    try:
        phone.push()
    except requests.RequestException:
        return False
    return True


def are_settled(phones: list[HttpPhone]) -> bool:
    for phone in phones:
        phone.pull()
    return not any(phone.unsettled for phone in phones)


# --- T42 ------------------------------------------------------------------------------------------


def test_what_was_stored_is_settled_by_a_sweep_though_the_server_died_before_it_could_ring(
    server: Server, crowd: Crowd
) -> None:
    """Each life of the web server ends between the commit of a push and its poke."""
    phone = crowd.phones[0]
    end(server, "beat", "worker")
    forget_pokes(server)
    for _ in range(LIVES):
        begin_last_life(server)
        phone.push()  # what the life before stored and did not acknowledge; nobody is rung for it again
        write(phone, crowd.customer)
        assert not has_pushed(phone)
    end(server, "web")
    server.start("web", "worker")
    phone.push()
    assert phone.received_n == LIVES * ENTRIES
    assert (queued(server), phone.settled) == (0, {})
    sweep(server)
    assert wait_until(lambda: are_settled([phone]), SETTLED_WITHIN_SECONDS)
    assert crowd.lost_or_doubled() == 0


def end(server: Server, *parts: str) -> None:
    for name in parts:
        if name in server.children:
            server.kill9(name)


def begin_last_life(server: Server) -> None:
    end(server, "web")
    server.environment["FIELDOPS_FAULT"] = f"{faults.BEFORE_POKE}:1"
    server.start("web")
    del server.environment["FIELDOPS_FAULT"]


def queued(server: Server) -> int:
    with redis.Redis.from_url(f"{server.redis_url}/0") as client:
        return int(client.llen("drain")) + int(client.llen("slow"))


def forget_pokes(server: Server) -> None:
    with redis.Redis.from_url(f"{server.redis_url}/0") as client:
        client.flushdb()


def sweep(server: Server) -> None:
    """As the clock asks for it, every fifteen seconds."""
    with Celery(broker=f"{server.redis_url}/0", set_as_current=False) as app:
        app.send_task("sync.tasks.sweep", queue="drain")


# --- T40 ------------------------------------------------------------------------------------------


def test_workers_and_listeners_hear_again_when_redis_was_killed_under_load(server: Server, crowd: Crowd) -> None:
    """A worker that stays alive but goes deaf is what others found. And with the server, its streams end."""
    server.start("web", "worker", "beat")
    heard, phones = Listening(server, crowd.doors[1], crowd.phones[1]), crowd.phones[1:]
    assert wait_until(lambda: LOOK in heard.lines, 10)
    with ThreadPoolExecutor(PHONES) as pool:
        writing = [pool.submit(write_and_push, phone, crowd.customer) for phone in phones]
        server.kill9("redis")
        looks = heard.lines.count(LOOK)
        server.start("redis")
        assert all(future.result() for future in writing)
    assert wait_until(lambda: are_settled(phones), RECOVERED_WITHIN_SECONDS)
    assert crowd.lost_or_doubled() == 0
    assert heard.lines.count(LOOK) > looks
    server.stop("web")
    assert heard.is_over.wait(1)


def write_and_push(phone: HttpPhone, customer: str) -> bool:
    """Every push is acknowledged, Redis or not."""
    for _ in range(ROUNDS):
        write(phone, customer)
        if not has_pushed(phone):
            return False
    return True


class Listening:
    """A phone's live news, read in a thread until the server ends them."""

    def __init__(self, server: Server, door: HttpDoor, phone: HttpPhone) -> None:
        query = {"org": door.me["organization"]["id"], "replica": phone.key}
        self.lines: list[bytes] = []
        self.is_over = threading.Event()
        self._answer = requests.get(
            f"{server.base_url}/api/sync/v1/stream", query, cookies=door.session.cookies, stream=True, timeout=60
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            for line in self._answer.iter_lines(chunk_size=1):
                self.lines.append(line)
        except requests.RequestException:
            pass  # cut off is ended, too
        finally:
            self.is_over.set()
