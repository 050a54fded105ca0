"""A fair turn for every writer.

SQLite has one writer at a time. Who finds it taken tries again after pauses that grow to a tenth of a second, and a
worker that writes one unit after the other leaves gaps of a few milliseconds: the others would knock for seconds
without ever meeting one, and on a slow disk for longer than anybody's patience. Here a transaction knocks every few
milliseconds, and only one knocks at a time. It holds the turn, a lock on a file beside the database, from the knock
until it has the writer's lock. So whoever has just written comes in behind a writer who waits, and is never the first
to notice that the database is free.

Nobody waits inside SQLite, not for a single statement either. Whoever does holds its connection's mutex meanwhile, and
the garbage collector of the very thread that is writing may have to lay down a cursor of that connection: it would
wait for the one who waits for it, until the patience of both was over.
"""

from __future__ import annotations

import fcntl
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from django.db import OperationalError
from django.db.backends.sqlite3 import base, creation

# Seconds between two knocks, at random so that two do not knock in step. One at a time knocks at the database, so it
# may do so often; any number wait for the turn.
_AT_THE_DATABASE = (0.0005, 0.001)
_FOR_THE_TURN = (0.001, 0.004)


Result = TypeVar("Result")


def turn_file(database: str) -> Path:
    """An empty file of its own: closing a second handle of the database itself would drop SQLite's locks on it."""
    return Path(f"{database}-turn")


class DatabaseCreation(creation.DatabaseCreation):
    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        super()._destroy_test_db(test_database_name, verbosity)  # type: ignore[misc]  # Django's stubs lack it
        turn_file(test_database_name).unlink(missing_ok=True)


class PatientCursor(base.SQLiteCursorWrapper):
    """A statement outside a transaction is one of its own: it knocks as a transaction does."""

    writer: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        return self.writer.patiently(lambda: super(PatientCursor, self).execute(query, params))


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
    _is_in_turn = False

    def init_connection_state(self) -> None:
        super().init_connection_state()
        if self._is_writer:
            self.connection.execute("PRAGMA busy_timeout = 0")

    def create_cursor(self, name: str | None = None) -> Any:
        if not self._is_writer:
            return super().create_cursor(name)
        cursor = self.connection.cursor(factory=PatientCursor)
        cursor.writer = self
        return cursor

    def patiently(self, execute: Callable[[], Result]) -> Result:
        """Does it, when others let it. Raises OperationalError when ``timeout`` seconds went by without."""
        if self.in_atomic_block or self._is_in_turn:
            return execute()
        try:
            return execute()
        except sqlite3.OperationalError as error:
            if not _is_taken(error):
                raise
        with self._turn() as until:
            return _knock(execute, until, _AT_THE_DATABASE)

    def _start_transaction_under_autocommit(self) -> None:
        """Takes the writer's lock. Raises OperationalError when ``timeout`` seconds went by without it."""
        begin = super()._start_transaction_under_autocommit  # type: ignore[misc]  # Django's stubs lack it
        if not self._is_writer:
            begin()
            return
        with self._turn() as until:
            _knock(begin, until, _AT_THE_DATABASE)

    @property
    def _is_writer(self) -> bool:
        return bool(self.transaction_mode == "IMMEDIATE")  # type: ignore[attr-defined]

    @contextmanager
    def _turn(self) -> Iterator[float]:
        """Yields the end of its patience. The kernel gives the turn back when a process dies with it."""
        until = time.monotonic() + float(self.settings_dict["OPTIONS"].get("timeout", 5.0))
        # Reading is enough, whoever made the file.
        handle = os.open(turn_file(self.settings_dict["NAME"]), os.O_RDONLY | os.O_CREAT, 0o644)
        try:
            _knock(lambda: _take(handle), until, _FOR_THE_TURN)
            self._is_in_turn = True
            yield until
        finally:
            self._is_in_turn = False
            os.close(handle)


def _knock(enter: Callable[[], Result], until: float, pauses: tuple[float, float]) -> Result:
    while True:
        try:
            return enter()
        except (OperationalError, sqlite3.OperationalError) as error:
            if not _is_taken(error) or time.monotonic() > until:
                raise
        time.sleep(random.uniform(*pauses))  # noqa: S311  (not a secret)


def _is_taken(error: Exception) -> bool:
    return "locked" in str(error)


def _take(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OperationalError("database is locked") from error
