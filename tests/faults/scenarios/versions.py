"""Web and worker of different versions, while phones have the newer app already."""

from __future__ import annotations

from fieldops.installation import wait_until
from tests.faults.installations import SQLITE
from tests.faults.measure import Result
from tests.faults.phone import LinePhone
from tests.faults.rig import Rig
from tests.faults.rows import row

NEWER = "tests.faults.newer.settings"


@row("F32", "deploy with web ahead of worker", quick=(SQLITE,))
def f32(rig: Rig) -> Result:
    """I3, I16. Nobody looks again at what was parked for its version: without that it would stay parked for ever."""
    rig.start("redis", "worker", "slow", "beat")
    rig.server.environment["DJANGO_SETTINGS_MODULE"] = NEWER
    rig.start("web")
    phones = rig.crowd(3)
    for phone in phones:
        for _ in range(5):
            phone.log()
            phone.log(v=2)
    rig.settle()
    parked = sum(answer["code"] == "schema_ahead" for phone in phones for answer in phone.settled.values())
    rig.server.again("worker", "slow", "beat")
    all_applied = wait_until(lambda: all(has_all_applied(phone) for phone in phones), 60)
    rig.settle()
    return rig.result(f"{parked} parked schema_ahead, then applied", holds=all_applied and parked == 15)


def has_all_applied(phone: LinePhone) -> bool:
    phone.contact()
    return {answer["state"] for answer in phone.settled.values()} == {"applied"}
