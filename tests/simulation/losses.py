"""Storage that was cleared, as the checks know it: the loss a phone is told of is the loss there really is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.simulation.entries import Json
from tests.simulation.messages import Browser
from tests.simulation.store import Loss, Store

# What outlives the storage of a page.
BOTH, MARKER, COOKIE, NEITHER = "both", "marker", "cookie", "neither"
WITNESSES = (BOTH, MARKER, COOKIE, NEITHER)
_MIXED = "mixed"


@dataclass
class _Wiped:
    written: int
    former: str  # the replica that holds what arrived of it
    held: int
    known: int  # what the phone knew to have arrived
    witness: str


class Losses:
    """Which phones lost something that they were not told of yet."""

    def __init__(self, received: Callable[[str], int]) -> None:
        self._received = received
        self._wiped: dict[str, _Wiped] = {}
        self._told: dict[str, _Wiped] = {}

    def wiped(self, name: str, browser: Browser, store: Store, witness: str) -> None:
        """Twice in a row, before anybody was told, is one larger loss."""
        former = browser.replica() or store.replica
        before = self._wiped.get(name)
        if before is not None:
            witness, former = witness if witness == before.witness else _MIXED, before.former
        written = len(store.entries) + (before.written if before else 0)
        known = store.acked + (before.known if before else 0)
        self._wiped[name] = _Wiped(written, former, self._received(former), known, witness)

    def forget(self, name: str) -> None:
        """Nobody can say any more what this phone alone had written, or what of it arrived."""
        self._wiped.pop(name, None)

    def restored(self) -> None:
        """What arrived went with the history that is gone, and so did what was noted of a loss."""
        self._wiped = {name: replace(wiped, witness=_MIXED) for name, wiped in self._wiped.items()}

    def told(self, name: str, answer: Json) -> str | None:
        """A phone says its first hello since. Returns what is wrong about what it hears."""
        wiped = self._wiped.pop(name, None)
        if wiped is None or answer["device_state"] == "revoked":
            return None
        self._told[name] = wiped
        said = next((command for command in answer["commands"] if command["command"] == "lost"), None)
        told = Loss(said["written"], said["received"]) if said else None
        return None if self._is_right(wiped, told) else f"was told {told}, and {wiped.written} were written"

    def unheard(self, name: str) -> None:
        """The app was killed before it had stored what it was told: it hears of it again, with what came between."""
        if name in self._told:
            self._wiped[name] = replace(self._told.pop(name), witness=_MIXED)

    def _is_right(self, wiped: _Wiped, told: Loss | None) -> bool:
        """Requests that were under way when the storage went may still have arrived since."""
        arrived = range(wiped.held, self._received(wiped.former) + 1)
        if wiped.witness == _MIXED:
            return True
        if wiped.witness == NEITHER:
            return told is None
        if wiped.witness == MARKER:  # nobody can say what became of the rest, so the phone's own word stands
            return told == (Loss(wiped.written, wiped.known) if wiped.written > wiped.known else None)
        if told is None:
            return wiped.witness == COOKIE or wiped.written <= arrived[-1]
        is_written = told.written == wiped.written if wiped.witness == BOTH else told.written <= wiped.written
        return is_written and told.received in arrived
