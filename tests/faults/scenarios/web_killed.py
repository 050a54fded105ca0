"""The web server dies at a named point of a push, again and again."""

from __future__ import annotations

import time

from core import faults
from fieldops.installation import LOOPBACK, wait_until, web_answers
from tests.faults.installations import POSTGRESQL, SQLITE
from tests.faults.measure import Result
from tests.faults.rig import Rig
from tests.faults.rows import row

PHONES, ENTRIES = 4, 9
SWEPT_WITHIN_SECONDS = 30


@row("F1", "web killed before commit of push", quick=(POSTGRESQL,), shared=True)
def f1(rig: Rig) -> Result:
    """I1, I2. A server that acknowledged before it committed would show entries acknowledged and not found."""
    return die(rig, faults.BEFORE_STORED)


@row("F2", "web killed after commit, before response", quick=(SQLITE,), shared=True)
def f2(rig: Rig) -> Result:
    """I3, I13. A server that took what it knows already for new would show entries doubled."""
    return die(rig, faults.AFTER_STORED)


def die(rig: Rig, point: str) -> Result:
    """Each life of the web server ends at the second push that comes to the point."""
    lives = 3 if rig.is_quick else 5
    rig.start()
    rig.crowd(PHONES)
    deaths = 0
    for _ in range(lives):
        rig.server.with_fault(f"{point}:2", "web")
        rig.send(rounds=3 if rig.is_quick else 6, entries=ENTRIES)
        deaths += has_died(rig)
    rig.server.again("web")
    rig.settle()
    return rig.result(f"{deaths} deaths", holds=deaths == lives)


@row("F3", "web killed after commit, before publish", quick=(SQLITE,), shared=True)
def f3(rig: Rig) -> Result:
    """I2. Each phone's last push ends a life of the server, and nobody is rung for it: without the sweep it would
    never be judged, and count as lost."""
    rig.start()
    phones = rig.crowd(2 if rig.is_quick else 5)
    deaths = 0
    for phone in phones:
        rig.server.with_fault(f"{faults.BEFORE_POKE}:1", "web")
        phone.work(ENTRIES)
        phone.contact()
        deaths += has_died(rig)
    began = time.monotonic()
    rig.server.again("web")
    rig.settle()
    took = time.monotonic() - began
    is_swept = took < SWEPT_WITHIN_SECONDS
    return rig.result(
        f"{deaths} deaths, all settled {took:.0f} s after the last", holds=deaths == len(phones) and is_swept
    )


def has_died(rig: Rig) -> bool:
    """Asked of the address: the parent outlives the process that answers."""
    return wait_until(lambda: not web_answers(LOOPBACK, rig.server.port), 5)
