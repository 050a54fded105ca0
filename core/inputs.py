"""Strict inputs: unknown fields, loose types and unstorable characters are refused, nothing is cut or guessed.

Both doors use these: REST bodies and the arguments of a phone's entries. DRF's own fields take
"12" for 12 and 12 for "12"; ours do not, since a phone that sends the wrong type has a fault that
must be seen.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from core import errors
from core.errors import Code, Problem

MOST_SHOWN = 60
# Control characters but for line ends and tabs, and halves of surrogate pairs.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SENTENCES = {code.name: code.message for code in vars(errors).values() if isinstance(code, Code)}
_CODES = {code.name: code for code in vars(errors).values() if isinstance(code, Code)}
# DRF's codes on the left, ours on the right.
_TRANSLATED = {
    "required": "field_required",
    "null": "field_required",
    "blank": "field_required",
    "empty": "field_required",
    "invalid": "field_type",
    "not_a_dict": "field_type",
    "not_a_list": "field_type",
    "invalid_choice": "choice",
    "max_length": "too_long",
    "max_string_length": "out_of_range",
    "min_value": "out_of_range",
    "max_value": "out_of_range",
    "max_digits": "out_of_range",
    "max_decimal_places": "out_of_range",
}


class InputProblem(Problem):
    """An input does not have the right form. ``errors`` names every wrong field, the first one leads."""

    def __init__(self, found: list[dict[str, Any]]) -> None:
        first = dict(found[0])
        super().__init__(_CODES.get(first.pop("code"), errors.FIELD_TYPE), **first)
        self.errors = found


def _fail(code: Code) -> ValidationError:
    return ValidationError(code.message, code=code.name)


def clean_text(value: str, *, is_name: bool = False) -> str:
    """NFC text. Raises bad_characters for what cannot be stored or would deceive a reader.

    Names may hold bidirectional marks (they are shown isolated); running text may not.
    """
    if _UNSTORABLE.search(value) or (not is_name and _BIDI.search(value)):
        raise _fail(errors.BAD_CHARACTERS)
    return unicodedata.normalize("NFC", value)


def shown(name: str) -> str:
    """A name that a stranger chose, short, and such that a refusal that repeats it can be stored and sent."""
    return _UNSTORABLE.sub("\ufffd", name[:MOST_SHOWN])


class Text(serializers.CharField):
    """A string as it was written, NFC; ``is_name`` also trims it."""

    def __init__(self, *, max_length: int, is_name: bool = False, **kwargs: Any) -> None:
        self.is_name = is_name
        super().__init__(max_length=max_length, trim_whitespace=is_name, **kwargs)
        self.validators = [v for v in self.validators if "Prohibit" not in type(v).__name__]

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise _fail(errors.FIELD_TYPE)
        return clean_text(super().to_internal_value(data), is_name=self.is_name)


class Whole(serializers.IntegerField):
    """A whole number sent as a JSON number."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int | float):
            raise _fail(errors.FIELD_TYPE)
        if isinstance(data, float) and not data.is_integer():
            raise _fail(errors.OUT_OF_RANGE)
        return int(data)


