"""Arriving: one tap that never refuses for where or when, and says what is known instead."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from core import clock
from core.ids import uuid7
from sync.models import Audit
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone
from visits.models import Arrival, Visit

pytestmark = pytest.mark.both_databases

LATITUDE, LONGITUDE = make.SEOUL_CITY_HALL
HERE = {"latitude": LATITUDE, "longitude": LONGITUDE, "accuracy": 12.4, "age_s": 3.5}


def arrive(world: World, *, at: datetime | str | None = None, **args: Any) -> Visit:
    """Ana's tap, through her phone."""
    phone = Phone(world.ana)
    given = {"visit": uuid7(), "customer": world.steel.pk, "site": world.gate.pk, **args}
    entry = phone.write("visit.arrive", at=at, **given)
    phone.sync()
    assert phone.answer_to(entry) == ("applied", None)
    return Visit.objects.get(pk=given["visit"])


def test_the_time_of_the_tap_is_the_time_of_arrival(world: World) -> None:
    visit = arrive(world, at="2026-11-24T12:31:00.123+09:00")
    assert visit.arrived_at == datetime.fromisoformat("2026-11-24T03:31:00.123+00:00")
    assert visit.made_at_text == "2026-11-24T12:31:00.123+09:00"


def test_arriving_at_a_plan_keeps_who_planned_it_and_when(world: World) -> None:
    plan = make.planned(world.ana, world.steel, plan_note="Bring samples")
    visit = arrive(world, visit=plan.pk)
    assert (visit.plan_note, visit.planned_for, visit.made_at) == ("Bring samples", plan.planned_for, plan.made_at)


def test_what_the_tap_does_not_say_stays_as_planned(world: World) -> None:
    plan = make.planned(world.ana, world.steel, site=world.gate.pk, channel="phone")
    visit = arrive(world, visit=plan.pk, site=None)
    assert (visit.site_id, visit.channel) == (world.gate.pk, "phone")


def test_what_the_tap_says_replaces_what_was_planned(world: World) -> None:
    plan = make.planned(world.ana, world.steel, channel="phone")
    visit = arrive(world, visit=plan.pk, channel="visit")
    assert (visit.site_id, visit.channel) == (world.gate.pk, "visit")


def test_the_position_is_measured_against_the_planned_site_when_the_tap_names_none(world: World) -> None:
    plan = make.planned(world.ana, world.steel, site=world.gate.pk)
    assert arrive(world, visit=plan.pk, site=None, position=HERE).verdict == "verified"


def test_the_position_is_kept_apart_from_the_visit_with_what_it_was_measured_against(world: World) -> None:
    arrival = Arrival.objects.get(visit=arrive(world, position=HERE))
    assert (arrival.latitude, arrival.accuracy_m, arrival.fix_age_s) == (LATITUDE, 12.4, 3.5)
    assert (arrival.site_latitude, arrival.geofence_m) == (LATITUDE, 150)


def test_a_position_without_a_site_is_kept_too(world: World) -> None:
    arrival = Arrival.objects.get(visit=arrive(world, site=None, position=HERE))
    assert (arrival.latitude, arrival.site_latitude, arrival.geofence_m) == (LATITUDE, None, None)


def test_no_shape_carries_the_position(world: World) -> None:
    phone = Phone(world.eva)
    visit = arrive(world, position={**HERE, "latitude": 37.123456})
    phone.pull()
    assert "37.123456" not in str(phone.holds("visit", visit.pk))


@pytest.mark.parametrize(
    "position",
    [
        {**HERE, "latitude": 91},
        {**HERE, "longitude": 181},
        {**HERE, "latitude": 0, "longitude": 0},
        {**HERE, "accuracy": -1},
        {**HERE, "accuracy": 1e300},
        {**HERE, "age_s": 1e300},
        {**HERE, "latitude": 1e308, "longitude": -1e308},
    ],
)
def test_a_position_that_cannot_be_is_dropped_and_flagged_and_the_arrival_kept(world: World, position: dict) -> None:
    visit = arrive(world, position=position)
    assert (visit.state, visit.verdict, visit.flags) == ("started", "no_fix", ["bad_location"])
    assert (visit.distance_m, visit.accuracy_m, visit.fix_age_s) == (None, None, None)
    assert not Arrival.objects.exists()


def test_an_arrival_in_another_territory_is_flagged(world: World) -> None:
    mill = make.site(world.paper)
    assert arrive(world, customer=world.paper.pk, site=mill.pk).flags == ["outside_territory"]


def test_an_arrival_in_the_own_territory_is_not_flagged(world: World) -> None:
    assert arrive(world).flags == []


def test_who_reads_every_territory_is_never_outside(world: World) -> None:
    phone = Phone(world.eva)
    visit = uuid7()
    phone.write("visit.arrive", visit=visit, customer=world.paper.pk)
    phone.sync()
    assert Visit.objects.get(pk=visit).flags == []


