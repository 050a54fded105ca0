"""Named points at which tests make the program die, hang or lose its storage. Nothing happens at them otherwise.

A process is told by ``FIELDOPS_FAULT=point:k`` to kill itself the k-th time it comes past a point; a test in
one process arms a point with something to do there.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Where a drain can be stopped, in the order in which it comes past.
BEFORE_COUNT = "drain.before_count"
AFTER_COUNT = "drain.after_count"
BEFORE_COMMIT = "unit.before_commit"
AFTER_COMMIT = "drain.after_commit"

# Where whoever rings a worker can be stopped: what it rings for is committed, and nobody has heard of it.
BEFORE_POKE = "poke.before_publish"

Fault = Callable[[], None]
_armed: dict[str, Fault] = {}


def reach(point: str) -> None:
    """Does what the point is armed with, which is nothing in earnest."""
    if _armed and point in _armed:
        _armed[point]()


@contextmanager
def armed(point: str, fault: Fault) -> Iterator[None]:
    """Inside, coming past the point does ``fault``, every time."""
    _armed[point] = fault
    try:
        yield
    finally:
        del _armed[point]


def kill_at(count: int) -> Fault:
    """Kills this process when it comes past for the ``count``-th time, as a power cut would."""
    passed = 0

    def fault() -> None:
        nonlocal passed
        passed += 1
        if passed == count:
            os.kill(os.getpid(), signal.SIGKILL)

    return fault


def arm_from(setting: str) -> None:
    """Arms the point that a setting ``point:k`` names; nothing for an empty one."""
    if setting:
        point, _, count = setting.partition(":")
        _armed[point] = kill_at(int(count or 1))
