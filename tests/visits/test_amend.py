"""Correcting one's own finished visit, with the time and the reason shown."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories as make
from tests.conftest import World
from visits import actions
from visits.models import Visit

pytestmark = pytest.mark.both_databases

NINE = make.moment("2026-11-24 09:00")


def amend(world: World, visit: Visit, **values: Any) -> Visit:
    with make.writing(world.ana, at=NINE) as unit:
        return actions.amend_visit(unit, visit=visit.pk, **values)


def test_what_is_not_said_stays(world: World) -> None:
    logged = make.logged(world.ana, world.steel, note="As agreed", minutes=30)
    amended = amend(world, logged, outcome="problem")
    assert (amended.outcome, amended.note, amended.minutes, amended.is_estimated) == ("problem", "As agreed", 30, True)


def test_the_time_of_the_correction_is_shown_and_the_time_of_the_log_kept(world: World) -> None:
    logged = make.logged(world.ana, world.steel)
    amended = amend(world, logged, note="Other", reason="Misheard")
    assert (amended.amended_at, amended.amend_reason) == (NINE, "Misheard")
    assert amended.logged_at == logged.logged_at


def test_a_second_correction_without_a_reason_does_not_keep_the_first_ones(world: World) -> None:
    logged = make.logged(world.ana, world.steel)
    amend(world, logged, note="Other", reason="Misheard")
    assert amend(world, logged, note="Third").amend_reason == ""


def test_a_corrected_duration_is_an_estimate(world: World) -> None:
    assert amend(world, make.logged(world.ana, world.steel), minutes=90).is_estimated


def test_contact_and_product_can_be_taken_away_again(world: World) -> None:
    contact, product = make.contact(world.steel), make.product()
    logged = make.logged(world.ana, world.steel, contact=contact.pk, product=product.pk)
    amended = amend(world, logged, contact=None, product=None)
    assert (amended.contact_id, amended.product_id) == (None, None)


def test_a_correction_leaves_the_visit_in_the_month_it_was_closed_in(world: World) -> None:
    logged = make.logged(world.ana, world.steel)
    closed_at = logged.closed_at
    assert closed_at is not None
    assert amend(world, logged, note="Other").closed_at == closed_at
