"""Rows that another process runs are told by a file: whole, and never fewer than were asked for."""

from __future__ import annotations

from pathlib import Path

from tests.faults.measure import Result
from tests.faults.rows import ROWS
from tests.faults.running import tell, told_in
from tests.faults.table import Done

F19, F20 = ROWS["F19"], ROWS["F20"]
RESULT = Result(created=9, acknowledged=9, found=6, lost=0, doubled=0, parked=0, equal=True, seconds=1.5, figure="3")


def test_what_was_told_is_read_as_it_was(tmp_path: Path) -> None:
    done = [Done(F19, "sqlite", RESULT, "", 10.0), Done(F19, "postgresql", None, "NotReady: web", 3.0)]
    tell(tmp_path / "rows", done)
    assert told_in(tmp_path / "rows", [(F19, "sqlite"), (F19, "postgresql")]) == done


def test_a_row_of_which_nothing_is_told_has_failed(tmp_path: Path) -> None:
    tell(tmp_path / "rows", [Done(F19, "sqlite", RESULT, "", 10.0)])
    assert [one.is_good for one in told_in(tmp_path / "rows", [(F19, "sqlite"), (F20, "sqlite")])] == [True, False]
    assert [one.is_good for one in told_in(tmp_path / "none", [(F19, "sqlite")])] == [False]
