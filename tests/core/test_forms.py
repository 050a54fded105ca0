"""Every input of every room is as strict as the fields it is made of, the ones still to come too."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework import serializers

import customers.importing
import fieldops.urls  # noqa: F401  (every form of the product is loaded with its addresses)
from core.inputs import Choice, ClockTime, Day, Id, Input, Moment, Number, Text, Whole, YesNo
from sync.registry import registry
from tests.core.wrong import (
    NOT_CLOCK_TIMES,
    NOT_DAYS,
    NOT_IDS,
    NOT_LISTS,
    NOT_MOMENTS,
    NOT_OBJECTS,
    NOT_TEXTS,
    NOT_YES_OR_NO,
    UNSTORABLE,
    error,
    refused,
)
from tests.lamps import is_made_up

Field = serializers.Field[Any, Any, Any, Any]
STRICT = (Text, Whole, Number, YesNo, Choice, Id, Day, ClockTime, Moment)
WRONG_TYPES: dict[type[Any], tuple[Any, ...]] = {
    Text: NOT_TEXTS,
    serializers.EmailField: (True, ["a"], {"a": "b"}, "a\x00@example.com", "a\ud800@example.com", "nobody"),
    Whole: ("12", True, [12], {}),
    Number: ("12", True, [12], {}),
    YesNo: NOT_YES_OR_NO,
    Choice: (12, True, ["quote"], {}),
    Id: NOT_IDS,
    Day: NOT_DAYS,
    ClockTime: NOT_CLOCK_TIMES,
    Moment: NOT_MOMENTS,
    serializers.ListField: NOT_LISTS,
    Input: NOT_OBJECTS,
    serializers.DictField: NOT_OBJECTS,
}


def forms(of: type[Input] = Input) -> Iterator[type[Input]]:
    """All inputs that a room of the product declares."""
    for form in of.__subclasses__():
        if not form.__module__.startswith("tests."):
            yield form
        yield from forms(form)


FORMS = sorted(set(forms()), key=lambda form: form.__qualname__)


def fields_of(form: type[Input]) -> dict[str, Field]:
    return dict(form().fields)


def test_no_form_is_overlooked() -> None:
    assert {kind.form for kind in registry.kinds.values() if not is_made_up(kind.name)} <= set(FORMS)
    assert customers.importing.LineInput in FORMS


@pytest.mark.parametrize("form", FORMS)
def test_a_form_takes_no_field_that_it_does_not_declare(form: type[Input]) -> None:
    """B23: the whitelist is the form itself."""
    for name in ("is_superuser", "organization", "org", "approved", "member_id", "rv"):
        assert refused(form, {name: True}) == [error("field_not_allowed", name)]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_made_of_strict_fields(form: type[Input]) -> None:
    """The package's own fields guess; of them only addresses of mail and lists of ours are taken, within limits.

    An object of anything is what another form reads in turn (people.console_serializers.ApplyInput), and a list may be
    one of forms, which are tested as every other, or of lists as strict as itself.
    """
    for name, field in fields_of(form).items():
        if isinstance(field, serializers.ListField):
            assert is_strict_list(field), name
        else:
            assert isinstance(field, (*STRICT, Input, serializers.EmailField, serializers.DictField)), name


def is_strict_list(field: Any) -> bool:
    child = field.child
    inside = is_strict_list(child) if isinstance(child, serializers.ListField) else isinstance(child, (*STRICT, Input))
    return inside and bool(field.max_length)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_strict_about_types(form: type[Input]) -> None:
    """B24, B32, B36: in every field of it."""
    for name, field in fields_of(form).items():
        for value in next(wrong for kind, wrong in WRONG_TYPES.items() if isinstance(field, kind)):
            found = [one["field"].split(".")[0] for one in refused(form, {name: value})]
            assert name in found, (name, value)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_cuts_no_text_and_stores_none_that_cannot_be(form: type[Input]) -> None:
    """B29, B30: in every text of it."""
    for name, field in fields_of(form).items():
        if isinstance(field, Text):
            most = field.max_length or 0
            assert error("too_long", name, max=most) in refused(form, {name: "a" * (most + 1)})
            for value in UNSTORABLE:
                assert error("bad_characters", name) in refused(form, {name: value})


@pytest.mark.parametrize("form", FORMS)
def test_a_form_takes_no_number_that_is_none(form: type[Input]) -> None:
    """B25, B26: whatever its range."""
    for name, field in fields_of(form).items():
        if isinstance(field, Whole | Number):
            for value in (math.nan, math.inf, -math.inf, 10**400):
                assert ("out_of_range", name) in {(one["code"], one["field"]) for one in refused(form, {name: value})}
