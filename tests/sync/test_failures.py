"""Entries that kill, entries that fail, and a storage that fails under good ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DataError, OperationalError, connection

from core import clock
from core.ids import uuid7
from sync.drain import drain
from sync.models import InboxEntry
from sync.sweeper import sweep
from tests import broker
from tests.lamps import actions
from tests.lamps.models import Key, Lamp
from tests.lamps.phone import APPLIED, LampPhone
from tests.sync.conftest import Street

pytestmark = pytest.mark.both_databases

POISON = ("parked", "poison")
TimePasses = Callable[[float], None]


class Trouble:
    """What lamp.crash does in a test: raises this error, as often as it is asked, and counts."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error
        self.times = 0

    def __call__(self) -> None:
        self.times += 1
        if self.error is not None:
            raise self.error


@pytest.fixture
def crashing_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Sets what the made-up kind lamp.crash does."""
    return lambda call: monkeypatch.setattr(actions, "crash_by", call)


CrashingBy = Callable[[Callable[[], None]], None]


def attempts(phone: LampPhone) -> list[int]:
    return list(InboxEntry.objects.filter(replica=phone.replica).order_by("n").values_list("attempts", flat=True))


def drain_with_new_workers(phone: LampPhone, time_passes: TimePasses) -> int:
    """Drains until all is judged, each time with a new worker when the last one died. Returns how many died."""
    deaths = 0
    while phone.has_unjudged():
        try:
            drain(phone.replica.pk)
        except actions.Crash:
            deaths += 1
            time_passes(46)  # nobody gives a dead worker's lease back
    return deaths


# --- Dying ----------------------------------------------------------------------------------------


def test_an_attempt_is_counted_before_it_is_made(street: Street, ana: LampPhone) -> None:
    ana.made(street.red)
    ana.crash()
    ana.push()
    with pytest.raises(actions.Crash):
        drain(ana.replica.pk)
    assert attempts(ana) == [1, 1]
    assert ana.states() == ["received", "received"]
    assert not Lamp.objects.exists()


def test_an_entry_that_kills_its_worker_is_parked_within_three_attempts(
    street: Street, ana: LampPhone, time_passes: TimePasses
) -> None:
    """T41: the attempts are counted in the database, and before they are made."""
    lamp = ana.made(street.red)
    ana.crash()
    ana.switch(lamp)
    ana.push()
    assert drain_with_new_workers(ana, time_passes) == 3
    assert ana.answers() == [APPLIED, POISON, APPLIED]
    assert Lamp.objects.get(pk=lamp).switches == 1


def test_two_killers_in_one_unit_are_found_one_by_one(street: Street, ana: LampPhone, time_passes: TimePasses) -> None:
    lamp = ana.made(street.red)
    ana.crash()
    ana.switch(lamp)
    ana.crash()
    ana.switch(lamp)
    ana.push()
    assert drain_with_new_workers(ana, time_passes) == 5  # the first time they die together
    assert ana.answers() == [APPLIED, POISON, APPLIED, POISON, APPLIED]


def test_other_phones_go_on_while_one_kills_its_workers(street: Street, ana: LampPhone) -> None:
    ben = LampPhone(street.ben)
    ana.crash()
    ana.push()
    with pytest.raises(actions.Crash):
        drain(ana.replica.pk)
    ben.made(street.red)
    assert ben.answers() == [APPLIED]


def test_a_replica_that_killed_its_worker_is_rung_in_the_slow_queue(ana: LampPhone, time_passes: TimePasses) -> None:
    ana.crash()
    ana.push()
    with pytest.raises(actions.Crash):
        drain(ana.replica.pk)
    time_passes(46)
    sweep()
    assert (broker.pokes(broker.DRAIN), broker.pokes(broker.SLOW)) == ([], [ana.replica.pk])


def test_a_replica_leaves_the_slow_queue_when_all_is_well(
    street: Street, ana: LampPhone, time_passes: TimePasses
) -> None:
    ana.crash()
    ana.push()
    drain_with_new_workers(ana, time_passes)
    ana.made(street.red)
    ana.push()
    sweep()
    assert (broker.pokes(broker.DRAIN), broker.pokes(broker.SLOW)) == ([ana.replica.pk], [])


def test_a_parked_killer_can_be_retried_when_it_was_not_its_fault(
    ana: LampPhone, time_passes: TimePasses, crashing_by: CrashingBy
) -> None:
    entry = ana.crash()
    ana.push()
    drain_with_new_workers(ana, time_passes)
    crashing_by(Trouble(None))
    ana.retry(entry)
    assert ana.answers() == [APPLIED, APPLIED]


# --- Failing --------------------------------------------------------------------------------------


def test_a_mistake_of_ours_is_parked_as_poison_and_the_others_go_on(street: Street, ana: LampPhone) -> None:
    lamp = ana.made(street.red)
    ana.fail()
    ana.switch(lamp)
    assert ana.answers() == [APPLIED, POISON, APPLIED]
    assert Lamp.objects.get(pk=lamp).switches == 1


@pytest.mark.parametrize("error", [ValueError("ours"), DataError("a text too long"), MemoryError()])
def test_a_mistake_of_ours_is_tried_three_times(ana: LampPhone, crashing_by: CrashingBy, error: Exception) -> None:
    """Data that the database refuses is refused again next time: that is no trouble with the storage."""
    trouble = Trouble(error)
    crashing_by(trouble)
    ana.crash()
    assert ana.answers() == [POISON]
    assert trouble.times == 3


@pytest.mark.django_db(transaction=True)
def test_what_only_the_commit_refuses_is_parked_too(street: Street, ana: LampPhone, crashing_by: CrashingBy) -> None:
    crashing_by(lambda: Key.objects.create(member_id=uuid7(), scope="of nobody"))
    lamp = ana.made(street.red)
    ana.crash()
    ana.switch(lamp)
    assert ana.answers() == [APPLIED, POISON, APPLIED]
    assert not Key.objects.filter(scope="of nobody").exists()


# --- Storage --------------------------------------------------------------------------------------


def test_trouble_with_the_storage_is_not_the_entrys_fault(
    street: Street, ana: LampPhone, crashing_by: CrashingBy
) -> None:
    ana.made(street.red)
    ana.crash()
    ana.push()
    trouble = Trouble(OperationalError("deadlock detected"))
    crashing_by(trouble)
    for _ in range(10):
        drain(ana.replica.pk)
    assert trouble.times == 10
    assert attempts(ana) == [0, 0]
    crashing_by(Trouble(None))
    assert ana.answers() == [APPLIED, APPLIED]


def test_the_pause_grows_to_a_minute_while_the_trouble_lasts(
    ana: LampPhone, crashing_by: CrashingBy, time_passes: TimePasses
) -> None:
    crashing_by(Trouble(OperationalError("no space left on device")))
    ana.crash()
    ana.push()
    pauses = []
    for _ in range(9):
        drain(ana.replica.pk)
        assert ana.replica.next_attempt_at is not None
        pauses.append(ana.replica.next_attempt_at - clock.now())
        time_passes(61)
    assert pauses == [timedelta(seconds=seconds) for seconds in (1, 2, 4, 8, 16, 32, 60, 60, 60)]


def test_nobody_is_rung_before_the_pause_is_over(
    ana: LampPhone, crashing_by: CrashingBy, time_passes: TimePasses
) -> None:
    crashing_by(Trouble(OperationalError("no space left on device")))
    ana.crash()
    ana.push()
    drain(ana.replica.pk)
    assert sweep() == 0
    time_passes(1)
    assert sweep() == 1


def test_the_pause_is_forgotten_when_the_storage_is_back(ana: LampPhone, crashing_by: CrashingBy) -> None:
    crashing_by(Trouble(OperationalError("no space left on device")))
    ana.crash()
    ana.push()
    drain(ana.replica.pk)
    crashing_by(Trouble(None))
    drain(ana.replica.pk)
    assert (ana.replica.failures, ana.replica.next_attempt_at, ana.replica.lease_until) == (0, None, None)


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_breaks_costs_no_attempt(street: Street, ana: LampPhone, crashing_by: CrashingBy) -> None:
    """However often: it is the server that restarts, not the entry that is bad."""
    crashing_by(_break_connection)
    ana.made(street.red)
    ana.crash()
    ana.push()
    for _ in range(5):
        drain(ana.replica.pk)
    assert attempts(ana) == [0, 0]
    crashing_by(Trouble(None))
    assert ana.answers() == [APPLIED, APPLIED]


def _break_connection() -> None:
    if connection.vendor == "sqlite":  # there is no connection to lose, only a disk
        raise OperationalError("disk I/O error")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
