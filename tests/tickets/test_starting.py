"""An organization that has set up nothing yet is given something to begin with."""

from __future__ import annotations

import pytest

from core.ids import uuid7
from tests import factories as make
from tests.conftest import World
from tests.rest import API, signed_in
from tickets import actions
from tickets.models import BusinessCalendar, Chip

pytestmark = pytest.mark.django_db


def test_chips_and_office_hours_are_there_after_one_tap_and_a_second_adds_nothing(world: World) -> None:
    ada = signed_in(world.ada)
    made = ada.post(f"{API}tickets/start/").json()["made"]
    calendar = BusinessCalendar.objects.get()
    assert (calendar.name, calendar.country, calendar.slots[0]) == ("근무 시간", "KR", [0, 540, 720])
    assert {chip.sort for chip in Chip.objects.all()} == set(Chip.Sort.values)
    assert made == Chip.objects.count() + 1
    assert ada.post(f"{API}tickets/start/").json()["made"] == 0


def test_what_is_set_up_already_stays_as_it_is(world: World) -> None:
    with make.writing(world.ada) as unit:
        actions.add_chip(unit, id=uuid7(), sort="fix", name="Oiled")
        actions.start_tickets(unit, world.organization)
    assert [chip.name for chip in Chip.objects.filter(sort="fix")] == ["Oiled"]


def test_it_speaks_the_language_of_the_organization(world: World) -> None:
    world.organization.language = "en"
    with make.writing(world.ada) as unit:
        actions.start_tickets(unit, world.organization)
    assert Chip.objects.filter(sort="fix", name="Cleaned").exists()


def test_only_administrators_set_it_up(world: World) -> None:
    assert signed_in(world.mia).post(f"{API}tickets/start/").status_code == 403
