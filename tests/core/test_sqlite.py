"""Writers of SQLite take turns."""

from __future__ import annotations

import fcntl
import gc
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event
from typing import Any

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


# --- Single statements ------------------------------------------------------------------------------


@pytest.fixture
def only_asked_for() -> Iterator[None]:
    """Garbage is collected when the test says so."""
    gc.disable()
    yield
    gc.enable()


STATEMENT = "UPDATE django_migrations SET name = name"


def updated(order: list[str], *, after: Event) -> None:
    """Is refused once, leaves that cursor behind where only the collector finds it, and waits for its turn."""
    try:
        after.wait(PATIENCE)
        connection.ensure_connection()
        garbage: list[Any] = [connection.connection.cursor()]
        garbage.append(garbage)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            garbage[0].execute("BEGIN IMMEDIATE")
        del garbage
        with connection.cursor() as cursor:
            cursor.execute(STATEMENT)
        order.append("the statement")
    finally:
        connections.close_all()


def order_of(meanwhile: Callable[[], object]) -> list[str]:
    """Who comes when: a transaction that does something while a statement of another thread waits for it."""
    order, began = list[str](), Event()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(durable=True):
            began.set()
            waiting = pool.submit(updated, order, after=began)
            assert wait_until(has_the_turn, PATIENCE)
            meanwhile()
            order.append("the transaction")
        waiting.result(PATIENCE)
    return order


def test_a_statement_outside_a_transaction_waits_its_turn() -> None:
    assert order_of(meanwhile=lambda: None) == ["the transaction", "the statement"]


def test_who_writes_may_collect_the_garbage_of_who_waits(only_asked_for: None) -> None:
    """A cursor is laid down under its connection's mutex, which a statement that waited inside SQLite would hold."""
    assert order_of(meanwhile=gc.collect) == ["the transaction", "the statement"]


def test_a_statement_gives_up_when_its_patience_ends() -> None:
    hurried = connection.copy()
    hurried.settings_dict["OPTIONS"]["timeout"] = 0.01
    with transaction.atomic(durable=True), closing(hurried), pytest.raises(OperationalError, match="locked"):
        hurried.cursor().execute(STATEMENT)
