"""TIX-4: a promise that runs out is told to whoever works on it, then to their lead, then to executives."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from core.ids import uuid7
from notices.models import Notification
from people.models import Member
from sync import pokes
from tests import factories as make
from tests.conftest import World
from tests.tickets.day import Pocket, at, it_is, promise, ticket_of
from tickets import bell, watching
from tickets.models import Alarm, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

Rung = Alarm.Rung


@pytest.fixture
def ticket(world: World) -> UUID:
    """Ana's, reported by Ben at nine; promised for eleven, with a warning half an hour before."""
    with it_is("3 08:00"):
        promise(world.ada, warn_minutes=30, lead_minutes=60, executive_minutes=180)
        with make.writing(world.ada):
            world.team.lead = world.mia
            world.team.save(update_fields=["lead"])
    return opened(world, "3 09:00")


def opened(world: World, when: str, **values: Any) -> UUID:
    pocket, id = Pocket(world.ben), uuid7()
    said = {"customer": world.steel.pk, "text": "The press stands still", "assignee": world.ana.pk}
    pocket.say("ticket.open", when, ticket=id, **{**said, **values})
    pocket.sync(when)
    return id


def ring(world: World, when: str) -> int:
    with it_is(when):
        return watching.raise_alarms(world.organization.pk)


def told(ticket: UUID) -> list[tuple[int, set[Member]]]:
    """Each rung that was raised, with who was told of it."""
    alarms = Alarm.objects.filter(ticket=ticket).order_by("raised_at", "rung")
    return [(alarm.rung, {one.member for one in Notification.objects.filter(source=alarm.pk)}) for alarm in alarms]


def test_each_rung_is_told_to_more_people(world: World, ticket: UUID) -> None:
    for when in ("3 10:29", "3 10:30", "3 10:31", "3 11:00", "3 11:59", "3 13:00", "3 14:59", "3 15:00", "3 17:00"):
        ring(world, when)
    ana, mia = world.ana, world.mia
    assert told(ticket) == [
        (Rung.WARNING, {ana}),
        (Rung.LATE, {ana}),
        (Rung.LEAD, {ana, mia}),
        (Rung.EXECUTIVE, {ana, mia, world.eva}),
    ]
    at_times = list(Alarm.objects.filter(ticket=ticket).order_by("rung").values_list("raised_at", flat=True))
    assert at_times == [at("3 10:30"), at("3 11:00"), at("3 13:00"), at("3 15:00")], "lunch does not count"


def test_nothing_is_looked_at_before_its_time(world: World, ticket: UUID) -> None:
    assert ticket_of(ticket).next_alarm_at == at("3 10:30")
    assert ring(world, "3 10:29") == 0


def test_after_a_night_without_a_worker_only_the_highest_rung_is_told(world: World, ticket: UUID) -> None:
    ring(world, "3 16:00")
    ring(world, "3 16:01")
    assert [rung for rung, _ in told(ticket)] == [Rung.EXECUTIVE]


def test_whoever_acknowledges_that_it_is_late_stops_the_ladder(world: World, ticket: UUID) -> None:
    ring(world, "3 11:00")
    ana = Pocket(world.ana)
    entry = ana.say("ticket.acknowledge", "3 11:05", ticket=ticket)
    ana.sync("3 11:05")
    assert ana.state_of(entry) == ("applied", None)
    assert ticket_of(ticket).next_alarm_at is None
    ring(world, "3 17:00")
    assert [rung for rung, _ in told(ticket)] == [Rung.LATE]
    alarm = Alarm.objects.get(ticket=ticket)
    assert (alarm.acknowledged_by, alarm.acknowledged_at) == (world.ana, at("3 11:05"))


def test_whoever_acknowledges_a_warning_still_hears_when_it_is_late(world: World, ticket: UUID) -> None:
    ring(world, "3 10:30")
    ana = Pocket(world.ana)
    ana.say("ticket.acknowledge", "3 10:31", ticket=ticket)
    ana.sync("3 10:31")
    ring(world, "3 11:00")
    assert [rung for rung, _ in told(ticket)] == [Rung.WARNING, Rung.LATE]


def test_there_must_be_an_alarm_to_acknowledge(world: World, ticket: UUID) -> None:
    ana = Pocket(world.ana)
    entry = ana.say("ticket.acknowledge", "3 10:00", ticket=ticket)
    ana.sync("3 10:00")
    assert ana.state_of(entry) == ("parked", "nothing_to_acknowledge")


def test_while_it_waits_for_the_customer_no_alarm_rings_and_afterwards_all_come_later(
    world: World, ticket: UUID
) -> None:
    ana = Pocket(world.ana)
    ana.say("ticket.wait", "3 10:00", ticket=ticket, waits_for="customer")
    ana.sync("3 10:00")
    found = ticket_of(ticket)
    assert (found.next_alarm_at, found.resolution_due_at, found.resolution_left_s) == (None, None, 3600)
    assert ring(world, "3 17:00") == 0
    ana.say("ticket.resume", "3 17:00", ticket=ticket)
    ana.sync("3 17:00")
    found = ticket_of(ticket)
    assert (found.resolution_due_at, found.resolution_left_s) == (at("3 18:00"), None)
    assert found.next_alarm_at == at("3 17:30")


