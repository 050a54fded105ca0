"""Two technicians solve the same ticket without a signal, neither knowing of the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from core.ids import uuid7
from customers.models import Conflict
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.editing import at_head, fresh, resolve
from tests.phone import Phone, projection
from tests.rest import API, signed_in
from tests.tickets.stage import ALL_DAY
from tickets import actions
from tickets.models import Chip, Step, Ticket

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
NAMES = ["cause_chip", "fix_chip", "resolution"]


@dataclass
class Bench:
    """A ticket that was opened three hours ago and is promised to be solved within two, and what may be said of it."""

    ticket: Ticket
    worn: Chip
    dry: Chip
    seal: Chip
    oil: Chip
    opened_at: datetime

    def at(self, minutes: int) -> datetime:
        return self.opened_at + timedelta(minutes=minutes)

    def worn_seal(self) -> dict[str, Any]:
        return {"cause_chip": self.worn.pk, "fix_chip": self.seal.pk, "resolution": "A new seal"}

    def dry_bearing(self) -> dict[str, Any]:
        return {"cause_chip": self.dry.pk, "fix_chip": self.oil.pk, "resolution": "Oiled"}


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    """Phones say milliseconds, and here every one of them counts."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def bench(world: World) -> Bench:
    make.policy(calendar=make.calendar(slots=ALL_DAY).pk, response_minutes=None, resolution_minutes=120)
    opened_at = NOW - timedelta(hours=3)
    with make.writing(world.mia, at=opened_at, received_at=opened_at) as unit:
        ticket = actions.open_ticket(unit, ticket=uuid7(), customer=world.steel.pk, text="It squeaks")
    chips = {"worn": "cause", "dry": "cause", "seal": "fix", "oil": "fix"}
    made = {name: make.chip(sort, name) for name, sort in chips.items()}
    return Bench(ticket, **made, opened_at=opened_at)


def solve(phone: Phone, bench: Bench, minutes: int, **said: Any) -> str:
    """Written so many minutes after the opening, and not sent yet."""
    return phone.write("ticket.solve", at=bench.at(minutes), ticket=bench.ticket.pk, **said)


def both(bench: Bench, first: Member, second: Member) -> tuple[Phone, Phone, Conflict]:
    """The phone of the second one comes to the server last, and was first at the machine."""
    one, two = at_head(first, second)
    solve(one, bench, 130, **bench.worn_seal())
    solve(two, bench, 100, **bench.dry_bearing())
    one.sync()
    two.sync()
    one.pull()
    return one, two, Conflict.objects.get()


def said_of(ticket: Ticket) -> dict[str, Any]:
    row = fresh(ticket)
    return {"cause_chip": row.cause_chip_id, "fix_chip": row.fix_chip_id, "resolution": row.resolution}


def texts(said: dict[str, Any]) -> list[str]:
    return [str(said[name]) for name in NAMES]


# --- Saying different things ------------------------------------------------------------------------------


def test_the_first_solution_stands_and_the_second_is_kept_beside_it(world: World, bench: Bench) -> None:
    _, two, conflict = both(bench, world.ana, world.ben)
    assert said_of(bench.ticket) == bench.worn_seal()
    solved = fresh(bench.ticket)
    assert (solved.state, solved.solved_by) == ("solved", world.ana)
    assert (conflict.shape, conflict.row, conflict.names, conflict.kept) == ("ticket", solved.pk, NAMES, "theirs")
    assert (conflict.theirs, conflict.mine) == (texts(bench.worn_seal()), texts(bench.dry_bearing()))
    assert conflict.base == [None, None, ""]
    assert (conflict.member, conflict.their_member) == (world.ben, world.ana)
    assert conflict.theirs_at == bench.at(130)
    [answer] = two.settled.values()
    assert (answer["state"], answer["code"]) == ("conflict", None)
    told = {"id": str(conflict.pk), "shape": "ticket", "row": str(solved.pk), "names": NAMES}
    assert answer["conflicts"] == [told]


@pytest.mark.parametrize(("first", "second"), [("ana", "ben"), ("jun", "ana"), ("ana", "jun"), ("carl", "ana")])
def test_both_see_that_they_said_different_things(world: World, bench: Bench, first: str, second: str) -> None:
    """Carl, who works elsewhere, was given the ticket."""
    make.step(world.mia, bench.ticket, "assign", assignee=getattr(world, first).pk)
    one, two, conflict = both(bench, getattr(world, first), getattr(world, second))
    for phone in (one, two):
        held = phone.holds("conflict", conflict.pk)
        assert held is not None
        assert (held["mine"], held["theirs"]) == (texts(bench.dry_bearing()), texts(bench.worn_seal()))
        assert phone.contents() == projection(phone.member)
        answer = signed_in(phone.member).get(f"{API}conflicts/{conflict.pk}/")
        assert answer.status_code == 200


def test_the_clock_goes_by_whoever_was_first(world: World, bench: Bench) -> None:
    """Ana's time alone would have broken the promise."""
    one, two = at_head(world.ana, world.ben)
    solve(one, bench, 130, **bench.worn_seal())
    solve(two, bench, 100, **bench.dry_bearing())
    one.sync()
    late = fresh(bench.ticket)
    assert (late.solved_at, late.resolution_verdict) == (bench.at(130), "missed")
    two.sync()
    kept = fresh(bench.ticket)
    assert (kept.solved_at, kept.resolution_verdict) == (bench.at(100), "met")
    solved = Step.objects.filter(ticket=bench.ticket, event="solved").order_by("number")
    assert [(step.member, step.counts_at) for step in solved] == [
        (world.ana, bench.at(130)),
        (world.ben, bench.at(100)),
    ]


