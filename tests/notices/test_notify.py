"""Who is told what, once and again, and what is read of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from core import clock
from needs.models import Need
from notices.actions import notify
from notices.models import Notification
from people.actions import change_member
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone
from tests.rest import API, ids_of, signed_in

pytestmark = pytest.mark.both_databases

NOON = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)


@pytest.fixture
def need(world: World) -> Need:
    return make.need(world.ana, world.steel)


def tell(members: list[Member], need: Need, event: str = "need.stage", **values: Any) -> None:
    with make.writing() as unit:
        notify(unit, members, event, need, **values)


def told(member: Member) -> list[dict[str, Any]]:
    return [dict(note.params) for note in Notification.objects.filter(member=member).order_by("made_at", "pk")]


def at(minutes: int) -> time_machine.travel:
    return time_machine.travel(NOON + timedelta(minutes=minutes), tick=False)


# --- Once, and again ------------------------------------------------------------------------------


def test_each_of_them_is_told_once(world: World, need: Need) -> None:
    tell([world.ana, world.ben, world.ana], need, stage="accepted")
    tell([world.ana, world.ben], need, stage="accepted")
    assert told(world.ana) == told(world.ben) == [{"stage": "accepted"}]


def test_a_member_is_told_again_when_there_is_more_to_say(world: World, need: Need) -> None:
    """In the same place: it is unread again, new, and still to be mailed."""
    phone = Phone(world.ana)
    with at(0):
        tell([world.ana], need, count=1)
        note = Notification.objects.get()
        phone.write("notification.read", notification=note.pk)
        phone.sync()
        Notification.objects.update(claimed_at=NOON, mailed_at=NOON)
    with at(5):
        tell([world.ana], need, count=2)
    again = Notification.objects.get()
    assert (again.pk, again.params, again.made_at) == (note.pk, {"count": 2}, NOON + timedelta(minutes=5))
    assert (again.read_at, again.claimed_at, again.mailed_at) == (None, None, None)
    phone.pull()
    held = phone.holds("notification", note.pk)
    assert held is not None
    assert (held["params"], held["read_at"]) == ({"count": 2}, None)


def test_whoever_is_told_the_same_again_has_still_read_it(world: World, need: Need) -> None:
    with at(0):
        tell([world.ana], need, count=1)
        Notification.objects.update(read_at=NOON)
    with at(5):
        tell([world.ana], need, count=1)
    again = Notification.objects.get()
    assert (again.made_at, again.read_at) == (NOON, NOON)


def test_another_source_and_another_event_are_something_else(world: World, need: Need) -> None:
    other = make.need(world.ana, world.steel)
    tell([world.ana], need, stage="accepted")
    tell([world.ana], need, event="need.merged", stage="accepted")
    tell([world.ana], need, stage="accepted", source=other.pk)
    assert len(told(world.ana)) == 3
    assert set(Notification.objects.values_list("shape", "row")) == {("need", need.pk)}


def test_whoever_was_switched_off_is_told_nothing(world: World, need: Need) -> None:
    with make.writing() as unit:
        change_member(unit, world.ben, is_active=False)
    tell([world.ana, Member.objects.get(pk=world.ben.pk)], need, stage="accepted")
    assert (len(told(world.ana)), told(world.ben)) == (1, [])


def test_how_it_goes_out_is_what_the_member_chose_or_else_the_event_says(world: World, need: Need) -> None:
    make.preference(world.ben, mails={"need.stage": "at_once", "joining.asked": "none"})
    for event in ("need.stage", "joining.asked", "question.answered"):
        tell([world.ana, world.ben], need, event=event)
    mails = {(note.member.name, note.event): note.mail for note in Notification.objects.all()}
    assert mails == {
        ("Ana", "need.stage"): "digest",
        ("Ben", "need.stage"): "at_once",
        ("Ana", "joining.asked"): "at_once",
        ("Ben", "joining.asked"): "none",
        ("Ana", "question.answered"): "none",
        ("Ben", "question.answered"): "none",
    }


# --- Reading --------------------------------------------------------------------------------------


@pytest.fixture
def four(world: World) -> list[Notification]:
    """Told Ana at noon and in the minutes after it."""
    for minute in range(4):
        with at(minute):
            tell([world.ana], make.need(world.ana, world.steel), stage="accepted")
    return list(Notification.objects.order_by("made_at"))


def read(notes: list[Notification]) -> list[bool]:
    return [Notification.objects.get(pk=note.pk).read_at is not None for note in notes]


def test_one_is_read_and_the_others_are_not(world: World, four: list[Notification]) -> None:
    phone = Phone(world.ana)
    phone.write("notification.read", notification=four[1].pk)
    phone.sync()
    assert read(four) == [False, True, False, False]


def test_what_came_after_the_one_on_top_of_the_screen_stays_unread(world: World, four: list[Notification]) -> None:
    """The phone was offline when its owner ticked everything off, and two more had come."""
    phone = Phone(world.ana)
    entry = phone.write("notification.read_all", until=four[1].pk)
    phone.sync()
    assert phone.answer_to(entry) == ("applied", None)
    assert read(four) == [True, True, False, False]


def test_of_two_of_one_moment_only_the_one_on_top_and_what_is_below_it_is_read(world: World, need: Need) -> None:
    """The list orders by time and then by id."""
    with at(0):
        tell([world.ana], need, stage="accepted")
        tell([world.ana], make.need(world.ana, world.steel), stage="accepted")
    shown = ids_of(signed_in(world.ana).get(f"{API}notifications/"))
    newer, older = (Notification.objects.get(pk=id) for id in shown)
    phone = Phone(world.ana)
    phone.write("notification.read_all", until=older.pk)
    phone.sync()
    assert read([older, newer]) == [True, False]


def test_what_was_said_again_after_it_was_seen_stays_unread(world: World, need: Need) -> None:
    """The phone is offline when its owner ticks it off, one after the other or all at once; then a customer more has
    come to it, and something else happened before that."""
    phone, other = Phone(world.ana), make.need(world.ana, world.steel)
    with at(0):
        tell([world.ana], need, event="reply.due", count=1)
        phone.pull()
    [seen] = phone.all("notification")
    with at(1):
        phone.write("notification.read", notification=seen["id"], made_at=seen["made_at"])
        phone.write("notification.read_all", until=seen["id"], made_at=seen["made_at"])
    with at(2):
        tell([world.ana], other, stage="accepted")
    with at(3):
        tell([world.ana], need, event="reply.due", count=2)
        phone.sync()
    assert {answer["state"] for answer in phone.settled.values()} == {"applied"}
    assert {row["read_at"] for row in phone.all("notification")} == {None}
    [again] = [row for row in phone.all("notification") if row["id"] == seen["id"]]
    phone.write("notification.read_all", until=again["id"], made_at=again["made_at"])
    phone.sync()
    assert None not in {row["read_at"] for row in phone.all("notification")}


def test_the_first_reading_counts(world: World, four: list[Notification]) -> None:
    ana, other = Phone(world.ana), Phone(world.ana)
    for minute, phone in ((10, ana), (20, other)):
        with at(minute):
            phone.write("notification.read", notification=four[0].pk)
            phone.write("notification.read_all", until=four[0].pk)
            phone.sync()
            assert {answer["state"] for answer in phone.settled.values()} == {"applied"}
    assert Notification.objects.get(pk=four[0].pk).read_at == NOON + timedelta(minutes=10)


def test_nobody_ticks_off_what_others_were_told(world: World, four: list[Notification]) -> None:
    tell([world.ben], make.need(world.ben, world.steel), stage="accepted")
    phone = Phone(world.ana)
    phone.write("notification.read_all", until=four[3].pk)
    phone.sync()
    assert not Notification.objects.filter(member=world.ben, read_at__isnull=False).exists()


def test_what_is_unread_is_asked_for_by_rest(world: World, four: list[Notification]) -> None:
    ana = signed_in(world.ana)
    ana.post(f"{API}notifications/{four[1].pk}/read_all/")
    assert ids_of(ana.get(f"{API}notifications/?read_at__isnull=true")) == [str(four[3].pk), str(four[2].pk)]
    assert ids_of(ana.get(f"{API}notifications/")) == [str(note.pk) for note in reversed(four)]


def test_what_was_read_leaves_the_phone_with_its_month(world: World, four: list[Notification]) -> None:
    """What is unread stays, however old it is."""
    with at(0):
        phone = Phone(world.ana)
        phone.write("notification.read", notification=four[0].pk)
        phone.sync()
    with time_machine.travel(NOON + timedelta(days=31 * 15), tick=False):
        phone.pull()
        assert {row["id"] for row in phone.all("notification")} == {str(note.pk) for note in four[1:]}
        assert clock.now() > NOON
