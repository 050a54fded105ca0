"""How a phone reaches a server: one call per message, and the ways in which no answer comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.simulation.entries import Json

# transport(name of the message, message) -> its answer, or a problem {"status", "code", ...}. Raises Lost.
Transport = Callable[[str, Json], Json]


@dataclass
class Browser:
    """What a phone's browser keeps apart from the page's own storage. Both outlive it."""

    session: str
    cookie: str | None = None  # names the replica that said hello last

    def replica(self) -> str | None:
        return self.cookie.rpartition("=")[2] if self.cookie else None


class NoAnswer(Exception):
    """The phone goes on without an answer; it tries again later."""


class Lost(NoAnswer):
    """Nothing came back, or nothing that can be read as this message."""


class Problem(NoAnswer):
    """The server refused the envelope, and said why by code."""

    def __init__(self, answer: Json) -> None:
        super().__init__(answer["code"])
        self.code: str = answer["code"]
        self.answer = answer


class NewReplica(NoAnswer):
    """The answer showed another history under this replica's name; the phone goes on under a new one."""


def is_problem(answer: Json) -> bool:
    return "code" in answer and "status" in answer
