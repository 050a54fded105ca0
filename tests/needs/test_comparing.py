"""Needs that may be the same suggest each other, by a job that may be rung twice, late, or not at all."""

from __future__ import annotations

from uuid import UUID

import pytest
import time_machine

from core import clock, tenancy
from core.ids import uuid7
from needs import actions, bell, comparing, tasks, wordings
from needs.actions.comparing import AT_WORK
from needs.alike import encoder
from needs.models import Need, Tally, Uncompared, Voice, Wording
from people.models import Member
from sync.models import Audit
from tests import factories as make
from tests.conftest import World
from tests.needs.alike.examples import SAME
from tests.needs.conftest import without_encoder
from tests.phone import Phone

pytestmark = pytest.mark.both_databases

LOUD, LOUDER, PUMP = "펌프 소리가 너무 시끄러워요", *SAME["noise"][1:]
SHORT, LONGER, BATTERY = SAME["battery"]


def compare(world: World) -> None:
    """What workers do when they are rung, until nothing waits."""
    while comparing.compare(world.organization.pk):
        pass


def alike(need: Need) -> list[UUID]:
    return [UUID(id) for id in Tally.objects.get(pk=need.pk).alike]


def amend(by: Member, need: Need, text: str) -> None:
    voice = Voice.objects.filter(need=need, member=by).latest("pk")
    with make.writing(by) as unit:
        actions.amend_voice(unit, voice=voice.pk, text=text)


def withdraw(by: Member, need: Need) -> None:
    voice = Voice.objects.filter(need=need, member=by).latest("pk")
    with make.writing(by) as unit:
        actions.withdraw_voice(unit, voice=voice.pk)


def merge(world: World, need: Need, into: Need) -> None:
    with make.writing(world.jun) as unit:
        actions.merge_need(unit, need=need.pk, into=into.pk)


def name(world: World, need: Need, title: str) -> None:
    with make.writing(world.jun) as unit:
        actions.change_need(unit, need=need.pk, title=title)


# --- What is suggested ------------------------------------------------------------------------------


def test_needs_that_may_be_the_same_suggest_each_other_on_phones(world: World) -> None:
    known = make.sorted_need(world.jun, world.steel, "Quieter pumps", heard_by=world.ana, text=LOUD)
    other = make.need(world.ana, world.steel, SHORT)
    compare(world)
    new = make.need(world.ana, world.steel, PUMP)
    compare(world)
    assert (alike(known), alike(new), alike(other)) == ([new.pk], [known.pk], [])
    phone = Phone(world.ana)
    phone.sync()
    held = {id: phone.holds("tally", need.pk) for id, need in (("known", known), ("new", new))}
    assert {id: tally and tally["alike"] for id, tally in held.items()} == {
        "known": [str(new.pk)],
        "new": [str(known.pk)],
    }


def test_nothing_is_suggested_where_nothing_is_alike(world: World) -> None:
    needs = [make.need(world.ana, world.steel, text) for text in (LOUD, SHORT, SAME["manual"][0], SAME["leak"][0])]
    compare(world)
    assert [alike(need) for need in needs] == [[], [], [], []]


def test_five_are_suggested_at_most_the_likest_first(world: World) -> None:
    needs = [make.need(world.ana, world.steel, f"{LOUDER} {n}") for n in range(7)]
    exact = make.need(world.ana, world.steel, LOUDER)
    same = make.need(world.carl, world.paper, LOUDER)
    compare(world)
    assert {len(alike(need)) for need in (*needs, exact, same)} == {5}
    assert (alike(same)[0], alike(exact)[0]) == (exact.pk, same.pk)


def test_a_need_is_as_alike_as_the_likest_of_its_texts(world: World) -> None:
    many = make.need(world.ana, world.steel, "장비가 오래됐습니다")
    make.need(world.ben, world.steel, LONGER, need=many.pk)
    one = make.need(world.ben, world.steel, SHORT)
    compare(world)
    assert alike(one) == [many.pk]


def test_a_title_counts(world: World) -> None:
    named = make.need(world.ana, world.steel, "다음에 다시 말씀하신대요")
    other = make.need(world.ana, world.steel, PUMP)
    compare(world)
    assert alike(other) == []
    name(world, named, LOUDER)
    compare(world)
    assert (alike(named), alike(other)) == ([other.pk], [named.pk])


def test_an_observation_with_words_counts_and_one_without_has_none(world: World) -> None:
    need, other = make.need(world.ana, world.steel, "장비가 오래됐습니다"), make.need(world.ana, world.steel, PUMP)
    make.observation(world.jun, world.steel, need=need.pk)
    compare(world)
    assert alike(other) == []
    make.observation(world.jun, world.steel, need=need.pk, text=LOUDER)
    compare(world)
    assert alike(other) == [need.pk]


