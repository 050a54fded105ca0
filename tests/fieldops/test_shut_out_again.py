"""Security 27: whoever was shut out after the backup was made does not come back to life with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from core import revocations
from core.ids import uuid7
from fieldops.backups import shut_out
from people import actions as people_actions
from people.models import Member, User
from sync import actions as entry_actions
from sync.models import Replica
from tests import factories as make
from tests.conftest import World
from tests.fieldops.backing_up import back_up, restore
from tests.phone import Phone, projection

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("own_data_folder")]

Committing = Callable[..., AbstractContextManager[Any]]
WIPE = [{"command": "wipe"}]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Committing:
    """What happens inside is as good as committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def revoke(phone: Phone, by: Member) -> None:
    with make.writing(by) as unit:
        entry_actions.revoke(unit, replica=phone.replica)


def switch(member: Member, by: Member, *, on: bool) -> None:
    with make.writing(by) as unit:
        people_actions.change_member(unit, Member.objects.get(pk=member.pk), is_active=on)


def lines(*words: dict[str, Any]) -> None:
    """Appends to the list."""
    revocations.path().parent.mkdir(exist_ok=True)
    with revocations.path().open("a") as list_of_words:
        list_of_words.writelines(f"\n{json.dumps(word)}" for word in words)


def test_a_database_without_these_tables_tells_nothing(world: World) -> None:
    """Its making was cut off between two migrations."""
    assert not shut_out.known_now("default", [Member]).is_readable


# --- Told by the database that is replaced ----------------------------------------------------------


def test_a_revoked_phone_stays_revoked(world: World, file: Path) -> None:
    ana = Phone(world.ana)
    ana.pull()
    back_up(file)
    revoke(ana, by=world.ada)
    said = restore(file)
    assert f"  Shut out again: phone {ana.key[:8]} of Ana (Steel and Paper Services)." in said
    assert ana.send("pull", {"cursor": ana.cursor}) == (403, {"code": "device_revoked"})
    answer = ana.hello()
    assert (answer["device_state"], answer["commands"]) == ("revoked", WIPE)


def test_what_it_hands_in_is_in_quarantine_as_before(world: World, file: Path) -> None:
    ana = Phone(world.ana)
    back_up(file)
    revoke(ana, by=world.ada)
    restore(file)
    ana.write("visit.log", visit=uuid7(), customer=world.steel.pk, outcome="progress")
    ana.push()
    ana.drain()
    assert ana.states() == ["parked"]


def test_a_revoked_phone_that_the_backup_does_not_know_cannot_register_as_new(world: World, file: Path) -> None:
    back_up(file)
    late = Phone(world.ana)
    revoke(late, by=world.ada)
    restore(file)
    assert late.hello()["commands"] == WIPE
    assert late.replica.state == Replica.State.REVOKED


def test_a_member_who_was_switched_off_stays_so_and_everybodys_phone_says_it(world: World, file: Path) -> None:
    ada = Phone(world.ada)
    back_up(file)
    switch(world.ben, by=world.ada, on=False)
    said = restore(file)
    assert "  Shut out again: member Ben (Steel and Paper Services)." in said
    assert not Member.objects.get(pk=world.ben.pk).is_active
    ada.pull()
    held = ada.holds("member", world.ben.pk)
    assert held is not None
    assert held["is_active"] is False
    assert ada.contents() == projection(world.ada)


def test_a_login_that_was_switched_off_stays_so(world: World, file: Path) -> None:
    back_up(file)
    User.objects.filter(pk=world.ben.user_id).update(is_active=False)
    assert "  Shut out again: login ben@example.com." in restore(file)
    assert not User.objects.get(pk=world.ben.user_id).is_active


def test_the_last_administrator_stays_out_too_and_it_is_said(world: World, file: Path) -> None:
    back_up(file)
    new = make.member("Nia", role="manager", is_admin=True)
    switch(world.ada, by=new, on=False)
    said = restore(file)
    assert any("the last administrator of Steel and Paper Services" in line for line in said)
    assert not Member.objects.get(pk=world.ada.pk).is_active


def test_others_stay_in(world: World, file: Path) -> None:
    ana, second = Phone(world.ana), Phone(world.ana)
    back_up(file)
    revoke(ana, by=world.ada)
    restore(file)
    second.pull()
    assert second.contents() == projection(world.ana)
    assert Member.objects.active().count() == len(world.everybody)


# --- Told by the list alone -------------------------------------------------------------------------


def test_the_list_is_enough_when_the_database_is_lost(world: World, file: Path, committing: Committing) -> None:
    known = Phone(world.ana)
    back_up(file)
    late = Phone(world.carl)
    with committing():
        revoke(known, by=world.ada)
        revoke(late, by=world.ada)
        switch(world.ben, by=world.ada, on=False)
    Replica.objects.update(state=Replica.State.ACTIVE)
    Member.objects.update(is_active=True)
    restore(file)
    assert known.hello()["commands"] == late.hello()["commands"] == WIPE
    assert not Member.objects.get(pk=world.ben.pk).is_active


def test_who_was_let_in_again_stays_in(world: World, file: Path, committing: Committing) -> None:
    back_up(file)
    with committing():
        switch(world.ben, by=world.ada, on=False)
    with committing():
        switch(world.ben, by=world.ada, on=True)
    restore(file)
    assert Member.objects.get(pk=world.ben.pk).is_active


def test_what_was_rolled_back_is_not_in_the_list(world: World, committing: Committing) -> None:
    def fail_after_switching_off() -> None:
        with make.writing(world.ada) as unit:
            people_actions.change_member(unit, world.ben, is_active=False)
            raise RuntimeError

    with committing(), pytest.raises(RuntimeError):
        fail_after_switching_off()
    assert revocations.newest() == {}


def test_the_list_holds_no_names(world: World, committing: Committing) -> None:
    ana = Phone(world.ana)
    with committing():
        revoke(ana, by=world.ada)
        switch(world.ben, by=world.ada, on=False)
    text = revocations.path().read_text()
    assert revocations.path().stat().st_mode & 0o077 == 0
    for word in ("Ana", "Ben", "ana@example.com", "ben@example.com", "Steel"):
        assert word not in text
    assert [word.id for word in revocations.newest().values()] == [ana.key, str(world.ben.pk)]


def test_a_line_that_was_cut_off_takes_no_other_with_it(world: World, committing: Committing) -> None:
    lines({"noun": "member", "organization": str(world.organization.pk), "id": str(world.ana.pk), "is_out": True})
    with revocations.path().open("a") as cut_off:
        cut_off.write('\n{"noun": "member", "organ')
    with committing():
        switch(world.ben, by=world.ada, on=False)
    assert [word.id for word in revocations.newest().values()] == [str(world.ana.pk), str(world.ben.pk)]


def test_words_about_people_the_backup_does_not_know_change_nothing(world: World, otto: Member, file: Path) -> None:
    """Nor does a word of one organization about a member of another."""
    ours = {"organization": str(world.organization.pk), "is_out": True}
    lines(
        {"noun": "member", "id": str(uuid7()), **ours},
        {"noun": "member", "id": str(otto.pk), **ours},
        {"noun": "phone", "id": "0" * 32, "member": str(uuid7()), **ours},
        {"noun": "phone", "id": "1" * 32, "member": str(otto.pk), **ours},
        {"noun": "member", "id": str(world.ben.pk), "organization": str(uuid7()), "is_out": True},
    )
    back_up(file)
    said = restore(file)
    assert not [line for line in said if "Shut out again" in line]
    assert Replica._base_manager.count() == 0
    assert Member._base_manager.filter(is_active=False).count() == 0
