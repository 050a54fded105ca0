"""One table of cases about tickets, run through both doors: REST, and the entries of a phone. Both say the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from core import clock
from core.errors import Code
from core.ids import uuid7
from tests.both_doors import Args, Case, by_state
from tests.conftest import World
from tests.phone import SEOUL, Phone
from tests.tickets.doors.accepted import ACCEPTED
from tests.tickets.doors.malformed import MALFORMED
from tests.tickets.doors.refused import REFUSED
from tests.tickets.doors.room import ROOM
from tests.tickets.stage import Stage
from tickets import errors
from tickets.models import Step, Ticket

pytestmark = pytest.mark.both_databases

NO = by_state([*MALFORMED, *REFUSED])
# Of what administrators set up, which no phone says: tests/tickets/test_set_up.py.
SET_UP = {"no_working_hour", "slots_overlap", "calendar_in_use", "policy_taken"}


def test_every_kind_of_this_room_has_cases_and_no_case_stands_twice() -> None:
    ROOM.require_whole(ACCEPTED, MALFORMED, REFUSED)


def test_every_code_of_this_room_has_a_case() -> None:
    codes = {code.name for code in vars(errors).values() if isinstance(code, Code)}
    assert codes - SET_UP <= {case.code for case in REFUSED}


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_a_phone_may_say(world: World, case: Case) -> None:
    ROOM.phone_says(world, case)


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_rest_may_say(world: World, case: Case) -> None:
    ROOM.rest_says(world, case)


@pytest.mark.parametrize("given", NO)
def test_a_phone_is_refused(world: World, given: str, subtests: pytest.Subtests) -> None:
    """Parked with a code and the values of its sentence."""
    ROOM.phone_is_refused(world, NO[given], subtests)


@pytest.mark.parametrize("given", NO)
def test_rest_is_refused(world: World, given: str, subtests: pytest.Subtests) -> None:
    """The same code and the same values."""
    ROOM.rest_is_refused(world, NO[given], subtests)


# --- What a reader of a phone's fact is told besides ---------------------------------------------------


def flags_of(world: World, at: datetime | None = None, **args: Any) -> list[str]:
    """Of a ticket that Ana's phone opens."""
    ticket, said = uuid7(), {"customer": world.steel.pk, **args}
    ana = Phone(world.ana)
    entry = ana.write("ticket.open", at=at, ticket=ticket, text="It leaks", **said)
    ana.sync()
    assert ana.answer_to(entry) == ("applied", None)
    opened: Ticket = Ticket.objects.get(pk=ticket)
    return list(opened.flags)


@pytest.mark.parametrize("noun", ["site", "contact", "asset", "product", "category"])
def test_what_was_removed_while_a_phone_had_it_is_taken_and_flagged(world: World, noun: str) -> None:
    stage = Stage(world)
    there = {"site": "gate", "contact": "park", "asset": "press", "product": "pump"}.get(noun, noun)
    is_there: Args = {noun: stage.id(there)}
    is_gone: Args = {noun: stage.id(f"removed_{noun}")}
    assert (flags_of(world, **is_there), flags_of(world, **is_gone)) == ([], ["removed"])


def test_a_ticket_of_another_territory_is_taken_and_flagged(world: World) -> None:
    assert flags_of(world, customer=world.paper.pk) == ["outside_territory"]


@pytest.mark.parametrize("year", [1970, 2100])
def test_a_clock_that_cannot_be_right_is_flagged_and_the_ticket_counts_from_when_it_came(
    world: World, year: int
) -> None:
    before = clock.now()
    assert flags_of(world, at=datetime(year, 1, 1, 9, tzinfo=SEOUL)) == ["clock_off"]
    [step] = Step.objects.all()
    assert step.is_in_review
    assert before <= step.counts_at == step.received_at <= clock.now()
    assert Ticket.objects.get().is_in_review
