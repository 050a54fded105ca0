"""What an ordeal came to: one row of the table of faults, counted on the server and on the disk of the phone."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from fieldops.installation import wait_until
from tests.browser import disk
from tests.http_door import HttpPhone

CONVERGED_WITHIN_S = 60


@dataclass(frozen=True)
class Row:
    """``created``: entries that people wrote; ``found``: those the server settled; ``said``: the matrix's figure."""

    fault: str
    created: int
    acknowledged: int
    found: int
    lost: int
    doubled: int
    parked: int
    are_equal: bool
    seconds: float
    said: str = ""

    @property
    def is_good(self) -> bool:
        return self.lost == self.doubled == 0 and self.are_equal


def tell(row: Row) -> None:
    """Prints it, and keeps it where FIELDOPS_FAULT_ROWS says, for the table of ``dev.py faults``."""
    line = json.dumps(asdict(row), ensure_ascii=False)
    print(line)  # noqa: T201  (the line of a table that CI shows)
    if place := os.environ.get("FIELDOPS_FAULT_ROWS"):
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def row_of(
    fault: str, page: Page, reader: HttpPhone, written: Iterable[str], seconds: float, *, lost: int = 0, said: str = ""
) -> Row:
    """Comments were written on the phone behind ``page``; ``reader`` is another phone of the same person.

    ``lost`` is how many were announced as lost with the phone's storage, and are not expected any more. Phones are
    equal in the end: one may hear a little later than the other what the server has come to since.
    """
    texts = Counter(written)
    are_equal = wait_until(
        lambda: not differing(page, reader), CONVERGED_WITHIN_S, meanwhile=lambda: page.wait_for_timeout(250)
    )
    if not are_equal:
        said += f"; not the same on both: {differing(page, reader)[:3]}"
    [mine] = disk.databases(page).values()
    arrived = Counter(comment["text"] for comment in reader.all("comment") if comment["text"] in texts)
    states = Counter(str(row["state"]) for row in mine["journal"])
    missing = sum((texts - arrived).values())
    return Row(
        fault=fault,
        created=sum(texts.values()),
        acknowledged=next((row["value"] for row in mine["meta"] if row["key"] == "received"), 0),
        found=sum(arrived.values()),
        lost=missing - lost,
        doubled=sum((arrived - texts).values()),
        parked=states["parked"],
        are_equal=are_equal,
        seconds=round(seconds, 1),
        said=said,
    )


def differing(page: Page, reader: HttpPhone) -> list[tuple[str, str]]:
    """Shape and id of each row that one of them has and the other has not, or not so."""
    [database] = disk.databases(page).values()
    mine = held_by(database)
    reader.pull()
    theirs = reader.contents()
    return sorted(key for key in mine | theirs if mine.get(key) != theirs.get(key))


def held_by(database: dict[str, list[Any]]) -> dict[tuple[str, str], str]:
    """Every row of a phone's base, as the server handed it out."""
    return {
        (shape, row["id"]): json.dumps(row["f"], sort_keys=True, ensure_ascii=False)
        for shape, rows in database.items()
        for row in rows
        if "f" in row
    }
