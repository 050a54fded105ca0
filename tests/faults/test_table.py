"""The table of a document is replaced, and what people wrote around it stays."""

from __future__ import annotations

from pathlib import Path

from tests.faults.measure import Result
from tests.faults.rows import Row
from tests.faults.table import BEGIN, END, Done, of, write


def done(*, lost: int = 0) -> Done:
    def never(_: object) -> Result:
        raise AssertionError

    result = Result(created=9, acknowledged=9, found=9, lost=lost, doubled=0, parked=0, equal=True, seconds=1.5)
    return Done(Row("F1", "web killed", never), "sqlite", result, "", 10.0)


def test_what_stands_around_the_table_stays(tmp_path: Path) -> None:
    file = tmp_path / "measured.md"
    file.write_text(f"# Measured\n\nBefore.\n\n{BEGIN}\nof last week\n{END}\n\nAfter.\n", encoding="utf-8")
    write(file, [done()], seed=7, seconds=60, words=["--only", "F1"])
    text = file.read_text(encoding="utf-8")
    assert text.startswith(f"# Measured\n\nBefore.\n\n{BEGIN}\n")
    assert text.endswith(f"{END}\n\nAfter.\n")
    assert "of last week" not in text
    assert "`python3 dev.py faults --only F1`, seed 7" in text


def test_a_file_without_a_table_gets_one_at_its_end(tmp_path: Path) -> None:
    file = tmp_path / "measured.md"
    file.write_text("# Measured\n\nAbout pushes.\n", encoding="utf-8")
    write(file, [done()], seed=7, seconds=60, words=[])
    write(file, [done()], seed=8, seconds=60, words=[])
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Measured\n\nAbout pushes.\n")
    assert text.count(BEGIN) == text.count(END) == 1
    assert "seed 8" in text


def test_a_row_that_lost_something_is_said_to_have_failed() -> None:
    assert "| ok" in of([done()])
    assert "FAILED" in of([done(lost=1)])


def test_a_row_that_broke_down_has_failed_for_its_reason() -> None:
    broken = Done(done().row, "sqlite", None, "NotReady: web did not answer", 1.0)
    assert not broken.is_good
    assert "NotReady: web did not answer" in of([broken])
