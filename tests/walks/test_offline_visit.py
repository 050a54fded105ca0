"""The walk with real processes: web, Celery workers, Valkey and a database of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.ids import uuid7
from fieldops.installation import wait_until
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("walk")) as started:
        started.manage("seed_demo")
        yield started


@pytest.fixture(scope="module")
def passwords(server: Server) -> dict[str, str]:
    found: dict[str, str] = json.loads((Path(server.data) / "demo-logins.json").read_text(encoding="utf-8"))
    return found


def phone_of(server: Server, passwords: dict[str, str], key: str) -> HttpPhone:
    return HttpPhone(HttpDoor.sign_in(server.base_url, f"{key}@demo.fieldops.example", passwords[key]))


def test_a_visit_written_offline_on_one_phone_appears_on_another_and_in_the_executives_feed(
    server: Server, passwords: dict[str, str]
) -> None:
    rep, manager, executive = (phone_of(server, passwords, key) for key in ("minsu", "eunyoung", "jiwoo"))
    for phone in (rep, manager, executive):
        phone.pull()
    customer = rep.all("customer")[0]
    visit = uuid7()
    arrived = rep.write("visit.arrive", visit=visit, customer=customer["id"])
    logged = rep.write("visit.log", visit=visit, customer=customer["id"], outcome="progress", note="지하 2층에서")
    rep.push()

    # A second, unless a test before this one took Redis away: for five seconds nobody is rung then, and a sweep comes.
    assert wait_until(lambda: _is_settled(rep, logged), 30)
    assert rep.answer_to(arrived) == rep.answer_to(logged) == ("applied", None)
    for phone in (manager, executive):
        phone.pull()
        held = phone.holds("visit", visit)
        assert held is not None
        assert (held["state"], held["note"]) == ("finished", "지하 2층에서")


def test_the_other_organization_sees_nothing_of_it(server: Server, passwords: dict[str, str]) -> None:
    rep, stranger = phone_of(server, passwords, "minsu"), phone_of(server, passwords, "mary")
    rep.pull()
    stranger.pull()
    assert not {id for _, id in rep.rows} & {id for _, id in stranger.rows}


def test_entries_are_judged_by_a_sweep_when_redis_was_away_while_they_arrived(
    server: Server, passwords: dict[str, str]
) -> None:
    rep = phone_of(server, passwords, "seoyeon")
    rep.pull()
    customer = rep.all("customer")[0]
    server.kill9("redis")
    try:
        logged = rep.write("visit.log", visit=uuid7(), customer=customer["id"], outcome="no_change")
        rep.push()  # acknowledged although nobody could be rung
    finally:
        server.start("redis")
    assert wait_until(lambda: _is_settled(rep, logged), 90)


def test_entries_are_judged_after_their_worker_was_killed(server: Server, passwords: dict[str, str]) -> None:
    rep = phone_of(server, passwords, "jihun")
    rep.pull()
    customer = rep.all("customer")[0]
    server.kill9("worker")
    try:
        logged = rep.write("visit.log", visit=uuid7(), customer=customer["id"], outcome="problem")
        rep.push()
    finally:
        server.start("worker")
    assert wait_until(lambda: _is_settled(rep, logged), 60)


def _is_settled(phone: HttpPhone, entry_id: str) -> bool:
    phone.pull()
    return entry_id in phone.settled
