"""Writing down how a visit went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from core import clock
from core.errors import Problem
from core.ids import uuid7
from customers import actions as customer_actions
from people.streams import base, closed_in, member_scope, territory_scope
from sync.models import Audit, Log
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone
from visits import actions
from visits.models import Commitment, Visit

pytestmark = pytest.mark.both_databases

NINE = make.moment("2026-11-24 09:00")


def arrived(world: World, at: datetime = NINE) -> UUID:
    visit = uuid7()
    with make.writing(world.ana, at=at) as unit:
        actions.arrive(unit, visit=visit, customer=world.steel.pk)
    return visit


def log(world: World, visit: UUID | None = None, *, at: datetime = NINE, **args: Any) -> Visit:
    with make.writing(world.ana, at=at) as unit:
        return actions.log_visit(
            unit, visit=visit or uuid7(), customer=world.steel.pk, **{"outcome": "progress", **args}
        )


def streams_of(shape: str, id: UUID) -> set[str]:
    return set(Log.objects.filter(shape=shape, row_id=id, is_put=True).values_list("stream", flat=True))


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(10, 1), (60, 1), (61, 2), (45 * 60, 45), (86_400, 1440), (90_000, 1440)]
)
def test_the_duration_is_from_arrival_to_save(world: World, seconds: int, minutes: int) -> None:
    logged = log(world, arrived(world), at=NINE + timedelta(seconds=seconds))
    assert (logged.minutes, logged.is_estimated) == (minutes, False)


def test_a_clock_set_back_between_arrival_and_log_gives_one_minute(world: World) -> None:
    assert log(world, arrived(world), at=NINE - timedelta(hours=2)).minutes == 1


def test_a_duration_from_a_chip_is_an_estimate_and_wins(world: World) -> None:
    logged = log(world, arrived(world), at=NINE + timedelta(minutes=5), minutes=30)
    assert (logged.minutes, logged.is_estimated) == (30, True)


def test_without_arrival_and_without_a_chip_nobody_knows_how_long_it_took(world: World) -> None:
    logged = log(world)
    assert (logged.minutes, logged.is_estimated) == (None, False)


def test_a_log_without_an_arrival_says_so(world: World) -> None:
    assert log(world).verdict == "logged_later"


def test_a_log_keeps_the_verdict_of_the_arrival(world: World) -> None:
    assert log(world, arrived(world)).verdict == "no_fix"


def test_the_time_of_the_save_is_the_time_of_the_log(world: World) -> None:
    assert log(world, at=NINE).logged_at == NINE


def test_a_log_keeps_what_was_planned_and_it_does_not_say(world: World) -> None:
    contact = make.contact(world.steel)
    plan = make.planned(world.ana, world.steel, site=world.gate.pk, channel="video", contact=contact.pk)
    logged = log(world, plan.pk)
    assert (logged.site_id, logged.channel, logged.contact_id) == (world.gate.pk, "video", contact.pk)


def test_a_next_step_makes_its_commitment_under_the_phones_id(world: World) -> None:
    phone, visit, promise = Phone(world.ana), uuid7(), uuid7()
    step = {"commitment": promise, "step": "quote", "due_on": "2026-12-01", "text": "By mail"}
    phone.write(
        "visit.log",
        at="2026-11-24T12:31:00.123+09:00",
        visit=visit,
        customer=world.steel.pk,
        outcome="progress",
        next_step=step,
    )
    phone.sync()
    held = phone.holds("commitment", promise)
    assert held is not None
    assert (held["visit"], held["member"], held["customer"]) == (str(visit), str(world.ana.pk), str(world.steel.pk))
    assert (held["state"], held["due_on"], held["text"]) == ("open", "2026-12-01", "By mail")
    assert held["made_at"] == "2026-11-24T12:31:00.123+09:00"


def test_visit_and_next_step_are_one_deed(world: World) -> None:
    step = {"commitment": uuid7(), "step": "quote", "due_on": NINE.date()}
    logged = log(world, next_step=step)
    audit = Audit.objects.filter(verb="test").latest("pk")
    assert audit.rows == [["visit", str(logged.pk)], ["commitment", str(step["commitment"])]]


def test_a_next_step_that_cannot_be_takes_the_log_back_too(world: World) -> None:
    taken = make.commitment(world.ana, world.steel)
    phone, visit = Phone(world.ana), uuid7()
    step = {"commitment": taken.pk, "step": "quote", "due_on": "2026-12-01"}
    entry = phone.write("visit.log", visit=visit, customer=world.steel.pk, outcome="progress", next_step=step)
    phone.sync()
    assert phone.answer_to(entry) == ("parked", "id_taken")
    assert not Visit.objects.filter(pk=visit).exists()


def test_an_open_visit_is_in_the_base_of_its_territory_and_author(world: World) -> None:
    assert streams_of("visit", arrived(world)) == {
        base(territory_scope(world.north.pk)),
        base(member_scope(world.ana.pk)),
    }


def test_a_logged_visit_moves_to_the_month_it_was_received_in(world: World) -> None:
    visit = arrived(world)
    log(world, visit)
    month = clock.month_of(clock.now(), "Asia/Seoul")
    assert streams_of("visit", visit) == {
        closed_in(territory_scope(world.north.pk), month),
        closed_in(member_scope(world.ana.pk), month),
    }


@pytest.mark.parametrize(("received", "month"), [("2026-10-31 14:59", "2026-10"), ("2026-10-31 15:00", "2026-11")])
def test_the_month_is_the_organizations(world: World, received: str, month: str) -> None:
    """Midnight in Seoul is three in the afternoon in UTC."""
    with make.writing(world.ana, at=NINE, received_at=make.moment(received)) as unit:
        visit = actions.log_visit(unit, visit=uuid7(), customer=world.steel.pk, outcome="progress")
    assert streams_of("visit", visit.pk) == {
        closed_in(territory_scope(world.north.pk), month),
        closed_in(member_scope(world.ana.pk), month),
    }


@pytest.mark.parametrize("state", ["cancelled", "missed"])
def test_what_was_cancelled_or_missed_did_happen_when_somebody_logs_it(world: World, state: str) -> None:
    plan = make.planned(world.ana, world.steel)
    with make.writing(world.ana) as unit:
        if state == "cancelled":
            actions.cancel_visit(unit, visit=plan.pk)
        else:
            actions.miss_visit(unit, Visit.objects.get(pk=plan.pk))
    assert log(world, plan.pk).state == "finished"


def test_a_log_for_a_planned_visit_counts_after_its_customer_was_removed(world: World) -> None:
    """It happened, and it was promised while the customer was there."""
    plan = make.planned(world.ana, world.steel)
    with make.writing() as unit:
        customer_actions.remove_customer(unit, world.steel)
    assert log(world, plan.pk).state == "finished"


def test_a_product_that_is_no_longer_offered_is_refused(world: World) -> None:
    product = make.product(is_active=False)
    with pytest.raises(Problem) as refused:
        log(world, product=product.pk)
    assert refused.value.code.name == "product_inactive"


def test_a_product_closed_after_the_log_stays_on_the_visit(world: World) -> None:
    product = make.product()
    logged = log(world, product=product.pk)
    with make.writing() as unit:
        customer_actions.change_product(unit, product, is_active=False)
    logged.refresh_from_db()
    assert logged.product_id == product.pk


def test_a_visit_outside_the_own_territories_is_taken_and_flagged(world: World) -> None:
    phone, visit = Phone(world.ana), uuid7()
    phone.write("visit.log", visit=visit, customer=world.paper.pk, outcome="progress")
    phone.sync()
    held = phone.holds("visit", visit)
    assert held is not None  # her own, though the customer is not
    assert held["flags"] == ["outside_territory"]


def test_a_note_in_parts_is_found_as_a_whole(world: World) -> None:
    phone, visit = Phone(world.ana), uuid7()
    phone.write(
        "visit.log",
        visit=visit,
        customer=world.steel.pk,
        outcome="progress",
        note="\u1100\u1161\u11bc\u1111\u1161\u11ab",
    )
    phone.sync()
    assert Visit.objects.filter(note__contains="\uac15\ud310").exists()


def test_nothing_open_is_left_of_a_log_that_was_refused(world: World) -> None:
    log(world, visit := uuid7())
    phone = Phone(world.ana)
    step = {"commitment": uuid7(), "step": "quote", "due_on": "2026-12-01"}
    entry = phone.write("visit.log", visit=visit, customer=world.steel.pk, outcome="problem", next_step=step)
    phone.sync()
    assert phone.answer_to(entry) == ("parked", "already_logged")
    assert not Commitment.objects.exists()
    assert Visit.objects.get(pk=visit).outcome == "progress"