class Number(serializers.FloatField):
    """A number sent as a JSON number."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float):
            raise _fail(errors.FIELD_TYPE)
        try:
            number = float(data)
        except OverflowError:  # JSON has whole numbers of any length, floats end at 1.8e308
            raise _fail(errors.OUT_OF_RANGE) from None
        if not math.isfinite(number):  # a file may say nan, which no limit would stop: it is neither more nor less
            raise _fail(errors.OUT_OF_RANGE)
        return number


class YesNo(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            raise _fail(errors.FIELD_TYPE)
        return data


class Choice(serializers.ChoiceField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise _fail(errors.FIELD_TYPE)
        return str(super().to_internal_value(data))


class Id(serializers.UUIDField):
    """A UUID with dashes; upper case is taken and normalised."""

    def to_internal_value(self, data: Any) -> UUID:
        try:
            found = UUID(data) if isinstance(data, str) else None
        except ValueError:
            found = None
        if found is None or str(found) != data.lower():  # UUID() also reads braces, underscores, any dashes
            raise _fail(errors.BAD_ID)
        return found


class Day(serializers.DateField):
    def to_internal_value(self, value: Any) -> date:
        try:
            found = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None or found.isoformat() != value:  # fromisoformat() also reads 2026-W49-2 and 20261201
            raise _fail(errors.BAD_DATE)
        return found


@extend_schema_field({"type": "string", "pattern": r"^\d\d:\d\d$"})
class ClockTime(serializers.TimeField):
    """A wall-clock time, HH:MM."""

    def to_internal_value(self, value: Any) -> time:
        try:
            found = time.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None or found.strftime("%H:%M") != value:  # fromisoformat() also reads T0930 and 09:30:00
            raise _fail(errors.BAD_DATE)
        return found


class Moment(serializers.DateTimeField):
    """A moment with its zone; one without is refused, since nobody could say when it was."""

    def to_internal_value(self, value: Any) -> datetime:
        return read_moment(value)


def read_moment(value: Any) -> datetime:
    """An aware datetime that keeps the writer's offset. Raises bad_date without a zone or out of the calendar."""
    if not isinstance(value, str) or not 20 <= len(value) <= 35:
        raise _fail(errors.BAD_DATE)
    try:
        moment = datetime.fromisoformat(value)
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _fail(errors.BAD_DATE) from None
    if moment.tzinfo is None:
        raise _fail(errors.BAD_DATE)
    return moment


class Input(serializers.Serializer[Any]):
    """Base of all inputs: a field that is not declared is refused, so nothing can be slipped in."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, Mapping):
            raise ValidationError({"": [_fail(errors.FIELD_TYPE).detail[0]]})  # type: ignore[index]
        unknown = [name for name in data if name not in self.fields]
        if unknown:
            raise ValidationError({shown(str(unknown[0])): [ErrorDetail("", code="field_not_allowed")]})
        return dict(super().to_internal_value(data))


@cache
def _form(form: type[Input]) -> Input:
    """One instance per form: building its fields costs more than validating, and validating keeps no state."""
    return form()


def read_input(form: type[Input], data: Any) -> dict[str, Any]:
    """The validated values, only those that were given. Raises InputProblem naming every wrong field."""
    instance = _form(form)
    try:
        return dict(instance.run_validation(data))
    except ValidationError as error:
        raise InputProblem(list(_named_errors(instance, error.detail, ""))) from None


def read_field(form: type[Input], name: str, data: Any) -> Any:
    """One value as the form would store it; what the form does not take comes back as it is."""
    try:
        return _form(form).fields[name].run_validation(data)
    except ValidationError:
        return data


def _named_errors(form: Any, found: Any, path: str) -> Iterator[dict[str, Any]]:
    if isinstance(found, Mapping):
        for name, inner in found.items():
            field = form.fields.get(name) if hasattr(form, "fields") else getattr(form, "child", None)
            yield from _named_errors(field, inner, ".".join(filter(None, (path, str(name)))))
        return
    for detail in found if isinstance(found, list) else [found]:
        if isinstance(detail, Mapping):
            yield from _named_errors(getattr(form, "child", form), detail, path)
        else:
            yield _one_error(form, detail, path.removesuffix(".non_field_errors"))


def _one_error(field: Any, detail: Any, path: str) -> dict[str, Any]:
    code = str(getattr(detail, "code", "invalid"))
    name = code if code in _SENTENCES else _TRANSLATED.get(code, "field_type")
    error: dict[str, Any] = {"code": name, "field": path}
    if name == "too_long":
        error["max"] = field.max_length
    if name == "out_of_range":
        error |= {"min": getattr(field, "min_value", None), "max": getattr(field, "max_value", None)}
    return error