def test_while_it_waits_for_us_the_clock_runs_on(world: World, ticket: UUID) -> None:
    ana = Pocket(world.ana)
    ana.say("ticket.wait", "3 10:00", ticket=ticket, waits_for="us")
    ana.sync("3 10:00")
    assert ticket_of(ticket).resolution_due_at == at("3 11:00")
    ring(world, "3 11:00")
    assert [rung for rung, _ in told(ticket)] == [Rung.LATE]


def test_the_ladder_begins_anew_with_a_new_due_time(world: World, ticket: UUID) -> None:
    ring(world, "3 10:30")
    ana = Pocket(world.ana)
    ana.say("ticket.wait", "3 10:40", ticket=ticket, waits_for="parts")
    ana.say("ticket.resume", "4 09:00", ticket=ticket)
    ana.sync("4 09:00")
    assert ticket_of(ticket).resolution_due_at == at("4 09:20")
    ring(world, "4 09:01")
    assert [rung for rung, _ in told(ticket)] == [Rung.WARNING, Rung.WARNING]


def test_nobody_is_told_of_what_is_solved(world: World, ticket: UUID) -> None:
    ana = Pocket(world.ana)
    ana.say("ticket.solve", "3 10:00", ticket=ticket)
    ana.sync("3 10:00")
    assert ring(world, "3 17:00") == 0


def test_while_nobody_has_it_whoever_reported_it_is_told(world: World, ticket: UUID) -> None:
    other = opened(world, "3 09:00", assignee=None)
    ring(world, "3 10:30")
    assert told(other) == [(Rung.WARNING, {world.ben})]


def test_the_first_answer_has_a_clock_of_its_own(world: World, ticket: UUID) -> None:
    with it_is("3 08:30"):
        promise(world.ada, severity="urgent", response_minutes=30, resolution_minutes=None, warn_minutes=10)
    urgent = opened(world, "3 09:00", severity="urgent")
    assert ticket_of(urgent).response_due_at == at("3 09:30")
    ring(world, "3 09:20")
    assert [(alarm.clock, alarm.rung) for alarm in Alarm.objects.filter(ticket=urgent)] == [("response", Rung.WARNING)]
    ana = Pocket(world.ana)
    ana.say("message.write", "3 09:25", message=uuid7(), ticket=urgent, audience="internal", text="On my way")
    ana.say("message.write", "3 09:29", message=uuid7(), ticket=urgent, audience="customer", text="We are coming")
    ana.sync("3 12:00")
    found = ticket_of(urgent)
    assert (found.response_at, found.response_verdict, found.next_alarm_at) == (at("3 09:29"), "met", None)


def test_the_most_special_promise_counts(world: World, ticket: UUID) -> None:
    with it_is("3 08:30"):
        promise(world.ada, severity="high", resolution_minutes=60)
        promise(world.ada, customer=world.steel.pk, resolution_minutes=30)
    due = {
        severity: ticket_of(opened(world, "3 09:00", severity=severity)).resolution_due_at
        for severity in ("high", "low")
    }
    assert due == {"high": at("3 09:30"), "low": at("3 09:30")}, "of its customer before everybody's"
    elsewhere = opened(world, "3 09:00", severity="high", customer=world.paper.pk)
    assert ticket_of(elsewhere).resolution_due_at == at("3 10:00")


def test_a_higher_severity_has_its_own_promise_from_the_opening_on(world: World, ticket: UUID) -> None:
    with it_is("3 08:30"):
        promise(world.ada, severity="urgent", resolution_minutes=30)
    ana = Pocket(world.ana)
    ana.say("ticket.change", "3 09:10", ticket=ticket, severity="urgent", seen={"severity": "normal"})
    ana.sync("3 09:10")
    assert ticket_of(ticket).resolution_due_at == at("3 09:30")


def test_the_clock_rings_for_organizations_with_something_due(
    world: World, ticket: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(pokes, "send", lambda task, args, queue: rung.append((task, args)))
    with it_is("3 10:29"):
        assert bell.ring_alarms() == 0
    with it_is("3 10:30"):
        assert bell.ring_alarms() == 1
    assert rung == [("tickets.tasks.raise_alarms", [str(world.organization.pk)])]


def test_without_a_promise_nothing_is_due(world: World) -> None:
    found = ticket_of(opened(world, "3 09:00"))
    assert (found.policy, found.resolution_due_at, found.next_alarm_at) == (None, None, None)
    assert Ticket.objects.filter(next_alarm_at__isnull=False).count() == 0
