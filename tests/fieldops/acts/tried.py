"""The rows of the tables as acts that can be tried on the scene."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from core.ids import uuid7
from tests.fieldops.access.rooms import REST
from tests.fieldops.access.rows import Row, read
from tests.fieldops.acts.deeds import DEEDS, Step
from tests.fieldops.acts.entries import ENTRIES, Json, writer_of
from tests.fieldops.knocking import knock_for_good
from tests.fieldops.scene import MEMBERS, Ids, Scene
from tests.phone import Phone

Act = Callable[[Scene], None]

# One's own, and in no shape; and what an organization begins with, which this one has already.
ABOUT_NO_ROW = ("api/v1/me/", "api/v1/tickets/start/")


def rest_acts() -> dict[str, tuple[str, Act]]:
    """Every verb of the access table with whoever may do it, but for those that are about no row of their address."""
    rows = [row for row in read(REST) if row.method != "GET" and row.address not in ABOUT_NO_ROW]
    return {row.name: (row.address.split("/")[2], _knock(row)) for row in rows}


def _knock(row: Row) -> Act:
    actor = next(name for name in MEMBERS if row.expected[name] < 300)

    def act(scene: Scene) -> None:
        answer = knock_for_good(scene, actor, row)
        assert answer.status_code == row.expected[actor], answer.content

    return act


def entry_acts() -> dict[str, Act]:
    return {kind: _say(kind, args) for kind, args in ENTRIES.items()}


def _say(kind: str, args: Json) -> Act:
    def act(scene: Scene) -> None:
        phone = Phone(writer_of(kind, scene.world))
        entry = phone.write(kind, **fill(args, _ids(scene)))
        phone.sync()
        assert phone.answer_to(entry) == ("applied", None)

    return act


def deed_acts(about: str) -> dict[str, Act]:
    return {claim: take(steps) for claim, steps in DEEDS[about].items()}


def take(steps: list[Step]) -> Act:
    def act(scene: Scene) -> None:
        ids = _ids(scene)
        for method, address, body in steps:
            path = fill(address, ids)
            answer = scene.ask("ada", method, f"/api/v1/{path}", json.dumps(fill(body, ids)).encode())
            assert answer.status_code < 300, answer.content

    return act


def fill(value: Any, ids: Ids) -> Any:
    """The same with ids for names. A name that is not known yet is the same free id wherever it stands."""
    text = json.dumps(value)
    return json.loads(re.sub(r"\{(\w+)\}", lambda name: str(ids.setdefault(name[1], uuid7())), text))


def _ids(scene: Scene) -> Ids:
    return {**scene.ours, **{name: getattr(scene.world, name).pk for name in MEMBERS}}
