"""The phone's database: what survives when the app is killed. A stand-in for IndexedDB."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.simulation.entries import NO_CHAIN, Entry, Fields, Key
from tests.simulation.versions import FIRST


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
    conflicts: tuple[str, ...] = ()


class Loss(NamedTuple):
    """What went with the storage of before: how much had been written, and how much was known to have arrived."""

    written: int = 0
    received: int = 0


class Store:
    """Everything the phone remembers. Values are replaced, never changed, so one assignment is one write.

    ``entries`` is outbox and journal in one: entry n stands at index n - 1, those up to ``acked`` are
    known to be on the server, the others wait.
    """

    def __init__(self, replica: str, loss: Loss | None = None, app: int = FIRST) -> None:
        self.replica = replica
        self.app = app  # the version of the app that writes here
        self.loss = loss or Loss()  # what the server was not told of yet
        self.is_greeted = False
        self.max_entries = 500
        self.entries: tuple[Entry, ...] = ()
        self.acked = 0
        self.answers: dict[str, Answer] = {}
        self.fallen: frozenset[str] = frozenset()  # ids of entries whose overlay is no longer shown
        self.base: dict[Key, BaseRow] = {}
        self.cursor: str | None = None
        self.is_at_head = False  # nothing was missing when the cursor was given
        self.refetch: tuple[str, ...] = ()  # streams the server wants read anew
        self.is_out = False  # told that it may hand in and read nothing
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

    def marker(self) -> Loss:
        """What the small storage beside this one remembers of it when it is gone."""
        return Loss(self.loss.written + len(self.entries), self.loss.received + self.acked)

    def copy(self) -> Store:
        """A backup of this phone, as it could be restored onto another one."""
        twin = Store(self.replica)
        twin.__dict__.update(self.__dict__)
        return twin
