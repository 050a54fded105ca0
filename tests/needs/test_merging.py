"""Merging is grouping: in whatever order needs are merged and taken apart, in the end all is as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core import tenancy
from core.errors import Problem
from needs import actions, grouping, telling
from needs.models import Milestone, Need, Reply, Tally, Voice
from sync.models import RowText
from tests import factories as make
from tests.conftest import World
from tests.customers.histories import undone
from visits.models import Commitment

pytestmark = pytest.mark.both_databases

COUNT = 5
any_step = st.tuples(st.sampled_from(["merge", "unmerge"]), st.integers(0, COUNT - 1), st.integers(0, COUNT - 1))


def build(world: World) -> list[Need]:
    """Sorted and unsorted ones, at several stages, heard by several people at two customers."""
    people, customers = (world.ana, world.carl, world.jun), (world.steel, world.paper)
    needs = [make.need(people[n % 3], customers[n % 2], f"Words {n}", importance=n % 4) for n in range(COUNT)]
    make.need(world.ben, world.paper, "Once more", need=needs[0].pk)
    make.observation(world.jun, world.steel, need=needs[1].pk)
    with make.writing(world.jun) as unit:
        actions.change_need(unit, need=needs[2].pk, title="A title", theme=make_theme(unit))
        actions.accept_need(unit, need=needs[3].pk)
    return needs


def make_theme(unit: Any) -> Any:
    return actions.add_theme(unit, theme=Need().pk, name="Noise").pk


def picture() -> dict[str, Any]:
    """Everything about needs but the history of what was done with them, which only grows."""
    needs = {str(row["id"]): row for row in Need.objects.values()}
    voices = {str(row["id"]): row for row in Voice.objects.values()}
    tallies = {str(row["id"]): row for row in Tally.objects.values()}
    texts = dict(RowText.objects.filter(shape__in=("voice", "tally")).values_list("row_id", "text"))
    return {"needs": needs, "voices": voices, "tallies": tallies, "texts": texts}


def try_step(world: World, needs: list[Need], step: tuple[str, int, int]) -> str:
    what, one, other = step
    try:
        with make.writing(world.jun) as unit:
            if what == "merge":
                actions.merge_need(unit, need=needs[one].pk, into=needs[other].pk)
            else:
                actions.unmerge_need(unit, need=needs[one].pk)
    except Problem as problem:
        return problem.code.name
    return "done"


@given(history=st.lists(any_step))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_merging_and_taking_apart_ends_where_it_began(
    world: World, history: list[tuple[str, int, int]]
) -> None:
    with undone():
        needs = build(world)
        before = picture()
        for step in history:
            try_step(world, needs, step)
            _never_a_circle(needs)
            _nothing_is_counted_twice(needs)
        for need in needs:
            try_step(world, needs, ("unmerge", needs.index(need), 0))
        assert picture() == before


@given(history=st.lists(any_step, max_size=8))
@example(history=[("merge", 3, 4), ("merge", 0, 3), ("unmerge", 3, 0), ("merge", 4, 3), ("unmerge", 0, 0)])
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_customers_are_still_to_be_told_ends_where_it_began(
    world: World, history: list[tuple[str, int, int]]
) -> None:
    """One of the needs is built and one declined; a job tells of every step before the next is taken."""
    with undone():
        needs = build(world)
        with make.writing(world.jun) as unit:
            actions.build_need(unit, need=needs[3].pk)
            actions.decline_need(unit, need=needs[4].pk, reason="Too rare")
        announce_all()
        before = (owed(), picture()["tallies"])
        for step in history:
            try_step(world, needs, step)
            announce_all()
            _each_is_owed_what_their_group_says(needs)
        for need in needs:
            try_step(world, needs, ("unmerge", needs.index(need), 0))
            announce_all()
        assert (owed(), picture()["tallies"]) == before


def announce_all() -> None:
    for milestone in Milestone.objects.filter(announced_at=None).order_by("need", "number"):
        telling.announce(tenancy.require_id(), milestone.pk)


def owed() -> tuple[list[Any], list[Any]]:
    """Which customers are to be told of which needs, and where that is promised."""
    to_tell = Reply.objects.filter(state=Reply.State.TO_TELL).values_list("need", "customer", "member")
    promised = Commitment.objects.open().values_list("customer", "member")
    return sorted(to_tell), sorted(promised)


def _each_is_owed_what_their_group_says(needs: list[Need]) -> None:
    """Whoever asks for something in the group of an answered head is told of it."""
    for head in Need.objects.heads().filter(pk__in=[need.pk for need in needs], stage__in=["built", "declined"]):
        asking = Voice.objects.asking().filter(need__in=grouping.group_of(head.pk)).values_list("customer", flat=True)
        told = Reply.objects.standing().filter(need=head).values_list("customer", flat=True)
        assert set(told) == set(asking)


def _never_a_circle(needs: list[Need]) -> None:
    for need in needs:
        assert grouping.head_of(need.pk) in {one.pk for one in needs}


def _nothing_is_counted_twice(needs: list[Need]) -> None:
    """The heads together count every voice once."""
    heads = Need.objects.heads().filter(pk__in=[need.pk for need in needs])
    counted = [Tally.objects.get(pk=head.pk) for head in heads]
    assert sum(tally.voices for tally in counted) == Voice.objects.asking().count()
    assert sum(tally.observations for tally in counted) == Voice.objects.standing().exclude(sign=None).count()


def test_a_need_is_not_merged_into_itself(world: World) -> None:
    needs = build(world)
    assert try_step(world, needs, ("merge", 0, 0)) == "merge_itself"


def test_a_need_is_not_merged_into_one_of_its_own_group(world: World) -> None:
    needs = build(world)
    assert try_step(world, needs, ("merge", 0, 1)) == "done"
    assert try_step(world, needs, ("merge", 1, 2)) == "done"
    assert try_step(world, needs, ("merge", 2, 0)) == "merge_circle"


def test_what_is_merged_already_is_not_merged_again(world: World) -> None:
    needs = build(world)
    try_step(world, needs, ("merge", 0, 1))
    assert try_step(world, needs, ("merge", 0, 2)) == "already_merged"


def test_what_is_not_merged_is_not_taken_apart(world: World) -> None:
    needs = build(world)
    assert try_step(world, needs, ("unmerge", 0, 0)) == "not_merged"


def test_taking_out_after_further_merges_takes_its_own_group_along(world: World) -> None:
    """0 → 1 → 2; then 1 comes out again, and 0 with it."""
    needs = build(world)
    try_step(world, needs, ("merge", 0, 1))
    try_step(world, needs, ("merge", 1, 2))
    assert sorted(map(str, grouping.group_of(needs[2].pk))) == sorted(str(need.pk) for need in needs[:3])
    try_step(world, needs, ("unmerge", 1, 0))
    assert grouping.group_of(needs[2].pk) == [needs[2].pk]
    assert grouping.group_of(needs[1].pk) == [needs[1].pk, needs[0].pk]
