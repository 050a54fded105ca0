"""Redis forgets, dies, or is not there: it carries pokes only."""

from __future__ import annotations

import time

from tests.faults.installations import SQLITE
from tests.faults.measure import Result
from tests.faults.pace import for_seconds, paced
from tests.faults.rig import Rig
from tests.faults.rows import row

NOTICED_WITHIN_SECONDS = 60
PAUSE_SECONDS = 0.2  # between two rounds of writing
ABSENT_SECONDS = 40  # for the ten minutes of the matrix: many times the pauses of all who ring


@row("F7", "Redis FLUSHALL each 5 s")
def f7(rig: Rig) -> Result:
    """I2. Work that travels in the queue instead of the inbox would be lost with it."""
    rig.start()
    phones = rig.crowd(4)
    stop = rig.meanwhile(lambda: forget(rig), 5)
    waits = paced(rig, phones, until=for_seconds(30))
    stop()
    rig.settle()
    return rig.result(f"longest wait for an answer {max(waits):.1f} s", holds=max(waits) < NOTICED_WITHIN_SECONDS)


def forget(rig: Rig) -> None:
    with rig.server.broker() as client:
        client.flushall()


@row("F8", "Redis kill -9 and back, under load", quick=(SQLITE,))
def f8(rig: Rig) -> Result:
    """I2. A worker that stays alive and deaf would never settle what came since."""
    rig.start()
    rig.crowd(4)
    for _ in range(1 if rig.is_quick else 3):
        rig.send(rounds=2)
        rig.server.kill9("redis")
        rig.send(rounds=2)
        rig.server.start("redis")
        rig.send(rounds=2)
        took = rig.settle()
    return rig.result(f"all heard again within {took:.0f} s", holds=took < NOTICED_WITHIN_SECONDS)


@row("F9", "Redis absent 10 min")
def f9(rig: Rig) -> Result:
    """I1, I2. A push that needs Redis would fail, and then not be acknowledged."""
    rig.start()
    phones = rig.crowd(4)
    rig.send(rounds=1)
    rig.server.kill9("redis")
    began, slowest = time.monotonic(), 0.0
    refused = 0
    while time.monotonic() - began < ABSENT_SECONDS:
        for phone in phones:
            phone.work(2)
            start = time.monotonic()
            phone.contact()
            refused += phone.unsent > 0
            slowest = max(slowest, time.monotonic() - start)
        time.sleep(PAUSE_SECONDS)
    rig.server.start("redis")
    took = rig.settle()
    figure = f"absent {ABSENT_SECONDS} s for 600; {refused} pushes refused, slowest {slowest:.1f} s; "
    return rig.result(f"{figure}drained within {took:.0f} s", holds=not refused and took < NOTICED_WITHIN_SECONDS)