def test_what_very_many_name_leaves_all_their_lists(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MOST_LOOKED_UP", 1)
    needs = [make.need(world.ana, world.steel, text) for text in (LOUD, LOUDER, PUMP)]
    new = make.need(world.ben, world.steel, f"{LOUDER}!")
    compare(world)
    assert all(new.pk in alike(need) for need in needs)
    amend(world.ben, new, LONGER)
    compare(world)
    assert not any(new.pk in alike(need) for need in needs)
    assert all(len(alike(need)) == 2 for need in needs)


def test_an_organization_never_hears_of_another(world: World, otto: Member) -> None:
    make.need(world.ana, world.steel, LOUD)
    with tenancy.acting_in(otto.organization_id):
        theirs = make.need(otto, make.customer(otto.territories.get()), LOUDER)
        comparing.compare(tenancy.require_id())
    compare(world)
    assert Tally.everywhere.get(pk=theirs.pk).alike == []


# --- What changes -----------------------------------------------------------------------------------


def test_other_words_resemble_other_needs(world: World) -> None:
    pump, battery = make.need(world.ana, world.steel, LOUD), make.need(world.ana, world.steel, SHORT)
    new = make.need(world.ben, world.steel, LOUDER)
    compare(world)
    assert (alike(pump), alike(battery)) == ([new.pk], [])
    amend(world.ben, new, LONGER)
    compare(world)
    assert (alike(pump), alike(battery), alike(new)) == ([], [new.pk], [battery.pk])


def test_what_was_withdrawn_resembles_nothing(world: World) -> None:
    known, new = make.need(world.ana, world.steel, LOUD), make.need(world.ben, world.steel, LOUDER)
    compare(world)
    withdraw(world.ben, new)
    compare(world)
    assert (alike(known), alike(new)) == ([], [])


def test_a_voice_is_compared_where_it_was_put(world: World) -> None:
    first, second = make.need(world.ana, world.steel, "장비가 오래됐습니다"), make.need(world.ana, world.steel, SHORT)
    voice = uuid7()
    make.need(world.ben, world.steel, LOUD, need=first.pk, voice=voice)
    pump = make.need(world.ana, world.steel, LOUDER)
    compare(world)
    assert alike(pump) == [first.pk]
    with make.writing(world.jun) as unit:
        actions.place_voice(unit, voice=voice, need=second.pk)
    compare(world)
    assert (alike(pump), alike(first)) == ([second.pk], [])


def test_a_group_is_suggested_by_its_head_and_not_to_itself(world: World) -> None:
    head, member = make.need(world.ana, world.steel, "장비가 오래됐습니다"), make.need(world.ben, world.steel, LOUD)
    other = make.need(world.carl, world.paper, PUMP)
    compare(world)
    assert (alike(other), alike(member)) == ([member.pk], [other.pk])
    merge(world, member, head)
    compare(world)
    assert (alike(other), alike(member), alike(head)) == ([head.pk], [], [other.pk])
    with make.writing(world.jun) as unit:
        actions.unmerge_need(unit, need=member.pk)
    compare(world)
    assert (alike(other), alike(member), alike(head)) == ([member.pk], [other.pk], [])


def test_those_that_were_merged_no_longer_suggest_each_other(world: World) -> None:
    one, other = make.need(world.ana, world.steel, LOUD), make.need(world.ben, world.steel, LOUDER)
    compare(world)
    assert alike(one) == [other.pk]
    merge(world, one, other)
    compare(world)
    assert (alike(one), alike(other)) == ([], [])


# --- Rings ------------------------------------------------------------------------------------------


def test_a_second_ring_finds_nothing_left_to_do(world: World) -> None:
    make.need(world.ana, world.steel, LOUD)
    make.need(world.ben, world.steel, LOUDER)
    assert comparing.compare(world.organization.pk) == 2
    before = Audit.objects.filter(organization=world.organization).count()
    assert comparing.compare(world.organization.pk) == 0
    assert Audit.objects.filter(organization=world.organization).count() == before


def test_what_no_ring_has_reached_is_found_by_the_clock(world: World) -> None:
    assert comparing.ring_waiting() == 0
    make.need(world.ana, world.steel, LOUD)
    assert comparing.ring_waiting() == 1
    tasks.ring_uncompared()
    tasks.compare(str(world.organization.pk))
    assert comparing.ring_waiting() == 0


def test_what_changed_while_it_was_compared_is_compared_again(world: World) -> None:
    need = make.need(world.ana, world.steel, LOUD)
    token = Uncompared.objects.get(pk=need.pk).token
    amend(world.ana, need, SHORT)
    with make.writing() as unit:
        actions.suggest_alike(unit, lists={need.pk: []}, wordings=[], taken={need.pk: token}, compared=[need.pk])
    assert Uncompared.objects.filter(pk=need.pk).exists()


def test_only_one_is_at_it_unless_that_one_was_cut_off(world: World) -> None:
    """Each would read everything there is, and nobody be left for what phones send."""
    need = make.need(world.ana, world.steel, LOUD)
    assert actions.take_waiting(5).keys() == {need.pk}
    make.need(world.ben, world.steel, LOUDER)
    assert comparing.compare(world.organization.pk) == 0
    with time_machine.travel(clock.now() + AT_WORK, tick=False):
        assert comparing.compare(world.organization.pk) == 2


def test_a_run_ends_and_the_next_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    needs = [make.need(world.ana, world.steel, text) for text in (LOUD, LOUDER, PUMP)]
    monkeypatch.setattr(comparing, "RUN_SECONDS", 0.0)
    assert comparing.compare(world.organization.pk) == 1
    assert set(Uncompared.objects.values_list("pk", flat=True)) == {needs[0].pk, needs[1].pk}  # the newest came first
    compare(world)
    assert [set(alike(need)) for need in needs] == [{two.pk for two in needs} - {need.pk} for need in needs]


def test_a_need_of_which_very_much_is_said_takes_several_runs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordings, "ENCODING_SECONDS", 0.0)
    monkeypatch.setattr(wordings, "AT_ONCE", 2)
    need = make.need(world.ana, world.steel, LOUD)
    for text in (SHORT, *SAME["leak"], *SAME["parts"]):
        make.need(world.ana, world.steel, text, need=need.pk)
    other = make.need(world.carl, world.paper, LOUDER)
    for run in range(1, 5):
        comparing.compare(world.organization.pk)
        assert Wording.objects.count() == min(2 * run, 8)
    assert (alike(other), alike(need)) == ([need.pk], [other.pk])
    assert not Uncompared.objects.exists()


