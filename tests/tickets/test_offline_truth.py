"""N5: what was done without a signal counts from when it was done, and a clock that was wrong is looked at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from core import clock
from core.ids import uuid7
from tests import factories as make
from tests.conftest import World
from tests.tickets.day import Pocket, at, it_is, promise, steps_of, ticket_of
from tickets import actions, watching
from tickets.models import Alarm, SlaPolicy

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

THREE_HOURS = timedelta(hours=3)


@pytest.fixture
def ticket(world: World) -> UUID:
    """Reported at nine, promised for eleven."""
    with it_is("3 08:00"):
        promise(world.ada)
    pocket, id = Pocket(world.ben), uuid7()
    pocket.say("ticket.open", "3 09:00", ticket=id, customer=world.steel.pk, text="The press stands still")
    pocket.sync("3 09:00")
    assert ticket_of(id).resolution_due_at == at("3 11:00")
    return id


def solve(world: World, ticket: UUID, when: str, *, sent: str = "3 15:00", fast: timedelta = timedelta(0)) -> None:
    pocket = Pocket(world.ana, fast=fast)
    entry = pocket.say("ticket.solve", when, ticket=ticket)
    pocket.sync(sent)
    assert pocket.state_of(entry) == ("applied", None)


def measured(fast: timedelta) -> datetime:
    """10:59; a minute of what a clock is behind may have been the line."""
    return at("3 10:59") - (timedelta(minutes=1) if fast < timedelta(0) else timedelta(0))


@pytest.mark.parametrize(("when", "verdict"), [("3 10:59", "met"), ("3 11:00", "met"), ("3 11:01", "missed")])
def test_solved_without_a_signal_counts_from_when_it_was_solved(
    world: World, ticket: UUID, when: str, verdict: str
) -> None:
    solve(world, ticket, when)
    found = ticket_of(ticket)
    assert (found.state, found.resolution_verdict, found.is_in_review) == ("solved", verdict, False)
    assert found.solved_at == at(when)


def test_the_timeline_shows_the_phones_time_the_measured_skew_and_the_servers(world: World, ticket: UUID) -> None:
    solve(world, ticket, "3 10:59", fast=timedelta(minutes=4))
    solved = steps_of(ticket)[-1]
    assert solved.made_at_text == "2026-03-03T11:03:00.000+09:00"
    assert (solved.skew_s, solved.counts_at, solved.received_at) == (-240, at("3 10:59"), at("3 15:00"))
    assert ticket_of(ticket).resolution_verdict == "met"


@pytest.mark.parametrize("fast", [THREE_HOURS, -THREE_HOURS])
def test_with_a_clock_three_hours_off_it_goes_to_review(world: World, ticket: UUID, fast: timedelta) -> None:
    solve(world, ticket, "3 10:59", fast=fast)
    found = ticket_of(ticket)
    assert (found.is_in_review, found.resolution_verdict) == (True, "met")
    assert steps_of(ticket)[-1].counts_at == measured(fast), "until then it counts by the measured error"


@pytest.mark.parametrize(
    ("review", "verdict", "counts_at"), [("phone", "met", "3 10:59"), ("server", "missed", "3 15:00")]
)
def test_somebody_says_which_time_counts(world: World, ticket: UUID, review: str, verdict: str, counts_at: str) -> None:
    solve(world, ticket, "3 10:59", fast=THREE_HOURS)
    step = steps_of(ticket)[-1]
    mia = Pocket(world.mia)
    entry = mia.say("ticket.review", "3 16:00", ticket=ticket, step=step.pk, review=review)
    mia.sync("3 16:00")
    assert mia.state_of(entry) == ("applied", None)
    found, step = ticket_of(ticket), steps_of(ticket)[-1]
    assert (found.is_in_review, found.resolution_verdict, found.solved_at) == (False, verdict, at(counts_at))
    assert (step.review, step.reviewed_by) == (review, world.mia)
    assert step.made_at == at("3 10:59") + THREE_HOURS, "what the phone said stays readable"


def test_nobody_says_of_their_own_clock_that_it_was_right(world: World, ticket: UUID) -> None:
    solve(world, ticket, "3 10:59", fast=THREE_HOURS)
    ana = Pocket(world.ana)
    entry = ana.say("ticket.review", "3 16:00", ticket=ticket, step=steps_of(ticket)[-1].pk, review="phone")
    ana.sync("3 16:00")
    assert ana.state_of(entry) == ("parked", "not_permitted")


@pytest.mark.parametrize("said", ["1970-01-01T00:00:00+09:00", "2100-01-01T00:00:00+09:00"])
def test_a_time_that_cannot_be_counts_as_when_it_was_received_and_goes_to_review(
    world: World, ticket: UUID, said: str
) -> None:
    ana = Pocket(world.ana)
    entry = ana.phone.write("ticket.solve", at=said, ticket=ticket)
    ana.sync("3 15:00")
    assert ana.state_of(entry) == ("applied", None)
    found = ticket_of(ticket)
    assert (found.is_in_review, found.solved_at, found.resolution_verdict) == (True, at("3 15:00"), "missed")


@pytest.mark.parametrize(("minutes", "is_in_review"), [(0, False), (10, False), (-10, False), (11, True), (-11, True)])
def test_ten_minutes_are_no_reason_to_ask(world: World, ticket: UUID, minutes: int, is_in_review: bool) -> None:
    solve(world, ticket, "3 10:59", fast=timedelta(minutes=minutes))
    found = ticket_of(ticket)
    assert (found.is_in_review, found.solved_at) == (is_in_review, measured(timedelta(minutes=minutes)))


@pytest.mark.parametrize("seconds", [1, 20, 60])
def test_nobody_is_late_for_a_bad_line(world: World, ticket: UUID, seconds: int) -> None:
    """What is under way for a while looks like a clock that is behind."""
    solve(world, ticket, "3 11:00", fast=-timedelta(seconds=seconds))
    assert ticket_of(ticket).solved_at == at("3 11:00") - timedelta(seconds=seconds), "as its clock said"
    assert ticket_of(ticket).resolution_verdict == "met"


def test_an_alarm_that_rang_meanwhile_stays_told_and_rings_no_more(world: World, ticket: UUID) -> None:
    with it_is("3 11:01"):
        assert watching.raise_alarms(world.organization.pk) == 1
    assert ticket_of(ticket).resolution_verdict == "missed"
    solve(world, ticket, "3 10:59")
    found = ticket_of(ticket)
    assert (found.resolution_verdict, found.next_alarm_at) == ("met", None)
    assert [alarm.rung for alarm in Alarm.objects.filter(ticket=ticket)] == [Alarm.Rung.LATE]


def test_what_two_phones_did_is_counted_in_the_order_in_which_it_was_done(world: World, ticket: UUID) -> None:
    """Ana waits for the customer at ten without a signal; Ben goes on at half past, and his phone sends first."""
    ana, ben = Pocket(world.ana), Pocket(world.ben)
    waits = ana.say("ticket.wait", "3 10:00", ticket=ticket, waits_for="customer")
    ana.sync("3 10:40")
    goes_on = ben.say("ticket.resume", "3 10:30", ticket=ticket)
    ben.sync("3 10:50")
    assert ana.state_of(waits) == ben.state_of(goes_on) == ("applied", None)
    assert ticket_of(ticket).resolution_due_at == at("3 11:30")


def test_a_phone_holds_what_the_clocks_say(world: World, ticket: UUID) -> None:
    solve(world, ticket, "3 10:59", fast=THREE_HOURS)
    mia = Pocket(world.mia)
    mia.sync("3 16:00")
    shown: dict[str, Any] = mia.phone.rows["ticket", str(ticket)].fields
    assert (shown["resolution_verdict"], shown["is_in_review"]) == ("met", True)
    solved = shown["steps"][-1]
    assert (solved["event"], solved["skew_s"]) == ("solved", -3 * 3600)
    assert solved["made_at"] == "2026-03-03T13:59:00.000+09:00"
    assert (solved["counts_at"], solved["received_at"]) == (
        clock.to_text(at("3 10:59")),
        clock.to_text(at("3 15:00")),
    )


def test_a_promise_that_is_taken_up_again_keeps_what_it_had_used(world: World, ticket: UUID) -> None:
    solve(world, ticket, "3 10:00")
    mia = Pocket(world.mia)
    mia.say("ticket.reopen", "3 16:00", ticket=ticket)
    mia.sync("3 16:00")
    found = ticket_of(ticket)
    assert (found.state, found.resolution_verdict, found.resolution_due_at) == ("open", None, at("3 17:00"))


def test_what_administrators_promise_now_holds_for_what_is_open(world: World, ticket: UUID) -> None:
    with it_is("3 10:00"):
        with make.writing(world.ada) as unit:
            actions.change_policy(unit, SlaPolicy.objects.get(), resolution_minutes=240)
        assert watching.measure_anew(world.organization.pk) == 1
    assert ticket_of(ticket).resolution_due_at == at("3 14:00"), "lunch lies between"
