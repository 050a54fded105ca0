"""Inputs are strict, whatever the form: what is wrong is named, nothing is cut, guessed or slipped in.

The numbers B22 to B36 are those of the list of bad inputs; through both doors they are tried in
tests/visits/test_both_doors.py.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from core import errors
from core.inputs import (
    Choice,
    ClockTime,
    Day,
    Id,
    Input,
    InputProblem,
    Moment,
    Number,
    Text,
    Whole,
    YesNo,
    read_input,
    read_moment,
    shown,
)
from tests.core.wrong import (
    BIDI_OVERRIDES,
    ID,
    NOT_CLOCK_TIMES,
    NOT_DAYS,
    NOT_IDS,
    NOT_LISTS,
    NOT_MOMENTS,
    NOT_NUMBERS,
    NOT_OBJECTS,
    NOT_TEXTS,
    NOT_YES_OR_NO,
    UNSTORABLE,
    WITHOUT_ZONE,
    error,
    refused,
)


class Inner(Input):
    day = Day()
    note = Text(max_length=5, required=False)


class Everything(Input):
    """One field of every class."""

    note = Text(max_length=5, required=False, allow_blank=True)
    text = Text(max_length=5, required=False)
    name = Text(max_length=5, is_name=True, required=False)
    minutes = Whole(min_value=1, max_value=1440, required=False, allow_null=True)
    latitude = Number(min_value=-90, max_value=90, required=False)
    number = Number(required=False)
    is_on = YesNo(required=False)
    step = Choice(choices=["quote", "order"], required=False)
    row = Id(required=False)
    day = Day(required=False)
    clock = ClockTime(required=False)
    at = Moment(required=False)
    ids = serializers.ListField(child=Id(), required=False, max_length=2)
    words = serializers.ListField(child=Text(max_length=5), required=False)
    inner = Inner(required=False)
    inners = Inner(many=True, required=False)


class Must(Input):
    """One that has to be given."""

    row = Id()
    text = Text(max_length=5)


def read(**values: Any) -> dict[str, Any]:
    return read_input(Everything, values)


# --- What is refused --------------------------------------------------------------------------------

MINUTES = {"min": 1, "max": 1440}
DEGREES = {"min": -90, "max": 90}
ANY_NUMBER = {"min": None, "max": None}

# number of the list, field, value, error
REFUSED: list[tuple[str, str, Any, dict[str, Any]]] = [
    ("B22", "text", "", error("field_required", "text")),
    ("B22", "name", "  ", error("field_required", "name")),
    ("B22", "text", None, error("field_required", "text")),
    ("B22", "row", None, error("field_required", "row")),
    ("B22", "inner", {}, error("field_required", "inner.day")),
    ("B23", "inner", {"day": "2026-12-01", "owner": ID}, error("field_not_allowed", "inner.owner")),
    ("B23", "inners", [{"day": "2026-12-01", "owner": ID}], error("field_not_allowed", "inners.0.owner")),
    *[("B24", "minutes", value, error("field_type", "minutes")) for value in NOT_NUMBERS if value is not None],
    *[("B24", "number", value, error("field_type", "number")) for value in NOT_NUMBERS if value is not None],
    *[("B24", name, value, error("field_type", name)) for name in ("text", "name", "step") for value in NOT_TEXTS],
    *[("B24", "is_on", value, error("field_type", "is_on")) for value in NOT_YES_OR_NO],
    *[("B24", "ids", value, error("field_type", "ids")) for value in NOT_LISTS],
    *[("B24", "inner", value, error("field_type", "inner")) for value in NOT_OBJECTS],
    *[
        ("B25", name, value, error("out_of_range", name, **most))
        for name, most in (("latitude", DEGREES), ("number", ANY_NUMBER), ("minutes", MINUTES))
        for value in (math.nan, math.inf, -math.inf)
    ],
    ("B25", "number", 10**400, error("out_of_range", "number", **ANY_NUMBER)),
    *[
        ("B26", "minutes", value, error("out_of_range", "minutes", **MINUTES))
        for value in (0, -1, 1441, 10**12, 10**400, 0.3333, 1e300)
    ],
    *[("B26", "latitude", value, error("out_of_range", "latitude", **DEGREES)) for value in (-90.001, 90.001, 181)],
    *[("B29", name, "가" * 6, error("too_long", name, max=5)) for name in ("note", "text", "name")],
    ("B29", "ids", [ID] * 3, error("too_long", "ids", max=2)),
    ("B29", "words", ["short", "too long"], error("too_long", "words.1", max=5)),
    ("B29", "inner", {"day": "2026-12-01", "note": "too long"}, error("too_long", "inner.note", max=5)),
    *[("B30", name, value, error("bad_characters", name)) for name in ("note", "name") for value in UNSTORABLE],
    *[("B30", "note", f"a{mark}b", error("bad_characters", "note")) for mark in BIDI_OVERRIDES],
    *[("B32", "day", value, error("bad_date", "day")) for value in NOT_DAYS],
    *[("B32", "clock", value, error("bad_date", "clock")) for value in NOT_CLOCK_TIMES],
    *[("B32", "at", value, error("bad_date", "at")) for value in NOT_MOMENTS if value is not None],
    ("B32", "inner", {"day": "2024-02-30"}, error("bad_date", "inner.day")),
    *[("B34", "at", value, error("bad_date", "at")) for value in WITHOUT_ZONE],
    *[("B36", "row", value, error("bad_id", "row")) for value in NOT_IDS],
    ("B36", "ids", [ID, "12"], error("bad_id", "ids.1")),
    *[("choice", "step", value, error("choice", "step")) for value in ("dance", "QUOTE", "")],
]


@pytest.mark.parametrize(("number", "field", "value", "expected"), REFUSED)
def test_it_is_refused_and_named(number: str, field: str, value: Any, expected: dict[str, Any]) -> None:
    assert refused(Everything, {field: value}) == [expected]


def test_every_wrong_field_is_named_and_the_first_leads() -> None:
    """The entry is parked with one sentence; whoever writes by REST sees them all."""
    with pytest.raises(InputProblem) as problem:
        read(minutes=0, row="12", day="2024-02-30")
    assert [found["field"] for found in problem.value.errors] == ["minutes", "row", "day"]
    assert (problem.value.code, problem.value.params) == (errors.OUT_OF_RANGE, {"field": "minutes", **MINUTES})


def test_what_is_left_out_is_named() -> None:
    """B22: and the form is told from the field."""
    assert refused(Must, {}) == [error("field_required", "row"), error("field_required", "text")]


@pytest.mark.parametrize("data", ["text", 12, [], [{}], True])
def test_what_is_no_object_is_refused_whole(data: Any) -> None:
    """B24: and no field is named."""
    assert refused(Must, data) == [error("field_type", "")]


@pytest.mark.parametrize("name", ["is_admin", "org", "owner", "approved", "Text", "text ", "", "__class__"])
def test_a_field_that_is_not_declared_is_refused(name: str) -> None:
    """B23: even when nothing else is right, so that nobody learns what else there would be."""
    assert refused(Must, {name: "yes", "row": "12"}) == [error("field_not_allowed", name)]


def test_a_strangers_name_for_a_field_is_repeated_short_and_storable() -> None:
    assert refused(Must, {"a\x00\ud800" + "b" * 100: 1})[0]["field"] == "a\ufffd\ufffd" + "b" * 57
    assert shown("강판") == "강판"


# --- What is accepted -------------------------------------------------------------------------------

JAMO, SYLLABLES = "\u1100\u1161\u11bc\u1111\u1161\u11ab", "\uac15\ud310"  # one name, written in parts and whole
ACCEPTED: list[tuple[str, str, Any, Any]] = [
    ("B26: the ends of a range belong to it", "minutes", 1, 1),
    ("B26: the ends of a range belong to it", "minutes", 1440, 1440),
    ("B26: the ends of a range belong to it", "latitude", -90, -90.0),
    ("B24: a whole number may be written with a point", "minutes", 45.0, 45),
    ("what may be nothing may be said to be nothing", "minutes", None, None),
    ("B29: as long as allowed, and nothing is cut", "text", "가나다라마", "가나다라마"),
    ("B29: letters count, not their parts", "text", JAMO + "abc", SYLLABLES + "abc"),
    ("B29: a letter outside the first plane is one", "text", "😀" * 5, "😀" * 5),
    ("B30: lines and tabs are text", "text", "a\n\tb", "a\n\tb"),
    ("B30: marks of direction that override nothing are text", "text", "a\u200eb\u200f", "a\u200eb\u200f"),
    ("B30: a name may hold bidirectional marks", "name", "\u202eab\u202c", "\u202eab\u202c"),
    ("B31: what is written in parts is stored whole", "note", JAMO, SYLLABLES),
    ("B31: what is written in parts is stored whole", "name", "e\u0301", "\u00e9"),
    ("blanks around running text are kept", "text", " ab ", " ab "),
    ("blanks around a name are not", "name", " ab\u3000", "ab"),
    ("a text may be emptied where that means something", "note", "", ""),
    ("B32: a leap day", "day", "2024-02-29", date(2024, 2, 29)),
    ("B32: midnight", "clock", "00:00", time(0)),
    ("B36: upper case is normalised", "row", ID.upper(), UUID(ID)),
    ("B36: and so in a list", "ids", [ID.upper()], [UUID(ID)]),
    ("B33: a clock at the beginning of its time", "at", "1970-01-01T00:00:00Z", datetime(1970, 1, 1, tzinfo=UTC)),
    ("B33: a clock far ahead", "at", "2100-01-01T00:00:00+00:00", datetime(2100, 1, 1, tzinfo=UTC)),
]


@pytest.mark.parametrize(("claim", "field", "value", "stored"), ACCEPTED)
def test_it_is_accepted(claim: str, field: str, value: Any, stored: Any) -> None:
    assert read(**{field: value}) == {field: stored}


def test_only_what_was_given_is_there() -> None:
    """A field left out stays as it is; one that is given as nothing becomes nothing."""
    assert read() == {}
    assert read(minutes=None) == {"minutes": None}


def test_a_moment_keeps_the_offset_of_the_clock_that_wrote_it() -> None:
    moment = read_moment("2026-11-24T12:31:00.123+09:00")
    assert moment.isoformat() == "2026-11-24T12:31:00.123000+09:00"


@pytest.mark.parametrize("text", [*WITHOUT_ZONE, *NOT_MOMENTS])
def test_a_moment_is_read_alone_as_in_a_form(text: Any) -> None:
    """B32, B34: the entry's own time is read by the same rule."""
    with pytest.raises(ValidationError) as problem:
        read_moment(text)
    assert problem.value.get_codes() == ["bad_date"]
