"""Phones: one history on two of them, and a browser's own faults, which tests/browser/test_ordeals.py plays."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from fieldops.processes import BASE_DIR
from tests.faults.installations import SQLITE
from tests.faults.measure import Result
from tests.faults.phone import LineDoor, LinePhone
from tests.faults.rig import Rig
from tests.faults.rows import row


@row("F27", "a phone's backup on a second phone", quick=(SQLITE,), shared=True)
def f27(rig: Rig) -> Result:
    """I2, I3. Without the chain the second phone would take the numbers that the first was acknowledged for its own,
    and drop what it wrote; without the entry's id as key, what both send would have two effects."""
    rig.start()
    rig.crowd(2)
    rig.send(rounds=2)
    rig.settle()
    first = rig.phones[0]
    first.work(4)  # unsent when the backup is made: both have it
    second = cloned(rig, first)
    for phone in (first, second):
        phone.work(6)
    for phone in (first, second, first):
        phone.contact()
        phone.work(3)
    rig.settle()
    names = {phone.key for phone in (first, second)}
    figure = f"{len(names)} replicas of one history"
    return rig.result(figure, holds=len(names) == 2, is_one_history=False)


def cloned(rig: Rig, phone: LinePhone) -> LinePhone:
    """A phone with the storage of the other, on a session of its own. Each goes on to write notes of its own."""
    [key] = rig.server.inside("keys_for", rig.members[:1])
    copy = LinePhone(LineDoor(rig.server.base_url, key), phone.customer, seed=rig.random.getrandbits(32))
    copy.key, copy.received_n, copy.cursor = phone.key, phone.received_n, phone.cursor
    copy.entries, copy.ids = list(phone.entries), list(phone.ids)
    copy.rows = {key: type(held)(held.rv, held.fields, set(held.streams)) for key, held in phone.rows.items()}
    copy.settled = dict(phone.settled)
    rig.phones.append(copy)
    return copy


# --- What needs a browser -----------------------------------------------------------------------------

LINES_OF_FIRST_SYNC = "10000"  # customers, each with its site


def browser_row(name: str, title: str) -> None:
    """Plays the tests that bear the row's name; each told a line of numbers."""

    def scenario(rig: Rig) -> Result:
        """The test says what breaking would show."""
        told = rig.server.data / "rows"
        told.touch()
        words = [sys.executable, "-m", "pytest", "tests/browser/test_ordeals.py", "-k", name.lower(), "-q"]
        settings = {
            "FIELDOPS_FAULT_ROWS": str(told),
            "FIELDOPS_ORDEAL_LINES": LINES_OF_FIRST_SYNC,
            "FIELDOPS_KEPT": str(rig.site.folder.parent),  # builds of the client serve both databases
        }
        if rig.site.postgres is not None:  # else the browser's server has a file of its own
            settings["FIELDOPS_DATABASE_URL"] = rig.site.postgres.url
        done = subprocess.run(
            [*words, "-p", "no:randomly"],
            cwd=BASE_DIR,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=False,
        )
        rows = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
        if done.returncode:
            print(done.stdout[-3000:], flush=True)
        return summed(rows, passed=done.returncode == 0)

    row(name, title, needs_browser=True)(scenario)


def summed(rows: list[dict[str, object]], *, passed: bool) -> Result:
    """The rows of one fault, played in several ways, as one."""

    def total(name: str) -> int:
        return sum(int(str(one[name])) for one in rows)

    return Result(
        created=total("created"),
        acknowledged=total("acknowledged"),
        found=total("found"),
        lost=total("lost"),
        doubled=total("doubled"),
        parked=total("parked"),
        equal=bool(rows) and all(one["are_equal"] for one in rows),
        seconds=max((float(str(one["seconds"])) for one in rows), default=0.0),
        figure="; ".join(str(one["said"]) for one in rows if one["said"]),
        holds=passed,
    )


browser_row("F17", "phone clock 3 years off, and jumping in mid-queue")
browser_row("F19", "phone storage deleted with entries unsent")
browser_row("F20", "no room left on the phone")
browser_row("F23", "two and three tabs, one of them frozen")
browser_row("F24", "app update in mid-queue, and rolled back")
browser_row("F30", "first sync killed at 10, 50 and 90 %")
