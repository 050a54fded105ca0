"""Does a phone hold what its streams hold? Count and XOR of versions, said by the phone, compared by the server."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from tests.simulation.entries import Json
from tests.simulation.pull import BadCursor, Cursor, is_of_this_history, read_cursor
from tests.simulation.rules import Rules
from tests.simulation.state import Replica, State

NOTHING = (0, "0" * 16)


def digest(versions: Iterable[str]) -> tuple[int, str]:
    found = list(versions)
    return len(found), f"{reduce(lambda both, rv: both ^ int(rv, 16), found, 0):016x}"


def differing(state: State, replica: Replica, said: Json, month: int, rules: Rules) -> list[str]:
    """Streams that the phone should fetch anew. Those that changed since it stood at the head cannot be compared."""
    try:
        cursor = read_cursor(said["cursor"], replica.key)
    except BadCursor:
        return []
    if len(cursor.lanes) != 1 or (rules.digest_of_history and not _is_known(state, cursor, rules)):
        return []
    names = cursor.streams() & state.allowed(replica.member, month)
    if not rules.digest_of_all:
        names &= said["streams"].keys()
    return sorted(name for name in names if _differs(state, cursor, name, said, rules))


def _is_known(state: State, cursor: Cursor, rules: Rules) -> bool:
    """Whether everything is known that happened since. If not, the next pull will say so."""
    return cursor.head.seq >= state.low_water and is_of_this_history(state, cursor, rules)


def _differs(state: State, cursor: Cursor, stream: str, said: Json, rules: Rules) -> bool:
    rows = state.log.get(stream, {})
    if rules.digest_at_rest and any(placed.seq > cursor.lanes[0].at.seq for placed in rows.values()):
        return False
    held = digest(state.texts[key].rv for key, placed in rows.items() if placed.is_put)
    return held != tuple(said["streams"].get(stream, NOTHING))
