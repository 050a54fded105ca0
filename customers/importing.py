"""Reading a file of customers: encodings, columns, one line at a time, and a report that names every line."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.errors import Problem
from core.inputs import Input, Number, Text, read_input
from customers import actions
from customers.actions import Imported, ImportRow
from sync import changes
from sync.changes import Actor

UNIT_ROWS = 200
FIELDS = ("external_id", "name", "segment", "phone", "memo", "territory", "address", "latitude", "longitude")
REQUIRED = ("external_id", "name", "territory")

Columns = Mapping[str, tuple[str, ...]]


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
    return {name: (theirs,) if isinstance(theirs, str) else tuple(theirs) for name, theirs in found.items()}


def read_text(content: bytes) -> str:
    """UTF-8 (with or without a mark) or CP949, which Excel in Korea writes."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("The file is neither UTF-8 nor CP949: save it again as CSV UTF-8.")


def read_lines(content: bytes, columns: Columns) -> Iterator[Line]:
    """Every line of the file, read; wrong ones are refused with the field and the reason."""
    reader = csv.DictReader(io.StringIO(read_text(content)))
    headings = set(reader.fieldnames or ())
    missing = [name for name in REQUIRED if not headings & set(columns.get(name, ()))]
    if missing:
        raise UnreadableFile(
            f"No column for {', '.join(missing)}. The file has: {', '.join(sorted(headings)) or 'no heading'}."
        )
    seen: set[str] = set()
    for cells in reader:
        yield _read_line(reader.line_num, cells, columns, seen)


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
    """Numbers where they are numbers; whatever else stands there is left to be refused by name."""
    found: dict[str, Any] = {}
    for name in ("latitude", "longitude"):
        if name in given:
            try:
                found[name] = float(given[name].replace(",", ""))
            except ValueError:
                found[name] = given[name]
    return found


def _as_row(values: dict[str, Any]) -> ImportRow:
    site: dict[str, Any] = {name: values[name] for name in ("address", "latitude", "longitude") if name in values}
    if ("latitude" in site) != ("longitude" in site):
        site = {name: value for name, value in site.items() if name == "address"}
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
