"""Whose phones are silent: names for whoever leads, numbers for executives, nothing for others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from core import clock, tenancy
from people import actions
from people.models import Member
from sync.models import Replica
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone
from tests.rest import API, signed_in

NOW = "2026-11-24T09:00:00+00:00"


def freshness(reader: Member) -> dict[str, Any]:
    answer = signed_in(reader).get(f"{API}freshness/")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def names(answer: dict[str, Any]) -> set[str]:
    ids = [silence["member"] for silence in answer["members"]]
    return set(Member.objects.filter(pk__in=ids).values_list("name", flat=True))


def lead(member: Member, world: World) -> None:
    with make.writing() as unit:
        actions.change_team(unit, world.team, lead=member.pk)


@pytest.mark.parametrize(("age", "is_silent"), [(timedelta(hours=3), False), (timedelta(hours=3, seconds=1), True)])
def test_a_phone_is_silent_after_three_hours(world: World, age: timedelta, is_silent: bool) -> None:
    with time_machine.travel(NOW, tick=False):
        Phone(world.ana)
        Replica.objects.update(last_contact_at=clock.now() - age)
        answer = freshness(world.ada)
    assert answer["silent"] == is_silent
    assert answer["silent_after_s"] == 3 * 3600
    assert answer["as_of"] == "2026-11-24T09:00:00.000Z"


def test_a_phone_that_says_work_waits_is_silent_until_it_has_handed_it_in(world: World) -> None:
    phone = Phone(world.ana)
    phone.write("visit.dance")
    phone.hello()
    assert freshness(world.ada)["members"] == [
        {
            "member": str(world.ana.pk),
            "last_contact_at": clock.to_text(phone.replica.last_contact_at),
            "pending": 1,
            "is_silent": True,
        }
    ]
    phone.push()
    assert (freshness(world.ada)["silent"], freshness(world.ada)["waiting"]) == (0, 0)


def test_of_two_phones_the_newer_contact_counts_and_the_waiting_work_of_both(world: World) -> None:
    old, new = Phone(world.ana), Phone(world.ana)
    Replica.objects.filter(key=old.key).update(last_contact_at=clock.now() - timedelta(days=2), pending_count=2)
    Replica.objects.filter(key=new.key).update(pending_count=3)
    (silence,) = freshness(world.ada)["members"]
    assert (silence["pending"], silence["last_contact_at"]) == (5, clock.to_text(new.replica.last_contact_at))


def test_an_executive_reads_numbers_only(world: World) -> None:
    Phone(world.ana)
    Phone(world.carl)
    answer = freshness(world.eva)
    assert (answer["total"], answer["silent"], answer["waiting"], answer["members"]) == (2, 0, 0, None)


def test_an_administrator_reads_every_name(world: World) -> None:
    Phone(world.ana)
    Phone(world.carl)
    assert names(freshness(world.ada)) == {"Ana", "Carl"}


def test_a_manager_reads_the_names_of_the_own_team(world: World) -> None:
    Phone(world.ana)
    Phone(world.carl)
    assert names(freshness(world.mia)) == {"Ana"}


def test_a_rep_who_leads_a_team_reads_its_names(world: World) -> None:
    lead(world.carl, world)
    Phone(world.ana)
    Phone(world.carl)
    assert names(freshness(world.carl)) == {"Ana"}


@pytest.mark.parametrize("who", ["ana", "jun"])
def test_nobody_else_is_told(world: World, who: str) -> None:
    answer = signed_in(getattr(world, who)).get(f"{API}freshness/")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")


def test_who_left_and_phones_that_were_revoked_are_not_waited_for(world: World) -> None:
    Phone(world.ana)
    Phone(world.ben)
    Member.objects.filter(pk=world.ana.pk).update(is_active=False)
    Replica.objects.filter(member=world.ben).update(state=Replica.State.REVOKED)
    assert freshness(world.ada)["total"] == 0


def test_phones_of_another_organization_are_not_counted(world: World, otto: Member) -> None:
    with tenancy.acting_in(otto.organization_id):
        Phone(otto)
    assert freshness(world.eva)["total"] == 0
