"""Taking a visit back. It stays where it was, struck through."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.ids import uuid7
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone, projection
from visits import actions
from visits.models import Commitment, Visit

pytestmark = pytest.mark.both_databases

DUE = make.moment("2026-12-01 00:00").date()
NINE = make.moment("2026-11-24 09:00")


def withdraw(world: World, visit: UUID, **args: str) -> Visit:
    with make.writing(world.ana, at=NINE) as unit:
        return actions.withdraw_visit(unit, visit=visit, **args)


def promised(world: World, visit: Visit) -> Commitment:
    return make.commitment(world.ana, world.steel, visit=visit.pk)


def test_the_time_and_the_reason_are_shown(world: World) -> None:
    visit = withdraw(world, make.logged(world.ana, world.steel).pk, reason="Wrong customer")
    assert (visit.withdrawn_at, visit.withdraw_reason, visit.state) == (NINE, "Wrong customer", "finished")


def test_a_withdrawn_visit_stays_on_every_phone_that_held_it(world: World) -> None:
    visit = make.logged(world.ana, world.steel)
    phones = [Phone(member) for member in (world.ana, world.ben, world.eva)]
    for phone in phones:
        phone.pull()
    withdraw(world, visit.pk)
    for phone in phones:
        phone.pull()
        held = phone.holds("visit", visit.pk)
        assert held is not None
        assert held["withdrawn_at"] == "2026-11-24T09:00:00.000Z"


def test_open_promises_of_the_visit_are_withdrawn_with_it(world: World) -> None:
    visit = make.logged(world.ana, world.steel, next_step={"commitment": uuid7(), "step": "quote", "due_on": DUE})
    later = promised(world, visit)
    withdraw(world, visit.pk)
    assert set(Commitment.objects.values_list("state", flat=True)) == {"withdrawn"}
    later.refresh_from_db()
    assert later.closed_at is not None


def test_a_promise_that_was_kept_stays_kept(world: World) -> None:
    visit = make.logged(world.ana, world.steel)
    kept, open = promised(world, visit), promised(world, visit)
    with make.writing(world.ana) as unit:
        actions.keep_commitment(unit, commitment=kept.pk)
    withdraw(world, visit.pk)
    kept.refresh_from_db()
    open.refresh_from_db()
    assert (kept.state, open.state) == ("kept", "withdrawn")


def test_promises_of_other_visits_stay_open(world: World) -> None:
    visit, other = make.logged(world.ana, world.steel), make.logged(world.ana, world.steel)
    stays, alone = promised(world, other), make.commitment(world.ana, world.steel)
    withdraw(world, visit.pk)
    assert Commitment.objects.open().filter(pk__in=[stays.pk, alone.pk]).count() == 2


def test_a_colleagues_promise_at_the_visit_is_withdrawn_with_it(world: World) -> None:
    visit = make.logged(world.ana, world.steel)
    promise = make.commitment(world.ben, world.steel, visit=visit.pk)
    withdraw(world, visit.pk)
    promise.refresh_from_db()
    assert promise.state == "withdrawn"


def test_withdrawing_an_open_visit_closes_it(world: World) -> None:
    visit = make.planned(world.ana, world.steel)
    withdraw(world, visit.pk)
    visit.refresh_from_db()
    assert not visit.is_open
    assert visit.closed_at is not None


def test_phones_hold_what_the_rows_say_after_a_withdrawal(world: World) -> None:
    visit = make.planned(world.ana, world.steel)
    make.comment(world.ben, visit)
    promised(world, visit)
    phones = [Phone(member) for member in world.everybody]
    for phone in phones:
        phone.pull()
    withdraw(world, visit.pk)
    for phone in phones:
        phone.pull()
        assert phone.contents() == projection(phone.member), phone.member.name
