"""Three-way merge by content: what is taken, what stands, and that no value is ever lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.merge import Clash, Rules, merge

NAMES = ("name", "memo", "owner", "latitude", "longitude")
RULES = Rules(guarded=frozenset({"owner"}), together=(("latitude", "longitude"),))
Row = dict[str, Any]


def one(current: Any, seen: Any, wanted: Any, *, name: str = "memo") -> tuple[Any, list[str]]:
    """What a row of one field holds afterwards, and whose value was kept in each clash."""
    merged = merge({name: current}, {name: seen}, {name: wanted}, RULES)
    return merged.values.get(name, current), [clash.kept for clash in merged.clashes]


def test_what_nobody_else_touched_is_taken() -> None:
    assert one("a", "a", "b") == ("b", [])


def test_what_others_made_the_same_needs_nothing() -> None:
    assert one("b", "a", "b") == ("b", [])


def test_what_was_not_changed_at_all_leaves_the_others_change_alone() -> None:
    assert one("c", "a", "a") == ("c", [])


def test_a_free_field_takes_the_late_value() -> None:
    assert one("c", "a", "b") == ("b", ["mine"])


def test_a_guarded_field_keeps_what_it_has() -> None:
    assert one("c", "a", "b", name="owner") == ("c", ["theirs"])


def test_a_guarded_field_is_taken_when_nobody_else_touched_it() -> None:
    assert one("a", "a", "b", name="owner") == ("b", [])


def test_other_fields_of_one_row_do_not_meet() -> None:
    merged = merge({"name": "theirs", "memo": "old"}, {"name": "old", "memo": "old"}, {"memo": "mine"}, RULES)
    assert (merged.values, merged.clashes) == ({"memo": "mine"}, [])


def test_coordinates_meet_as_one() -> None:
    """Never the latitude of one and the longitude of another."""
    merged = merge(
        {"latitude": 37.0, "longitude": 128.0},
        {"latitude": 37.0, "longitude": 127.0},
        {"latitude": 36.0, "longitude": 127.0},
        RULES,
    )
    assert merged.values == {"latitude": 36.0, "longitude": 127.0}
    assert merged.clashes == [Clash(("latitude", "longitude"), (37.0, 127.0), (36.0, 127.0), (37.0, 128.0), "mine")]


values = st.integers(0, 3)
rows = st.fixed_dictionaries(dict.fromkeys(NAMES, values))
wishes = st.dictionaries(st.sampled_from(NAMES), values, min_size=1)


@given(current=rows, seen=rows, wanted=wishes)
def test_i12_no_value_disappears(current: Row, seen: Row, wanted: Row) -> None:
    """What a person wrote stands in the row or in a clash; so does whatever of another's it took the place of."""
    merged = merge(current, seen, wanted, RULES)
    after = {**current, **merged.values}
    shown = {name: (mine, theirs) for clash in merged.clashes for name, mine, theirs in _of(clash)}
    for name, value in wanted.items():
        is_change = value != seen[name]
        assert not is_change or after[name] == value or shown[name][0] == value
    for name in NAMES:
        if after[name] != current[name] and current[name] != seen[name]:
            assert shown[name][1] == current[name]


@given(current=rows, seen=rows, wanted=wishes)
def test_a_merge_that_is_done_again_changes_nothing_more(current: Row, seen: Row, wanted: Row) -> None:
    once = merge(current, seen, wanted, RULES)
    again = merge({**current, **once.values}, seen, wanted, RULES)
    assert {**current, **once.values, **again.values} == {**current, **once.values}


@given(current=rows, wanted=wishes)
def test_whoever_saw_the_newest_version_meets_nobody(current: Row, wanted: Row) -> None:
    merged = merge(current, current, wanted, RULES)
    assert merged.clashes == []
    assert {**current, **merged.values} == {**current, **wanted}


def _of(clash: Clash) -> list[tuple[str, Any, Any]]:
    return list(zip(clash.fields, clash.mine, clash.theirs, strict=True))


@pytest.mark.parametrize("wanted", [{"latitude": 1}, {"longitude": 1}, {"latitude": 1, "longitude": 1}])
def test_fields_that_belong_together_are_one_group(wanted: Row) -> None:
    assert RULES.groups([*wanted, "memo"]) == [("latitude", "longitude"), ("memo",)]
