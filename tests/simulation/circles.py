"""Entries that rest on one another: none of them can ever be first, so a person has to break the circle."""

from __future__ import annotations

from collections.abc import Sequence

from tests.simulation.answers import Answers
from tests.simulation.changes import Verdict
from tests.simulation.entries import PARKED


def circle_of(answers: Answers, id: str, ahead: Sequence[str]) -> list[str]:
    """The open entries that wait for this one and that it waits for; ``ahead`` are those it waits for itself."""
    reached = dict.fromkeys(other for first in ahead for other in _reached(answers, first))
    return [other for other in reached if id in _reached(answers, other)]


def park_circle(answers: Answers, circle: Sequence[str]) -> None:
    """Whoever was told to wait for the others is told that it is a circle."""
    for row in [copy for other in circle for copy in answers.copies(other)]:
        said = answers.said(row)
        if said.state == PARKED and said.code == "waits_for":
            answers.settle(row, Verdict(PARKED, "cycle", said.params))


def _reached(answers: Answers, start: str) -> list[str]:
    """This entry, and every open one that it waits for, itself or by way of others."""
    reached, ahead = dict[str, None](), [start]
    while ahead:
        id = ahead.pop()
        if id not in reached and answers.is_open(id):
            reached[id] = None
            copies = answers.copies(id)
            ahead += [*copies[0].read().get("after", ()), *answers.waits_on(copies)]
    return list(reached)
