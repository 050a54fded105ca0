"""How long phones wait for an answer while something goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from tests.faults.phone import LinePhone
from tests.faults.rig import Rig

PULLS_EVERY_SECONDS = 0.2
# Phones pull once a second: below half of that nobody sees a difference.
UNSEEN_SECONDS = 0.5
GIVEN_UP_SECONDS = 120.0


def percentile(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def ratio(before: Sequence[float], during: Sequence[float]) -> float:
    """By how much the p95 grew, as far as anybody could see it."""
    return max(percentile(during, 0.95), UNSEEN_SECONDS) / max(percentile(before, 0.95), UNSEEN_SECONDS)


def paced(rig: Rig, phones: Sequence[LinePhone], *, until: Callable[[], bool], entries: int = 2) -> list[float]:
    """The phones write, and wait for the answers, again and again. How long each wait was, in seconds."""
    over = threading.Event()
    waits: list[float] = []

    def go(phone: LinePhone) -> None:
        while not over.is_set():
            phone.work(entries)
            began = time.monotonic()
            while not phone.contact() and time.monotonic() - began < GIVEN_UP_SECONDS:
                time.sleep(PULLS_EVERY_SECONDS)
            waits.append(time.monotonic() - began)
            over.wait(PULLS_EVERY_SECONDS)

    threads = [threading.Thread(target=go, args=[phone], daemon=True) for phone in phones]
    for thread in threads:
        thread.start()
    while not until():
        time.sleep(PULLS_EVERY_SECONDS)
    over.set()
    for thread in threads:
        thread.join()
    return waits


def for_seconds(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until
