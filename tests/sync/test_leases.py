"""One drain per replica at a time, whoever asks and however often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction

from core import clock, faults
from sync import leases, tasks
from sync.changes import open_unit
from sync.drain import UNIT_ENTRIES, drain
from sync.leases import LeaseLost
from sync.models import Effect, Replica
from sync.sweeper import sweep
from tests import broker
from tests.lamps import actions
from tests.lamps.models import Lamp
from tests.lamps.phone import LampPhone
from tests.sync.conftest import Street
from tests.threads import together

pytestmark = pytest.mark.both_databases


@pytest.fixture
def waiting(street: Street, ana: LampPhone) -> LampPhone:
    """Ana's phone, with one lamp switched on, sent and not judged."""
    ana.switch(ana.made(street.red))
    ana.push()
    return ana


def test_while_one_drains_another_finds_nothing_to_do(waiting: LampPhone) -> None:
    assert leases.take(waiting.replica.pk) is not None
    assert drain(waiting.replica.pk).judged == 0
    assert waiting.states() == ["received", "received"]


def test_the_lease_is_given_back(waiting: LampPhone) -> None:
    assert drain(waiting.replica.pk).judged == 2
    assert (waiting.replica.lease_token, waiting.replica.lease_until) == ("", None)


def test_a_drain_that_is_told_to_end_leaves_no_lease_behind(waiting: LampPhone) -> None:
    """It may be told so while it waits for storage, in the very moment in which it gets the lease."""

    def told() -> None:
        raise SoftTimeLimitExceeded

    with faults.armed(faults.BEFORE_COUNT, told), pytest.raises(SoftTimeLimitExceeded):
        drain(waiting.replica.pk)
    assert drain(waiting.replica.pk).judged == 2


def test_only_the_owner_gives_a_lease_back(waiting: LampPhone) -> None:
    token = leases.take(waiting.replica.pk)
    leases.give_back(waiting.replica.pk, "somebody else")
    assert waiting.replica.lease_token == token


def test_a_lease_that_ran_out_is_nobodys(waiting: LampPhone, time_passes: Callable[[float], None]) -> None:
    leases.take(waiting.replica.pk)
    time_passes(44)
    assert drain(waiting.replica.pk).judged == 0
    time_passes(2)
    assert drain(waiting.replica.pk).judged == 2


def test_a_lease_from_the_future_was_written_by_a_wrong_clock(waiting: LampPhone) -> None:
    Replica.objects.update(lease_token="ahead", lease_until=clock.now() + timedelta(hours=1))
    assert sweep() == 1
    assert drain(waiting.replica.pk).judged == 2


def test_whoever_lost_the_lease_commits_nothing(waiting: LampPhone, time_passes: Callable[[float], None]) -> None:
    late = leases.take(waiting.replica.pk)
    time_passes(46)
    assert leases.take(waiting.replica.pk) is not None
    assert late is not None
    with pytest.raises(LeaseLost), open_unit() as unit:  # noqa: PT012  (the unit is what must not end well)
        unit.when_numbered(lambda seq: pytest.fail("it came to a number"))
        leases.hold(waiting.replica.pk, late)


@pytest.mark.django_db(transaction=True)
def test_a_drain_that_overslept_stops_and_touches_nothing_more(
    street: Street, ana: LampPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its first unit and its second, somebody else takes the replica over."""
    taken = {"lease_token": "another", "lease_until": clock.now() + leases.LEASE}
    replica = Replica.everywhere.filter(pk=ana.replica.pk)
    monkeypatch.setattr(actions, "crash_by", lambda: transaction.on_commit(lambda: replica.update(**taken)))
    ana.crash()
    for _ in range(UNIT_ENTRIES):
        ana.made(street.red)
    ana.push(batch=100)
    assert drain(ana.replica.pk).judged == 0
    assert ana.states() == ["applied"] * UNIT_ENTRIES + ["received"]
    assert Effect.objects.count() == UNIT_ENTRIES
    assert ana.replica.lease_token == "another"


def test_a_poke_for_a_replica_that_is_gone_does_no_harm(db: None) -> None:
    tasks.drain_replica(404)


# --- Many at once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_one_gets_the_lease(waiting: LampPhone) -> None:
    pk = waiting.replica.pk
    tokens = together([lambda: leases.take(pk)] * 8)
    assert len([token for token in tokens if token is not None]) == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_poke_ten_times_at_once_has_one_effect(street: Street, ana: LampPhone) -> None:
    lamp = ana.made(street.red)
    for _ in range(20):
        ana.switch(lamp)
    ana.push()
    pk = ana.replica.pk
    together([lambda: tasks.drain_replica(pk)] * 10)
    assert Lamp.objects.get(pk=lamp).switches == 20
    assert Effect.objects.count() == 21
    assert set(ana.states()) == {"applied"}


@pytest.mark.django_db(transaction=True)
def test_two_phones_with_one_journal_drained_at_once_have_one_effect(street: Street, ana: LampPhone) -> None:
    """A phone's backup was restored on a second phone, and both come back into the network."""
    lamps = [ana.made(street.red) for _ in range(20)]
    for lamp in lamps:
        ana.switch(lamp)
    twin = LampPhone(street.ana)
    twin.entries = list(ana.entries)
    ana.push()
    twin.push()
    for phone in (ana, twin):
        assert phone.has_unjudged()
    together([ana.drain, twin.drain])
    for phone in (ana, twin):
        phone.drain()
    assert set(Lamp.objects.values_list("switches", flat=True)) == {1}
    for one, other in zip(ana.states(), twin.states(), strict=True):
        assert {one, other} == {"applied", "duplicate"}


# --- The sweep ------------------------------------------------------------------------------------


def test_a_replica_no_poke_reached_is_found_by_the_sweep(waiting: LampPhone) -> None:
    broker.forget()
    assert sweep() == 1
    for replica in broker.pokes():
        tasks.drain_replica(replica)
    assert waiting.states() == ["applied", "applied"]


def test_the_sweep_lets_whoever_works_work(waiting: LampPhone, time_passes: Callable[[float], None]) -> None:
    leases.take(waiting.replica.pk)
    assert sweep() == 0
    time_passes(46)
    assert sweep() == 1


def test_the_sweep_rings_for_nobody_whose_entries_are_judged(waiting: LampPhone) -> None:
    waiting.drain()
    assert sweep() == 0
