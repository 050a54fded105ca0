"""The tables of all rooms, and of signing in, as one."""

from __future__ import annotations

from typing import Any

from tests.fieldops.access import (
    customers,
    front_door,
    needs,
    notices,
    people,
    signing_in,
    sync,
    tickets,
    visits,
)

Bodies = dict[str, dict[str, Any]]

ROOMS = (front_door, people, customers, sync, visits, needs, tickets, notices)


def _joined(tables: list[str]) -> str:
    """Tables that name the same columns, as one that names them once."""
    heads, rows = zip(*(table.lstrip("\n").split("\n", 1) for table in tables), strict=True)
    assert len(set(heads)) == 1, "the columns are not the same everywhere"
    return f"\n{heads[0]}\n" + "\n".join(rows)


def _together(bodies: list[Bodies]) -> Bodies:
    """What stands beside all the rows; a name that stands in two files would lose one of its bodies."""
    known = {name: body for some in bodies for name, body in some.items()}
    assert len(known) == sum(map(len, bodies)), "a body stands twice"
    return known


REST = _joined([room.REST for room in ROOMS])
BODIES = _together([room.BODIES for room in (*ROOMS, signing_in)])
