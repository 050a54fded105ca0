"""Several people at one group of needs in the same moment, each in a transaction of their own.

What they lock they lock in one order, so that nobody is told that the storage failed; in the end the sums are right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from core import tenancy
from core.errors import Problem
from core.ids import uuid7
from needs import actions, grouping, tallies, telling
from needs.coming_along import settle_joinings
from needs.models import Joining, Milestone, Need, Reply, Tally, Theme, Voice
from notices.models import Notification
from people.models import Member
from sync.models import RowText
from tests import factories as make
from tests.conftest import World, build_cast
from tests.threads import together
from visits.actions import log_visit

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

ROUNDS = 3


@pytest.fixture
def world(db: None) -> Iterator[World]:
    cast = build_cast()
    with tenancy.acting_in(cast.organization.pk):
        yield cast


def at_once(world: World, *deeds: Callable[[], Any]) -> list[str]:
    """What became of each: done, or the code it was refused with."""
    return together([partial(_in_turn, world, deed) for deed in deeds])


def _in_turn(world: World, deed: Callable[[], Any]) -> str:
    with tenancy.acting_in(world.organization.pk):
        try:
            deed()
        except Problem as problem:
            return problem.code.name
    return "done"


def do(by: Member, action: Callable[..., Any], **values: Any) -> Callable[[], None]:
    def deed() -> None:
        with make.writing(by) as unit:
            action(unit, **values)

    return deed


def announce_all() -> None:
    for milestone in Milestone.objects.filter(announced_at=None).order_by("need", "number"):
        telling.announce(tenancy.require_id(), milestone.pk)


def sums(need: Need) -> dict[str, Any]:
    """Of this need, as they stand."""
    tally = Tally.objects.get(pk=need.pk)
    names = ("voices", "observations", "customers", "reporters", "importance", "to_tell", "told", "solved", "not_yet")
    return {name: getattr(tally, name) for name in names}


def counted_anew(need: Need) -> dict[str, Any]:
    with make.writing() as unit:
        tallies.count(unit, need.pk)
    return sums(need)


def test_of_two_needs_merged_into_each_other_one_is(world: World) -> None:
    for _ in range(ROUNDS):
        one, other = (make.need(world.ana, world.steel) for _ in range(2))
        became = at_once(
            world,
            do(world.jun, actions.merge_need, need=one.pk, into=other.pk),
            do(world.ada, actions.merge_need, need=other.pk, into=one.pk),
        )
        assert sorted(became) == ["done", "merge_circle"]
        assert grouping.head_of(one.pk) == grouping.head_of(other.pk)


def test_no_circle_of_three_closes(world: World) -> None:
    for _ in range(ROUNDS):
        needs = [make.need(world.ana, world.steel) for _ in range(3)]
        pairs = zip(needs, [*needs[1:], needs[0]], strict=True)
        became = at_once(world, *(do(world.jun, actions.merge_need, need=a.pk, into=b.pk) for a, b in pairs))
        assert sorted(became) == ["done", "done", "merge_circle"]
        [head] = {grouping.head_of(need.pk) for need in needs}
        assert len(grouping.group_of(head)) == 3


def test_of_several_who_take_a_need_one_has_it(world: World) -> None:
    engineers = [make.member(role="engineer") for _ in range(4)]
    need = make.sorted_need(world.jun, world.steel)
    became = at_once(world, *(do(engineer, actions.take_need, need=need.pk) for engineer in engineers))
    assert sorted(became) == ["already_taken"] * 3 + ["done"]


def test_voices_merges_and_takings_out_add_up(world: World) -> None:
    """At the head, at a need of its group, and between the two; and an edit of that need."""
    for _ in range(ROUNDS):
        head, low = (make.need(world.ana, world.steel) for _ in range(2))
        customers = [make.customer(world.north) for _ in range(3)]
        do(world.jun, actions.merge_need, need=low.pk, into=head.pk)()
        voice = Voice.objects.get(need=head)
        note = {"text": "Loud", "importance": 3}
        became = at_once(
            world,
            do(world.ana, actions.note_need, need=low.pk, voice=uuid7(), customer=customers[0].pk, **note),
            do(world.ben, actions.note_need, need=head.pk, voice=uuid7(), customer=customers[1].pk, **note),
            do(world.jun, actions.unmerge_need, need=low.pk),
            do(world.ada, actions.place_voice, voice=voice.pk, need=low.pk),
            do(world.jun, actions.take_need, need=low.pk),
            do(world.mia, actions.observe, need=low.pk, voice=uuid7(), customer=customers[2].pk, sign="waits"),
        )
        assert became == ["done"] * 6
        for need in (head, low):
            assert sums(need) == counted_anew(need)
        assert sums(head)["voices"] + sums(low)["voices"] == 4


def test_while_customers_are_told_others_answer_and_come_to_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers were rung for the same milestone."""
    monkeypatch.setattr(telling, "UNIT_ROWS", 2)
    for _ in range(ROUNDS):
        need = make.sorted_need(world.jun, world.steel, heard_by=world.ana)
        for _ in range(3):
            make.need(world.ana, make.customer(world.north), need=need.pk)
        do(world.jun, actions.accept_need, need=need.pk)()
        announce_all()
        do(world.jun, actions.build_need, need=need.pk)()
        announce_all()
        late = make.need(world.carl, world.paper)
        replies = list(Reply.objects.filter(need=need).order_by("pk"))
        Milestone.objects.filter(need=need, stage="built").update(announced_at=None)
        became = at_once(
            world,
            announce_all,
            announce_all,
            do(world.jun, actions.merge_need, need=late.pk, into=need.pk),
            do(world.ana, actions.answer_reply, reply=replies[0].pk, value="solved"),
            do(world.ben, actions.tell_reply, reply=replies[1].pk),
            do(world.ana, actions.note_need, need=need.pk, voice=uuid7(), customer=world.paper.pk, text="Loud"),
        )
        assert became == ["done"] * 6
        announce_all()
        told = Reply.objects.filter(need=need).values_list("customer", flat=True)
        assert len(told) == len(set(told)) == 5
        assert sums(need) == counted_anew(need)
        assert Notification.objects.filter(member=world.ana, event="reply.due", row=need.pk).count() == 1
        assert RowText.objects.filter(shape="reply", row_id__in=Reply.objects.values("pk")).count() == (
            Reply.objects.count()
        )


