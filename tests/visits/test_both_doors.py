"""One table of cases, run through both doors: REST, and the entries of a phone. Both must say the same.

B19 to B36 are the numbers of the list of bad inputs; every class of field is tried in tests/core/test_inputs.py.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.ids import uuid7
from tests.both_doors import Case, by_state, check_row, heard
from tests.conftest import World
from tests.phone import Phone
from tests.rest import API, signed_in
from tests.visits.doors.accepted import ACCEPTED
from tests.visits.doors.malformed import MALFORMED
from tests.visits.doors.refused import REFUSED
from tests.visits.doors.room import ROOM, STEP
from tests.visits.stage import Stage

pytestmark = pytest.mark.both_databases

NO = by_state([*MALFORMED, *REFUSED])


def test_every_kind_of_this_room_has_cases_and_no_case_stands_twice() -> None:
    ROOM.require_whole(ACCEPTED, MALFORMED, REFUSED)


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_a_phone_may_say(world: World, case: Case) -> None:
    """B31: what is written in parts is stored whole. B35: what cannot be a place is dropped and flagged."""
    ROOM.phone_says(world, case)


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_rest_may_say(world: World, case: Case) -> None:
    """B31, B35."""
    ROOM.rest_says(world, case)


@pytest.mark.parametrize("given", NO)
def test_a_phone_is_refused(world: World, given: str, subtests: pytest.Subtests) -> None:
    """B22, B23, B24, B26, B29, B30, B32, B36: parked with a code and the values of its sentence."""
    ROOM.phone_is_refused(world, NO[given], subtests)


@pytest.mark.parametrize("given", NO)
def test_rest_is_refused(world: World, given: str, subtests: pytest.Subtests) -> None:
    """B22, B23, B24, B26, B29, B30, B32, B36: the same code and the same values."""
    ROOM.rest_is_refused(world, NO[given], subtests)


# --- What is no JSON ------------------------------------------------------------------------------

NOT_JSON = [
    '{"minutes": NaN}',
    '{"minutes": -Infinity}',
    '{"minutes": 1e400}',
    '{"note": "a", "note": "b"}',
    '{"note": "a"',
]


@pytest.mark.parametrize("args", NOT_JSON)
def test_what_is_no_json_is_parked_whole(world: World, args: str) -> None:
    """B25; and B2, B4 inside an entry."""
    phone, id = Phone(world.ana), uuid7()
    phone.append(f'{{"id":"{id}","kind":"visit.log","v":1,"at":"2026-11-24T09:00:00.000+09:00","args":{args}}}')
    phone.sync()
    assert heard(phone, str(id)) == ("parked", "bad_entry", {})


@pytest.mark.parametrize("args", NOT_JSON)
def test_what_is_no_json_is_refused_by_rest(world: World, args: str) -> None:
    """B25."""
    answer = signed_in(world.ana).post(f"{API}visits/{uuid7()}/log/", args, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_json")


def test_a_kind_nobody_registered_is_named(world: World) -> None:
    """B19."""
    phone = Phone(world.ana)
    entry = phone.write("visit.dance", visit=uuid7())
    phone.sync()
    assert heard(phone, entry) == ("parked", "unknown_kind", {"kind": "visit.dance"})


# --- What is taken as it is ------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["1970-01-01T00:00:00.000+09:00", "2100-01-01T00:00:00.000+09:00"])
def test_a_clock_that_is_decades_off_is_taken_and_flagged(world: World, at: str) -> None:
    """B33: what somebody did is never refused for when they say it was. (By REST it is now.)"""
    phone, visit = Phone(world.ana), uuid7()
    entry = phone.write("visit.log", at=at, visit=visit, customer=world.steel.pk, outcome="progress")
    phone.sync()
    assert heard(phone, entry) == ("applied", None, {})
    check_row("visit", str(visit), {"made_at": at, "flags": ["clock_off"]})


def _in_upper_case(stage: Stage) -> dict[str, Any]:
    args = {"visit": "$new", "customer": "$steel", "site": "$gate", "outcome": "progress", "next_step": STEP}
    filled: dict[str, Any] = json.loads(json.dumps(stage.fill(args)))
    inner = {**filled["next_step"], "commitment": filled["next_step"]["commitment"].upper()}
    return {**filled, **{name: filled[name].upper() for name in ("visit", "customer", "site")}, "next_step": inner}


def test_ids_in_upper_case_are_the_same_ids_to_a_phone(world: World) -> None:
    """B36: taken, and stored as everybody else writes them."""
    stage, phone = Stage(world), Phone(world.ana)
    entry = phone.write("visit.log", **_in_upper_case(stage))
    phone.sync()
    assert heard(phone, entry) == ("applied", None, {})
    _check_upper_case(stage)


def test_ids_in_upper_case_are_the_same_ids_by_rest(world: World) -> None:
    """B36: in the address as in the body."""
    stage = Stage(world)
    args = _in_upper_case(stage)
    answer = signed_in(world.ana).post(f"{API}visits/{args.pop('visit')}/log/", args, format="json")
    assert answer.status_code == 200, answer.content
    _check_upper_case(stage)


def _check_upper_case(stage: Stage) -> None:
    check_row("visit", str(stage.id("new")), stage.fill({"id": "$new", "customer": "$steel", "site": "$gate"}))
    check_row("commitment", str(stage.id("promise")), stage.fill({"id": "$promise", "visit": "$new"}))
