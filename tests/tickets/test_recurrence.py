"""N2, TIX-8: a cause is watched, and comes back when the same happens on a day inside its window."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from core.ids import uuid7
from notices.models import Notification
from tests import factories as make
from tests.conftest import World
from tests.tickets.day import Pocket, it_is, ticket_of
from tickets import watching
from tickets.models import Cause

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

CLOSED = "3 15:00"
# 3 March and 89, 90 and 91 days.
DAY_89, DAY_90, DAY_91 = "5-31", "6-1", "6-2"


@pytest.fixture
def cause(world: World) -> UUID:
    """Closed on 3 March, with 90 days of watching."""
    return closed(world, uuid7())


def opened(world: World, when: str, *, sent: str | None = None, again: UUID | None = None) -> UUID:
    pocket, id = Pocket(world.ana), uuid7()
    named = {} if again is None else {"again": again}
    entry = pocket.say("ticket.open", when, ticket=id, customer=world.steel.pk, text="The belt tears", **named)
    pocket.sync(sent or when)
    assert pocket.state_of(entry) == ("applied", None)
    return id


def closed(world: World, cause: UUID, ticket: UUID | None = None, *, when: str = CLOSED) -> UUID:
    pocket = Pocket(world.ana)
    id = ticket or opened(world, "3 09:00")
    pocket.say("ticket.solve", when, ticket=id)
    said = {"text": "A worn roller", "countermeasure": "Rollers are changed every spring"}
    last = pocket.say("ticket.close", when, ticket=id, cause=cause, **said)
    pocket.sync(when)
    assert pocket.state_of(last) == ("applied", None)
    return cause


def cause_of(id: UUID) -> Cause:
    return Cause.objects.get(pk=id)


def test_a_closed_ticket_is_watched_for_ninety_days(world: World, cause: UUID) -> None:
    found = cause_of(cause)
    assert (found.state, found.watch_from, found.watch_until) == ("watching", date(2026, 3, 3), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("day", "comes_back"), [(DAY_89, True), (DAY_90, True), (DAY_91, False)], ids=["day 89", "day 90", "day 91"]
)
def test_the_same_on_day_89_and_90_reopens_the_cause_and_on_day_91_is_new(
    world: World, cause: UUID, day: str, comes_back: bool
) -> None:
    ticket = ticket_of(opened(world, f"{day} 09:00", again=cause))
    found = cause_of(cause)
    assert (found.state, found.recurrences) == (("back", 1) if comes_back else ("watching", 0))
    assert (ticket.is_recurrence, ticket.cause_id) == ((True, cause) if comes_back else (False, None))
    assert ("watch_over" in ticket.flags) is not comes_back


@pytest.mark.parametrize(
    ("minute", "comes_back"), [("23:59", True), ("24:00", False)], ids=["last minute", "first minute after"]
)
def test_the_day_is_that_of_the_organizations_calendar(
    world: World, cause: UUID, minute: str, comes_back: bool
) -> None:
    """Midnight in Seoul is three in the afternoon in UTC."""
    when = f"{DAY_90} {minute}" if minute != "24:00" else f"{DAY_91} 00:00"
    assert ticket_of(opened(world, when, again=cause)).is_recurrence is comes_back


def test_written_on_day_90_and_sent_on_day_95_it_reopens_a_cause_that_was_proved_meanwhile(
    world: World, cause: UUID
) -> None:
    with it_is(f"{DAY_91} 09:00"):
        assert watching.watch_causes() == 1
    assert cause_of(cause).state == "proved"
    ticket = opened(world, f"{DAY_90} 09:00", sent="6-6 09:00", again=cause)
    found = cause_of(cause)
    assert (found.state, found.closed_at, found.last_recurred_on) == ("back", None, date(2026, 6, 1))
    assert ticket_of(ticket).is_recurrence


def test_a_cause_is_proved_on_the_day_after_its_window_and_not_before(world: World, cause: UUID) -> None:
    with it_is(f"{DAY_90} 23:59"):
        assert watching.watch_causes() == 0
    with it_is(f"{DAY_91} 00:00"):
        assert watching.watch_causes() == 1
        assert watching.watch_causes() == 0
    assert cause_of(cause).state == "proved"
    assert Notification.objects.filter(event="cause.proved", member=world.ana).count() == 1


def test_it_may_be_said_later_that_it_is_the_same_again(world: World, cause: UUID) -> None:
    ticket = opened(world, f"{DAY_89} 09:00")
    pocket = Pocket(world.ben)
    said = pocket.say("ticket.again", f"{DAY_89} 10:00", ticket=ticket, cause=cause)
    twice = pocket.say("ticket.again", f"{DAY_89} 10:01", ticket=ticket, cause=cause)
    pocket.sync(f"{DAY_89} 10:02")
    assert pocket.state_of(said) == ("applied", None)
    assert pocket.state_of(twice) == ("parked", "already_so")
    assert cause_of(cause).recurrences == 1


def test_of_a_ticket_of_day_91_nobody_can_say_that_it_is_the_same_again(world: World, cause: UUID) -> None:
    ticket = opened(world, f"{DAY_91} 09:00")
    pocket = Pocket(world.ben)
    said = pocket.say("ticket.again", f"{DAY_91} 10:00", ticket=ticket, cause=cause)
    pocket.sync(f"{DAY_91} 10:00")
    assert pocket.state_of(said) == ("parked", "watch_over")


def test_the_lead_and_whoever_answers_for_the_cause_hear_of_it(world: World, cause: UUID) -> None:
    with make.writing(world.ada):
        world.team.lead = world.mia
        world.team.save(update_fields=["lead"])
    pocket, ticket = Pocket(world.ben), uuid7()
    pocket.say("ticket.open", f"{DAY_89} 09:00", ticket=ticket, customer=world.steel.pk, text="Torn again", again=cause)
    pocket.sync(f"{DAY_89} 09:00")
    told = Notification.objects.filter(event="cause.back", source=ticket)
    assert {one.member for one in told} == {world.mia, world.ana}
    assert told[0].params == {"customer": world.steel.name, "text": "Torn again", "count": 1}


def test_closing_it_again_watches_the_same_cause_anew(world: World, cause: UUID) -> None:
    ticket = opened(world, f"{DAY_89} 09:00", again=cause)
    closed(world, cause, ticket, when=f"{DAY_89} 15:00")
    found = cause_of(cause)
    assert (found.state, found.recurrences, found.watch_from) == ("watching", 1, date(2026, 5, 31))
    assert found.watch_until == date(2026, 8, 29)


def test_a_recurrence_is_closed_with_its_own_cause(world: World, cause: UUID) -> None:
    ticket = opened(world, f"{DAY_89} 09:00", again=cause)
    pocket = Pocket(world.ana)
    pocket.say("ticket.solve", f"{DAY_89} 10:00", ticket=ticket)
    other = pocket.say(
        "ticket.close", f"{DAY_89} 10:00", ticket=ticket, cause=uuid7(), text="Other", countermeasure="Other"
    )
    pocket.sync(f"{DAY_89} 10:00")
    assert pocket.state_of(other) == ("parked", "other_cause")


def test_a_recurrence_that_was_none_is_forgotten(world: World, cause: UUID) -> None:
    ticket = opened(world, f"{DAY_89} 09:00", again=cause)
    pocket = Pocket(world.ana)
    pocket.say("ticket.withdraw", f"{DAY_89} 09:01", ticket=ticket)
    pocket.sync(f"{DAY_89} 09:01")
    found = cause_of(cause)
    assert (found.state, found.recurrences, found.last_recurred_on) == ("watching", 0, None)


def test_a_closed_ticket_that_is_reopened_brings_its_cause_back(world: World) -> None:
    cause, ticket = uuid7(), opened(world, "3 09:00")
    closed(world, cause, ticket)
    pocket = Pocket(world.ana)
    pocket.say("ticket.reopen", "10 09:00", ticket=ticket)
    pocket.sync("10 09:00")
    found = cause_of(cause)
    assert (found.state, found.recurrences, found.last_recurred_on) == ("back", 1, date(2026, 3, 10))


def test_a_closed_ticket_that_came_back_is_closed_with_its_own_cause(world: World) -> None:
    """Else the cause would stay back for ever."""
    cause, ticket = uuid7(), opened(world, "3 09:00")
    closed(world, cause, ticket)
    pocket = Pocket(world.ana)
    pocket.say("ticket.reopen", "10 09:00", ticket=ticket)
    pocket.say("ticket.solve", "10 10:00", ticket=ticket)
    said = {"text": "A worn roller", "countermeasure": "Rollers are changed every month"}
    other = pocket.say("ticket.close", "10 10:00", ticket=ticket, cause=uuid7(), **said)
    pocket.sync("10 10:00")
    assert pocket.state_of(other) == ("parked", "other_cause")
    ben = Pocket(world.ben)
    own = ben.say("ticket.close", "10 11:00", ticket=ticket, cause=cause, **said)
    ben.sync("10 11:00")
    assert ben.state_of(own) == ("applied", None)
    assert cause_of(cause).state == "watching"


def test_reopened_after_its_window_it_may_have_another_cause(world: World) -> None:
    cause, other, ticket = uuid7(), uuid7(), opened(world, "3 09:00")
    closed(world, cause, ticket)
    pocket = Pocket(world.ana)
    pocket.say("ticket.reopen", f"{DAY_91} 09:00", ticket=ticket)
    pocket.sync(f"{DAY_91} 09:00")
    closed(world, other, ticket, when=f"{DAY_91} 11:00")
    assert (cause_of(cause).state, cause_of(other).state) == ("watching", "watching")


def test_a_cause_that_nobody_knows_yet_has_five_days_and_then_its_owner_hears(world: World) -> None:
    cause, ticket = uuid7(), opened(world, "3 09:00")
    pocket = Pocket(world.ana)
    pocket.say("ticket.solve", "3 10:00", ticket=ticket)
    last = pocket.say("ticket.close", "3 10:00", ticket=ticket, cause=cause, is_finding=True)
    pocket.sync("3 10:00")
    assert pocket.state_of(last) == ("applied", None)
    assert (cause_of(cause).state, cause_of(cause).finding_due_on) == ("finding", date(2026, 3, 8))
    with it_is("8 23:59"):
        assert watching.watch_causes() == 0
    with it_is("9 00:00"):
        assert watching.watch_causes() == 1
        assert watching.watch_causes() == 0
    assert Notification.objects.filter(event="cause.finding_due", member=world.ana).exists()


def test_a_cause_that_was_found_is_watched_from_that_day_on(world: World) -> None:
    cause, ticket = uuid7(), opened(world, "3 09:00")
    pocket = Pocket(world.ana)
    pocket.say("ticket.solve", "3 10:00", ticket=ticket)
    pocket.say("ticket.close", "3 10:00", ticket=ticket, cause=cause, is_finding=True)
    settled = pocket.say(
        "cause.settle",
        "6 10:00",
        cause=cause,
        text="A worn roller",
        countermeasure="New ones",
        watch_until="2026-03-31",
    )
    pocket.sync("6 10:00")
    assert pocket.state_of(settled) == ("applied", None)
    found = cause_of(cause)
    assert (found.state, found.watch_from, found.watch_until) == ("watching", date(2026, 3, 6), date(2026, 3, 31))


def test_while_a_cause_is_looked_for_the_same_is_the_same_on_any_day(world: World) -> None:
    cause, ticket = uuid7(), opened(world, "3 09:00")
    pocket = Pocket(world.ana)
    pocket.say("ticket.solve", "3 10:00", ticket=ticket)
    pocket.say("ticket.close", "3 10:00", ticket=ticket, cause=cause, is_finding=True)
    pocket.sync("3 10:00")
    opened(world, f"{DAY_91} 09:00", again=cause)
    assert (cause_of(cause).state, cause_of(cause).recurrences) == ("finding", 1)
