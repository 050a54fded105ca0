"""Versions of what a phone may say. A server understands its own and all before it, and lets newer ones wait.

In the second version a switch says ``state`` where the first one said ``on``, and lamps may blink. Within the
model, on the phone and on the server, arguments are in the words of the first.
"""

from __future__ import annotations

from tests.simulation.entries import Json
from tests.simulation.lamps import Refused
from tests.simulation.rules import Rules

FIRST, SECOND = 1, 2
SWITCH, BLINK = "lamp.switch", "lamp.blink"
NEWER = frozenset({"schema_ahead", "unknown_kind"})
# What a server says of words that are not those of its form.
WRONG_WORDS = frozenset({"field_required", "field_not_allowed", "schema_unknown"})
_SINCE = {BLINK: SECOND}


def written(kind: str, args: Json, app: int) -> tuple[int, Json]:
    """The version of this kind that an app of this version writes, and the arguments in its words."""
    if kind == SWITCH and app >= SECOND:
        return SECOND, {"lamp": args["lamp"], "state": "on" if args["on"] else "off"}
    return FIRST, args


def says_on(entry: Json) -> bool:
    """What a switch of any version wants."""
    args = entry["args"]
    return bool(args["on"] if entry["v"] == FIRST else args["state"] == "on")


def is_understood(entry: Json, version: int) -> bool:
    return bool(entry["v"] <= version) and _SINCE.get(entry["kind"], FIRST) <= version


def read(entry: Json, version: int, rules: Rules) -> Json:
    """The arguments of an entry, as a server of this version reads them. Raises Refused."""
    kind, v, args = entry["kind"], entry["v"], entry["args"]
    if _SINCE.get(kind, FIRST) > version:
        raise Refused("unknown_kind", kind=kind)
    if v > version and rules.newer_waits:
        raise Refused("schema_ahead", v=str(v))
    if kind != SWITCH:
        return dict(args)
    if v < version and not rules.former_words:
        raise Refused("field_required", field="state")
    # A server that does not let newer words wait takes what it does not find for a no.
    return {"lamp": args["lamp"], "on": v <= version and says_on(entry)}
