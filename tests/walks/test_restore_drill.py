"""The restore drill with real processes: a backup under way, work after it, the old backup put back, phones return."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.http_door import HttpPhone
from tests.server import running
from tests.walks.drill import SWIFT, Drill, crowd_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]


@pytest.mark.both_databases
def test_t8_twenty_entries_acknowledged_after_the_backup_are_found_after_the_restore(tmp_path: Path) -> None:
    """I14, I15. The backup is made while five phones go on sending."""
    file = tmp_path / "backup.zip"
    with running(tmp_path / "data", environment=SWIFT) as server:
        drill = Drill(server, crowd_of(server, 5))
        for phone in drill.phones:
            drill.write(phone, 2)
        drill.settle()
        with ThreadPoolExecutor(5) as pool:
            sending = [pool.submit(write_and_push, drill, phone) for phone in drill.phones]
            server.manage("backup", str(file))
            _ = [future.result() for future in sending]
        after = set().union(*(drill.write(phone, 4) for phone in drill.phones))
        drill.settle()
        everything = sorted(drill.visits())
        assert len(everything) == 5 * (2 + 20 + 4)

        server.stop()
        said = server.manage("restore", str(file), "--yes")
        assert said.count("Proved: ") == 5
        server.start()
        assert not after & set(drill.visits())
        assert {phone.send("pull", {"cursor": phone.cursor})[0] for phone in drill.phones} == {401}
        drill.sign_in_again()
        assert {phone.pull_page()["answer"] for phone in drill.phones} == {"diverged"}
        drill.settle()
        held = drill.visits()
        assert len(after & set(held)) == len(after) == 20
        assert sorted(held) == everything  # none is missing, none is there twice
        assert drill.is_right()


def write_and_push(drill: Drill, phone: HttpPhone) -> None:
    for _ in range(10):
        drill.write(phone, 2)
        phone.push()


@pytest.mark.parametrize("is_ahead_again", [False, True], ids=["behind", "ahead again"])
def test_f21_a_database_file_copied_back_by_hand_is_noticed(tmp_path: Path, is_ahead_again: bool) -> None:
    """Nobody started a new epoch: the tags of the numbers tell, also when the head has passed the phones' cursors."""
    data = tmp_path / "data"
    sqlite = {"FIELDOPS_DATABASE_URL": f"sqlite:///{data / 'fieldops.sqlite3'}"}
    with running(data, environment=sqlite) as server:
        drill = Drill(server, crowd_of(server, 3))
        for phone in drill.phones:
            drill.write(phone, 1)
        drill.settle()
        server.stop()
        copy = copied(data, tmp_path / "copy")
        server.start()
        for phone in drill.phones:
            drill.write(phone, 4)
        drill.settle()
        everything, lost_head = sorted(drill.visits()), drill.head()
        server.stop()
        copied(copy, data)
        server.start()
        if is_ahead_again:
            server.python("from tests.walks.drill import raise_head; raise_head(40)")
        assert (drill.head() > lost_head) == is_ahead_again
        assert {phone.pull_page()["answer"] for phone in drill.phones} == {"diverged"}
        drill.settle()
        assert sorted(drill.visits()) == everything
        assert drill.is_right()


def copied(source: Path, target: Path) -> Path:
    """The database by hand: its file and its journal, in place of those that are there."""
    target.mkdir(exist_ok=True)
    for old in target.glob("fieldops.sqlite3*"):
        old.unlink()
    for part in source.glob("fieldops.sqlite3*"):
        shutil.copy(part, target)
    return target
