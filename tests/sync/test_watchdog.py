"""An entry that hangs is ended before it has held up everybody else for long."""

from __future__ import annotations

import multiprocessing
import signal
import time

import pytest
from django.db import connection

from core import faults
from sync import watchdog

pytestmark = pytest.mark.django_db


def hang() -> None:
    watchdog.arm()
    with watchdog.watching():
        faults.hang()


def take_long_afterwards() -> None:
    watchdog.arm()
    with watchdog.watching():
        pass
    time.sleep(3 * watchdog.SECONDS)


def end_of(what: object, *, within: float = 10) -> int | None:
    """How a process of its own ends that does this; None when it has not after so many seconds."""
    child = multiprocessing.get_context("fork").Process(target=what, daemon=True)  # type: ignore[arg-type]
    child.start()
    child.join(within)
    found = child.exitcode
    child.kill()
    return found


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "SECONDS", 0.2)


def test_what_hangs_outside_of_python_is_ended() -> None:
    assert end_of(hang) == -signal.SIGALRM


def test_what_comes_back_in_time_may_do_other_things_for_as_long_as_it_likes() -> None:
    assert end_of(take_long_afterwards) == 0


def test_where_others_need_not_wait_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL an entry may have to wait for a row that somebody else holds."""
    monkeypatch.setattr(connection, "vendor", "postgresql")
    assert end_of(hang, within=1) is None
