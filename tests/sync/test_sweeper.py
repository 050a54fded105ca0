"""The sweep finds what no poke has reached: not less, and nothing that somebody is at or that has to wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock, tenancy
from sync import drain as drains
from sync import sweeper, tasks
from sync.models import InboxEntry, Pulse, Replica
from tests import broker
from tests.lamps import actions
from tests.lamps.models import Lamp
from tests.lamps.phone import LampPhone
from tests.sync.conftest import Street, build_street

pytestmark = pytest.mark.both_databases

TimePasses = Callable[[float], None]


def waiting_phone(street: Street) -> LampPhone:
    """Ana's, with an entry that was received and rang nobody."""
    phone = LampPhone(street.ana)
    phone.made(street.red)
    phone.push()
    broker.forget()
    return phone


def found() -> list[int]:
    """Whom a sweep rings, in either queue, in order."""
    sweeper.sweep()
    return broker.pokes() + broker.pokes(broker.SLOW)


# --- Whom it rings --------------------------------------------------------------------------------


@dataclass
class Case:
    """Seconds from now, or None when the field is empty."""

    lease_ends: float | None
    next_attempt: float | None
    is_rung: bool


CASES = [
    Case(None, None, is_rung=True),
    Case(-0.001, None, is_rung=True),
    Case(0, None, is_rung=False),
    Case(44, None, is_rung=False),
    Case(60, None, is_rung=False),
    Case(60.001, None, is_rung=True),  # no lease is so long: a clock ran ahead
    Case(3600, None, is_rung=True),
    Case(None, -1, is_rung=True),
    Case(None, 0, is_rung=True),
    Case(None, 0.001, is_rung=False),
    Case(None, 60, is_rung=False),
    Case(None, 3600, is_rung=True),  # no pause is so long either
    Case(44, -1, is_rung=False),
    Case(-1, 60, is_rung=False),
    Case(3600, 60, is_rung=False),
]


def test_it_rings_for_whom_nobody_is_at_and_whose_pause_is_over(street: Street, time_passes: TimePasses) -> None:
    now = clock.now()
    expected = {}
    for case in CASES:
        replica = waiting_phone(street).replica
        fields = {"lease_until": case.lease_ends, "next_attempt_at": case.next_attempt}
        moments = {name: None if s is None else now + timedelta(seconds=s) for name, s in fields.items()}
        Replica.objects.filter(pk=replica.pk).update(lease_token="somebody", **moments)
        expected[replica.pk] = case
    rung = found()
    for pk, case in expected.items():
        assert (pk in rung) == case.is_rung, case


def test_it_rings_only_while_an_entry_waits_to_be_judged(street: Street) -> None:
    waiting, judged, parked = (waiting_phone(street) for _ in range(3))
    LampPhone(street.ana)  # one that has never sent anything
    parked.append("no entry")
    parked.push()
    for phone in (judged, parked):
        phone.drain()
    assert parked.states() == ["applied", "parked"]
    assert found() == [waiting.replica.pk]


def test_it_rings_for_everybodys_phones_and_needs_no_organization(street: Street) -> None:
    other = build_street()
    ours = waiting_phone(street)
    with tenancy.acting_in(other.organization.pk):
        theirs = waiting_phone(other)
    with tenancy.acting_in(None):
        assert set(found()) == {ours.replica.pk, theirs.replica.pk}


