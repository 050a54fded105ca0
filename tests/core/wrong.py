"""What no input may take, and how it is told: shared by the tests of fields and of forms."""

from __future__ import annotations

from typing import Any

import pytest

from core.inputs import Input, InputProblem, read_input

ID = "0199f9c5-aaaa-7000-8000-00000000abcd"

NOT_NUMBERS: tuple[Any, ...] = ("12", "", True, None, [12], {})
NOT_YES_OR_NO: tuple[Any, ...] = ("true", "yes", 1, 0, [])
NOT_LISTS: tuple[Any, ...] = (ID, 12, True, {"0": ID})
NOT_OBJECTS: tuple[Any, ...] = ("here", 12, [], True)
NOT_TEXTS: tuple[Any, ...] = (12, 1.5, True, ["a"], {"a": "b"})
NOT_DAYS: tuple[Any, ...] = (
    "2024-02-30",
    "2023-02-29",
    "2026-13-01",
    "2026-1-1",
    "20261201",
    "2026-W49-2",
    "2026-12-01T09:00",
    20261201,
)
NOT_CLOCK_TIMES: tuple[Any, ...] = ("24:00", "09:60", "9:30", "09:30:00", "T0930", "09:30+09:00", 930)
NOT_MOMENTS: tuple[Any, ...] = (
    "2024-02-30T09:00:00+09:00",
    "2026-11-24T25:00:00+09:00",
    "0001-01-01T00:00:00+14:00",  # before the calendar begins, in UTC
    "10000-01-01T00:00:00+00:00",
    "2026-11-24",
    "2026-11-24T09:00Z",
    "tomorrow, about nine",
    1_780_000_000,
    None,
)
WITHOUT_ZONE = ("2026-11-24T09:00:00", "2026-11-24T09:00:00.123", "2026-11-24 09:00:00.123456")
NOT_IDS: tuple[Any, ...] = (
    "12",
    "",
    ID[:-1],
    f"{{{ID}}}",
    ID.replace("-", ""),
    f"urn:uuid:{ID}",
    ID[:-1] + "g",
    12,
    True,
    [],
    {},
)
UNSTORABLE = ("a\x00b", "a\x07b", "a\x1bb", "a\ud800b", "\udfffb")
BIDI_OVERRIDES = tuple("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def refused(form: type[Input], data: Any) -> list[dict[str, Any]]:
    with pytest.raises(InputProblem) as problem:
        read_input(form, data)
    return problem.value.errors


def error(code: str, field: str, **params: Any) -> dict[str, Any]:
    return {"code": code, "field": field, **params}
