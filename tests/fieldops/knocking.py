"""Trying the rows of the access table on the scene."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from core.ids import uuid7
from tests.fieldops.access.operators_pages import ADMIN
from tests.fieldops.access.public import PUBLIC
from tests.fieldops.access.rooms import REST
from tests.fieldops.access.rows import Row, read
from tests.fieldops.access.signing_in import CLOSED, SIGN_IN
from tests.fieldops.scene import ACTORS, Scene, undone

# What everybody was answered, by the row's name and the actor.
Answers = dict[tuple[str, str], Any]


def closed_rows() -> list[Row]:
    return [
        Row(method, address, dict.fromkeys(ACTORS, 404)) for address in CLOSED.split() for method in ("GET", "POST")
    ]


def written_rows() -> dict[str, list[Row]]:
    """The tables as they stand, by name; the pages of the operator's models come on top."""
    return {
        "rest": read(REST),
        "sign-in": read(SIGN_IN),
        "closed": closed_rows(),
        "public": read(PUBLIC),
        "admin": read(ADMIN),
    }


def fill(text: str, ids: Mapping[str, Any]) -> str:
    """The text with ids for names; a name that is not among them becomes an id nobody has."""
    return re.sub(r"\{(\w+)\}", lambda name: str(ids.get(name[1]) or uuid7()), text)


def knock(scene: Scene, actor: str, row: Row, ids: Mapping[str, Any] | None = None) -> Any:
    """Tries one row as one actor and takes back what it did."""
    with undone():
        return knock_for_good(scene, actor, row, ids)


def knock_for_good(scene: Scene, actor: str, row: Row, ids: Mapping[str, Any] | None = None) -> Any:
    known = scene.ours if ids is None else ids
    body = row.body
    text = "" if body is None else json.dumps(body)
    # Names stand in braces as JSON has them for objects: only whole quoted names are filled.
    filled = re.sub(r'"\{(\w+)\}"', lambda name: f'"{known.get(name[1]) or uuid7()}"', text)
    return scene.ask(actor, row.method, f"/{fill(row.address, known)}", filled.encode())


def answers_to(scene: Scene, rows: Iterable[Row]) -> Answers:
    return {(row.name, actor): knock(scene, actor, row) for row in rows for actor in ACTORS}
