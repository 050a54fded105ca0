"""Parked entries: what rests on one waits, a person decides, and all copies of an id get one answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from core.ids import uuid7
from sync.drain import drain
from sync.models import Audit, InboxEntry
from tests.lamps import factories as put
from tests.lamps.models import Clash, Lamp
from tests.lamps.phone import APPLIED, DUPLICATE, WAITS, LampPhone
from tests.sync.conftest import RED, Street

pytestmark = pytest.mark.both_databases

NOT_FOUND = ("parked", "not_found")
DISCARDED, SUPERSEDED = ("discarded", "not_found"), ("superseded", "not_found")


class Unbuilt:
    """A lamp that Ana made in a house that is not there yet: its entry is parked."""

    def __init__(self, ana: LampPhone) -> None:
        self.lamp, self.house = uuid7(), uuid7()
        self.entry = ana.make(self.lamp, self.house)

    def build_house(self) -> None:
        put.house(RED, id=self.house)


@pytest.fixture
def parked(ana: LampPhone) -> Unbuilt:
    found = Unbuilt(ana)
    assert ana.answers() == [NOT_FOUND]
    return found


# --- Waiting --------------------------------------------------------------------------------------


def test_what_rests_on_a_parked_entry_waits_for_it(ana: LampPhone, parked: Unbuilt) -> None:
    entry = ana.switch(parked.lamp, after=[parked.entry])
    assert ana.answers() == [NOT_FOUND, WAITS]
    assert ana.settled[entry]["params"] == {"entry": parked.entry}


def test_what_rests_on_something_that_waits_waits_too(ana: LampPhone, parked: Unbuilt) -> None:
    second = ana.switch(parked.lamp, after=[parked.entry])
    ana.sync()
    third = ana.close(parked.lamp, after=[second])
    ana.sync()
    assert ana.settled[third]["params"] == {"entry": second}


def test_it_waits_in_the_very_unit_that_parks_the_other(ana: LampPhone) -> None:
    unbuilt = Unbuilt(ana)
    ana.switch(unbuilt.lamp, after=[unbuilt.entry])
    assert ana.answers() == [NOT_FOUND, WAITS]


def test_what_rests_on_an_unreadable_entry_waits_too(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ana, street.red)
    ana.switch(lamp.pk)
    ana.entries[0] = ana.entries[0].replace('"v": 1', '"v": "one"')
    ana.switch(lamp.pk, after=[ana.entry_id(1)])
    assert ana.answers() == [("parked", "bad_entry"), WAITS]


def test_what_rests_on_settled_or_unknown_entries_does_not_wait(street: Street, ana: LampPhone) -> None:
    lamp = ana.made(street.red)
    ana.switch(lamp, after=[ana.entry_id(1), str(uuid7())])
    assert ana.answers() == [APPLIED, APPLIED]


# --- Deciding -------------------------------------------------------------------------------------


def test_a_retry_judges_again_and_then_whatever_waited_in_order_of_n(ana: LampPhone, parked: Unbuilt) -> None:
    """Closing before switching would park the switch."""
    ana.switch(parked.lamp, after=[parked.entry])
    ana.close(parked.lamp, after=[parked.entry])
    ana.sync()
    parked.build_house()
    ana.retry(parked.entry)
    assert ana.answers() == [APPLIED, APPLIED, APPLIED, APPLIED]
    assert Lamp.objects.get(pk=parked.lamp).switches == 1


def test_a_chain_runs_again_link_by_link(ana: LampPhone, parked: Unbuilt) -> None:
    first = ana.switch(parked.lamp, on=True, after=[parked.entry])
    second = ana.switch(parked.lamp, on=False, after=[first])
    ana.close(parked.lamp, after=[second])
    ana.sync()
    parked.build_house()
    ana.retry(parked.entry)
    assert ana.answers() == [APPLIED] * 5
    lamp = Lamp.objects.get(pk=parked.lamp)
    assert (lamp.switches, lamp.is_on) == (2, False)


def test_a_retry_too_early_parks_it_again(ana: LampPhone, parked: Unbuilt) -> None:
    ana.retry(parked.entry)
    assert ana.answers() == [NOT_FOUND, APPLIED]
    assert ana.settled[parked.entry]["seq"] > ana.settled[ana.entry_id(2)]["seq"]


def test_a_discarded_entry_is_over_and_what_waited_is_judged(street: Street, ana: LampPhone, parked: Unbuilt) -> None:
    other = put.lamp(street.ana, street.red)
    ana.switch(other.pk, after=[parked.entry])
    ana.sync()
    ana.discard(parked.entry)
    assert ana.answers() == [DISCARDED, APPLIED, APPLIED]
    assert ana.answer_to(parked.entry) == DISCARDED
    assert not Lamp.objects.filter(pk=parked.lamp).exists()


def test_a_replacement_takes_effect_instead_and_what_waited_is_judged(
    street: Street, ana: LampPhone, parked: Unbuilt
) -> None:
    ana.switch(parked.lamp, after=[parked.entry])
    ana.sync()
    ana.make(parked.lamp, street.red, colour="green", supersedes=parked.entry)
    assert ana.answers() == [SUPERSEDED, APPLIED, APPLIED]
    lamp = Lamp.objects.get(pk=parked.lamp)
    assert (lamp.colour, lamp.switches) == ("green", 1)


def test_a_replacement_that_is_refused_leaves_the_parked_one_parked(ana: LampPhone, parked: Unbuilt) -> None:
    ana.make(parked.lamp, uuid7(), supersedes=parked.entry)
    assert ana.answers() == [NOT_FOUND, NOT_FOUND]


def test_who_decided_is_written_down(street: Street, ana: LampPhone, parked: Unbuilt) -> None:
    ana.discard(parked.entry)
    ana.sync()
    assert Audit.objects.get(verb="entry.discard").member_id == street.ana.pk


@pytest.mark.parametrize("is_retried", [True, False])
def test_it_comes_before_what_was_written_later_and_rests_on_nothing(
    ana: LampPhone, parked: Unbuilt, is_retried: bool
) -> None:
    """As after a restore, when the phone has heard an answer that the server no longer knows."""
    waiting = ana.switch(parked.lamp, after=[parked.entry])
    ana.sync()
    parked.build_house()
    if is_retried:
        ana.retry(made := parked.entry)
    else:
        made = ana.make(parked.lamp, parked.house, supersedes=parked.entry)
    later = ana.switch(parked.lamp)
    ana.sync()
    assert Lamp.objects.get(pk=parked.lamp).touched_by == [made, waiting, later]
    assert InboxEntry.objects.get(entry_id=later).attempts == 1, "what is left for the next unit was not tried"


def test_what_comes_after_the_answer_was_lost_waits_for_it_as_well(ana: LampPhone, parked: Unbuilt) -> None:
    """As after a restore from before a manager had it tried again: the phone has heard that it is in."""
    later = ana.switch(parked.lamp)
    assert ana.answers() == [NOT_FOUND, WAITS]
    assert ana.settled[later]["params"] == {"entry": parked.entry}
    parked.build_house()
    ana.retry(parked.entry)
    assert ana.answers() == [APPLIED, APPLIED, APPLIED]
    assert Lamp.objects.get(pk=parked.lamp).touched_by == [parked.entry, later]


def test_what_is_about_another_row_does_not_wait(street: Street, ana: LampPhone, parked: Unbuilt) -> None:
    ana.made(street.red)
    assert ana.answers() == [NOT_FOUND, APPLIED]


def test_what_somebody_else_says_about_the_row_does_not_wait(street: Street, ana: LampPhone, parked: Unbuilt) -> None:
    ben = LampPhone(street.ben)
    ben.switch(parked.lamp)
    assert ben.answers() == [NOT_FOUND]


def test_a_newer_word_about_the_row_that_cannot_be_read_yet_comes_first_too(street: Street, ana: LampPhone) -> None:
    lamp = ana.made(street.red)
    ana.write("lamp.blink", lamp=lamp)
    ana.switch(lamp)
    assert ana.answers() == [APPLIED, ("parked", "unknown_kind"), WAITS]


def test_a_decision_about_a_clash_comes_after_what_its_writer_said_of_the_lamp(street: Street, ana: LampPhone) -> None:
    ben, lamp = LampPhone(street.ben), ana.made(street.red)
    ana.write("lamp.edit", lamp=lamp, label="yard", seen={"label": ""})
    ana.sync()
    ben.write("lamp.edit", lamp=lamp, label="hall", seen={"label": ""})
    ben.sync()
    ana.write("lamp.blink", lamp=lamp)
    ana.write("clash.resolve", clash=Clash.objects.get().pk, choice="keep")
    assert ana.answers()[-1] == WAITS


def test_an_entry_can_be_parked_and_discarded_in_one_unit(ana: LampPhone) -> None:
    """The server was restored from a backup that knew neither, and the phone sends both again."""
    unbuilt = Unbuilt(ana)
    ana.discard(unbuilt.entry)
    assert ana.answers() == [DISCARDED, APPLIED]


def test_an_entry_can_be_parked_and_replaced_in_one_unit(street: Street, ana: LampPhone) -> None:
    unbuilt = Unbuilt(ana)
    ana.make(unbuilt.lamp, street.red, supersedes=unbuilt.entry)
    assert ana.answers() == [SUPERSEDED, APPLIED]


def test_an_entry_can_be_parked_and_retried_in_one_unit(ana: LampPhone) -> None:
    unbuilt = Unbuilt(ana)
    ana.retry(unbuilt.entry)
    assert ana.answers() == [NOT_FOUND, APPLIED]


# --- Copies: a phone that had to take a new replica sends its journal again -----------------------


def copies(entry: str) -> list[tuple[str, str]]:
    """State and code of every copy of an entry, oldest first."""
    return list(InboxEntry.objects.filter(entry_id=UUID(entry)).order_by("pk").values_list("state", "code"))


def test_what_was_applied_is_a_duplicate_when_sent_again(street: Street, ana: LampPhone) -> None:
    lamp = ana.made(street.red)
    ana.switch(lamp)
    ana.sync()
    ana.take_new_replica()
    assert ana.answers() == [DUPLICATE, DUPLICATE]
    assert Lamp.objects.get(pk=lamp).switches == 1


def test_what_was_discarded_stays_discarded_when_sent_again(ana: LampPhone, parked: Unbuilt) -> None:
    ana.discard(parked.entry)
    ana.sync()
    parked.build_house()
    ana.take_new_replica()
    assert ana.answers() == [DUPLICATE, DUPLICATE]
    assert not Lamp.objects.exists()


def test_what_was_replaced_stays_replaced_when_sent_again(street: Street, ana: LampPhone, parked: Unbuilt) -> None:
    ana.make(parked.lamp, street.red, colour="green", supersedes=parked.entry)
    ana.sync()
    parked.build_house()
    ana.take_new_replica()
    assert ana.answers() == [DUPLICATE, DUPLICATE]
    assert Lamp.objects.get().colour == "green"


def test_a_copy_parked_under_the_old_replica_follows_the_one_applied(ana: LampPhone, parked: Unbuilt) -> None:
    parked.build_house()
    ana.take_new_replica()
    assert ana.answers() == [APPLIED]
    assert copies(parked.entry) == [("duplicate", ""), ("applied", "")]


def test_what_waited_under_the_old_replica_runs_as_well(street: Street, ana: LampPhone, parked: Unbuilt) -> None:
    old = LampPhone(street.ana)
    waits = old.switch(parked.lamp, after=[parked.entry])
    assert old.answers() == [WAITS]
    parked.build_house()
    ana.take_new_replica()
    ana.sync()
    old.sync()
    assert old.answer_to(waits) == APPLIED


def test_a_retry_settles_every_parked_copy(ana: LampPhone, parked: Unbuilt) -> None:
    old = ana.replica.pk
    ana.take_new_replica()
    assert ana.answers() == [NOT_FOUND]
    parked.build_house()
    ana.retry(parked.entry)
    assert ana.answers() == [APPLIED, APPLIED]
    drain(old)
    assert copies(parked.entry) == [("duplicate", ""), ("applied", "")]


def test_a_discard_settles_every_parked_copy(ana: LampPhone, parked: Unbuilt) -> None:
    ana.take_new_replica()
    ana.sync()
    ana.discard(parked.entry)
    assert ana.answers() == [DISCARDED, APPLIED]
    assert copies(parked.entry) == [DISCARDED, DISCARDED]


# --- Circles --------------------------------------------------------------------------------------

CYCLE = ("parked", "cycle")


def rest_on_one_another(ana: LampPhone, lamps: list[UUID]) -> list[str]:
    """Each entry rests on the next, and the last on the first: nobody can be first."""
    ids = [uuid7() for _ in lamps]
    for number, lamp in enumerate(lamps):
        ana.switch(lamp, id=ids[number], after=[str(ids[(number + 1) % len(ids)])])
    return [str(id) for id in ids]


@pytest.mark.parametrize("length", [2, 3, 5])
def test_entries_that_rest_on_one_another_are_parked_and_said_to_be_a_circle(
    street: Street, ana: LampPhone, length: int
) -> None:
    """B45. Not a wait without end: each of them can be mended."""
    ids = rest_on_one_another(ana, [put.lamp(street.ana, street.red).pk for _ in range(length)])
    assert ana.answers() == [CYCLE] * length
    assert {ana.settled[id]["params"]["entry"] for id in ids} == set(ids)


def test_a_long_chain_is_not_walked_back_for_each_of_it(
    ana: LampPhone, parked: Unbuilt, django_assert_max_num_queries: Any
) -> None:
    last = parked.entry
    for _ in range(40):
        last = ana.switch(parked.lamp, after=[last])
    ana.push()
    with django_assert_max_num_queries(250):
        ana.drain()
    ana.pull()
    assert ana.answer_to(last) == WAITS


def test_a_circle_is_broken_by_giving_one_up(street: Street, ana: LampPhone) -> None:
    lamps = [put.lamp(street.ana, street.red).pk for _ in range(3)]
    ids = rest_on_one_another(ana, lamps)
    ana.sync()
    ana.discard(ids[0])
    assert ana.answers() == [("discarded", "cycle"), APPLIED, APPLIED, APPLIED]
    assert [Lamp.objects.get(pk=lamp).switches for lamp in lamps] == [0, 1, 1]


def test_a_circle_stays_one_when_one_of_it_is_tried_again(street: Street, ana: LampPhone) -> None:
    ids = rest_on_one_another(ana, [put.lamp(street.ana, street.red).pk for _ in range(2)])
    ana.sync()
    ana.retry(ids[0])
    assert ana.answers() == [CYCLE, CYCLE, APPLIED]


def test_an_entry_that_rests_on_itself_is_a_circle(street: Street, ana: LampPhone) -> None:
    rest_on_one_another(ana, [put.lamp(street.ana, street.red).pk])
    assert ana.answers() == [CYCLE]