def test_it_rings_for_so_many_at_once_and_first_for_who_has_waited_longest(
    street: Street, time_passes: TimePasses, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks in between goes on waiting, and keeps its place."""
    monkeypatch.setattr(sweeper, "MOST_POKES", 2)
    phones = []
    for _ in range(3):
        phones.append(waiting_phone(street))
        time_passes(1)
    phones[0].pull()
    assert found() == [phone.replica.pk for phone in phones[:2]]
    phones[0].drain()
    assert found() == [phone.replica.pk for phone in phones[1:]]


def test_of_those_who_have_waited_equally_long_it_rings_first_for_who_came_first(street: Street) -> None:
    """On PostgreSQL rows lie in the order in which they were last written."""
    phones = [waiting_phone(street) for _ in range(3)]
    InboxEntry.everywhere.update(received_at=clock.now())
    for phone in reversed(phones):
        phone.pull()
    assert found() == [phone.replica.pk for phone in phones]


def test_only_who_killed_a_worker_is_rung_in_the_slow_queue(street: Street, time_passes: TimePasses) -> None:
    good, bad = waiting_phone(street), LampPhone(street.ben)
    bad.crash()
    bad.push()
    with pytest.raises(actions.Crash):
        drains.drain(bad.replica.pk)
    time_passes(46)
    sweeper.sweep()
    assert (broker.pokes(), broker.pokes(broker.SLOW)) == ([good.replica.pk], [bad.replica.pk])


def test_sweeping_again_and_again_does_no_harm(street: Street, ana: LampPhone) -> None:
    """T39: a poke is a hint. Whoever comes second finds nothing to do."""
    lamp = ana.made(street.red)
    ana.switch(lamp)
    ana.push()
    for _ in range(10):
        sweeper.sweep()
    pokes = broker.pokes()
    assert pokes == [ana.replica.pk] * 10
    for replica in pokes:
        tasks.drain_replica(replica)
    assert ana.states() == ["applied", "applied"]
    assert Lamp.objects.get(pk=lamp).switches == 1


# --- What it tells --------------------------------------------------------------------------------


def test_every_sweep_notes_that_a_worker_works(db: None, time_passes: TimePasses) -> None:
    """Even when there is nothing to do."""
    assert sweeper.last_beat() is None
    for _ in range(2):
        time_passes(15)
        tasks.sweep()
        assert sweeper.last_beat() == clock.now()
    assert Pulse.objects.count() == 1


def test_the_oldest_entry_that_waits_is_known(street: Street, time_passes: TimePasses) -> None:
    assert sweeper.oldest_unsettled() is None
    first, start = waiting_phone(street), clock.now()
    time_passes(10)
    second, later = waiting_phone(street), clock.now()
    assert sweeper.oldest_unsettled() == start
    first.drain()
    assert sweeper.oldest_unsettled() == later
    second.drain()
    assert sweeper.oldest_unsettled() is None


# --- Whatever is lost -----------------------------------------------------------------------------

LOST, TAKEN, TWICE, LATER = "lost", "taken", "twice", "later"
# Whose phone sends how many entries, and what becomes of the oldest poke thereafter.
pushes = st.tuples(st.integers(0, 2), st.integers(0, 5), st.sampled_from([LOST, LOST, TAKEN, TWICE, LATER]))


@pytest.mark.django_db(transaction=True)
@given(days=st.lists(pushes, min_size=1, max_size=8))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_pokes_are_lost_one_sweep_finds_everything(
    street: Street, monkeypatch: pytest.MonkeyPatch, days: list[tuple[int, int, str]]
) -> None:
    """Runs are kept short, so that some end before the inbox is empty and ring for the rest."""
    monkeypatch.setattr(drains, "UNIT_ENTRIES", 2)
    monkeypatch.setattr(drains, "RUN_ENTRIES", 4)
    phones, before = [LampPhone(member) for member in (street.ana, street.ben, street.carl)], Lamp.objects.count()
    for number, count, fate in days:
        for _ in range(count):
            phones[number].made(street.red)
        phones[number].push()
        meet(fate)
    broker.forget()
    sweeper.sweep()
    while (replica := broker.take(broker.DRAIN)) is not None:
        tasks.drain_replica(replica)
    assert [phone.states() for phone in phones] == [["applied"] * phone.n for phone in phones]
    assert Lamp.objects.count() - before == sum(phone.n for phone in phones)


def meet(fate: str) -> None:
    replica = None if fate == LATER else broker.take(broker.DRAIN)
    if replica is not None:
        for _ in range({LOST: 0, TAKEN: 1, TWICE: 2}[fate]):
            tasks.drain_replica(replica)
