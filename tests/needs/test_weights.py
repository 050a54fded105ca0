"""What a need weighs at a moment: the same file is run by the phone (static/src/store/needs/weight.test.ts)."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from needs.weighing import Weight

FILE = Path(__file__).parent.parent / "fixtures" / "weights.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_need_weighs_the_same_here_and_on_the_phone(case: dict[str, Any]) -> None:
    parts = dict(case["tally"])
    heard_at = parts.pop("heard_at")
    weight = Weight(**parts, heard_at=None if heard_at is None else datetime.fromisoformat(heard_at))
    assert weight.at(datetime.fromisoformat(case["at"])) == pytest.approx(case["weight"])
