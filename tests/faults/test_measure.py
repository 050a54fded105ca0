"""The measure sees what is lost, doubled, parked and changed: a table of zeros would say nothing otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from tests.faults.measure import Result, measured
from tests.faults.scenarios.phones import summed

VISIT = "v1"


def account(**values: Any) -> dict[str, Any]:
    """Of one entry, which was applied once and left a visit."""
    sound: dict[str, Any] = {"states": {"e1": ["applied"]}, "effects": {"e1": 1}, "acts": {"e1": 1}}
    return {**sound, "visits": {VISIT: "said"}, **values}


def result(found: dict[str, Any], **values: Any) -> Result:
    given: dict[str, Any] = {"created": ["e1"], "acknowledged": ["e1"], "notes": {VISIT: "said"}, "equal": True}
    return measured(found, seconds=1.0, **{**given, **values})


def test_what_was_applied_once_is_good() -> None:
    found = result(account())
    assert (found.created, found.acknowledged, found.found, found.lost, found.doubled) == (1, 1, 1, 0, 0)
    assert found.is_good


@pytest.mark.parametrize("states", [{}, {"e1": ["received"]}, {"e1": ["duplicate"]}])
def test_an_entry_without_an_answer_is_lost(states: dict[str, list[str]]) -> None:
    """A duplicate of nothing is no answer either."""
    found = result(account(states=states, effects={}, acts={}))
    assert found.lost == 1
    assert not found.is_good


def test_an_acknowledged_entry_that_is_not_there_is_lost_though_nobody_says_he_wrote_it() -> None:
    found = result(account(), acknowledged=["e1", "e2"])
    assert found.lost == 1


@pytest.mark.parametrize("twice", ["effects", "acts"])
def test_a_second_effect_or_a_second_line_of_the_audit_is_one_too_many(twice: str) -> None:
    found = result(account(**{twice: {"e1": 2}}))
    assert found.doubled == 1
    assert not found.is_good


def test_a_duplicate_beside_its_twin_is_no_second_effect() -> None:
    assert result(account(states={"e1": ["applied", "duplicate"]})).is_good


def test_parked_is_an_answer_but_has_to_be_expected() -> None:
    parked = account(states={"e1": ["parked poison"]}, effects={}, acts={}, visits={})
    assert result(parked, notes={}, parks=1).is_good
    assert not result(parked, notes={}).is_good
    assert not result(account(), parks=1).is_good


@pytest.mark.parametrize("visits", [{}, {VISIT: "said before"}])
def test_a_visit_that_does_not_say_what_was_written_last_is_not_equal(visits: dict[str, str]) -> None:
    assert not result(account(visits=visits)).equal


def test_a_row_that_breaks_its_own_claim_is_not_good() -> None:
    assert not result(account()).but("p95 three times as long", holds=False).is_good


# --- Rows that a browser's tests told ------------------------------------------------------------------


def told(**values: Any) -> dict[str, object]:
    sound = {"fault": "F23", "created": 2, "acknowledged": 2, "found": 2, "lost": 0, "doubled": 0, "parked": 0}
    return {**sound, "are_equal": True, "seconds": 1.5, "said": "2 tabs", **values}


def test_several_ways_of_one_fault_are_one_row() -> None:
    found = summed([told(), told(created=3, said="3 tabs", seconds=2.5)], passed=True)
    assert (found.created, found.seconds, found.figure) == (5, 2.5, "2 tabs; 3 tabs")
    assert found.is_good


@pytest.mark.parametrize("values", [{"lost": 1}, {"doubled": 1}, {"are_equal": False}])
def test_one_bad_way_makes_the_row_bad(values: dict[str, Any]) -> None:
    assert not summed([told(), told(**values)], passed=True).is_good


def test_a_test_that_failed_or_told_nothing_is_a_bad_row() -> None:
    assert not summed([told()], passed=False).is_good
    assert not summed([], passed=True).is_good
