"""The job that tells everybody: cut off anywhere it goes on there, and nobody is told twice or of what is not so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from core import faults, tenancy
from core.ids import uuid7
from customers import actions as customer_actions
from customers.models import Customer
from needs import actions, telling
from needs.models import Milestone, Need, Reply, Tally
from notices.models import Notification
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone
from visits.models import Commitment

pytestmark = pytest.mark.both_databases


class PowerCut(Exception):
    """Just before a unit commits."""


@contextmanager
def cut_at(unit: int) -> Iterator[None]:
    passed = 0

    def cut() -> None:
        nonlocal passed
        passed += 1
        if passed == unit:
            raise PowerCut

    with faults.armed(faults.BEFORE_COMMIT, cut):
        yield


def last_of(need: Need) -> Milestone:
    return Milestone.objects.filter(need=need).latest("number")


def announce(milestone: Milestone) -> None:
    telling.announce(tenancy.require_id(), milestone.pk)


def announce_all() -> None:
    for milestone in Milestone.objects.filter(announced_at=None).order_by("need", "number"):
        announce(milestone)


def do(by: Member, action: Callable[..., Any], **values: Any) -> Any:
    with make.writing(by) as unit:
        return action(unit, **values)


def build(world: World, need: Need) -> Milestone:
    do(world.jun, actions.accept_need, need=need.pk)
    announce_all()
    do(world.jun, actions.build_need, need=need.pk, customer_text="It is quiet.")
    return last_of(need)


def told() -> dict[str, Any]:
    """All that such a job makes, by customer and by member."""
    replies = Reply.objects.order_by("customer__name", "pk").values_list("customer__name", "member__name", "state")
    notes = Notification.objects.order_by("member__name", "event", "made_at", "pk").values_list(
        "member__name", "event", "params"
    )
    commitments = Commitment.objects.order_by("customer__name").values_list("customer__name", "member__name", "state")
    return {"replies": list(replies), "notes": list(notes), "commitments": list(commitments)}


def states(need: Need) -> dict[str, str]:
    return dict(Reply.objects.filter(need=need).values_list("customer__name", "state"))


# --- Cut off ------------------------------------------------------------------------------------------


@pytest.fixture
def wanted(world: World, monkeypatch: pytest.MonkeyPatch) -> Need:
    """By seven customers and three reporters; a unit takes two of either, so that a job takes seven units."""
    monkeypatch.setattr(telling, "UNIT_ROWS", 2)
    need = make.sorted_need(world.jun, world.steel, "Quieter pumps", heard_by=world.ana)
    for number, reporter in enumerate((world.ana, world.ben, world.carl) * 2):
        place = world.south if reporter == world.carl else world.north
        make.need(reporter, make.customer(place, f"Works {number}"), need=need.pk)
    return need


UNITS = 4 + 2 + 1  # seven customers, three reporters, and the end of it


@pytest.mark.parametrize("unit", range(1, UNITS + 1))
def test_cut_off_at_any_unit_it_goes_on_there_and_doubles_nothing(world: World, wanted: Need, unit: int) -> None:
    milestone = build(world, wanted)
    with cut_at(unit), pytest.raises(PowerCut):
        announce(milestone)
    assert Reply.objects.count() == min(2 * (unit - 1), 7)
    assert Milestone.objects.get(pk=milestone.pk).announced_at is None, "a clock finds it"
    announce(milestone)
    owners = {"Daehan Steel": "Ana", **{f"Works {n}": ("Ana", "Ben", "Carl")[n % 3] for n in range(6)}}
    assert told() == {
        "replies": [(name, owners[name], "to_tell") for name in sorted(owners)],
        "commitments": [(name, owners[name], "open") for name in sorted(owners)],
        "notes": [
            note
            for name, count in (("Ana", 3), ("Ben", 2), ("Carl", 2))
            for note in (
                (name, "need.stage", {"title": "Quieter pumps", "stage": "accepted", "reason": ""}),
                (name, "need.stage", {"title": "Quieter pumps", "stage": "built", "reason": ""}),
                (name, "reply.due", {"title": "Quieter pumps", "stage": "built", "count": count}),
            )
        ],
    }
    tally = Tally.objects.get(pk=wanted.pk)
    assert (tally.to_tell, tally.told) == (7, 0)


def test_it_takes_as_many_units_as_was_thought(world: World, wanted: Need) -> None:
    milestone = build(world, wanted)
    with cut_at(UNITS + 1):
        announce(milestone)
    assert Milestone.objects.get(pk=milestone.pk).announced_at is not None


@pytest.mark.parametrize("unit", range(1, 5))
def test_taking_back_is_cut_off_too(world: World, wanted: Need, unit: int) -> None:
    announce(build(world, wanted))
    do(world.jun, actions.accept_need, need=wanted.pk)
    with cut_at(unit), pytest.raises(PowerCut):
        announce(last_of(wanted))
    announce(last_of(wanted))
    assert set(states(wanted).values()) == {"withdrawn"}
    assert set(Commitment.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert Tally.objects.get(pk=wanted.pk).to_tell == 0


def test_what_is_superseded_before_the_job_ran_is_not_told(world: World, wanted: Need) -> None:
    """The worker was away while it was built, taken back, and declined."""
    built = build(world, wanted)
    do(world.jun, actions.accept_need, need=wanted.pk)
    do(world.jun, actions.decline_need, need=wanted.pk, reason="Too rare", customer_text="Not this time.")
    for milestone in reversed(Milestone.objects.filter(announced_at=None).order_by("number")):
        announce(milestone)
    assert set(Reply.objects.values_list("milestone__stage", "text")) == {("declined", "Not this time.")}
    assert Reply.objects.count() == 7
    assert Milestone.objects.get(pk=built.pk).announced_at is not None


def test_two_stages_of_one_moment_are_told_in_their_order(world: World) -> None:
    """An engineer accepted and built it offline: both come in one unit, within a millisecond or so."""
    need = make.sorted_need(world.jun, world.steel, "Quieter pumps", heard_by=world.ana)
    jun = Phone(world.jun)
    for verb in ("accept", "build", "accept", "build"):
        jun.write(f"need.{verb}", need=need.pk)
    jun.sync()
    assert list(Milestone.objects.filter(need=need).order_by("number").values_list("number", "stage")) == [
        (1, "heard"),
        (2, "accepted"),
        (3, "built"),
        (4, "accepted"),
        (5, "built"),
    ]
    announce_all()
    [reply] = Reply.objects.all()
    assert (reply.milestone.number, reply.state) == (5, "to_tell")
    jun.pull()
    held = jun.holds("need", need.pk)
    assert held is not None
    assert [one["stage"] for one in held["milestones"]] == ["heard", "accepted", "built", "accepted", "built"]


# --- Who came to it later -----------------------------------------------------------------------------


@pytest.fixture
def built(world: World) -> Need:
    need = make.sorted_need(world.jun, world.steel, "Quieter pumps", heard_by=world.ana)
    announce(build(world, need))
    return need


def test_customers_of_a_need_merged_into_what_is_built_hear_of_it(world: World, built: Need) -> None:
    other = make.need(world.carl, world.paper, "It rattles")
    do(world.jun, actions.merge_need, need=other.pk, into=built.pk)
    announce_all()
    assert states(built) == {"Daehan Steel": "to_tell", "Hanil Paper": "to_tell"}
    assert Tally.objects.get(pk=built.pk).to_tell == 2


def test_so_does_whoever_a_voice_is_put_to_it_of(world: World, built: Need) -> None:
    voice = uuid7()
    make.need(world.carl, world.paper, "It rattles", voice=voice)
    do(world.jun, actions.place_voice, voice=voice, need=built.pk)
    announce_all()
    assert states(built) == {"Daehan Steel": "to_tell", "Hanil Paper": "to_tell"}


def test_an_observation_that_is_put_to_it_asks_for_nothing(world: World, built: Need) -> None:
    seen = make.observation(world.carl, world.paper)
    do(world.jun, actions.place_voice, voice=seen.pk, need=built.pk)
    announce_all()
    assert states(built) == {"Daehan Steel": "to_tell"}


def test_whoever_asked_for_something_else_after_all_is_not_told(world: World, built: Need) -> None:
    """It was merged by mistake: who has not heard yet does not, and who asked for both still does."""
    other = make.need(world.carl, world.paper, "It rattles")
    make.need(world.ana, world.steel, "It rattles", need=other.pk)
    do(world.jun, actions.merge_need, need=other.pk, into=built.pk)
    announce_all()
    do(world.jun, actions.unmerge_need, need=other.pk)
    announce_all()
    assert states(built) == {"Daehan Steel": "to_tell", "Hanil Paper": "withdrawn"}
    assert Commitment.objects.get(customer=world.paper).state == "withdrawn"
    assert Tally.objects.get(pk=built.pk).to_tell == 1


def test_nor_of_the_need_at_the_head_of_the_group_it_was_in(world: World, built: Need) -> None:
    middle, low = make.need(world.ana, world.steel, "It hums"), make.need(world.carl, world.paper, "It rattles")
    do(world.jun, actions.merge_need, need=low.pk, into=middle.pk)
    do(world.jun, actions.merge_need, need=middle.pk, into=built.pk)
    announce_all()
    assert states(built)["Hanil Paper"] == "to_tell"
    do(world.jun, actions.unmerge_need, need=low.pk)
    announce_all()
    assert states(built) == {"Daehan Steel": "to_tell", "Hanil Paper": "withdrawn"}


def test_who_has_heard_already_keeps_the_answer_they_were_given(world: World, built: Need) -> None:
    other = make.need(world.carl, world.paper, "It rattles")
    do(world.jun, actions.merge_need, need=other.pk, into=built.pk)
    announce_all()
    do(world.carl, actions.tell_reply, reply=Reply.objects.get(customer=world.paper).pk)
    do(world.jun, actions.unmerge_need, need=other.pk)
    announce_all()
    assert states(built)["Hanil Paper"] == "told"


def test_merged_again_they_are_told_again(world: World, built: Need) -> None:
    other = make.need(world.carl, world.paper, "It rattles")
    for _ in range(2):
        do(world.jun, actions.merge_need, need=other.pk, into=built.pk)
        announce_all()
        do(world.jun, actions.unmerge_need, need=other.pk)
        announce_all()
    do(world.jun, actions.merge_need, need=other.pk, into=built.pk)
    announce_all()
    of_paper = Reply.objects.filter(customer=world.paper).values_list("state", flat=True)
    assert sorted(of_paper) == ["to_tell", "withdrawn", "withdrawn"]


def test_a_removed_customer_is_not_told(world: World) -> None:
    need = make.sorted_need(world.jun, world.steel, "Quieter pumps", heard_by=world.ana)
    make.need(world.carl, world.paper, need=need.pk)
    with make.writing() as unit:
        customer_actions.remove(unit, Customer.objects.get(pk=world.paper.pk))
    announce(build(world, need))
    assert states(need) == {"Daehan Steel": "to_tell"}


# --- What owners hear of ------------------------------------------------------------------------------


def due(member: Member) -> list[tuple[int, bool]]:
    """Of how many customers, and whether it was read."""
    notes = Notification.objects.filter(member=member, event="reply.due")
    return [(note.params["count"], note.read_at is not None) for note in notes]


@pytest.fixture
def three(world: World, built: Need) -> list[Reply]:
    """Ana is to tell three customers of it, and has read so."""
    for number in range(2):
        make.need(world.ana, make.customer(world.north, f"Works {number}"), need=built.pk)
    announce_all()
    note = Notification.objects.get(member=world.ana, event="reply.due")
    phone = Phone(world.ana)
    phone.write("notification.read", notification=note.pk)
    phone.sync()
    assert due(world.ana) == [(3, True)]
    return list(Reply.objects.order_by("customer__name"))


def test_a_customer_more_is_told_of_again(world: World, built: Need, three: list[Reply]) -> None:
    make.need(world.ana, make.customer(world.north, "Works 9"), need=built.pk)
    announce_all()
    assert due(world.ana) == [(4, False)]


def test_a_customer_more_after_some_were_told_is_told_of_as_well(world: World, built: Need, three: list[Reply]) -> None:
    for reply in three[:2]:
        do(world.ana, actions.tell_reply, reply=reply.pk)
    make.need(world.ana, make.customer(world.north, "Works 9"), need=built.pk)
    announce_all()
    assert due(world.ana) == [(2, False)]


def test_that_fewer_are_left_is_no_news(world: World, built: Need, three: list[Reply]) -> None:
    """The job runs again for a customer of somebody else."""
    do(world.ana, actions.tell_reply, reply=three[0].pk)
    make.need(world.carl, world.paper, need=built.pk)
    announce_all()
    assert due(world.ana) == [(3, True)]
    assert due(world.carl) == [(1, False)]


def test_who_has_heard_of_a_stage_is_not_told_again_of_it(world: World, built: Need, three: list[Reply]) -> None:
    staged = Notification.objects.filter(member=world.ana, event="need.stage", params__stage="built")
    assert staged.count() == 1


# --- What the answers say of the need -----------------------------------------------------------------


def test_an_answer_to_what_was_built_before_says_nothing_of_what_is_built_now(world: World, built: Need) -> None:
    """The steel works had been told; it was taken up again and built anew, and they answer of the old one first."""
    [old] = Reply.objects.all()
    do(world.ana, actions.tell_reply, reply=old.pk)
    announce(build(world, built))
    do(world.ana, actions.answer_reply, reply=old.pk, value="solved")
    assert Need.objects.get(pk=built.pk).stage == "built"
    assert Reply.objects.get(milestone__number=last_of(built).number).state == "to_tell"
    new = Reply.objects.exclude(pk=old.pk).get()
    do(world.ana, actions.answer_reply, reply=new.pk, value="not_yet")
    assert Need.objects.get(pk=built.pk).stage == "not_yet"


def test_the_visit_at_which_a_customer_was_told_stays(world: World, built: Need) -> None:
    first, second = make.logged(world.ana, world.steel), make.logged(world.ana, world.steel)
    [reply] = Reply.objects.all()
    do(world.ana, actions.tell_reply, reply=reply.pk, visit=first.pk)
    do(world.ana, actions.answer_reply, reply=reply.pk, value="solved", visit=second.pk)
    assert Reply.objects.get().visit == first
