"""Reading a file of customers: encodings, columns, one line at a time, and a report that names every line."""

from __future__ import annotations

import codecs
import csv
import io
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from core.errors import Problem
from core.inputs import Input, Number, Text, read_input, shown
from customers import actions
from customers.actions import Imported, ImportRow
from customers.serializers import require_place
from sync import changes
from sync.changes import Actor

UNIT_ROWS = 200
MOST_HEADINGS = 40  # of a file that may be anything, in what is said about it
FIELDS = ("external_id", "name", "segment", "phone", "memo", "territory", "address", "latitude", "longitude")
REQUIRED = ("external_id", "name", "territory")

Columns = Mapping[str, tuple[str, ...]]

_HANGUL = re.compile("[가-힣]")
_UNREAD = re.compile("[\udc80-\udcff]")  # a byte that is not of the file's encoding
_END = "\0end"


class UnreadableFile(Exception):
    """The file cannot be taken at all; the message says what to do about it."""


class LineInput(Input):
    external_id = Text(max_length=80, is_name=True)
    name = Text(max_length=200, is_name=True)
    territory = Text(max_length=80, is_name=True)
    segment = Text(max_length=80, is_name=True, required=False, allow_blank=True)
    phone = Text(max_length=40, is_name=True, required=False, allow_blank=True)
    memo = Text(max_length=4000, required=False, allow_blank=True)
    address = Text(max_length=300, is_name=True, required=False, allow_blank=True)
    latitude = Number(min_value=-90, max_value=90, required=False)
    longitude = Number(min_value=-180, max_value=180, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return require_place(attrs)


@dataclass
class Line:
    """One line of the file with its number there (the heading is line 1)."""

    number: int
    result: Imported
    row: ImportRow | None = None


@dataclass
class Report:
    lines: list[Line] = field(default_factory=list)

    def counts(self) -> Counter[str]:
        return Counter(line.result.outcome for line in self.lines)

    def refused(self) -> list[Line]:
        return [line for line in self.lines if line.result.outcome == "refused"]


def read_columns(path: Path | None) -> Columns:
    """Which of their columns feeds each of our fields. Without a file ours are called as ours."""
    if path is None:
        return {name: (name,) for name in FIELDS}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableFile(f"{path.name} cannot be read as a table of columns: {error}") from None
    unknown = sorted(set(found) - set(FIELDS))
    if unknown:
        raise UnreadableFile(f"{path.name} names fields we do not have: {', '.join(unknown)}")
    columns = {name: [theirs] if isinstance(theirs, str) else theirs for name, theirs in found.items()}
    for name, theirs in columns.items():
        if not isinstance(theirs, list) or not all(isinstance(one, str) for one in theirs):
            raise UnreadableFile(f"{path.name} must give {name} a column, or a list of columns.")
    return {name: tuple(theirs) for name, theirs in columns.items()}


def read_text(content: bytes) -> str:
    """UTF-8 (with or without a mark) or CP949, which Excel in Korea writes.

    A byte that is not of the file's encoding stays behind as half of a surrogate pair: no field takes it, and so
    its line alone is refused.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        lines = content.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)
    foreign = [not line.isascii() for line in lines]
    korean = [is_foreign and _is_hangul_in_utf_8(line) for is_foreign, line in zip(foreign, lines, strict=True)]
    if content.startswith(codecs.BOM_UTF8) or sum(korean) * 2 > sum(foreign):
        return "".join(line.decode("utf-8", "surrogateescape") for line in lines)
    encodings = ["ascii" if is_utf_8 else "cp949" for is_utf_8 in korean]
    return "".join(line.decode(known, "surrogateescape") for line, known in zip(lines, encodings, strict=True))


def _is_hangul_in_utf_8(line: bytes) -> bool:
    """CP949 may pass for UTF-8 by chance, but not for Hangul in it. (The other way round it may.)"""
    try:
        return _HANGUL.search(line.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return False


def read_lines(content: bytes, columns: Columns) -> Iterator[Line]:
    """Every line of the file, read; wrong ones are refused with the field and the reason."""
    text = read_text(content)
    _require_closed_cells(text)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    _require_columns(set(reader.fieldnames or ()), columns)
    seen: set[str] = set()
    for cells in reader:
        yield _read_line(reader.line_num, cells, columns, seen)


def _require_closed_cells(text: str) -> None:
    """Reads to the end before anything is written: an open quotation mark makes one cell of all lines after it."""
    reader = csv.reader(chain(io.StringIO(text, newline=""), ["\n", _END]))
    begun = 1
    try:
        for cells in reader:
            if cells == [_END]:
                return
            if not (cells and cells[-1].endswith(_END)):
                begun = reader.line_num + 1
    except csv.Error:  # a cell longer than any
        pass
    raise UnreadableFile(f"The quotation mark that is opened in line {begun} is never closed.")


def _require_columns(headings: set[str], columns: Columns) -> None:
    if any(map(_UNREAD.search, headings)):
        raise UnreadableFile("The heading cannot be read: save the file again as CSV UTF-8.")
    missing = [name for name in REQUIRED if not headings & set(columns.get(name, ()))]
    if missing:
        found = ", ".join(map(shown, sorted(headings)[:MOST_HEADINGS])) or "no heading"
        raise UnreadableFile(f"No column for {', '.join(missing)}. The file has: {found}.")


def _read_line(number: int, cells: Mapping[str, Any], columns: Columns, seen: set[str]) -> Line:
    given = {name: _first_filled(cells, theirs) for name, theirs in columns.items()}
    given = {name: value for name, value in given.items() if value}
    try:
        values = read_input(LineInput, {**given, **_coordinates(given)})
    except Problem as problem:
        reason = f"{problem.params.get('field')}: {problem.code.name}"
        return Line(number, Imported("refused", reason=reason))
    if values["external_id"] in seen:
        return Line(number, Imported("refused", reason="external_id: twice in this file"))
    seen.add(values["external_id"])
    return Line(number, Imported("read"), _as_row(values))


def _first_filled(cells: Mapping[str, Any], names: tuple[str, ...]) -> str:
    filled = (str(cells.get(name) or "").strip() for name in names)
    return next((text for text in filled if text), "")


def _coordinates(given: Mapping[str, str]) -> dict[str, Any]:
    """Numbers where they are numbers; whatever else stands there is left to be refused by name.

    So is a comma: 3,7 would be guessed to be 37.
    """
    return {name: _number(given[name]) for name in ("latitude", "longitude") if name in given}


def _number(text: str) -> float | str:
    try:
        return text if "_" in text else float(text)  # float() reads 1_0 as Python does
    except ValueError:
        return text


def _as_row(values: dict[str, Any]) -> ImportRow:
    site: dict[str, Any] = {name: values[name] for name in ("address", "latitude", "longitude") if name in values}
    names = ("name", "segment", "phone", "memo")
    customer: dict[str, Any] = {name: values[name] for name in names if name in values}
    return ImportRow(values["external_id"], values["territory"], customer, site)


def import_file(content: bytes, columns: Columns, actor: Actor) -> Iterator[Report]:
    """Takes the file in by units of 200 lines and yields the growing report after each.

    Good lines go in even when others are refused. Running the same file again changes nothing.
    """
    report = Report()
    for start in _in_units(read_lines(content, columns), report):
        waiting = [line for line in report.lines[start:] if line.row is not None]
        if waiting:
            with changes.unit("customer.import", by=actor) as unit:
                results = actions.import_rows(unit, [line.row for line in waiting if line.row is not None])
            for line, result in zip(waiting, results, strict=True):
                line.result = result
        yield report


def _in_units(lines: Iterator[Line], report: Report) -> Iterator[int]:
    start = 0
    for line in lines:
        report.lines.append(line)
        if len(report.lines) - start == UNIT_ROWS:
            yield start
            start = len(report.lines)
    if len(report.lines) > start:
        yield start
