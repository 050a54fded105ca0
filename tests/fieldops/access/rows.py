"""The rows of a table, read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.fieldops.access.rooms import BODIES


@dataclass(frozen=True)
class Row:
    method: str
    address: str
    expected: dict[str, int] = field(hash=False)

    @property
    def name(self) -> str:
        return f"{self.method} {self.address}"

    @property
    def body(self) -> dict[str, Any] | None:
        return None if self.method in {"GET", "DELETE"} else BODIES.get(self.name, {})


def read(table: str) -> list[Row]:
    """The rows of a table whose first line names its columns."""
    head, *lines = [line.split() for line in table.splitlines() if line.strip()]
    rows = [Row(method, address, dict(zip(head, map(int, codes), strict=True))) for method, address, *codes in lines]
    assert len({row.name for row in rows}) == len(rows), "a row stands twice"
    return rows


def names_in(text: str) -> list[str]:
    """The rows of the scene that an address or a body names, ``new`` apart."""
    return [name for name in re.findall(r"\{(\w+)\}", text) if name != "new"]
