"""Backups between real installations: from one database to the other, out of the past, and not under running parts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from fieldops.installation import wait_until
from fieldops.processes import BASE_DIR
from tests.fieldops.backing_up import CHANGED, manifest_of
from tests.server import Server, running
from tests.walks.drill import SWIFT, sqlite_in
from tests.walks.test_up import plain_environment, up

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]

FURNISH = "from tests.walks.drill import furnish; furnish()"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Server]:
    """An empty installation on the database that is tested. Nothing of it runs."""
    server = Server(tmp_path / "here", environment=SWIFT)
    yield server
    server.close()


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup that was made before the newest migrations of sync; they took columns along."""
    folder = tmp_path_factory.mktemp("older")
    server = sqlite_in(folder / "data")
    try:
        server.manage("prepare")
        server.python(FURNISH)
        server.manage("migrate", "sync", "0002", "--verbosity", "0")
        server.manage("backup", str(folder / "backup.zip"))
    finally:
        server.close()
    return folder / "backup.zip"


@pytest.mark.both_databases
def test_a_backup_goes_from_sqlite_to_this_database_and_back_unchanged(tmp_path: Path, here: Server) -> None:
    first, last = sqlite_in(tmp_path / "first"), sqlite_in(tmp_path / "last")
    try:
        first.manage("prepare")
        first.python(FURNISH)
        files = [tmp_path / f"{name}.zip" for name in ("first", "here", "last")]
        first.manage("backup", str(files[0]))
        for server, source, target in ((here, files[0], files[1]), (last, files[1], files[2])):
            server.manage("restore", str(source))  # into nothing: not even the tables are there
            server.manage("backup", str(target))
        assert hashes(files[0]) == hashes(files[1]) == hashes(files[2])
        assert manifest_of(files[1])["database"] == here_is(here)
    finally:
        first.close()
        last.close()


@pytest.mark.both_databases
@pytest.mark.parametrize("target", ["nothing", "today's", "as old"])
def test_an_older_backup_is_migrated_forward(tmp_path: Path, here: Server, older: Path, target: str) -> None:
    if target != "nothing":
        here.manage("prepare")
        here.python(FURNISH)
    if target == "as old":
        here.manage("migrate", "sync", "0002", "--verbosity", "0")
    said = here.manage("restore", str(older), *([] if target == "nothing" else ["--yes"]))
    assert "it was migrated forward" in said
    again = tmp_path / "again.zip"
    here.manage("backup", str(again))
    assert ["sync", "0003_phones_and_low_water"] in manifest_of(again)["migrations"]
    before, after = hashes(older), hashes(again)
    grown = {name for name in before if before[name] != after[name]}
    assert grown <= {"sync_replica", "sync_inboxentry", "auth_permission", "django_content_type"}


def test_nothing_is_restored_while_it_runs_but_a_backup_is_made(tmp_path: Path, file: Path) -> None:
    with up(tmp_path / "data") as started:
        environment = {**plain_environment(), "FIELDOPS_DATA_DIR": str(started.data)}
        assert manage(environment, "backup", str(file)).returncode == 0
        refused = manage(environment, "restore", str(file), "--yes")
        assert refused.returncode == 1
        assert "FieldOps is running on" in refused.stderr
        assert started.answers()


@pytest.mark.both_databases
def test_nothing_is_restored_while_parts_of_it_run(tmp_path: Path, file: Path) -> None:
    """As under a service manager: nobody holds the data folder, but who is connected and the worker's beat tell."""
    with running(tmp_path / "data", environment=SWIFT) as server:
        server.python(FURNISH)
        assert wait_until(lambda: has_beaten(server), 60)
        server.manage("backup", str(file))
        with pytest.raises(RuntimeError, match=r"FieldOps is running: .* at work in this database"):
            server.manage("restore", str(file), "--yes")


def has_beaten(server: Server) -> bool:
    worker = requests.get(f"{server.base_url}/readyz", timeout=10).json()["worker"]
    return bool(worker["is_ok"])


def manage(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False)


def hashes(file: Path) -> dict[str, str]:
    """Of every table but those that a restore changes on purpose."""
    return {one["name"]: one["sha256"] for one in manifest_of(file)["tables"] if one["name"] not in CHANGED}


def here_is(server: Server) -> str:
    is_postgresql = server.environment.get("FIELDOPS_DATABASE_URL", "").startswith("postgres")
    return "postgresql" if is_postgresql else "sqlite"
