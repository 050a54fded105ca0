"""Each incident of the list has a test that names it. What is about photos (T2, T5-T7, T29-T35) comes with them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
INCIDENTS = {1, 3, 4, *range(8, 29), *range(36, 46)}
PLACES = (ROOT / "tests", ROOT / "static" / "src")


def named() -> set[int]:
    found: set[int] = set()
    for place in PLACES:
        for path in place.rglob("*"):
            if path.suffix in {".py", ".ts"} and path != Path(__file__) and "node_modules" not in path.parts:
                found |= {int(number) for number in re.findall(r"(?:\bT|_t)(\d+)(?![\d.])", path.read_text("utf-8"))}
    return found


def test_every_incident_of_the_list_is_named_by_a_test() -> None:
    assert sorted(INCIDENTS - named()) == []
