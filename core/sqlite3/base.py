"""A fair turn for every writer.

SQLite has one writer at a time. Who finds it taken tries again after pauses that grow to a tenth of a second, and a
worker that writes one unit after the other leaves gaps of a few milliseconds: the others would knock for seconds
without ever meeting one. Here a transaction knocks every few milliseconds instead.
"""

from __future__ import annotations

import random
import time

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_SHORTEST, _LONGEST = 0.001, 0.004  # seconds between two knocks


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        """Takes the writer's lock. Raises OperationalError when ``timeout`` seconds went by without it."""
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5.0))
        if self.transaction_mode != "IMMEDIATE":  # type: ignore[attr-defined]
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django's stubs lack it
            return
        self._wait_inside(0)
        try:
            self._knock(time.monotonic() + patience)
        finally:
            self._wait_inside(patience)

    def _knock(self, until: float) -> None:
        while True:
            try:
                super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django's stubs lack it
                return
            except OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(_SHORTEST, _LONGEST))  # noqa: S311  (so that two do not knock in step)

    def _wait_inside(self, seconds: float) -> None:
        """How long SQLite itself waits for a lock; it still does for statements outside transactions."""
        self.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