def test_whoever_was_later_at_the_machine_changes_no_clock(world: World, bench: Bench) -> None:
    one, two = at_head(world.ana, world.ben)
    solve(one, bench, 100, **bench.worn_seal())
    solve(two, bench, 130, **bench.dry_bearing())
    one.sync()
    two.sync()
    solved = fresh(bench.ticket)
    assert (solved.solved_at, solved.resolution_verdict) == (bench.at(100), "met")
    assert Conflict.objects.open().count() == 1


def test_a_part_that_differs_is_a_whole_that_differs(world: World, bench: Bench) -> None:
    """A cause means something only beside its fix."""
    one, two = at_head(world.ana, world.ben)
    solve(one, bench, 100, **bench.worn_seal())
    solve(two, bench, 110, **{**bench.worn_seal(), "fix_chip": bench.oil.pk})
    one.sync()
    two.sync()
    assert Conflict.objects.get().names == NAMES
    assert said_of(bench.ticket) == bench.worn_seal()


# --- Deciding -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ana", "ben", "mia", "jun", "ada"])
def test_the_first_solution_is_kept(world: World, bench: Bench, who: str) -> None:
    _, _, conflict = both(bench, world.ana, world.ben)
    [phone] = at_head(getattr(world, who))
    assert phone.answer_to(resolve(phone, conflict, "keep")) == ("applied", None)
    assert said_of(bench.ticket) == bench.worn_seal()
    assert (fresh(conflict).choice, fresh(conflict).resolved_by) == ("keep", phone.member)


@pytest.mark.parametrize("who", ["ana", "ben", "mia", "jun", "ada"])
def test_the_second_solution_is_put_in_its_place(world: World, bench: Bench, who: str) -> None:
    _, _, conflict = both(bench, world.ana, world.ben)
    [phone] = at_head(getattr(world, who))
    seen = dict(zip(NAMES, texts(bench.worn_seal()), strict=True))
    assert phone.answer_to(resolve(phone, conflict, "replace", seen=seen)) == ("applied", None)
    assert said_of(bench.ticket) == bench.dry_bearing()
    solved = fresh(bench.ticket)
    assert (solved.state, solved.solved_by, solved.solved_at) == ("solved", world.ana, bench.at(100))


def test_it_is_decided_by_rest_as_well(world: World, bench: Bench) -> None:
    _, _, conflict = both(bench, world.ana, world.ben)
    address = f"{API}conflicts/{conflict.pk}/resolve/"
    assert signed_in(world.ben).post(address, {"choice": "replace"}, format="json").status_code == 200
    assert said_of(bench.ticket) == bench.dry_bearing()
    again = signed_in(world.ana).post(address, {"choice": "keep"}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "already_resolved")


def test_an_executive_does_not_decide(world: World, bench: Bench) -> None:
    _, _, conflict = both(bench, world.ana, world.ben)
    for choice in ("keep", "replace"):
        [eva] = at_head(world.eva)
        seen = {"seen": dict(zip(NAMES, texts(bench.worn_seal()), strict=True))} if choice == "replace" else {}
        assert eva.answer_to(resolve(eva, conflict, choice, **seen)) == ("parked", "not_permitted")
    assert fresh(conflict).is_open


def test_both_can_be_written_into_the_memo_of_the_customer(world: World, bench: Bench) -> None:
    ana, _, conflict = both(bench, world.ana, world.ben)
    note = "Squeak: a new seal (Ana), oiled (Ben)"
    assert ana.answer_to(resolve(ana, conflict, "note", note=note)) == ("applied", None)
    assert fresh(world.steel).memo == note
    assert said_of(bench.ticket) == bench.worn_seal()


# --- Saying the same ----------------------------------------------------------------------------------------


def test_two_who_say_exactly_the_same_do_not_meet(world: World, bench: Bench) -> None:
    one, two = at_head(world.ana, world.ben)
    entries = [solve(one, bench, 130, **bench.worn_seal()), solve(two, bench, 100, **bench.worn_seal())]
    one.sync()
    two.sync()
    assert [one.answer_to(entries[0]), two.answer_to(entries[1])] == [("applied", None)] * 2
    assert not Conflict.objects.exists()
    solved = fresh(bench.ticket)
    assert (solved.solved_by, solved.solved_at, solved.resolution_verdict) == (world.ana, bench.at(100), "met")


@pytest.mark.parametrize("is_first", [True, False])
def test_whoever_says_nothing_of_it_does_not_meet_who_does(world: World, bench: Bench, is_first: bool) -> None:
    one, two = at_head(world.ana, world.ben)
    silent, telling = (one, two) if is_first else (two, one)
    entries = {silent: solve(silent, bench, 100), telling: solve(telling, bench, 110, **bench.worn_seal())}
    for phone in (one, two):
        phone.sync()
    assert [phone.answer_to(entry) for phone, entry in entries.items()] == [("applied", None)] * 2
    assert not Conflict.objects.exists()
    assert said_of(bench.ticket) == bench.worn_seal()


def test_whoever_has_solved_it_does_not_solve_it_twice(world: World, bench: Bench) -> None:
    [ana] = at_head(world.ana)
    solve(ana, bench, 100, **bench.worn_seal())
    again = solve(ana, bench, 110, **bench.dry_bearing())
    ana.sync()
    assert ana.answer_to(again) == ("parked", "ticket_state")
    assert said_of(bench.ticket) == bench.worn_seal()
