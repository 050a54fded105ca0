"""Entries that rest on one another: none of them can ever be first, so a person has to break the circle."""

from __future__ import annotations

from tests.simulation.answers import Answers
from tests.simulation.changes import Verdict
from tests.simulation.entries import PARKED, Json


def next_in_circle(answers: Answers, entry: Json) -> str | None:
    """The entry by way of which this one rests on itself, if it does."""
    for id in entry.get("after", ()):
        if answers.is_open(id) and entry["id"] in _reached(answers, id):
            return str(id)
    return None


def park_circle(answers: Answers, id: str) -> None:
    """Whoever was told to wait for the others of the circle of ``id`` is told that it is one."""
    circle = [other for other in _reached(answers, id) if id in _reached(answers, other)]
    for row in [copy for other in circle for copy in answers.copies(other)]:
        said = answers.said(row)
        if said.state == PARKED and said.code == "waits_for":
            answers.settle(row, Verdict(PARKED, "cycle", said.params))


def _reached(answers: Answers, start: str) -> list[str]:
    """This entry, and every open one that it rests on, itself or by way of others."""
    reached, ahead = dict[str, None](), [start]
    while ahead:
        id = ahead.pop()
        if id not in reached and answers.is_open(id):
            reached[id] = None
            ahead += answers.copies(id)[0].read().get("after", ())
    return list(reached)
