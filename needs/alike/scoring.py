"""How much two texts ask for the same thing: 0 not at all, 1 in the same words.

What counts is how close the encoder finds their meanings. What two texts share on the surface, their endings and runs
of syllables, makes it find them closer than they are: "the room was good" and "the weather was good". So shared surface
is taken off again, most where the encoder itself is in doubt. Other numbers, or a no in one of the two, take off a
little more.

Without an encoder only the words are left: good for finding, poor for judging.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from needs.alike import encoder
from needs.alike.words import Text, take_apart

if TYPE_CHECKING:
    from needs.alike.encoder import Vectors

SHORTLIST = 100  # of the closest in meaning are looked at word by word: what is taken off is 0.3 at most
PAIRS = 5  # of two needs' texts, the closest in meaning, likewise
# Of pairs at least this much alike two in three ask for the same thing, and nine in ten for something of the kind
# (bench/alike.py, on pairs left out). By words alone nothing is that sure: two in three were at least put together by
# whoever made the pairs.
FLOOR = 0.55
FLOOR_OF_WORDS = 0.3


class Weights(NamedTuple):
    """Fitted on 260 pairs of Korean sentences, of which bench/alike.py prints how well they do on pairs left out."""

    surface: float = 0.8
    numbers: float = 0.05
    negation: float = 0.05


WEIGHTS = Weights()


class Likeness(NamedTuple):
    """One text of several: its place among them, and its score."""

    place: int
    score: float


def score(one: str, other: str) -> float:
    """How much two texts ask for the same thing, from 0 to 1."""
    return Collection([other]).likest(one, 1)[0].score


def rank(text: str, candidates: Sequence[str], top: int = 5) -> list[Likeness]:
    """The candidates that are likest, best first, however little that is. See ``floor`` for what to leave out."""
    return Collection(candidates).likest(text, top)


def floor() -> float:
    """What is less alike is better not suggested."""
    return FLOOR if encoder.found() else FLOOR_OF_WORDS


def judge(one: Text, other: Text, closeness: float, weights: Weights = WEIGHTS) -> float:
    """From how close two meanings are (their vectors' product) to how much they ask for the same thing."""
    surface = (dice(one.frame, other.frame) + dice(one.grams, other.grams)) / 2
    found = closeness - weights.surface * surface * closeness * (1 - closeness)
    found -= weights.numbers * _tell_other_numbers(one, other) + weights.negation * (one.says_no != other.says_no)
    return min(max(found, 0.0), 1.0)


def judge_words(one: Text, other: Text) -> float:
    """The same without an encoder."""
    if one.plain == other.plain:
        return 1.0
    shared = dice(one.letters, other.letters) + dice(one.grams, other.grams) + dice(one.content, other.content)
    return shared / 3


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """What two sets share, from 0 to 1."""
    both = len(one) + len(other)
    return 2 * len(one & other) / both if both else 0.0


def _tell_other_numbers(one: Text, other: Text) -> bool:
    return bool(one.numbers and other.numbers) and not one.numbers & other.numbers


class Collection:
    """Texts to compare with. Give it their ``vectors`` where they are known: one row each, of length 1."""

    def __init__(self, texts: Sequence[str], vectors: Vectors | None = None) -> None:
        self._texts = texts
        self._vectors = encoder.encode(texts) if vectors is None and encoder.found() else vectors

    def likest(self, text: str, top: int) -> list[Likeness]:
        """The texts that are likest to a text of nobody's, best first; of equals the one that comes first."""
        vector = None if self._vectors is None else encoder.encode([text])[0]
        return _best(self._judged(take_apart(text), vector, max(top, SHORTLIST)), top)

    def likest_to(self, index: int, top: int, *, least: float = 0.0, but: Sequence[int] = ()) -> list[Likeness]:
        """The same for one of its own texts; ``but`` for some, itself among them."""
        vector = None if self._vectors is None else self._vectors[index]
        found = self._judged(take_apart(self._texts[index]), vector, max(top, SHORTLIST), {index, *but})
        return _best((one for one in found if one.score >= least), top)

    def between(self, ones: Sequence[int], others: Sequence[int]) -> float:
        """The best score of one of these texts with one of those; 0 where there is none."""
        pairs = self._closest_pairs(ones, others)
        return max((self._score(one, other) for one, other in pairs), default=0.0)

    def _closest_pairs(self, ones: Sequence[int], others: Sequence[int]) -> Iterable[tuple[int, int]]:
        pairs = list(product(ones, others))
        if self._vectors is None or len(pairs) <= PAIRS:
            return pairs
        closeness = (self._vectors[list(ones)] @ self._vectors[list(others)].T).ravel()
        return [pairs[at] for at in _closest(closeness, PAIRS)]

    def _score(self, one: int, other: int) -> float:
        apart, others = take_apart(self._texts[one]), take_apart(self._texts[other])
        if self._vectors is None:
            return judge_words(apart, others)
        return judge(apart, others, float(self._vectors[one] @ self._vectors[other]))

    def _judged(self, apart: Text, vector: Any, most: int, but: Set[int] = frozenset()) -> Iterator[Likeness]:
        """Every text by its words; or by its meaning those that are closest."""
        if self._vectors is None:
            others = (index for index in range(len(self._texts)) if index not in but)
            yield from (Likeness(index, judge_words(apart, take_apart(self._texts[index]))) for index in others)
            return
        closeness = self._vectors @ vector
        for index in _closest(closeness, most + len(but)):
            if index not in but:
                yield Likeness(index, judge(apart, take_apart(self._texts[index]), float(closeness[index])))


def _closest(closeness: Any, most: int) -> Sequence[int]:
    if len(closeness) <= most:
        return range(len(closeness))
    found: list[int] = (-closeness).argpartition(most)[:most].tolist()
    return found


def _best(found: Iterable[Likeness], top: int) -> list[Likeness]:
    return sorted(found, key=lambda one: (-one.score, one.place))[:top]
