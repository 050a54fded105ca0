"""Receiving: entries are stored in order and acknowledged, and nothing in them is looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any

import pytest

from core.ids import uuid7
from sync.models import InboxEntry, Replica
from sync.sweeper import sweep
from tests import broker
from tests.phone import Phone
from tests.sync.conftest import Street
from tests.threads import together

pytestmark = pytest.mark.both_databases

NO_CHAIN = "0" * 64


def written(phone: Phone, count: int, *, start: int = 1) -> Phone:
    for number in range(start, start + count):
        phone.append(f"text {number} 강판")
    return phone


def stored(phone: Phone) -> list[str]:
    entries = InboxEntry.everywhere.filter(replica=phone.replica).order_by("n")
    return [bytes(entry.body).decode() for entry in entries]


def test_entries_are_stored_in_order_to_the_letter(street: Street) -> None:
    phone = written(Phone(street.ana), 3)
    phone.push()
    assert stored(phone) == phone.entries
    assert [entry.sha for entry in InboxEntry.objects.order_by("n")] == [
        sha256(text.encode()).hexdigest() for text in phone.entries
    ]


def test_the_server_keeps_the_phones_own_chain(street: Street) -> None:
    phone = written(Phone(street.ana), 3)
    answer = phone.push_from(1, 2)
    assert (answer["received_n"], answer["chain"]) == (2, phone.chain(2))
    answer = phone.push_from(3, 1)
    assert (answer["received_n"], answer["chain"]) == (3, phone.chain(3))


def test_a_gap_is_refused_naming_the_number_expected(street: Street) -> None:
    phone = written(Phone(street.ana), 5)
    phone.push_from(1, 2)
    status, answer = phone.try_push(4, 2)
    assert (status, answer["code"], answer["expected_n"]) == (409, "gap", 3)
    assert stored(phone) == phone.entries[:2]


def test_a_repeated_push_changes_nothing(street: Street) -> None:
    phone = written(Phone(street.ana), 3)
    first, again = phone.push_from(1, 3), phone.push_from(1, 3)
    assert (again["received_n"], again["chain"]) == (first["received_n"], first["chain"]) == (3, phone.chain(3))
    assert stored(phone) == phone.entries


def test_a_part_sent_again_changes_nothing(street: Street) -> None:
    phone = written(Phone(street.ana), 3)
    phone.push_from(1, 3)
    assert phone.push_from(2, 1)["received_n"] == 3
    assert stored(phone) == phone.entries


def test_of_an_overlap_only_the_new_entries_are_stored(street: Street) -> None:
    phone = written(Phone(street.ana), 5)
    phone.push_from(1, 3)
    answer = phone.push_from(2, 4)
    assert (answer["received_n"], answer["chain"]) == (5, phone.chain(5))
    assert stored(phone) == phone.entries


def test_other_bytes_under_a_known_number_are_a_fork(street: Street) -> None:
    phone = written(Phone(street.ana), 3)
    phone.push()
    phone.entries[1] += " "
    status, answer = phone.try_push(1, 3)
    assert (status, answer["code"], answer["n"]) == (409, "replica_forked", 2)


def test_nothing_of_a_forked_push_is_stored(street: Street) -> None:
    phone = written(Phone(street.ana), 3)
    phone.push()
    twin = Phone(street.ana, key=phone.key)
    written(twin, 5, start=3)
    status, answer = twin.try_push(1, 5)
    assert (status, answer["code"], answer["n"]) == (409, "replica_forked", 1)
    assert stored(phone) == phone.entries


@pytest.mark.parametrize("first_n", [1, 2, 4])
def test_no_entries_are_no_mistake_and_change_nothing(street: Street, first_n: int) -> None:
    phone = written(Phone(street.ana), 3)
    phone.push()
    answer = phone.push_from(first_n, 0)
    assert (answer["received_n"], answer["chain"]) == (3, phone.chain(3))


def test_every_answer_says_what_was_received(street: Street) -> None:
    phone = written(Phone(street.ana), 2)
    assert _standing(phone.hello()) == (0, NO_CHAIN)
    pushed = phone.push_from(1, 2)
    expected = (2, phone.chain(2))
    assert _standing(pushed) == _standing(phone.hello()) == _standing(phone.pull_page()) == expected


def _standing(answer: dict[str, Any]) -> tuple[int, str]:
    return answer["received_n"], answer["chain"]


def test_an_answer_meant_for_another_phone_does_not_verify(street: Street) -> None:
    mine, other = written(Phone(street.ana), 2), written(Phone(street.ben), 2, start=7)
    assert other.push_from(1, 2)["chain"] != mine.chain(2)


def test_nothing_is_refused_for_what_an_entry_says(street: Street) -> None:
    phone = Phone(street.ana)
    for text in ("", "not json", "[1e400]", '{"kind": "no.such"}', "\u0000", "null"):
        phone.append(text)
    phone.push()
    assert stored(phone) == phone.entries
    assert set(phone.states()) == {"received"}


def test_a_revoked_phone_may_still_hand_its_work_in(street: Street) -> None:
    phone = written(Phone(street.ana), 2)
    Replica.objects.update(state=Replica.State.REVOKED)
    phone.push()
    assert stored(phone) == phone.entries


def test_the_phones_clock_is_noted_and_never_argued_with(street: Street) -> None:
    phone = written(Phone(street.ana), 2)
    fast = phone.send("push", {**phone.pushing(1, 1), "sent_at": "2099-01-01T00:00:00.000Z"})
    unreadable = phone.send("push", {**phone.pushing(2, 1), "sent_at": "yesterday"})
    assert (fast[0], unreadable[0]) == (200, 200)
    skews = list(InboxEntry.objects.order_by("n").values_list("skew_ms", flat=True))
    assert skews[0] is not None
    assert skews[0] < 0
    assert skews[1] is None


def test_what_the_phone_still_holds_is_counted_down(street: Street) -> None:
    phone = written(Phone(street.ana), 3)
    phone.hello()
    assert (phone.replica.pending_count, phone.replica.written_n) == (3, 3)
    phone.push_from(1, 2)
    assert phone.replica.pending_count == 1


def test_a_worker_is_rung_when_the_entries_are_committed(
    street: Street, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    phone = written(Phone(street.ana), 2)
    with django_capture_on_commit_callbacks() as rings:
        phone.push()
        assert broker.pokes() == []
    for ring in rings:
        ring()
    assert broker.pokes() == [phone.replica.pk]


def test_a_push_that_brings_nothing_new_rings_nobody(
    street: Street, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    phone = written(Phone(street.ana), 2)
    phone.push()
    with django_capture_on_commit_callbacks(execute=True):
        phone.push_from(1, 2)
    assert broker.pokes() == []


@pytest.mark.django_db(transaction=True)
def test_the_same_push_at_the_same_time_is_stored_once(street: Street) -> None:
    phone = Phone(street.ana)
    for start in range(0, 100, 5):
        written(phone, 5)
        answers = together([partial(phone.push_from, start + 1, 5)] * 5)
        assert {answer["received_n"] for answer in answers} == {start + 5}
        assert {answer["chain"] for answer in answers} == {phone.chain(start + 5)}
    assert stored(phone) == phone.entries


@pytest.mark.django_db(transaction=True)
def test_the_same_push_at_the_same_time_has_one_effect(street: Street) -> None:
    phone, lamp = Phone(street.ana), uuid7()
    phone.write("lamp.make", lamp=lamp, anchor=street.red.pk, colour="white")
    phone.write("lamp.switch", lamp=lamp, on=True)
    together([lambda: phone.push_from(1, 2)] * 5)
    phone.drain()
    phone.pull()
    held = phone.holds("lamp", lamp)
    assert held is not None
    assert held["switches"] == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_and_rang_nobody_is_found_by_the_sweep(street: Street) -> None:
    phone = written(Phone(street.ana), 1)
    phone.push()
    broker.forget()
    assert sweep() == 1
    assert broker.pokes() == [phone.replica.pk]
