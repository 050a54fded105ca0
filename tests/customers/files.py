"""Files of customers for tests, and what a file leaves behind."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from customers.importing import Columns, Report, UnreadableFile, import_file, read_columns, read_lines
from customers.models import Customer, Site
from people.models import Territory
from sync.changes import Actor
from sync.models import Audit, Counter, Log, RowText, Tick

SAMPLE = Path(settings.BASE_DIR) / "fieldops" / "demo_data" / "schools-sample.csv"
SCHOOLS = Path(settings.BASE_DIR) / "customers" / "columns" / "schools.toml"
HEADING = "external_id,name,territory"
OURS = read_columns(None)
_TABLES: tuple[type[models.Model], ...] = (Counter, Tick, RowText, Log, Audit, Customer, Site, Territory)


def file_of(*lines: str, heading: str = HEADING) -> bytes:
    return "\n".join((heading, *lines)).encode()


def take_in(content: bytes, columns: Columns = OURS) -> Report:
    """The report on the whole file, read to its end."""
    reports = list(import_file(content, columns, Actor(None, "command")))
    return reports[-1] if reports else Report()


def outcomes(report: Report) -> list[tuple[int, str, str]]:
    """Line by line: its number in the file, what became of it, and the changed fields or the reason."""
    return [
        (line.number, line.result.outcome, line.result.reason or " ".join(line.result.fields)) for line in report.lines
    ]


def reasons(content: bytes, columns: Columns = OURS) -> dict[int, str]:
    """Only read, not taken in: which lines are refused, and why. The others are empty."""
    return {line.number: line.result.reason for line in read_lines(content, columns)}


def names(content: bytes, columns: Columns = OURS) -> list[str]:
    """The customers' names as they are read."""
    return [line.row.customer["name"] for line in read_lines(content, columns) if line.row is not None]


def complaint(content: bytes, columns: Columns = OURS) -> str:
    """What is said about a file that cannot be taken at all; nothing when it can."""
    try:
        list(read_lines(content, columns))
    except UnreadableFile as problem:
        return str(problem)
    return ""


def everything(but: Iterable[type[models.Model]] = ()) -> list[list[dict[str, Any]]]:
    """All that an import may write, in every organization, to be compared with what was there before."""
    return [list(model._base_manager.order_by("pk").values()) for model in _TABLES if model not in but]
