"""The phone's database: what survives when the app is killed. A stand-in for IndexedDB."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.simulation.entries import NO_CHAIN, Entry, Fields, Key


class Killed(Exception):
    """The app was killed between two transactions."""


class BaseRow(NamedTuple):
    """A row as the server gave it. Base rows never hold unconfirmed values."""

    streams: frozenset[str]
    rv: str
    fields: Fields
    generation: int


class Answer(NamedTuple):
    """The server's answer to one entry, as it came in a pull."""

    state: str
    seq: int
    code: str | None


class Store:
    """Everything the phone remembers. Values are replaced, never changed, so one assignment is one write.

    ``entries`` is outbox and journal in one: entry n stands at index n - 1, those up to ``acked`` are
    known to be on the server, the others wait.
    """

    def __init__(self, replica: str) -> None:
        self.replica = replica
        self.is_greeted = False
        self.max_entries = 500
        self.entries: tuple[Entry, ...] = ()
        self.acked = 0
        self.answers: dict[str, Answer] = {}
        self.fallen: frozenset[str] = frozenset()  # ids of entries whose overlay is no longer shown
        self.base: dict[Key, BaseRow] = {}
        self.cursor: str | None = None
        self.generation = 1
        self.transactions_left: int | None = None  # the app is killed before one more than these

    def save(self, **values: Any) -> None:
        """One transaction: all of these values or none. Raises Killed."""
        if self.transactions_left is not None:
            if self.transactions_left == 0:
                raise Killed
            self.transactions_left -= 1
        for name, value in values.items():
            setattr(self, name, value)

    def chain_at(self, n: int) -> bytes:
        return self.entries[n - 1].chain if n else NO_CHAIN

    def copy(self) -> Store:
        """A backup of this phone, as it could be restored onto another one."""
        twin = Store(self.replica)
        twin.__dict__.update(self.__dict__)
        return twin
