"""B1-B49: whatever is sent, the answer is the one of the table, and it can be told to a person in both languages.

How each is given stands in bad_inputs.py. B27, B28, B40 and B41 are about prices and orders. T1-T7 are about tickets.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from people.models import Member
from sync.rates import rates
from tests.conftest import World
from tests.fieldops.bad_inputs import SHORT, Desk

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

FILE = Path(__file__).parent.parent / "fixtures" / "bad_inputs.json"
TABLE: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
HERE = {f"B{number}" for number in (*range(1, 27), *range(29, 40), *range(42, 50))}
HERE |= {f"T{number}" for number in range(1, 8)}


def number_of(name: str) -> str:
    return name.split()[0]


def test_every_number_has_its_row_and_every_row_is_tried() -> None:
    assert {number_of(row["name"]) for row in TABLE} == HERE
    assert [row["name"] for row in TABLE] == list(SHORT)


def test_every_parked_entry_has_its_sentence_in_both_languages() -> None:
    parked = [row for row in TABLE if row["gets"][0] == "parked"]
    assert len(parked) > 25
    assert [row["name"] for row in parked if not (row.get("ko") and row.get("en"))] == []


def test_every_bad_input_is_answered_as_the_table_says(world: World, otto: Member, subtests: pytest.Subtests) -> None:
    desk = Desk(world, otto)
    for row in TABLE:
        with subtests.test(row["name"]):
            rates.buckets.clear()
            assert SHORT[row["name"]](desk) == row["gets"]
