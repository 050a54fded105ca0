"""What a row of the table claims, counted in the installation's database and not believed from the phones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

FINAL = {"applied", "conflict", "superseded", "discarded"}


@dataclass
class Result:
    """``holds`` is the row's own claim; ``figure`` the number that the matrix asks for."""

    created: int
    acknowledged: int
    found: int
    lost: int
    doubled: int
    parked: int
    equal: bool
    seconds: float
    figure: str = ""
    holds: bool = True

    @property
    def is_good(self) -> bool:
        return self.lost == 0 and self.doubled == 0 and self.equal and self.holds

    def but(self, figure: str, *, holds: bool = True) -> Result:
        self.figure, self.holds = figure, self.holds and holds
        return self


def measured(
    account: dict[str, Any],
    *,
    created: Sequence[str],
    acknowledged: Iterable[str],
    notes: dict[str, str],
    equal: bool,
    seconds: float,
    parks: int = 0,
) -> Result:
    """``notes`` says what each visit's writer wrote last of it. ``parks`` is how many entries must be parked."""
    states: dict[str, list[str]] = account["states"]
    lost = [id for id in created if not _has_an_answer(states.get(id, []), account["effects"].get(id, 0))]
    missing = [id for id in acknowledged if id not in states]
    parked = [id for id in created if _is_parked(states.get(id, []))]
    wrong = [visit for visit, note in notes.items() if account["visits"].get(visit) != note]
    return Result(
        created=len(created),
        acknowledged=len(set(acknowledged)),
        found=sum(id in states for id in created),
        lost=len({*lost, *missing}),
        doubled=_doubled(account),
        parked=len(parked),
        equal=equal and not wrong,
        seconds=seconds,
        holds=len(parked) == parks,
    )


def _has_an_answer(states: Sequence[str], effects: int) -> bool:
    """Exactly one of the final states, or parked. A duplicate is one only of something that had its effect."""
    words = {state.split()[0] for state in states}
    return bool(words) and "received" not in words and (effects > 0 or bool(words & {*FINAL, "parked"}))


def _is_parked(states: Sequence[str]) -> bool:
    return any(state.startswith("parked") for state in states)


def _doubled(account: dict[str, Any]) -> int:
    """Effects beyond one per entry, by the keys of effects and by what the audit says was done."""
    ids = {*account["effects"], *account["acts"]} - {"None"}
    return sum(max(0, max(account["effects"].get(id, 0), account["acts"].get(id, 0)) - 1) for id in ids)
