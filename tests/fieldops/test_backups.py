"""manage.py backup: one moment of everything, in one file that is whole or not there."""

from __future__ import annotations

import stat
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError
from django.db import connection

from core import tenancy
from fieldops.backups import archive, making, schema
from fieldops.backups.archive import Damaged, Unknown
from sync.models import Replica
from tests import factories as make
from tests.asgi import sign_in
from tests.conftest import World, build_cast
from tests.fieldops.backing_up import back_up, command, contents, manifest_of, rewritten, rows_in, with_manifest
from tests.phone import Phone
from tests.threads import together
from visits.models import Visit

pytestmark = pytest.mark.both_databases


@pytest.fixture
def made(world: World, file: Path) -> Path:
    """A backup of the cast and one visit."""
    make.logged(world.ana, world.steel, note="지하 2층에서")
    back_up(file)
    return file


# --- What is in it ----------------------------------------------------------------------------------


def test_it_holds_every_row_of_every_table_and_says_how_many(made: Path) -> None:
    manifest = manifest_of(made)
    counted = {table["name"]: table["rows"] for table in manifest["tables"]}
    assert counted == {name: len(rows) for name, rows in contents().items()}
    assert counted["visits_visit"] == 1
    assert rows_in(made, "visits_visit")[0]["note"] == "지하 2층에서"


def test_it_says_what_it_was_made_of(world: World, made: Path) -> None:
    manifest = manifest_of(made)
    assert (manifest["format"], manifest["version"]) == (1, archive.product_version())
    assert manifest["database"] == connection.vendor
    assert {tuple(one) for one in manifest["migrations"]} == schema.applied("default") == schema.known()
    [counter] = manifest["counters"]
    newest = max(row["seq"] for row in rows_in(made, "sync_tick"))
    assert (counter["organization"], counter["seq"]) == (str(world.organization.pk), newest)


def test_no_sign_in_and_no_secret_of_the_data_folder_is_in_it(world: World, file: Path) -> None:
    session = sign_in(world.ana.user)
    Phone(world.ana)
    Replica.objects.update(session_key=session)
    back_up(file)
    assert {"django_session", "usersessions_usersession"} <= set(manifest_of(file)["left_out"])
    for table in manifest_of(file)["tables"]:
        text = str(rows_in(file, table["name"]))
        assert session not in text
        assert django_settings.SECRET_KEY not in text


@pytest.mark.django_db(transaction=True)
def test_it_is_one_moment_while_others_go_on_writing(file: Path) -> None:
    """Each table that was read is answered with a visit: none of them is in it, nor its number, nor its text."""
    world = build_cast()
    with tenancy.acting_in(world.organization.pk):
        make.logged(world.ana, world.steel)
    before = Counter({name: len(rows) for name, rows in contents().items()})
    written: list[str] = []

    def log_another(line: str) -> None:
        written.append(line)
        with tenancy.acting_in(world.organization.pk):
            make.logged(world.ben, world.steel)

    together([lambda: making.back_up(file, log_another)])
    with tenancy.acting_in(world.organization.pk):
        assert Visit.objects.count() == 1 + len(written) > 10
    assert {table["name"]: table["rows"] for table in manifest_of(file)["tables"]} == before


def test_the_command_says_what_it_did(world: World, file: Path) -> None:
    *tables, summary, size = command("backup", file).splitlines()
    assert ["people_member", "7", "rows"] in [line.split() for line in tables]
    assert summary.startswith("Backed up: 1 organization, ")
    assert size.startswith(f"{file}: 0.0 MB in ")


# --- Whole, or not there ----------------------------------------------------------------------------


def test_only_its_owner_reads_it(made: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_what_was_cut_off_leaves_nothing_behind(world: World, file: Path) -> None:
    def fail(line: str) -> None:
        assert list(file.parent.iterdir()) != []
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        making.back_up(file, fail)
    assert list(file.parent.iterdir()) == []


def test_no_file_is_replaced(world: World, file: Path) -> None:
    file.write_text("precious")
    with pytest.raises(CommandError, match="is there already"):
        command("backup", file)
    assert file.read_text() == "precious"


def test_a_folder_that_is_not_there_is_said(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        command("backup", tmp_path / "nowhere" / "backup.zip")


def test_a_database_newer_than_the_code_is_not_read(world: World, file: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('sync', '9999_later', '2030-01-01')")
    with pytest.raises(CommandError, match=r"newer than this FieldOps: sync\.9999_later"):
        command("backup", file)
    assert not file.exists()


# --- Checking one -----------------------------------------------------------------------------------


def test_a_whole_one_is_said_to_be_whole(made: Path) -> None:
    assert command("backup", "--check", made).startswith("Whole: 1 organization")


@pytest.mark.parametrize("tenths", range(10))
def test_one_that_was_cut_off_is_damaged(made: Path, tenths: int) -> None:
    content = made.read_bytes()
    made.write_bytes(content[: len(content) * tenths // 10])
    with pytest.raises(CommandError, match="is not a whole backup"):
        command("backup", "--check", made)


def test_no_byte_can_change_without_being_noticed(made: Path) -> None:
    """Some bytes of a zip say nothing, such as the time of a part: with those the contents must still be the same."""
    content, manifest = made.read_bytes(), archive.whole(made)
    noticed = 0
    for place in range(0, len(content), 97):
        made.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        try:
            assert archive.whole(made) == manifest
        except (Damaged, Unknown):
            noticed += 1
    assert noticed > len(content) // 97 // 2


@pytest.mark.parametrize("parts", [{"tables/visits_visit.jsonl": None}, {"tables/more.jsonl": b""}])
def test_a_table_too_few_or_too_many_is_damage(made: Path, parts: dict[str, Any]) -> None:
    with pytest.raises(Damaged, match="other tables than its manifest says"):
        archive.whole(rewritten(made, parts))


def test_rows_that_the_manifest_does_not_vouch_for_are_damage(made: Path) -> None:
    text = b"[]\n"
    with pytest.raises(Damaged, match="visits_visit holds something else"):
        archive.whole(rewritten(made, {"tables/visits_visit.jsonl": text}))
    with pytest.raises(Damaged, match="visits_visit has 2 rows instead of 1"):
        archive.whole(rewritten(made, {"tables/visits_visit.jsonl": text * 2}))


def test_a_format_of_the_future_is_named(made: Path) -> None:
    with pytest.raises(CommandError, match="Its format is 2"):
        command("backup", "--check", with_manifest(made, format=2, tables="otherwise"))


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_never_was_a_backup_is_not_one(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(CommandError, match="is not a whole backup"):
        command("backup", "--check", file)
