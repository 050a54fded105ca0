"""Alive, and ready: each part is taken away in turn, and the answer names it. Redis is a real one of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from core import clock
from core.ids import uuid7
from sync import sweeper
from sync.models import Pulse
from sync.redis import news_client
from tests.conftest import World
from tests.phone import Phone
from tests.sync.valkey import Valkey
from tests.threads import together

pytestmark = pytest.mark.both_databases

NOBODY = "redis://127.0.0.1:1"  # a port where nobody answers
Json = dict[str, Any]


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    found = Valkey(tmp_path_factory.mktemp("valkey"))
    found.start()
    yield found
    found.kill()


@pytest.fixture
def redis_at(settings: Any) -> Iterator[Any]:
    """Says where the broker and the news are."""

    def point(broker: str, news: str) -> None:
        settings.CELERY_BROKER_URL, settings.NEWS_REDIS_URL = f"{broker}/0", f"{news}/1"
        news_client.cache_clear()  # a process reads its settings once

    yield point
    news_client.cache_clear()


@pytest.fixture
def installation(world: World, valkey: Valkey, redis_at: Any) -> Iterator[time_machine.Traveller]:
    """Everything works, and time stands still but for what a test lets pass."""
    redis_at(valkey.url, valkey.url)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        sweeper.beat()
        yield traveller


def ready() -> tuple[int, Json]:
    answer = Client().get("/readyz")
    found: Json = answer.json()
    return answer.status_code, found


def failing() -> set[str]:
    """The parts that an answer of 503 names; none of an answer of 200."""
    status, found = ready()
    parts = {name for name, part in found.items() if name != "is_ready" and not part["is_ok"]}
    assert (status, found["is_ready"]) == ((503, False) if parts else (200, True))
    return parts


def write(world: World) -> Phone:
    phone = Phone(world.ana)
    phone.write("visit.log", visit=uuid7(), customer=world.steel.pk, outcome="progress")
    phone.push()
    return phone


# --- Alive ---------------------------------------------------------------------------------------------


def test_alive_asks_neither_the_database_nor_anything_else(redis_at: Any) -> None:
    """Without the database mark: a query would fail this test. A watchdog must not restart what only waits."""
    redis_at(NOBODY, NOBODY)
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


# --- Ready ---------------------------------------------------------------------------------------------


def test_it_is_ready_when_every_part_is(installation: Any) -> None:
    assert ready() == (
        200,
        {
            "is_ready": True,
            "database": {"is_ok": True},
            "redis": {"is_ok": True},
            "worker": {"is_ok": True, "last_seen_s": 0},
            "entries": {"is_ok": True, "oldest_unsettled_s": 0},
        },
    )


@pytest.mark.parametrize(("broker", "news"), [(False, False), (False, True), (True, False)])
def test_without_the_broker_or_the_news_it_is_not(
    installation: Any, valkey: Valkey, redis_at: Any, broker: bool, news: bool
) -> None:
    redis_at(valkey.url if broker else NOBODY, valkey.url if news else NOBODY)
    assert failing() == {"redis"}


def test_a_redis_that_dies_is_noticed_and_its_return_too(installation: Any, valkey: Valkey) -> None:
    """F8: the connection that was open when it died is not trusted."""
    assert failing() == set()
    valkey.kill()
    assert failing() == {"redis"}
    valkey.start()
    assert failing() == set()


def test_a_wrong_password_is_no_redis(installation: Any, valkey: Valkey, redis_at: Any) -> None:
    address = valkey.url.rsplit("@", 1)[1]
    redis_at(f"redis://:wrong@{address}", valkey.url)
    status, found = ready()
    assert (status, found["redis"]) == (503, {"is_ok": False})


def test_a_database_that_is_away_is_named_and_nothing_else_is_asked_of_it(installation: Any) -> None:
    """In a thread, whose connection is made afresh: to a file that cannot be, or to a port where nobody answers."""

    def ask() -> tuple[int, Json]:
        away = {"NAME": "no/such/folder", "HOST": "127.0.0.1", "PORT": "1", "OPTIONS": {}}
        connection.settings_dict = {**connection.settings_dict, **away}
        return ready()

    status, found = together([ask])[0]
    assert status == 503
    assert found == {"is_ready": False, "database": {"is_ok": False}, "redis": {"is_ok": True}}


def test_a_worker_that_has_never_worked_is_missed(installation: Any) -> None:
    Pulse.objects.all().delete()
    assert failing() == {"worker"}
    assert ready()[1]["worker"] == {"is_ok": False, "last_seen_s": None}


@pytest.mark.parametrize(("seconds", "missed"), [(59, set()), (60, {"worker"}), (3600, {"worker"})])
def test_a_worker_that_fell_silent_is_missed_after_a_minute(installation: Any, seconds: int, missed: set[str]) -> None:
    """T40: alive and deaf. What counts is work that was done, not that a process is there."""
    installation.shift(seconds)
    assert failing() == missed
    assert ready()[1]["worker"]["last_seen_s"] == seconds
    sweeper.sweep()
    assert failing() == set()


@pytest.mark.parametrize(("seconds", "late"), [(299, set()), (300, {"entries"}), (86_400, {"entries"})])
def test_an_entry_that_waits_for_five_minutes_is_told(
    world: World, installation: Any, seconds: int, late: set[str]
) -> None:
    phone = write(world)
    installation.shift(seconds)
    sweeper.beat()
    assert failing() == late
    assert ready()[1]["entries"]["oldest_unsettled_s"] == seconds
    phone.drain()
    assert failing() == set()


def test_the_oldest_counts_and_of_whichever_organization(world: World, otto: Any, installation: Any) -> None:
    theirs = Phone(otto)
    theirs.write("visit.cancel", visit=uuid7())
    theirs.push()
    installation.shift(200)
    write(world)
    installation.shift(150)
    sweeper.beat()
    assert ready()[1]["entries"] == {"is_ok": False, "oldest_unsettled_s": 350}


def test_a_parked_entry_waits_for_a_person_and_not_for_a_worker(world: World, installation: Any) -> None:
    phone = Phone(world.ana)
    phone.write("visit.cancel", visit=uuid7())
    phone.push()
    phone.drain()
    assert phone.states() == ["parked"]
    installation.shift(3600)
    sweeper.beat()
    assert failing() == set()


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_it_is_only_read(address: str) -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)(address).status_code == 405
