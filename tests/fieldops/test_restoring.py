"""manage.py restore: everything as it was, or nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core.management import CommandError
from django.db import connection

from core import tenancy
from core.ids import uuid7
from customers import actions as customer_actions
from fieldops import installation
from fieldops.backups.making import Refused
from fieldops.backups.restoring import NotProven
from people.models import Member
from sync.inbox import NO_CHAIN, chain_after
from sync.models import Audit, Counter, FieldEdit, InboxEntry, Replica
from tests import factories as make
from tests.asgi import sign_in
from tests.conftest import World
from tests.fieldops.backing_up import (
    Json,
    back_up,
    command,
    contents,
    doctored,
    kept,
    manifest_of,
    restore,
    with_manifest,
)
from tests.phone import Phone, projection
from visits.models import Comment, Visit

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("own_data_folder")]


@pytest.fixture
def made(world: World, file: Path) -> Path:
    """A backup of the cast, and of a phone with two entries."""
    ana = Phone(world.ana)
    for note in ("first", "second"):
        ana.write("visit.log", visit=uuid7(), customer=world.steel.pk, outcome="progress", note=note)
    ana.sync()
    back_up(file)
    return file


# --- As it was --------------------------------------------------------------------------------------


def test_everything_is_as_it_was(world: World, made: Path) -> None:
    before = contents()
    make.logged(world.ben, world.steel)
    Visit.objects.filter(note="first").update(note="changed")
    Comment.everywhere.all().delete()
    assert kept(contents()) != kept(before)
    restore(made)
    assert kept(contents()) == kept(before)


def test_every_kind_of_value_comes_back_exactly(world: World, file: Path) -> None:
    odd = datetime(1969, 7, 20, 20, 17, 40, 123457, tzinfo=UTC)
    deep: Any = {"b": [1, 2.5, None, True, {"말": "\u2028\\\"'"}], "a": {"": []}, "big": 2**70, "tiny": 1e-9, "e": 1e22}
    body = bytes(range(256))
    sha = sha256(body).hexdigest()
    replica = Replica.objects.create(key="0" * 32, member=world.ana, received_n=1, chain=chain_after(NO_CHAIN, sha))
    InboxEntry.objects.create(
        replica=replica, n=1, body=body, sha=sha, params=deep, conflicts=[deep, []], skew_ms=-(2**62), received_at=odd
    )
    FieldEdit.objects.create(
        seq=1, shape="site", row_id=uuid7(), field="latitude", before=None, after=-0.1, made_at=odd, received_at=odd
    )
    make.planned(world.ana, world.steel, planned_time=time(23, 59, 59, 999999), plan_note="줄\n바꿈\t\u2028 🏫")
    AccessAttempt.objects.create(ip_address="2001:db8::1", username="x", failures_since_start=1, attempt_time=odd)
    back_up(file)
    before = contents()
    InboxEntry.objects.all().delete()
    restore(file)
    assert kept(contents()) == kept(before)
    [entry] = InboxEntry.objects.filter(replica=replica)
    assert (bytes(entry.body), entry.params, entry.received_at) == (body, deep, odd)


def test_a_backup_made_while_a_territory_moves_comes_back(world: World, file: Path) -> None:
    make.customer(world.north)
    with make.writing(world.ada) as unit:
        move = customer_actions.start_move(unit, from_territory=world.north.pk, to_territory=world.south.pk)
    with make.writing() as unit:
        customer_actions.move_next(unit, move=move.pk)
    back_up(file)
    restore(file)
    with make.writing() as unit:
        assert customer_actions.move_next(unit, move=move.pk)


def test_the_next_rows_get_new_keys(world: World, made: Path) -> None:
    restore(made)
    make.logged(world.ben, world.steel)
    phone = Phone(world.ben)
    phone.write("visit.log", visit=uuid7(), customer=world.steel.pk, outcome="progress")
    phone.sync()
    assert Member.objects.filter(pk=make.member("New").pk).exists()


def test_numbers_go_on_in_a_new_history(world: World, made: Path) -> None:
    [before] = manifest_of(made)["counters"]
    make.logged(world.ben, world.steel)
    restore(made)
    counter = Counter.objects.get(pk=world.organization.pk)
    assert counter.seq == before["seq"] + 1  # the restore itself
    assert counter.epoch != before["epoch"]
    assert counter.tag != before["tag"]


def test_the_restore_stands_in_the_audit(world: World, made: Path) -> None:
    restore(made)
    newest = Audit.objects.order_by("-seq")[0]
    assert (newest.verb, newest.door, newest.member) == ("backup.restore", "command", None)


def test_everybody_is_signed_out(world: World, made: Path) -> None:
    sign_in(world.ana.user)
    restore(made)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone()[0] == 0


def test_two_organizations_come_back_and_still_do_not_see_each_other(
    world: World, otto: Member, made: Path, file: Path
) -> None:
    """I8."""
    with tenancy.acting_in(otto.organization_id):
        visit = make.logged(otto, make.customer(otto.territories.get(), "Far Works"))
    file.unlink()
    back_up(file)
    restore(file)
    ana, stranger = Phone(world.ana), Phone(otto)
    for phone in (ana, stranger):
        phone.sync()
        assert phone.contents() == projection(phone.member)
    assert stranger.holds("visit", visit.pk)
    assert not set(ana.rows) & set(stranger.rows)
    epochs = Counter.objects.values_list("epoch", flat=True)
    assert len(set(epochs)) == 2


# --- Refused ----------------------------------------------------------------------------------------


def test_a_database_that_holds_something_is_replaced_only_when_it_is_said(world: World, made: Path) -> None:
    before = contents()
    with pytest.raises(CommandError, match=r"holds Steel and Paper Services\. Say --yes"):
        command("restore", made)
    assert contents() == before


def test_nothing_is_restored_under_a_running_installation(world: World, made: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with (
        installation.only_one(tmp_path / "data", lambda: None),
        pytest.raises(CommandError, match="FieldOps is running on"),
    ):
        command("restore", made, "--yes")


def test_a_damaged_file_is_refused(world: World, made: Path) -> None:
    before, content = contents(), made.read_bytes()
    made.write_bytes(content[:-1])
    with pytest.raises(CommandError, match="is not a whole backup"):
        command("restore", made, "--yes")
    assert contents() == before


def test_a_newer_backup_is_refused(world: World, made: Path) -> None:
    later = [*manifest_of(made)["migrations"], ["sync", "9999_later"]]
    newer = with_manifest(made, migrations=later, version="9.0")
    with pytest.raises(CommandError, match=r"made by a newer FieldOps \(9\.0\): sync\.9999_later is not known here"):
        command("restore", newer, "--yes")


def test_a_newer_database_is_not_touched(world: World, made: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('sync', '9999_later', '2030-01-01')")
    with pytest.raises(Refused, match=r"The database was made by a newer FieldOps: sync\.9999_later"):
        restore(made)


# --- Not proven: nothing has changed ----------------------------------------------------------------


def with_values(**values: object) -> Callable[[Json], Json | None]:
    return lambda row: {**row, **values}


BROKEN: list[tuple[str, Callable[[Json], Json | None], str]] = [
    ("customers_site", with_values(customer_id="01a21582-f097-7e57-a62e-1add17c1598b"), "customers_site|key"),
    ("sync_replica", with_values(chain="0" * 64), "chain of phone"),
    ("sync_inboxentry", with_values(body="e30="), "is not what its hash says"),
    ("sync_inboxentry", with_values(settled_seq=10**6), "goes up to 1000000"),
    ("sync_audit", with_values(seq=10**6), "goes up to 1000000"),
    ("sync_tick", lambda row: {**row, "seq": row["seq"] + 10**6}, "goes up to 10000"),
    ("sync_rowtext", lambda row: {**row, "text": "{}"}, "is not that of its row"),
    ("people_member", with_values(name=None), "does not take a row of people_member"),
]


@pytest.mark.parametrize(("table", "change", "said"), BROKEN)
def test_what_is_not_true_is_taken_back(
    world: World, made: Path, table: str, change: Callable[[Json], Json | None], said: str
) -> None:
    make.logged(world.ben, world.steel)
    before = contents()
    with pytest.raises((NotProven, Refused), match=said):
        restore(doctored(made, table, change))
    assert contents() == before


def test_an_organization_without_a_counter_is_not_restored(world: World, made: Path) -> None:
    with pytest.raises((NotProven, Refused), match="has no counter"):
        restore(doctored(made, "sync_counter", lambda row: None))


def test_texts_of_another_version_are_left_as_they_are(world: World, made: Path) -> None:
    older = with_manifest(doctored(made, "sync_rowtext", with_values(text="{}")), version="0.0.9")
    assert any("this version writes otherwise" in line for line in restore(older))
