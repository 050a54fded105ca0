"""What happened to others, tried here: chains out of order, and a phone that somebody signed out of and in again."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from core.ids import uuid7
from customers import actions
from customers.models import Conflict, Customer
from sync.models import InboxEntry
from tests import factories as make
from tests.conftest import World
from tests.door import Door
from tests.fieldops.scene import undone
from tests.phone import Phone, projection
from visits.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def write_chain(ana: Phone, world: World) -> dict[str, Any]:
    """A visit, two edits of one customer that rest on one another, and an amendment: four entries."""
    visit, steel = uuid7(), world.steel.pk
    logged = ana.write("visit.log", visit=visit, customer=steel, outcome="progress")
    first = ana.write("customer.change", customer=steel, memo="Ring twice", seen={"memo": ""}, after=[logged])
    ana.write(
        "customer.change", customer=steel, memo="Ring three times", seen={"memo": "Ring twice"}, after=[logged, first]
    )
    ana.write("visit.amend", visit=visit, note="Three times", after=[logged])
    return {"visit": visit}


def push_one(ana: Phone, n: int) -> None:
    status, answer = ana.try_push(n, 1)
    assert status == 200 or answer["code"] == "gap"


def test_t19_four_entries_sent_in_any_order_end_the_same_whoever_edits_meanwhile(
    world: World, subtests: pytest.Subtests
) -> None:
    """None is held for ever, and an edit of another field makes no conflict of them."""
    for order in permutations(range(1, 5)):
        with subtests.test(str(order)), undone():
            ana, ben = Phone(world.ana), Phone(world.ben)
            ids = write_chain(ana, world)
            for step, n in enumerate(order):
                push_one(ana, n)
                ana.drain()
                if step == 1:
                    segment = ben.write("customer.change", customer=world.steel.pk, segment="A", seen={"segment": ""})
                    ben.sync()
                    assert ben.answer_to(segment) == ("applied", None)
            while ana.replica.received_n < ana.n:
                push_one(ana, ana.replica.received_n + 1)
            ana.sync()
            assert ana.states() == ["applied"] * 4
            steel = Customer.objects.get(pk=world.steel.pk)
            assert (steel.memo, steel.segment) == ("Ring three times", "A")
            assert Visit.objects.get(pk=ids["visit"]).note == "Three times"
            assert not Conflict.objects.exists()
            assert ana.contents() == projection(world.ana)


def test_t11_whoever_signs_out_and_in_again_misses_nothing_of_what_others_wrote_meanwhile(world: World) -> None:
    ana = Phone(world.ana)
    ana.pull()
    for number in range(20):
        make.logged(world.ben, world.steel, note=f"While Ana was away {number}")
    ana.door = Door(world.ana)  # a new session; the phone and its cursor are the same
    ana.pull()
    assert ana.contents() == projection(world.ana)
    assert len([visit for visit in ana.all("visit") if visit["note"].startswith("While")]) == 20


def test_t4_an_answer_that_never_arrives_costs_no_second_effect(world: World) -> None:
    """Each push is stored and its answer lost, once; then it is sent again."""
    ana = Phone(world.ana)
    for _ in range(10):
        ana.write("visit.log", visit=uuid7(), customer=world.steel.pk, outcome="progress")
        ana.try_push(ana.received_n + 1, 50)  # nobody hears the answer
        ana.drain()
        ana.push()
    ana.sync()
    assert ana.states() == ["applied"] * 10
    assert Visit.objects.count() == 10


def test_t24_an_edit_of_a_row_that_was_removed_stays_readable_and_can_be_let_in(world: World) -> None:
    """Parked with its words; after the row came back it goes in."""
    ana = Phone(world.ana)
    ana.pull()
    with make.writing(world.ada) as unit:
        actions.remove_customer(unit, Customer.objects.get(pk=world.steel.pk))
    edit = ana.write("customer.change", customer=world.steel.pk, memo="Ring twice", seen={"memo": ""})
    ana.sync()
    assert ana.answer_to(edit) == ("parked", "row_deleted")
    assert "Ring twice" in bytes(InboxEntry.objects.get(entry_id=edit).body).decode()
    back = ana.write("customer.restore", customer=world.steel.pk)
    ana.write("entry.retry", entry=edit, after=[back])
    ana.sync()
    assert ana.answer_to(edit) == ("applied", None)
    assert Customer.objects.get(pk=world.steel.pk).memo == "Ring twice"
