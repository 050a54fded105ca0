"""Pieces of time, in order, and what can be said of a row of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import TypeVar


@dataclass(frozen=True)
class Piece:
    """From ``start`` until just before ``end``, both in UTC."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start


P = TypeVar("P", bound=Piece)


def length(pieces: Iterable[Piece]) -> timedelta:
    return sum((piece.length for piece in pieces), timedelta(0))


def reach(pieces: Iterable[Piece], amount: timedelta) -> datetime | None:
    """The earliest moment at which the pieces add up to ``amount``, which is more than nothing; None if they do not."""
    left = amount
    for piece in pieces:
        if left <= piece.length:
            return piece.start + left
        left -= piece.length
    return None


def join(pieces: Iterable[P], kind: Callable[[P], object]) -> Iterator[P]:
    """Neighbours of one kind become one piece. They touch."""
    for _, alike in groupby(pieces, kind):
        first, *others = alike
        yield replace(first, end=others[-1].end) if others else first
