"""Chips are named once in their sort, come in their order, and stay on what they were put on."""

from __future__ import annotations

from typing import Any

import pytest

from core import tenancy
from core.ids import uuid7
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.customers.screens import add, change, read, refused, remove
from tests.rest import API, signed_in
from tests.tickets.set_up import proper
from tickets.models import Chip

pytestmark = pytest.mark.both_databases


def test_a_name_of_a_chip_is_taken_once_in_its_sort(world: World, otto: Member) -> None:
    taken = (409, "name_taken", "name")
    with tenancy.acting_in(otto.organization_id):
        make.chip("cause", "Worn out")
    chip = make.chip("cause", "Worn out")
    assert refused(add(world.ada, "chips", **proper("chips", name=" Worn out "))) == taken
    assert add(world.ada, "chips", **proper("chips", sort="category")).status_code == 201, "of another sort"
    other = make.chip("cause", "Dry")
    assert refused(change(world.ada, f"chips/{other.pk}", name="Worn out")) == taken
    assert change(world.ada, f"chips/{chip.pk}", name="Worn out", place=3).json()["place"] == 3
    remove(world.ada, f"chips/{chip.pk}")
    assert change(world.ada, f"chips/{other.pk}", name="Worn out").status_code == 200


def test_chips_come_by_sort_and_place_and_can_be_asked_for_by_sort(world: World) -> None:
    names = {sort: [make.chip(sort, f"{sort} {n}").name for n in range(2)] for sort in ("category", "cause", "fix")}
    last = make.chip("fix", "fix first", place=0)
    assert [chip.place for chip in Chip.objects.filter(sort="cause").order_by("place")] == [0, 1]
    ana = signed_in(world.ana)
    shown = ana.get(f"{API}chips/", {"sort": "cause"}).json()["results"]
    assert [row["name"] for row in shown] == names["cause"]
    everything = [row["name"] for row in ana.get(f"{API}chips/").json()["results"]]
    assert everything == [*names["category"], *names["cause"], names["fix"][0], last.name, names["fix"][1]]


def test_a_chip_that_is_removed_stays_on_its_tickets(world: World) -> None:
    chip = make.chip("category")
    ticket = make.ticket(world.ana, world.steel, category=chip.pk)
    remove(world.ada, f"chips/{chip.pk}")
    assert read(world.ana, f"tickets/{ticket.pk}").json()["category"] == str(chip.pk)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"name": ""}, "field_required", "name"),
        ({"name": "   "}, "field_required", "name"),
        ({"name": "1" * 61}, "too_long", "name"),
        ({"name": "a\x00"}, "bad_characters", "name"),
        ({"sort": "colour"}, "choice", "sort"),
        ({"sort": None}, "field_required", "sort"),
        ({"place": -1}, "out_of_range", "place"),
        ({"place": 10_001}, "out_of_range", "place"),
        ({"place": "1"}, "field_type", "place"),
        ({"id": "12"}, "bad_id", "id"),
        ({"organization": str(uuid7())}, "field_not_allowed", "organization"),
    ],
)
def test_a_chip_that_cannot_be_is_refused_by_field(world: World, values: dict[str, Any], code: str, field: str) -> None:
    assert refused(add(world.ada, "chips", **proper("chips", **values))) == (400, code, field)
    assert not Chip.objects.exists()


def test_the_sort_of_a_chip_stays(world: World) -> None:
    chip = make.chip("cause")
    assert refused(change(world.ada, f"chips/{chip.pk}", sort="fix")) == (400, "field_not_allowed", "sort")
