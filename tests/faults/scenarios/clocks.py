"""Clocks that jump, and phones that were away for longer than the log remembers."""

from __future__ import annotations

from datetime import timedelta

from celery import Celery

from core import faults
from fieldops.installation import wait_until
from tests.faults.measure import Result
from tests.faults.rig import Rig
from tests.faults.rows import row

PARTS = ("web", "worker", "slow", "beat")
HOUR = 3600
DAY = 24 * HOUR


@row("F18", "server clock jumps by an hour, ahead and back")
def f18(rig: Rig) -> Result:
    """I5, I20. A lease or a pause written by a clock that ran ahead would hold its replica for an hour."""
    rig.start()
    rig.crowd(4)
    for wrong in (0, HOUR, -HOUR, HOUR, 0):
        rig.server.with_fault(f"{faults.CLOCK}:{wrong}", *PARTS)
        rig.send(rounds=4)
        # Under load: entries wait and leases are held as the clock jumps.
    took = rig.settle()
    flagged = rig.server.inside("clock_flags", rig.world["organization"])
    return rig.result(f"4 jumps, {flagged} visits flagged, settled in {took:.0f} s", holds=took < 60 and flagged > 0)


@row("F31", "log compaction while phones are offline 200 days")
def f31(rig: Rig) -> Result:
    """I6, I7. Without the low-water mark those who were away would keep what was removed meanwhile."""
    rig.server.environment["FIELDOPS_FAULT"] = f"{faults.CLOCK}:{-200 * DAY}"
    rig.start("redis", *PARTS)
    phones = rig.crowd(6, customers=7, ago=timedelta(days=200))  # of the last customer nobody writes
    away, near = phones[:4], phones[4:]
    rig.send(rounds=2)
    rig.settle()
    on_day(rig, -190)
    rig.server.inside("remove_customer", rig.world["customers"][-1])
    on_day(rig, -10)
    rig.settle(near)
    for phone in away:
        phone.ago = timedelta(days=100)
        phone.work(5)
    on_day(rig, 0)
    forgotten = compacted(rig)
    took = rig.settle()
    resets = [phone.heard.count("reset") for phone in phones]
    is_right = resets == [1] * len(away) + [0] * len(near)
    figure = f"{sum(resets)} of {len(phones)} phones reset, low-water mark at {forgotten}, settled in {took:.0f} s"
    return rig.result(figure, holds=is_right and forgotten > 0, parks=0)


def on_day(rig: Rig, day: int) -> None:
    rig.server.environment["FIELDOPS_FAULT"] = f"{faults.CLOCK}:{day * DAY}"
    rig.server.again(*PARTS)


def compacted(rig: Rig) -> int:
    """The nightly job, asked for now. Returns the low-water mark."""
    with Celery(broker=f"{rig.server.redis_url}/0", set_as_current=False) as app:
        app.send_task("sync.tasks.compact", queue="export")
    organization = rig.world["organization"]
    wait_until(lambda: rig.server.inside("low_water", organization) > 0, 30)
    found: int = rig.server.inside("low_water", organization)
    return found
