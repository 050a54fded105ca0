"""What people see and do about their own phones, and whoever answers for others about theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from core import clock
from core.ids import uuid7
from sync.models import Audit, Replica
from tests.conftest import World
from tests.phone import Phone
from tests.rest import API, signed_in
from visits.models import Visit

pytestmark = pytest.mark.both_databases


def phones_of(by: Any, /, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = signed_in(by).get(f"{API}phones/", query).json()["results"]
    return found


def test_everybody_sees_the_own_phones_and_a_manager_the_teams(world: World) -> None:
    for member in (world.ana, world.ben, world.carl):
        Phone(member)
    assert {one["member"] for one in phones_of(world.ana)} == {str(world.ana.pk)}
    assert {one["member"] for one in phones_of(world.mia)} == {str(world.ana.pk), str(world.ben.pk)}
    assert len(phones_of(world.ada)) == 3


def test_the_phone_in_hand_is_told_from_the_others(world: World) -> None:
    """A phone cannot see it from the row: its key is nobody else's to know."""
    here, lost = Phone(world.ana), Phone(world.ana)
    client = signed_in(world.ana)
    for phone, key in ((here, client.session.session_key), (lost, "another session")):
        Replica.objects.filter(key=phone.key).update(session_key=key)
    shown = client.get(f"{API}phones/").json()["results"]
    assert {one["id"]: one["is_this"] for one in shown} == {here.replica.pk: True, lost.replica.pk: False}


def test_phones_that_are_silent_with_work_waiting_are_found(world: World) -> None:
    with time_machine.travel(clock.now() - timedelta(hours=30), tick=False):
        silent, done = Phone(world.ana), Phone(world.ben)
        silent.write("visit.log", visit=uuid7(), customer=world.steel.pk, outcome="progress")
        silent.hello()
        done.hello()
    assert [one["member"] for one in phones_of(world.mia, silent_hours="24")] == [str(world.ana.pk)]
    assert phones_of(world.mia, silent_hours="31") == []


def test_a_lost_phone_is_shut_out_by_its_owner_or_the_manager(world: World) -> None:
    ana, ben = Phone(world.ana), Phone(world.ben)
    [own] = phones_of(world.ana)
    assert signed_in(world.ana).post(f"{API}phones/{own['id']}/revoke/").json()["state"] == "revoked"
    [bens] = phones_of(world.ben)
    assert signed_in(world.ana).post(f"{API}phones/{bens['id']}/revoke/").status_code == 404
    assert signed_in(world.mia).post(f"{API}phones/{bens['id']}/revoke/").status_code == 200
    assert [phone.hello()["device_state"] for phone in (ana, ben)] == ["revoked", "revoked"]
    assert Audit.objects.filter(verb="phone.revoke").count() == 2


def test_what_a_shut_out_phone_handed_in_is_let_in_together(world: World) -> None:
    ana = Phone(world.ana)
    [phone] = phones_of(world.mia)
    signed_in(world.mia).post(f"{API}phones/{phone['id']}/revoke/")
    visit = uuid7()
    ana.write("visit.log", visit=visit, customer=world.steel.pk, outcome="progress")
    ana.write("comment.add", comment=uuid7(), visit=visit, text="Done")
    ana.push()
    ana.drain()
    assert signed_in(world.ana).post(f"{API}phones/{phone['id']}/accept/").status_code == 403
    assert signed_in(world.mia).post(f"{API}phones/{phone['id']}/accept/").json() == {"accepted": 2}
    ana.drain()
    assert Visit.objects.get().member == world.ana
    assert ana.states() == ["applied", "applied"]
