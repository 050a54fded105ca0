"""The same thing at the same time: pushed, poked, edited and deleted at once, it still happens once and in order."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection, connections

from core import faults, tenancy
from core.errors import Problem
from core.ids import uuid7
from sync import tasks
from sync.models import Effect, InboxEntry, Log
from tests.lamps import factories as put
from tests.lamps.models import Lamp
from tests.lamps.phone import APPLIED, LampPhone
from tests.phone import projection
from tests.sync.conftest import Street
from tests.threads import PATIENCE, together

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

AT_ONCE, ENTRIES = 5, 200


# --- T1: the same push ----------------------------------------------------------------------------


def switched_often(ana: LampPhone, street: Street, count: int) -> object:
    """Appends so many entries about one lamp, which counts what is done to it. Returns the lamp's id."""
    lamp = ana.made(street.red)
    for number in range(count - 1):
        ana.switch(lamp, on=bool(number % 2))
    return lamp


def assert_each_once(ana: LampPhone, lamp: object) -> None:
    ana.drain()
    entries = [ana.entry_id(n) for n in range(1, ana.n + 1)]
    assert [bytes(entry.body).decode() for entry in InboxEntry.objects.order_by("n")] == ana.entries
    assert set(ana.states()) == {"applied"}
    assert Effect.objects.count() == ana.n
    assert Lamp.objects.get(pk=lamp).touched_by == entries


def test_five_identical_pushes_of_two_hundred_entries_at_once_have_one_effect_each(
    street: Street, ana: LampPhone
) -> None:
    """T1: everywhere else the check whether it exists already and the insert were two steps."""
    lamp = switched_often(ana, street, ENTRIES)
    answers = together([partial(ana.push_from, 1, ENTRIES)] * AT_ONCE)
    assert {(answer["received_n"], answer["chain"]) for answer in answers} == {(ENTRIES, ana.chain(ENTRIES))}
    assert_each_once(ana, lamp)


def test_small_pushes_each_sent_five_times_at_once_have_one_effect_each(street: Street, ana: LampPhone) -> None:
    """T1: two hundred entries in pushes of five, with workers at it all the while."""
    lamp = switched_often(ana, street, ENTRIES)
    pk = ana.replica.pk

    def send_all() -> None:
        for n in range(1, ENTRIES + 1, 5):
            ana.push_from(n, 5)

    def work() -> None:
        for _ in range(20):
            tasks.drain_replica(pk)

    together([send_all] * AT_ONCE + [work] * 2)
    assert_each_once(ana, lamp)


# --- T39: the same poke ---------------------------------------------------------------------------


def test_the_same_poke_ten_times_at_once_has_one_effect(street: Street, ana: LampPhone) -> None:
    """T39: brokers deliver a task again when its worker takes long, and the first one is still at it."""
    lamp = switched_often(ana, street, 60)
    ana.push(batch=60)
    pk = ana.replica.pk
    together([lambda: tasks.drain_replica(pk)] * 10)
    assert_each_once(ana, lamp)


# --- T43: edit and delete -------------------------------------------------------------------------

RACES = 150


def test_an_edit_that_races_a_delete_leaves_one_state(street: Street) -> None:
    """T43: each lamp is gone for everybody, and its edit either came before or is refused by name."""
    lamps = put.lamps(street.ben, street.red, RACES)
    follower, lap = LampPhone(street.ben), Barrier(2)
    follower.pull()

    def edit() -> list[str]:
        return [_tried(lap, partial(put.switched, street.ana, lamp), street) for lamp in lamps]

    def delete() -> list[str]:
        return [_tried(lap, partial(put.deleted, street.ben, lamp), street) for lamp in lamps]

    edited, deleted = together([edit, delete])
    assert deleted == ["done"] * RACES
    switches = dict(Lamp.objects.values_list("pk", "switches"))
    assert edited == ["done" if switches[lamp.pk] else "row_deleted" for lamp in lamps]
    assert not Log.objects.filter(shape="lamp", is_put=True).exists()
    for phone in (follower, LampPhone(street.ben)):
        phone.pull()
        assert phone.all("lamp") == []
        assert phone.contents() == projection(street.ben)


