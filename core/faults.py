"""Named points at which tests make the program die, hang or lose its storage. Nothing happens at them otherwise.

A process is told by ``FIELDOPS_FAULT`` what goes wrong in it; several are separated by commas:

    point:k              it kills itself the k-th time it comes past the point
    point:hang@prefix    it never comes back from an entry whose id begins so, and does not hear that it should
    point:fill@prefix    such an entry takes memory until the kernel would end the process, and then it is ended
    clock:seconds        its clock is wrong by so much (core/clock.py)

A test in one process arms a point with something to do there.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from core import clock

# Where a drain can be stopped, in the order in which it comes past.
BEFORE_COUNT = "drain.before_count"
AFTER_COUNT = "drain.after_count"
IN_ENTRY = "entry.act"
BEFORE_COMMIT = "unit.before_commit"
AFTER_COMMIT = "drain.after_commit"

# Where a push can be stopped: its entries are written but not committed; they are, and the phone has not heard of it.
BEFORE_STORED = "push.before_commit"
AFTER_STORED = "push.after_commit"

# Where whoever rings a worker can be stopped: what it rings for is committed, and nobody has heard of it.
BEFORE_POKE = "poke.before_publish"

CLOCK = "clock"
FILLED = 640  # MiB: well above what a worker's child may hold

Fault = Callable[[], None]
_armed: dict[str, Fault] = {}
_marked: dict[str, dict[str, Fault]] = {}  # point, beginning of an entry's id


def reach(point: str, entry: UUID | None = None) -> None:
    """Does what the point, or this entry at it, is armed with, which is nothing in earnest."""
    if _armed and point in _armed:
        _armed[point]()
    if _marked and entry is not None:
        for prefix, fault in _marked.get(point, {}).items():
            if str(entry).startswith(prefix):
                fault()


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
            _die()

    return fault


def hang() -> None:
    """As code that waits for something outside Python does: being asked to end is not heard."""
    while True:
        with contextlib.suppress(Exception):
            time.sleep(60)


def fill() -> None:
    """Takes memory as a runaway would, every page of it touched, and ends as the kernel ends one."""
    taken = [b"\1" * ((1 << 20) + number) for number in range(FILLED)]
    if taken:
        _die()


_ON_ENTRY: dict[str, Fault] = {"hang": hang, "fill": fill}


def arm_from(setting: str) -> None:
    """Arms what the setting names; nothing for an empty one."""
    for one in filter(None, setting.split(",")):
        point, _, what = one.partition(":")
        name, _, prefix = what.partition("@")
        if point == CLOCK:
            clock.error = timedelta(seconds=float(what))
        elif prefix:
            _marked.setdefault(point, {})[prefix] = _ON_ENTRY[name]
        else:
            _armed[point] = kill_at(int(what or 1))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
