"""T21, F26: whole territories move while phones are offline with work on their customers."""

from __future__ import annotations

import pytest
import time_machine

from core import clock
from core.ids import uuid7
from customers import actions, moving
from customers.models import Customer, Move
from sync.changes import Actor
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone, projection
from tests.rest import API, signed_in
from visits.models import Visit

pytestmark = pytest.mark.both_databases

CUSTOMERS = 25


def start(world: World) -> Move:
    answer = signed_in(world.ada).post(
        f"{API}moves/", {"from_territory": str(world.north.pk), "to_territory": str(world.south.pk)}
    )
    assert answer.status_code == 201, answer.content
    return Move.objects.get(pk=answer.json()["id"])


def carry_out(move: Move) -> None:
    """Run after run, as it rings for itself, to the end."""
    while moving.carry_out(move.organization.pk, move.pk):
        pass


def is_right(phone: Phone) -> bool:
    phone.pull()
    return phone.contents() == projection(phone.member)


def test_everything_follows_and_work_done_meanwhile_is_accepted_and_flagged(world: World) -> None:
    customers = [make.customer(world.north) for _ in range(CUSTOMERS)]
    old = make.logged(world.ben, customers[0])
    ana, carl = Phone(world.ana), Phone(world.carl)
    for phone in (ana, carl):
        phone.pull()
    entries = [
        ana.write("visit.log", visit=uuid7(), customer=customer.pk, outcome="progress") for customer in customers[:10]
    ]
    move = start(world)
    carry_out(move)
    ana.sync()
    assert {ana.answer_to(entry) for entry in entries} == {("applied", None)}
    late = Visit.objects.filter(member=world.ana)
    assert {tuple(visit.flags) for visit in late} == {("outside_territory",)}
    assert is_right(ana)
    assert is_right(carl)
    assert {row["territory"] for row in carl.all("customer")} == {str(world.south.pk)}
    assert ana.all("customer") == []
    assert carl.holds("visit", old.pk) is not None
    assert ana.holds("visit", old.pk) is None
    assert len(ana.all("visit")) == 10  # what she did herself stays with her


def test_it_says_how_far_it_is_and_ends(world: World) -> None:
    for _ in range(CUSTOMERS):
        make.customer(world.north)
    move = start(world)
    assert (move.total, move.done, move.is_finished) == (CUSTOMERS + 1, 0, False)
    carry_out(move)
    move.refresh_from_db()
    assert (move.done, move.is_finished) == (CUSTOMERS + 1, True)
    eva = Phone(world.eva)
    eva.pull()
    [seen] = eva.all("move")
    assert (seen["done"], seen["finished_at"] is not None) == (CUSTOMERS + 1, True)


def test_one_that_was_cut_off_goes_on_where_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        make.customer(world.north)
    move = start(world)
    monkeypatch.setattr(moving, "RUN_SECONDS", 0.0)
    carry_out(move)
    assert Customer.objects.filter(territory=world.north).count() == 4
    monkeypatch.setattr(moving, "RUN_SECONDS", 5.0)
    assert moving.ring_unfinished() == 1
    carry_out(move)
    carry_out(move)  # a second ring finds nothing left to do
    assert Customer.objects.filter(territory=world.north).count() == 0
    assert moving.ring_unfinished() == 0


def step(move: Move) -> None:
    with make.writing() as unit:
        actions.move_next(unit, move=move.pk)


def test_whoever_looks_on_meanwhile_holds_what_is_so(world: World) -> None:
    """I6: nothing of a move is written without being told."""
    for _ in range(3):
        make.customer(world.north)
    move, eva = start(world), Phone(world.eva)
    step(move)
    assert is_right(eva)
    with make.writing() as unit:
        actions.tell_move(unit, move=move.pk)
    assert is_right(eva)
    assert [(one["done"], one["total"]) for one in eva.all("move")] == [(1, 4)]


def test_one_that_a_worker_is_at_is_not_rung_for_again(world: World) -> None:
    """Each ring would keep one more worker busy until the move is done."""
    move = start(world)
    with make.writing(None) as unit, unit.act(moving.VERB, Actor(None, "job")):
        actions.move_next(unit, move=move.pk)
    assert moving.ring_unfinished() == 0
    with time_machine.travel(clock.now() + moving.AT_WORK, tick=False):
        assert moving.ring_unfinished() == 1


def test_there_and_back_at_once_is_refused(world: World) -> None:
    """Each would find what the other brings, and neither would ever end."""
    move = start(world)
    back = {"from_territory": str(world.south.pk), "to_territory": str(world.north.pk)}
    answer = signed_in(world.ada).post(f"{API}moves/", back)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
        409,
        "territory_leaving",
        "to_territory",
    )
    carry_out(move)
    assert signed_in(world.ada).post(f"{API}moves/", back).status_code == 201


def test_removed_customers_go_along_and_come_back_there(world: World) -> None:
    from_rest = signed_in(world.ada)
    assert from_rest.delete(f"{API}customers/{world.steel.pk}/", headers={"If-Match": "*"}).status_code == 204
    carry_out(start(world))
    assert from_rest.post(f"{API}customers/{world.steel.pk}/restore/", headers={"If-Match": "*"}).status_code == 200
    carl = Phone(world.carl)
    assert is_right(carl)
    assert carl.holds("customer", world.steel.pk) is not None


def test_to_the_same_territory_is_refused(world: World) -> None:
    body = {"from_territory": str(world.north.pk), "to_territory": str(world.north.pk)}
    answer = signed_in(world.ada).post(f"{API}moves/", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "same_territory")


def test_only_administrators_begin_one(world: World) -> None:
    body = {"from_territory": str(world.north.pk), "to_territory": str(world.south.pk)}
    assert signed_in(world.mia).post(f"{API}moves/", body).status_code == 403
