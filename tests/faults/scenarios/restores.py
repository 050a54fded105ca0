"""The server is put back to a state that is older than what phones have seen."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from tests.faults.installations import SQLITE
from tests.faults.measure import Result
from tests.faults.phone import LineDoor, LinePhone
from tests.faults.rig import Rig
from tests.faults.rows import row

PARTS = ("web", "worker")
HOUR = timedelta(hours=1)
Work = Callable[[Rig], None]
Way = Callable[[Rig, Work], None]


@row("F21", "server restored from a backup older than the cursors", quick=(SQLITE,))
def f21(rig: Rig) -> Result:
    """I14, I15. Without tags and epochs phones would read on from numbers that mean something else now; without the
    chain in every answer nobody would send again what the backup does not know."""
    rig.server.set_clock(-HOUR)
    rig.start("redis", *PARTS)
    rig.crowd(3)
    rig.send(rounds=2)
    rig.settle()
    noticed = []
    drills: list[tuple[Way, Work]] = [(by_hand, one_unit), (by_command, many_units), (by_command, a_new_phone)]
    drills = [(by_hand_and_ahead, an_hour)] if rig.is_quick else [*drills, (by_hand_and_ahead, an_hour)]
    for way, work in drills:
        standing = list(rig.phones)
        for phone in standing:
            phone.heard.clear()
        way(rig, work)
        rig.settle()
        noticed += [has_noticed(phone) for phone in standing]
    figure = f"{len(drills)} restores, noticed by {sum(noticed)} of {len(noticed)} phones"
    return rig.result(figure, holds=all(noticed), is_one_history=False)


def has_noticed(phone: LinePhone) -> bool:
    return "diverged" in phone.heard


# --- What the backup does not know -------------------------------------------------------------------


def one_unit(rig: Rig) -> None:
    rig.phones[0].log()
    rig.settle()


def many_units(rig: Rig) -> None:
    rig.send(rounds=4)
    rig.settle()


def an_hour(rig: Rig) -> None:
    """What follows the backup was done an hour before it is put back: until now the clock was behind by so much."""
    many_units(rig)
    rig.server.set_clock(timedelta(0))


def a_new_phone(rig: Rig) -> None:
    """Of one of the people: the restored server has never heard of it. It stays until the end."""
    [key] = rig.server.inside("keys_for", rig.members[:1])
    new = LinePhone(LineDoor(rig.server.base_url, key), rig.phones[0].customer, seed=rig.random.getrandbits(32))
    rig.phones.append(new)
    rig.send(rounds=2)
    rig.settle()


# --- Ways back ---------------------------------------------------------------------------------------


def by_command(rig: Rig, work: Work) -> None:
    file = rig.server.data / "backup.zip"
    file.unlink(missing_ok=True)
    rig.server.manage("backup", str(file))
    work(rig)
    rig.server.stop()
    rig.server.manage("restore", str(file), "--yes")
    rig.start("redis", *PARTS)
    rig.sign_in_again()


def by_hand(rig: Rig, work: Work, *, units: int = 0) -> None:
    """The files, or the database, copied: nobody says that a new history begins."""
    keep(rig)
    work(rig)
    rig.server.stop(*PARTS)
    put_back(rig)
    rig.start(*PARTS)
    if units:
        rig.server.inside("raise_head", rig.world["organization"], units)
    rig.sign_in_again()


def by_hand_and_ahead(rig: Rig, work: Work) -> None:
    """Other work has raised the head beyond what phones have seen before they come back."""
    by_hand(rig, work, units=60)


def keep(rig: Rig) -> None:
    """As it is at one moment. PostgreSQL copies only what nobody is connected to."""
    if rig.is_postgresql:
        rig.server.stop(*PARTS)
        rig.site.ask(f"DROP DATABASE IF EXISTS {rig.server.database_name}_kept WITH (FORCE)")
        rig.site.ask(f"CREATE DATABASE {rig.server.database_name}_kept TEMPLATE {rig.server.database_name}")
        rig.start(*PARTS)
    else:
        kept_file(rig).unlink(missing_ok=True)
        with closing(sqlite3.connect(rig.server.file)) as now, closing(sqlite3.connect(kept_file(rig))) as kept:
            now.backup(kept)


def put_back(rig: Rig) -> None:
    if rig.is_postgresql:
        rig.site.ask(f"DROP DATABASE {rig.server.database_name} WITH (FORCE)")
        rig.site.ask(f"CREATE DATABASE {rig.server.database_name} TEMPLATE {rig.server.database_name}_kept")
        return
    for file in rig.server.data.glob("fieldops.sqlite3*"):
        file.unlink()
    shutil.copy(kept_file(rig), rig.server.file)


def kept_file(rig: Rig) -> Path:
    return rig.server.data / "kept.sqlite3"
