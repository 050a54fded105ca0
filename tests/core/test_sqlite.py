"""Writers of SQLite take turns."""

from __future__ import annotations

import fcntl
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event

import pytest
from django.db import OperationalError, connection, connections, transaction

from core.sqlite3.base import turn_file
from fieldops.installation import wait_until
from tests.threads import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


def has_the_turn() -> bool:
    """Whether somebody stands before the database and knocks."""
    with turn_file(connection.settings_dict["NAME"]).open() as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def written(order: list[str], name: str, *, after: Event | None = None) -> None:
    try:
        if after is not None:
            after.wait(PATIENCE)
        with transaction.atomic(durable=True):
            order.append(name)
    finally:
        connections.close_all()


def test_who_has_just_written_comes_in_behind_the_one_who_waits() -> None:
    """A worker that writes unit after unit would be the first to notice, every time, that it has ended itself."""
    order, began = list[str](), Event()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(durable=True):
            began.set()
            waiting = pool.submit(written, order, "the one who waits", after=began)
            assert wait_until(has_the_turn, PATIENCE)
        with transaction.atomic(durable=True):
            order.append("the one who has just written")
        waiting.result(PATIENCE)
    assert order == ["the one who waits", "the one who has just written"]


def test_a_writer_gives_up_when_its_patience_ends() -> None:
    hurried = connection.copy()
    hurried.settings_dict["OPTIONS"]["timeout"] = 0.01
    with transaction.atomic(durable=True), closing(hurried), pytest.raises(OperationalError, match="locked"):
        hurried.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
