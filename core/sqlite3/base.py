"""A fair turn for every writer.

SQLite has one writer at a time. Who finds it taken tries again after pauses that grow to a tenth of a second, and a
worker that writes one unit after the other leaves gaps of a few milliseconds: the others would knock for seconds
without ever meeting one, and on a slow disk for longer than anybody's patience. Here a transaction knocks every few
milliseconds, and only one knocks at a time. It holds the turn, a lock on a file beside the database, from the knock
until it has the writer's lock. So whoever has just written comes in behind a writer who waits, and is never the first
to notice that the database is free.
"""

from __future__ import annotations

import fcntl
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import OperationalError
from django.db.backends.sqlite3 import base, creation

# Seconds between two knocks, at random so that two do not knock in step. One at a time knocks at the database, so it
# may do so often; any number wait for the turn.
_AT_THE_DATABASE = (0.0005, 0.001)
_FOR_THE_TURN = (0.001, 0.004)


def turn_file(database: str) -> Path:
    """An empty file of its own: closing a second handle of the database itself would drop SQLite's locks on it."""
    return Path(f"{database}-turn")


class DatabaseCreation(creation.DatabaseCreation):
    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        super()._destroy_test_db(test_database_name, verbosity)  # type: ignore[misc]  # Django's stubs lack it
        turn_file(test_database_name).unlink(missing_ok=True)


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation

    def _start_transaction_under_autocommit(self) -> None:
        """Takes the writer's lock. Raises OperationalError when ``timeout`` seconds went by without it."""
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5.0))
        if self.transaction_mode != "IMMEDIATE":  # type: ignore[attr-defined]
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django's stubs lack it
            return
        until = time.monotonic() + patience
        self._wait_inside(0)
        try:
            with self._turn(until):
                begin = super()._start_transaction_under_autocommit  # type: ignore[misc]  # as above
                _knock(begin, until, _AT_THE_DATABASE)
        finally:
            self._wait_inside(patience)

    @contextmanager
    def _turn(self, until: float) -> Iterator[None]:
        """The kernel gives the turn back when a process dies with it. Reading is enough, whoever made the file."""
        handle = os.open(turn_file(self.settings_dict["NAME"]), os.O_RDONLY | os.O_CREAT, 0o644)
        try:
            _knock(lambda: _take(handle), until, _FOR_THE_TURN)
            yield
        finally:
            os.close(handle)

    def _wait_inside(self, seconds: float) -> None:
        """How long SQLite itself waits for a lock; it still does for statements outside transactions."""
        self.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


def _knock(begin: Callable[[], None], until: float, pauses: tuple[float, float]) -> None:
    while True:
        try:
            begin()
            return
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(random.uniform(*pauses))  # noqa: S311  (not a secret)


def _take(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OperationalError("database is locked") from error
