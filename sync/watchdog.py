"""Ends a worker whose entry hangs while it holds the only writer of SQLite: everybody else waits for that one.

On PostgreSQL nobody waits for it but its own phone, and it may wait itself, for a row that a long transaction holds:
there the time limit of a whole run is enough.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

SECONDS = settings.DRAIN_SECONDS / 8  # some hundred times what an entry takes
_is_armed = False


def arm() -> None:
    """Only for a process that is started anew when it has died, and that nobody else waits in: a worker's child."""
    global _is_armed  # noqa: PLW0603  (one process, one answer)
    # Left to the kernel: code that hangs outside of Python would never come to a handler.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _is_armed = connection.vendor == "sqlite"


@contextmanager
def watching() -> Iterator[None]:
    """Inside, this process has ``SECONDS`` until it is ended, if it is armed."""
    if not _is_armed:
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
