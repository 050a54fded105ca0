"""Lamps that hang under other lamps, and lamps that are shown to everybody: the verbs themselves."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from core.errors import Problem
from core.ids import uuid7
from people.streams import ORGANIZATION
from sync.models import Log, RowText
from tests.conftest import World
from tests.lamps import actions, hanging
from tests.lamps import factories as put
from tests.lamps.models import Lamp

pytestmark = pytest.mark.both_databases

COUNT = 5
STEPS = 30


@pytest.fixture
def lamps(world: World) -> list[Lamp]:
    return put.lamps(world.ana, put.house("red"), COUNT)


def became(world: World, verb: Any, **values: Any) -> str:
    try:
        with put.writing(world.ana) as unit:
            verb(unit, **values)
    except Problem as problem:
        return problem.code.name
    return "done"


def group(world: World, lamp: Lamp, into: Lamp) -> str:
    return became(world, hanging.group, lamp=lamp.pk, into=into.pk)


def ungroup(world: World, lamp: Lamp) -> str:
    return became(world, hanging.ungroup, lamp=lamp.pk)


def hung(lamps: list[Lamp]) -> list[int]:
    return [Lamp.objects.get(pk=lamp.pk).hung for lamp in lamps]


def picture() -> list[Any]:
    texts = RowText.objects.filter(shape="lamp").order_by("row_id").values_list("row_id", "text")
    return [*Lamp.objects.order_by("pk").values(), *texts]


def streams_of(lamp: Lamp) -> set[str]:
    return set(Log.objects.filter(shape="lamp", row_id=lamp.pk, is_put=True).values_list("stream", flat=True))


def test_every_lamp_above_counts_all_that_hang_under_it(world: World, lamps: list[Lamp]) -> None:
    low, middle, high, *_ = lamps
    assert group(world, low, middle) == group(world, middle, high) == "done"
    assert hung(lamps) == [0, 1, 2, 0, 0]
    assert ungroup(world, middle) == "done"
    assert hung(lamps) == [0, 1, 0, 0, 0]


def test_a_lamp_does_not_hang_under_itself(world: World, lamps: list[Lamp]) -> None:
    assert group(world, lamps[0], lamps[0]) == "group_itself"


def test_a_lamp_does_not_hang_under_what_hangs_under_it(world: World, lamps: list[Lamp]) -> None:
    low, middle, high, *_ = lamps
    assert group(world, low, middle) == group(world, middle, high) == "done"
    assert group(world, high, low) == "group_circle"
    assert hung(lamps) == [0, 1, 2, 0, 0]


def test_a_lamp_hangs_in_one_place(world: World, lamps: list[Lamp]) -> None:
    assert group(world, lamps[0], lamps[1]) == "done"
    assert group(world, lamps[0], lamps[2]) == "already_grouped"
    assert ungroup(world, lamps[1]) == "not_grouped"


def test_what_is_not_there_is_not_hung_and_nothing_is_hung_there(world: World, lamps: list[Lamp]) -> None:
    deleted, closed, lamp, *_ = lamps
    put.deleted(world.ana, deleted)
    put.closed(world.ana, closed)
    for gone, code in ((deleted, "row_deleted"), (closed, "is_closed"), (Lamp(id=uuid7()), "not_found")):
        assert group(world, lamp, gone) == group(world, gone, lamp) == ungroup(world, gone) == code
    assert hung(lamps) == [0] * COUNT


@pytest.mark.parametrize("seed", range(5))
def test_in_whatever_order_lamps_are_hung_and_taken_out_all_is_as_it_was(
    world: World, lamps: list[Lamp], seed: int
) -> None:
    random, before = Random(seed), picture()
    for _ in range(STEPS):
        lamp, into = random.sample(lamps, 2)
        if random.random() < 0.7:
            group(world, lamp, into)
        else:
            ungroup(world, lamp)
        assert hung(lamps) == [len(hanging.group_of(one.pk)) - 1 for one in lamps]
        assert all(Lamp.objects.get(pk=hanging.chain_of(one.pk)[-1]).group_id is None for one in lamps)
    for lamp in lamps:
        ungroup(world, lamp)
    assert picture() == before


def test_what_is_shown_is_for_everybody_until_it_is_closed(world: World, lamps: list[Lamp]) -> None:
    lamp, own = lamps[0], {"h:red/base", f"m:{world.ana.pk}/base"}
    assert streams_of(lamp) == own
    assert became(world, hanging.show, lamp=lamp.pk) == "done"
    assert streams_of(lamp) == {ORGANIZATION}
    put.closed(world.ana, lamp)
    assert {name.partition("/")[0] for name in streams_of(lamp)} == {name.partition("/")[0] for name in own}
    assert became(world, actions.reopen, lamp=lamp.pk) == "done"
    assert streams_of(lamp) == {ORGANIZATION}