def _tried(lap: Barrier, act: Callable[[], None], street: Street) -> str:
    """Starts together with the other one. Returns what came of it."""
    lap.wait(PATIENCE)
    try:
        with tenancy.acting_in(street.organization.pk):
            act()
    except Problem as problem:
        return problem.code.name
    return "done"


def test_of_two_who_make_one_row_at_once_one_is_told_that_the_id_is_taken(street: Street) -> None:
    """T43: a row is never made twice, and never half by one and half by the other."""
    phones, ids = [LampPhone(street.ana), LampPhone(street.ben)], [uuid7() for _ in range(40)]
    for phone, colour in zip(phones, ("red", "blue"), strict=True):
        for lamp in ids:
            phone.make(lamp, street.red, colour=colour)
        phone.push()
    together([phone.drain for phone in phones])
    for phone in phones:
        phone.pull()
    for n, lamp in enumerate(ids, 1):
        answers = [phone.answer_to(phone.entry_id(n)) for phone in phones]
        assert sorted(answers, key=str) == [APPLIED, ("parked", "id_taken")]
        colour = ("red", "blue")[answers.index(APPLIED)]
        assert Lamp.objects.get(pk=lamp).colour == colour


# --- T44: an edit while the former one is under way -------------------------------------------------


class Meanwhile:
    """Does something the first time a drain comes past a point, while the drain stands there.

    Inside its transaction the drain goes on at once: whoever needs its locks has to wait for its commit.
    """

    def __init__(self, pool: ThreadPoolExecutor, act: Callable[[], None]) -> None:
        self.pool, self.act = pool, act
        self.done: Future[None] | None = None

    def __call__(self) -> None:
        if self.done is None:
            self.done = self.pool.submit(self._run)
            if not connection.in_atomic_block:
                self.done.result(PATIENCE)

    def _run(self) -> None:
        try:
            self.act()
        finally:
            connections.close_all()


@pytest.mark.parametrize("point", [faults.BEFORE_COUNT, faults.AFTER_COUNT, faults.BEFORE_COMMIT, faults.AFTER_COMMIT])
def test_an_edit_written_while_the_former_one_syncs_lands_behind_it(street: Street, ana: LampPhone, point: str) -> None:
    """T44: wherever the first one stands, the second is neither lost nor does it come before it."""
    lamp = put.lamp(street.ana, street.red)
    first = ana.switch(lamp.pk, on=True)
    ana.push()
    second = ana.switch(lamp.pk, on=False)
    with ThreadPoolExecutor(1) as pool:
        pushing = Meanwhile(pool, ana.push)
        with faults.armed(point, pushing):
            tasks.drain_replica(ana.replica.pk)
        assert pushing.done is not None
        pushing.done.result(PATIENCE)
    assert ana.answers() == [APPLIED, APPLIED]
    found = Lamp.objects.get(pk=lamp.pk)
    assert (found.touched_by, found.is_on) == ([first, second], False)
    held = ana.holds("lamp", lamp.pk)
    assert held is not None
    assert held["is_on"] is False


def test_an_edit_pushed_together_with_the_former_one_again_lands_once(street: Street, ana: LampPhone) -> None:
    """T44: the answer to the first push was lost, so the phone sends both; a worker is at the first all the while."""
    lamp = put.lamp(street.ana, street.red)
    entries = [ana.switch(lamp.pk, on=True)]
    ana.push_from(1, 1)
    entries.append(ana.switch(lamp.pk, on=False))
    pk = ana.replica.pk
    calls: list[Callable[[], object]] = [lambda: tasks.drain_replica(pk), partial(ana.push_from, 1, 2)]
    together(calls)
    assert ana.answers() == [APPLIED, APPLIED]
    assert Lamp.objects.get(pk=lamp.pk).touched_by == entries