def test_nothing_is_encoded_twice(world: World) -> None:
    need = make.need(world.ana, world.steel, LOUD)
    compare(world)
    before = Wording.objects.get()
    Wording.objects.update(vector=encoder.pack(encoder.encode([SHORT])[0]))  # a mark that encoding would remove
    make.need(world.ben, world.steel, LONGER)
    compare(world)
    assert alike(need) != []
    assert (before.pk, before.encoder) == (Voice.objects.get(need=need).pk, encoder.version())


def test_wordings_that_were_lost_are_made_anew(world: World) -> None:
    known = make.need(world.ana, world.steel, LOUD)
    compare(world)
    Wording.objects.all().delete()
    new = make.need(world.ben, world.steel, LOUDER)
    compare(world)
    assert (alike(known), alike(new)) == ([new.pk], [known.pk])
    assert Wording.objects.count() == 2


# --- Encoders ---------------------------------------------------------------------------------------


def test_what_another_encoder_made_is_made_anew(world: World) -> None:
    needs = [make.need(world.ana, world.steel, LOUD), make.sorted_need(world.jun, world.steel, LOUDER)]
    compare(world)
    Wording.objects.update(encoder="another/1")
    assert comparing.ring_waiting() == 1
    assert comparing.compare(world.organization.pk) == 0  # it only puts them on the list
    assert Uncompared.objects.count() == 2
    compare(world)
    assert set(Wording.objects.values_list("encoder", flat=True)) == {encoder.version()}
    assert Wording.objects.count() == 3
    assert [alike(need) for need in needs] == [[needs[1].pk], [needs[0].pk]]
    assert comparing.ring_waiting() == 0


def test_without_an_encoder_words_are_compared(world: World, no_encoder: None) -> None:
    known, new = (
        make.need(world.ana, world.steel, "펌프 소음이 큽니다"),
        make.need(world.ben, world.steel, "펌프 소음이 커요"),
    )
    make.need(world.ana, world.steel, SHORT)
    compare(world)
    assert (alike(known), alike(new)) == ([new.pk], [known.pk])
    assert comparing.ring_waiting() == 0


def test_when_there_is_an_encoder_again_all_is_compared_anew(world: World) -> None:
    with without_encoder():
        needs = [make.need(world.ana, world.steel, text) for text in (LOUD, PUMP)]
        compare(world)
        assert alike(needs[0]) == []
    assert comparing.ring_waiting() == 1
    comparing.compare(world.organization.pk)
    compare(world)
    assert alike(needs[0]) == [needs[1].pk]


def test_bells_know_organizations_by_what_waits(world: World, otto: Member) -> None:
    with tenancy.acting_in(otto.organization_id):
        make.need(otto, make.customer(otto.territories.get()), LOUDER)
    make.need(world.ana, world.steel, LOUD)
    assert bell.ring_uncompared(encoder.version()) == 2
