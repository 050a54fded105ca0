"""The table of what was measured: on the console, and between two markers of a document."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from tests.faults.measure import Result
from tests.faults.rows import Row

BEGIN, END = "<!-- faults: begin -->", "<!-- faults: end -->"
HEAD = (
    "#",
    "fault",
    "on",
    "created",
    "acked",
    "found",
    "lost",
    "doubled",
    "parked",
    "equal",
    "settled s",
    "figure",
    "",
)


@dataclass
class Done:
    """One row on one database. Without a result it broke down, for ``reason``."""

    row: Row
    database: str
    result: Result | None
    reason: str
    seconds: float

    @property
    def is_good(self) -> bool:
        return self.result is not None and self.result.is_good


def cells(done: Done) -> tuple[str, ...]:
    found = done.result
    name = (done.row.name, done.row.title, done.database)
    if found is None:
        return (*name, *["-"] * 8, done.reason, "FAILED")
    numbers = (found.created, found.acknowledged, found.found, found.lost, found.doubled, found.parked)
    end = ("yes" if found.equal else "NO", f"{found.seconds:.1f}", found.figure, "ok" if found.is_good else "FAILED")
    return (*name, *map(str, numbers), *end)


def line(done: Done) -> str:
    return f"{'  '.join(cells(done))}  ({done.seconds:.0f} s)"


def of(rows: list[Done]) -> str:
    """As Markdown, in columns that are wide enough."""
    lines = [HEAD, *map(cells, rows)]
    widths = [max(len(one[column]) for one in lines) for column in range(len(HEAD))]
    drawn = [
        "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(one, widths, strict=True)) + " |" for one in lines
    ]
    ruled = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([drawn[0], ruled, *drawn[1:]])


def write(file: Path, rows: list[Done], *, seed: int, seconds: float, words: list[str]) -> None:
    """Replaces what stands between the markers; appends them to a file that has none."""
    said = file.read_text(encoding="utf-8") if file.exists() else "# Measured\n"
    if BEGIN not in said:
        said = f"{said.rstrip()}\n\n{BEGIN}\n{END}\n"
    before, _, rest = said.partition(BEGIN)
    _, _, after = rest.partition(END)
    text = f"{BEGIN}\n{about(seed, seconds, words)}\n\n{of(rows)}\n{END}"
    file.write_text(before + text + after, encoding="utf-8")


def about(seed: int, seconds: float, words: list[str]) -> str:
    memory = psutil.virtual_memory().total / 2**30
    machine = (
        f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()}, Python {platform.python_version()}"
    )
    command = " ".join(["python3 dev.py faults", *words])
    return f"{datetime.now(UTC):%Y-%m-%d}, {machine}. `{command}`, seed {seed}, {seconds / 60:.0f} minutes."