def test_several_flags_stand_in_order(world: World) -> None:
    bad = {**HERE, "latitude": 91}
    visit = arrive(world, customer=world.paper.pk, site=None, position=bad, at="1970-01-01T00:00:00.000+09:00")
    assert visit.flags == ["bad_location", "clock_off", "outside_territory"]


def test_a_flag_stays_when_the_next_entry_is_in_order(world: World) -> None:
    visit = arrive(world, at="2100-01-01T00:00:00.000+09:00")
    phone = Phone(world.ana)
    phone.write("visit.log", visit=visit.pk, customer=world.steel.pk, outcome="progress")
    phone.sync()
    visit.refresh_from_db()
    assert (visit.state, visit.flags) == ("finished", ["clock_off"])


@pytest.mark.parametrize(
    "at",
    [
        "1970-01-01T00:00:00.000+00:00",
        "2100-01-01T00:00:00.000+09:00",
        "0001-01-02T00:00:00.000+09:00",
        "9999-12-31T23:59:59.999+09:00",
    ],
)
def test_a_clock_anywhere_in_the_calendar_is_taken_and_flagged(world: World, at: str) -> None:
    visit = arrive(world, at=at)
    assert (visit.flags, visit.made_at_text) == (["clock_off"], at)


@pytest.mark.parametrize(("hours", "flags"), [(-72, []), (-24 * 181, ["clock_off"]), (1, ["clock_off"])])
def test_days_without_a_signal_are_no_fault_of_the_clock(world: World, hours: int, flags: list[str]) -> None:
    assert arrive(world, at=clock.now() + timedelta(hours=hours)).flags == flags


@pytest.mark.parametrize(("minutes", "flags"), [(0, []), (9, []), (-9, []), (11, ["clock_off"]), (-11, ["clock_off"])])
def test_a_clock_that_differs_from_the_servers_by_ten_minutes_is_flagged(
    world: World, minutes: int, flags: list[str]
) -> None:
    """The phone says its time when it sends: what it wrote is judged by that difference."""
    wrong_now = clock.now() + timedelta(minutes=minutes)
    phone, visit = Phone(world.ana), uuid7()
    phone.write("visit.arrive", visit=visit, customer=world.steel.pk, at=wrong_now)
    phone.send("push", {"proto": 1, "first_n": 1, "entries": phone.entries, "sent_at": clock.to_text(wrong_now)})
    phone.drain()
    found = Visit.objects.get(pk=visit)
    assert found.flags == flags
    assert found.skew_s == pytest.approx(-60 * minutes, abs=2)


@pytest.mark.parametrize("sent_at", ["0001-01-02T00:00:00.000Z", "9999-12-31T00:00:00.000Z"])
def test_a_phone_at_the_end_of_the_calendar_breaks_nothing(world: World, sent_at: str) -> None:
    phone, visit = Phone(world.ana), uuid7()
    phone.write("visit.arrive", visit=visit, customer=world.steel.pk, at=sent_at.replace("Z", "+00:00"))
    phone.send("push", {"proto": 1, "first_n": 1, "entries": phone.entries, "sent_at": sent_at})
    phone.drain()
    assert phone.states() == ["applied"]
    assert Visit.objects.get(pk=visit).flags == ["clock_off"]


def test_an_arrival_after_cancelling_opens_the_visit_again(world: World) -> None:
    plan = make.planned(world.ana, world.steel)
    phone = Phone(world.ana)
    phone.write("visit.cancel", visit=plan.pk)
    phone.write("visit.arrive", visit=plan.pk, customer=world.steel.pk)
    phone.sync()
    visit = Visit.objects.get(pk=plan.pk)
    assert visit.is_open
    assert visit.closed_at is None


def test_a_refused_second_arrival_leaves_the_first_as_it_was(world: World) -> None:
    first = arrive(world, position=HERE)
    phone = Phone(world.ana)
    entry = phone.write("visit.arrive", visit=first.pk, customer=world.steel.pk, position=None)
    phone.sync()
    assert phone.answer_to(entry) == ("parked", "already_arrived")
    visit = Visit.objects.get(pk=first.pk)
    assert (visit.arrived_at, visit.verdict) == (first.arrived_at, "verified")


def test_an_arrival_leaves_one_audit_row_that_names_the_entry(world: World) -> None:
    phone, visit = Phone(world.ana), uuid7()
    entry = phone.write("visit.arrive", visit=visit, customer=world.steel.pk)
    phone.sync()
    audit = Audit.objects.get(verb="visit.arrive")
    assert (audit.entry_id, audit.member_id, audit.door) == (UUID(entry), world.ana.pk, "sync")
    assert audit.rows == [["visit", str(visit)]]
