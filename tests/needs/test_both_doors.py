"""One table of cases about needs, run through both doors: REST, and the entries of a phone. Both must say the same."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import Code
from needs import errors
from tests.both_doors import Case, by_state, heard
from tests.conftest import World
from tests.needs.doors.accepted import ACCEPTED
from tests.needs.doors.malformed import MALFORMED
from tests.needs.doors.refused import REFUSED
from tests.needs.doors.room import ROOM
from tests.needs.stage import Stage
from tests.phone import Phone
from tests.rest import API, signed_in

pytestmark = pytest.mark.both_databases

NO = by_state([*MALFORMED, *REFUSED])


def test_every_kind_of_this_room_has_cases_and_no_case_stands_twice() -> None:
    ROOM.require_whole(ACCEPTED, MALFORMED, REFUSED)


def test_every_code_of_this_room_has_a_case() -> None:
    codes = {code.name for code in vars(errors).values() if isinstance(code, Code)}
    assert codes <= {case.code for case in REFUSED}


def test_a_theme_that_was_removed_is_no_more_renamed_or_removed(world: World) -> None:
    """A phone, which may have written it before, is told why; by REST it is not there."""
    stage, rest = Stage(world), signed_in(world.jun)
    theme = stage.id("removed_theme")
    deeds: list[tuple[str, dict[str, Any]]] = [("rename", {"name": "Din"}), ("remove", {})]
    for verb, args in deeds:
        jun = Phone(world.jun)
        entry = jun.write(f"theme.{verb}", theme=theme, **args)
        jun.sync()
        assert heard(jun, entry) == ("parked", "row_deleted", {"field": "theme"})
        assert rest.post(f"{API}themes/{theme}/{verb}/", args, format="json").status_code == 404


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
