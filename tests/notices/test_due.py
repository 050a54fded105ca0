"""When a notification goes out by mail: a table over quiet hours, the time of the digest, time zones and choices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from notices.mailing import due
from notices.models import Notification, Preference
from tests.conftest import World

AT_ONCE, DIGEST, NONE = "at_once", "digest", "none"
NO_QUIET: dict[str, Any] = {"quiet_from": None, "quiet_to": None}


@dataclass(frozen=True)
class Case:
    """``made`` and ``now`` are local wall-clock times, ``!`` marks the second of two that are called alike."""

    claim: str
    made: list[tuple[str, str]]
    now: str
    goes: list[int]
    zone: str = "Asia/Seoul"
    wants: dict[str, Any] = field(default_factory=dict)


TABLE = [
    # By default mails at once wait from eight in the evening to seven, and the digest goes at half past seven.
    Case("by day at once", [(AT_ONCE, "2026-11-26 14:00")], "2026-11-26 14:00", [0]),
    Case("just before the quiet hours", [(AT_ONCE, "2026-11-26 19:59")], "2026-11-26 19:59", [0]),
    Case("quiet hours begin", [(AT_ONCE, "2026-11-26 19:59")], "2026-11-26 20:00", []),
    Case("before midnight", [(AT_ONCE, "2026-11-26 23:00")], "2026-11-26 23:59", []),
    Case("at midnight", [(AT_ONCE, "2026-11-26 23:00")], "2026-11-27 00:00", []),
    Case("just before they end", [(AT_ONCE, "2026-11-26 23:00")], "2026-11-27 06:59", []),
    Case("quiet hours end", [(AT_ONCE, "2026-11-26 23:00")], "2026-11-27 07:00", [0]),
    Case("the digest waits for its time", [(DIGEST, "2026-11-26 10:00")], "2026-11-27 07:29", []),
    Case("the digest goes at its time", [(DIGEST, "2026-11-26 10:00")], "2026-11-27 07:30", [0]),
    Case("made at that very minute", [(DIGEST, "2026-11-27 07:30")], "2026-11-27 07:30", [0]),
    Case("made a minute later", [(DIGEST, "2026-11-27 07:31")], "2026-11-27 18:00", []),
    Case("and goes on the next day", [(DIGEST, "2026-11-27 07:31")], "2026-11-28 07:30", [0]),
    Case("a digest that was held up goes late", [(DIGEST, "2026-11-26 10:00")], "2026-11-27 15:00", [0]),
    Case("after midnight yesterday's was the last", [(DIGEST, "2026-11-26 10:00")], "2026-11-27 00:10", []),
    Case("days late", [(DIGEST, "2026-11-20 10:00")], "2026-11-27 00:10", [0]),
    Case("what nobody wants", [(NONE, "2026-11-26 10:00")], "2026-11-28 12:00", []),
    Case(
        "by day both",
        [(DIGEST, "2026-11-26 10:00"), (AT_ONCE, "2026-11-27 09:00"), (DIGEST, "2026-11-27 09:00")],
        "2026-11-27 09:00",
        [1, 0],
    ),
    # Quiet hours and a digest in the middle of them.
    Case(
        "the digest brings what quiet hours held back",
        [(DIGEST, "2026-11-26 10:00"), (AT_ONCE, "2026-11-26 23:00")],
        "2026-11-27 06:00",
        [1, 0],
        wants={"digest_at": time(6, 0)},
    ),
    Case(
        "no digest brings nothing",
        [(AT_ONCE, "2026-11-26 23:00")],
        "2026-11-27 06:00",
        [],
        wants={"digest_at": time(6, 0)},
    ),
    # Quiet hours of other people.
    Case(
        "at noon they begin",
        [(AT_ONCE, "2026-11-26 11:00")],
        "2026-11-26 12:00",
        [],
        wants={"quiet_from": time(12, 0), "quiet_to": time(13, 30)},
    ),
    Case(
        "and end",
        [(AT_ONCE, "2026-11-26 11:00")],
        "2026-11-26 13:30",
        [0],
        wants={"quiet_from": time(12, 0), "quiet_to": time(13, 30)},
    ),
    Case(
        "their night is not quiet",
        [(AT_ONCE, "2026-11-26 23:00")],
        "2026-11-27 03:00",
        [0],
        wants={"quiet_from": time(12, 0), "quiet_to": time(13, 30)},
    ),
    Case("none at all", [(AT_ONCE, "2026-11-26 23:00")], "2026-11-27 03:00", [0], wants=NO_QUIET),
    Case(
        "none that last no time",
        [(AT_ONCE, "2026-11-26 23:00")],
        "2026-11-27 08:00",
        [0],
        wants={"quiet_from": time(8, 0), "quiet_to": time(8, 0)},
    ),
    Case(
        "until midnight",
        [(AT_ONCE, "2026-11-26 22:00")],
        "2026-11-27 00:00",
        [0],
        wants={"quiet_from": time(20, 0), "quiet_to": time(0, 0)},
    ),
    Case(
        "from midnight",
        [(AT_ONCE, "2026-11-26 22:00")],
        "2026-11-27 00:00",
        [],
        wants={"quiet_from": time(0, 0), "quiet_to": time(7, 0)},
    ),
    # Elsewhere in the world.
    Case("morning in Berlin", [(DIGEST, "2026-11-26 10:00")], "2026-11-27 07:30", [0], zone="Europe/Berlin"),
    Case("evening in New York", [(AT_ONCE, "2026-11-26 19:59")], "2026-11-26 20:00", [], zone="America/New_York"),
    Case("half hours in Kolkata", [(AT_ONCE, "2026-11-26 23:00")], "2026-11-27 07:00", [0], zone="Asia/Kolkata"),
    # Clocks that are put forward from two to three, and back from three to two.
    Case(
        "a digest at an hour that is left out",
        [(DIGEST, "2026-03-28 10:00")],
        "2026-03-29 03:00",
        [0],
        zone="Europe/Berlin",
        wants={"digest_at": time(2, 30), **NO_QUIET},
    ),
    Case(
        "not yet at that hour",
        [(DIGEST, "2026-03-28 10:00")],
        "2026-03-29 01:59",
        [],
        zone="Europe/Berlin",
        wants={"digest_at": time(2, 30), **NO_QUIET},
    ),
    Case(
        "a digest at an hour that comes twice",
        [(DIGEST, "2026-10-24 10:00")],
        "2026-10-25 02:30",
        [0],
        zone="Europe/Berlin",
        wants={"digest_at": time(2, 30), **NO_QUIET},
    ),
    Case("quiet through both of them", [(AT_ONCE, "2026-10-25 01:00")], "2026-10-25 02:30!", [], zone="Europe/Berlin"),
]


def moment(text: str, zone: ZoneInfo) -> datetime:
    local = datetime.fromisoformat(text.rstrip("!")).replace(tzinfo=zone, fold=int(text.endswith("!")))
    return local.astimezone(ZoneInfo("UTC"))


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.claim)
def test_what_goes_out_now(world: World, case: Case) -> None:
    zone = ZoneInfo(case.zone)
    waiting = [Notification(mail=mail, made_at=moment(made, zone)) for mail, made in case.made]
    found = due(waiting, Preference(**case.wants), moment(case.now, zone), zone)
    assert [waiting.index(one) for one in found] == case.goes