def test_who_came_along_is_settled_while_others_speak_of_those_needs(world: World) -> None:
    """All of one theme, which counts them; several joinings are settled in one unit."""
    theme = make.theme(world.jun)
    for _ in range(ROUNDS):
        needs = [make.need(world.ana, world.steel, theme=theme.pk) for _ in range(3)]
        for need in needs:
            visit = make.planned(world.ana, world.steel)
            joining = make.joining(world.jun, visit, need=need.pk)
            do(world.ana, actions.accept_joining, joining=joining.pk)()
            do(world.ana, log_visit, visit=visit.pk, customer=world.steel.pk, outcome="progress")()
        voices = [{"need": need.pk, "voice": uuid7(), "customer": world.steel.pk, "text": "Loud"} for need in needs]
        became = at_once(
            world,
            settle_joinings,
            settle_joinings,
            *(do(world.ben, actions.note_need, **voice) for voice in reversed(voices)),
            do(world.jun, actions.merge_need, need=needs[2].pk, into=needs[0].pk),
        )
        assert became == ["done"] * 6
        for need in needs:
            assert Tally.objects.get(pk=need.pk).witnesses == [str(world.jun.pk)]
            assert sums(need) == counted_anew(need)
    assert not Joining.objects.filter(closed_at=None).exists()
    counted = Theme.objects.get(pk=theme.pk)
    assert (counted.needs, counted.customers) == (2 * ROUNDS, 1)
