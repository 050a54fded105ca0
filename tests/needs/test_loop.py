"""Closing the loop: what three customers asked for is built, each hears of it, and only their answers close it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core import clock, tenancy
from customers.models import Customer
from needs import actions, telling
from needs.coming_along import settle_joinings
from needs.models import Milestone, Need, Reply, Tally
from notices.models import Notification
from people.actions import change_member
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone
from visits.actions import log_visit
from visits.models import Commitment, Visit

pytestmark = pytest.mark.both_databases

Stage = Need.Stage


@pytest.fixture
def glass(world: World) -> Customer:
    """A second customer in the North."""
    return make.customer(world.north, "Pyeonghwa Glass")


@pytest.fixture
def asked(world: World, glass: Customer) -> Need:
    """Ana heard it of the steel works and of the glass works, Carl of the paper mill; Jun sorted it and takes it on."""
    need = make.sorted_need(world.jun, world.steel, "Quieter pumps", heard_by=world.ana)
    make.need(world.ana, glass, "The pump is loud", need=need.pk)
    make.need(world.carl, world.paper, "Noise all day", need=need.pk)
    with make.writing(world.jun) as unit:
        actions.take_need(unit, need=need.pk)
        actions.accept_need(unit, need=need.pk)
    announce(need)
    return Need.objects.get(pk=need.pk)


def announce(need: Need) -> None:
    """What the worker does when it is rung."""
    for milestone in Milestone.objects.filter(need=need, announced_at=None).order_by("number"):
        telling.announce(tenancy.require_id(), milestone.pk)


def build(world: World, need: Need, text: str = "The new pump is quiet.") -> None:
    with make.writing(world.jun) as unit:
        actions.build_need(unit, need=need.pk, customer_text=text)
    announce(need)


def stage_of(need: Need) -> str:
    return str(Need.objects.get(pk=need.pk).stage)


def replies_of(need: Need) -> dict[str, Reply]:
    return {reply.customer.name: reply for reply in Reply.objects.filter(need=need).select_related("customer")}


def tell(by: Member, reply: Reply, **values: Any) -> None:
    with make.writing(by) as unit:
        actions.tell_reply(unit, reply=reply.pk, **values)


def hear(by: Member, reply: Reply, value: str, **values: Any) -> None:
    with make.writing(by) as unit:
        actions.answer_reply(unit, reply=reply.pk, value=value, **values)


def test_three_customers_from_the_first_word_to_the_last_answer(world: World, asked: Need, glass: Customer) -> None:
    """By the phones of those who do it: told offline, synced later, and the loop closes with the third answer."""
    build(world, asked)
    ana, carl, jun = Phone(world.ana), Phone(world.carl), Phone(world.jun)
    for phone in (ana, carl, jun):
        phone.sync()

    owed = {reply["customer"]: reply for reply in ana.all("reply") + carl.all("reply")}
    assert owed.keys() == {str(world.steel.pk), str(glass.pk), str(world.paper.pk)}
    assert {reply["text"] for reply in owed.values()} == {"The new pump is quiet."}
    commitments = {one["id"]: one for one in ana.all("commitment") + carl.all("commitment")}
    assert {commitments[reply["commitment"]]["customer"] for reply in owed.values()} == owed.keys()

    steel, other = owed[str(world.steel.pk)]["id"], owed[str(glass.pk)]["id"]
    ana.write("reply.edit", reply=steel, text="Your pump becomes quiet.")
    ana.write("reply.tell", reply=steel)
    ana.write("reply.tell", reply=other, text="Come and hear it.")
    ana.sync()
    assert stage_of(asked) == Stage.SHOWN
    assert [commitments[owed[c]["commitment"]]["state"] for c in owed] == ["open"] * 3  # as the phones knew them
    assert Commitment.objects.filter(customer__in=[world.steel, glass], state="kept").count() == 2

    ana.write("reply.answer", reply=steel, value="solved", line="You hear nothing any more")
    ana.write("reply.answer", reply=other, value="solved")
    ana.sync()
    assert stage_of(asked) == Stage.SHOWN, "one customer has not answered yet"
    carl.write("reply.answer", reply=owed[str(world.paper.pk)]["id"], value="solved")
    carl.sync()
    assert stage_of(asked) == Stage.SOLVED

    jun.sync()
    tally = jun.holds("tally", asked.pk)
    assert tally is not None
    assert (tally["customers"], tally["to_tell"], tally["told"], tally["solved"]) == (3, 0, 0, 3)
    held = jun.holds("need", asked.pk)
    assert held is not None
    passed = [one["stage"] for one in held["milestones"] if one["event"] == "stage"]
    assert passed == ["heard", "accepted", "built", "shown", "solved"]
    assert {note["event"] for note in jun.all("notification")} == {"reply.answered"}


def test_one_customer_who_is_not_helped_keeps_it_from_being_solved(world: World, asked: Need) -> None:
    build(world, asked)
    *others, last = replies_of(asked).values()
    for reply in others:
        hear(world.ada, reply, "solved")
    hear(world.ada, last, "not_yet", line="Still loud at night")
    assert stage_of(asked) == Stage.NOT_YET


def test_nothing_but_the_customers_answer_closes_the_loop(world: World, asked: Need) -> None:
    build(world, asked)
    for reply in replies_of(asked).values():
        tell(world.ada, reply)
    assert stage_of(asked) == Stage.SHOWN
    tally = Tally.objects.get(pk=asked.pk)
    assert (tally.told, tally.solved, tally.not_yet) == (3, 0, 0)


def test_a_declined_need_is_answered_too_and_stays_declined(world: World, asked: Need) -> None:
    with make.writing(world.jun) as unit:
        actions.decline_need(unit, need=asked.pk, reason="Too rare", customer_text="Not this time.")
    announce(asked)
    replies = replies_of(asked)
    assert len(replies) == 3
    for reply in replies.values():
        hear(world.ada, reply, "solved")
    assert stage_of(asked) == Stage.DECLINED


def test_whoever_heard_it_there_tells_them(world: World, asked: Need, glass: Customer) -> None:
    build(world, asked)
    owners = {name: reply.member for name, reply in replies_of(asked).items()}
    assert owners == {"Daehan Steel": world.ana, glass.name: world.ana, "Hanil Paper": world.carl}


def test_whoever_has_the_territory_by_now_tells_them(world: World, asked: Need) -> None:
    """Carl has left it to Ben since."""
    with make.writing() as unit:
        change_member(unit, world.carl, territories=[])
        change_member(unit, world.ben, territories=[world.south.pk])
    build(world, asked)
    assert replies_of(asked)["Hanil Paper"].member == world.ben


def test_it_is_due_at_the_owners_next_visit(world: World, asked: Need) -> None:
    day = clock.today_in("Asia/Seoul") + timedelta(days=3)
    make.planned(world.ana, world.steel, planned_for=day)
    build(world, asked)
    due = {name: reply.commitment.due_on for name, reply in replies_of(asked).items() if reply.commitment}
    assert due["Daehan Steel"] == day
    assert due["Hanil Paper"] == clock.today_in("Asia/Seoul") + timedelta(days=14)


def test_a_customer_with_several_answers_to_hear_gets_one_commitment(world: World, asked: Need) -> None:
    other = make.sorted_need(world.jun, world.steel, "Spare parts", heard_by=world.ana)
    with make.writing(world.jun) as unit:
        actions.accept_need(unit, need=other.pk)
    build(world, asked)
    build(world, other)
    of_steel = Reply.objects.filter(customer=world.steel)
    assert of_steel.count() == 2
    assert of_steel.values("commitment").distinct().count() == 1
    first, second = of_steel.order_by("pk")
    tell(world.ana, first)
    assert first.commitment is not None
    assert Commitment.objects.get(pk=first.commitment.pk).is_open, "the second is still to be told"
    tell(world.ana, second)
    assert not Commitment.objects.get(pk=first.commitment.pk).is_open


def test_forty_customers_are_one_notification(world: World) -> None:
    need = make.sorted_need(world.jun, world.steel, "Quieter pumps", heard_by=world.ana)
    for number in range(40):
        make.need(world.ana, make.customer(world.north, f"Works {number}"), "Loud", need=need.pk)
    with make.writing(world.jun) as unit:
        actions.accept_need(unit, need=need.pk)
    build(world, need)
    assert Reply.objects.filter(need=need, member=world.ana).count() == 41
    due = Notification.objects.filter(member=world.ana, event="reply.due")
    assert [note.params["count"] for note in due] == [41]


def test_announcing_twice_tells_nobody_twice(world: World, asked: Need) -> None:
    build(world, asked)
    before = (Reply.objects.count(), Commitment.objects.count(), Notification.objects.count())
    Milestone.objects.filter(need=asked).update(announced_at=None)
    announce(asked)
    assert (Reply.objects.count(), Commitment.objects.count(), Notification.objects.count()) == before


def test_whoever_asks_for_what_is_built_already_hears_of_it_as_well(world: World, asked: Need) -> None:
    build(world, asked)
    late = make.customer(world.south, "Late Works")
    make.need(world.carl, late, "Is there a quiet pump?", need=asked.pk)
    announce(asked)
    assert replies_of(asked)["Late Works"].member == world.carl


def test_what_is_taken_back_is_not_told(world: World, asked: Need) -> None:
    """Two had not heard yet; the third knows, and keeps the answer it was given."""
    build(world, asked)
    told, *others = replies_of(asked).values()
    tell(world.ada, told)
    with make.writing(world.jun) as unit:
        actions.accept_need(unit, need=asked.pk, note="It broke")
    announce(asked)
    states = {reply.pk: reply.state for reply in Reply.objects.filter(need=asked)}
    assert states == {told.pk: "told", **{reply.pk: "withdrawn" for reply in others}}
    assert not any(Commitment.objects.get(pk=reply.commitment_id).is_open for reply in others if reply.commitment_id)


def test_observations_ask_for_nothing(world: World, asked: Need) -> None:
    make.observation(world.jun, make.customer(world.south, "Watched Works"), need=asked.pk)
    build(world, asked)
    assert "Watched Works" not in replies_of(asked)


def test_reporters_hear_of_each_stage_and_whoever_did_it_does_not(world: World, asked: Need) -> None:
    build(world, asked)
    heard = {
        name: list(
            Notification.objects.filter(member=getattr(world, name), event="need.stage")
            .order_by("made_at")
            .values_list("params__stage", flat=True)
        )
        for name in ("ana", "carl", "jun")
    }
    assert heard == {"ana": ["accepted", "built"], "carl": ["accepted", "built"], "jun": []}


def test_merging_tells_those_who_asked(world: World, asked: Need) -> None:
    other = make.need(world.ben, world.paper, "It rattles")
    with make.writing(world.jun) as unit:
        actions.merge_need(unit, need=other.pk, into=asked.pk)
    announce(other)
    note = Notification.objects.get(member=world.ben)
    assert (note.event, note.params) == ("need.merged", {"title": "It rattles", "into": "Quieter pumps"})
    with make.writing(world.jun) as unit:
        actions.unmerge_need(unit, need=other.pk)
    announce(other)
    assert set(Notification.objects.filter(member=world.ben).values_list("event", flat=True)) == {
        "need.merged",
        "need.unmerged",
    }


def test_customers_of_merged_needs_are_told_with_the_others(world: World, asked: Need) -> None:
    other = make.need(world.ben, make.customer(world.south, "Merged Works"), "It rattles")
    with make.writing(world.jun) as unit:
        actions.merge_need(unit, need=other.pk, into=asked.pk)
    build(world, asked)
    assert "Merged Works" in replies_of(asked)


def test_a_participant_of_a_finished_visit_has_seen_it_with_their_own_eyes(world: World, asked: Need) -> None:
    visit = make.planned(world.ana, world.steel)
    joining = make.joining(world.eva, visit, need=asked.pk)
    with make.writing(world.ana) as unit:
        actions.accept_joining(unit, joining=joining.pk)
    assert str(world.eva.pk) not in Tally.objects.get(pk=asked.pk).witnesses
    with make.writing(world.ana) as unit:
        log_visit(unit, visit=visit.pk, customer=world.steel.pk, outcome="progress")
    assert settle_joinings() == 1
    assert str(world.eva.pk) in Tally.objects.get(pk=asked.pk).witnesses
    assert list(Visit.objects.get(pk=visit.pk).participants.all()) == [world.eva]
