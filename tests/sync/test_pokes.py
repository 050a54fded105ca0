"""The ways around the broker: a Redis that is dead, hung or new costs half a second once, and never an answer."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
import redis

from core import clock
from core.ids import uuid7
from fieldops.installation import wait_until
from sync import news, pokes
from sync.redis import Circuit
from tests.asgi import Browser
from tests.lamps.models import Lamp
from tests.lamps.phone import LampPhone
from tests.sync.conftest import Street
from tests.sync.valkey import Valkey, bell

PATIENCE = 15.0
TIMEOUT = 0.5
A_WHILE = 0.7  # what a busy machine may add to a time-out


@pytest.fixture
def mortal(own_valkey: Valkey, news_at: Callable[[Valkey], None], monkeypatch: pytest.MonkeyPatch) -> Valkey:
    """The Valkey that news and pokes of this test go through; this process has never seen it."""
    news_at(own_valkey)
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", f"{own_valkey.url}/0")
    monkeypatch.setattr(pokes, "_circuit", Circuit("pokes"))
    monkeypatch.setattr(pokes, "_local", threading.local())
    return own_valkey


def poke() -> None:
    pokes.poke(7)


def ring() -> None:
    news.ring(uuid7(), 1, ["h:red/base"])


BOTH = pytest.mark.parametrize("call", [poke, ring])


@contextmanager
def hung(valkey: Valkey) -> Iterator[None]:
    """It takes connections and says nothing."""
    assert valkey.child is not None
    os.kill(valkey.child.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(valkey.child.pid, signal.SIGCONT)


@contextmanager
def dead(valkey: Valkey) -> Iterator[None]:
    valkey.kill()
    yield


def seconds(call: Callable[[], object], times: int = 1) -> float:
    start = time.monotonic()
    for _ in range(times):
        call()
    return time.monotonic() - start


def queued(valkey: Valkey, queue: str = "drain") -> list[dict[str, Any]]:
    with redis.Redis.from_url(f"{valkey.url}/0") as client:
        return [orjson.loads(message) for message in client.lrange(queue, 0, -1)]


# --- A poke ---------------------------------------------------------------------------------------


def test_a_poke_names_a_replica_and_nothing_else(mortal: Valkey) -> None:
    pokes.poke(7)
    pokes.poke(8, is_slow=True)
    (quick,), (slow,) = queued(mortal), queued(mortal, "slow")
    for message, number in ((quick, "[7]"), (slow, "[8]")):
        assert message["headers"]["task"] == "sync.tasks.drain_replica"
        assert (message["headers"]["argsrepr"], message["headers"]["kwargsrepr"]) == (number, "{}")


def test_a_poke_is_worth_nothing_after_a_minute(mortal: Valkey) -> None:
    """By then four sweeps have rung for the same replica."""
    before = clock.now()
    pokes.poke(7)
    (message,) = queued(mortal)
    expires = datetime.fromisoformat(message["headers"]["expires"])
    assert before + timedelta(seconds=60) <= expires <= clock.now() + timedelta(seconds=60)


def test_a_thread_keeps_its_connection(mortal: Valkey) -> None:
    pokes.poke(7)
    with redis.Redis.from_url(f"{mortal.url}/0") as client:
        connected = len(client.client_list())
        for _ in range(20):
            pokes.poke(7)
        assert len(client.client_list()) == connected


# --- Redis dead, hung and back --------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize("has_seen_it", [True, False])
def test_a_hung_redis_costs_its_time_out_once(mortal: Valkey, call: Callable[[], None], has_seen_it: bool) -> None:
    if has_seen_it:
        call()
    with hung(mortal):
        assert seconds(call) < TIMEOUT + A_WHILE
        assert seconds(call, 1000) < A_WHILE


@BOTH
def test_a_dead_redis_costs_next_to_nothing(mortal: Valkey, call: Callable[[], None]) -> None:
    call()
    mortal.kill()
    assert seconds(call, 1000) < A_WHILE


@BOTH
def test_for_a_while_it_is_not_even_tried(mortal: Valkey, call: Callable[[], None]) -> None:
    mortal.kill()
    call()
    mortal.start()
    with bell(mortal.news_url) as found:
        call()
        assert (queued(mortal), found.heard()) == ([], [])


@BOTH
def test_and_then_it_is_tried_again_and_works(
    mortal: Valkey, call: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.redis.OPEN_SECONDS", 0.1)
    call()
    mortal.kill()
    call()
    mortal.start()
    with bell(mortal.news_url) as found:

        def arrives() -> bool:
            call()
            return bool(found.heard() or queued(mortal))

        assert wait_until(arrives, PATIENCE)


def test_whatever_goes_wrong_with_the_broker_is_the_same_trouble() -> None:
    circuit = Circuit("test")
    calls = []

    def fail() -> None:
        calls.append(1)
        raise ZeroDivisionError

    assert [circuit.run(fail), circuit.run(fail)] == [False, False]
    assert len(calls) == 1
    assert Circuit("another").run(lambda: None)


# --- Nobody who writes notices --------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("away", [dead, hung])
def test_messages_are_answered_and_entries_judged_while_redis_is_away(
    street: Street, mortal: Valkey, away: Callable[[Valkey], AbstractContextManager[None]]
) -> None:
    phone, browser = LampPhone(street.ana), Browser(street.ana.user)
    base = {"org": str(street.organization.pk), "replica": phone.key}
    with away(mortal):
        for _ in range(3):
            phone.made(street.red)
            pushed = browser.post("push", {**base, **phone.pushing(1, phone.n)})
            assert (pushed.status, pushed.json["received_n"]) == (200, phone.n)
            assert browser.post("pull", {**base, "cursor": None}).status == 200
            phone.drain()
    assert phone.states() == ["applied"] * 3
    assert Lamp.objects.count() == 3
