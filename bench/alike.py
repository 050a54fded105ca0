"""How well alike needs are found, on pairs of sentences of which people said how alike they are.

    python -m bench.alike FILE

FILE: a JSON list of {"sentence1", "sentence2", "similarity": 0 to 5, "same": 0 or 1}, as KLUE-STS has them. Printed are

AUC       how well the score tells pairs that are the same from those that are not (area under the ROC curve)
Spearman  how well its order is that of the similarities
top 5     of how many pairs that are the same the second sentence is among the five that are suggested for the first,
          among all second sentences; and the other way round

The server's weights were fitted on such a file, so they are fitted anew without a tenth of the pairs, ten times, and
judged on that tenth; so is the floor under which nothing is suggested. The phone's module runs in node, as it is.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from needs.alike import encoder, floor, rank, score, scoring
from needs.alike.scoring import Likeness, Weights
from needs.alike.words import take_apart
from tests import chromium

FOLDS, TOP, MANY = 10, 5, 5000
WEIGHTS = [Weights(*values) for values in product((0.0, 0.4, 0.8, 1.2), (0.0, 0.05, 0.1), (0.0, 0.05, 0.1))]
FLOORS = [cents / 100 for cents in range(30, 90)]
LEAST_PRECISION = 2 / 3  # of what is suggested; the floor is the lowest that keeps it


@dataclass(frozen=True)
class Pair:
    one: str
    other: str
    similarity: float
    is_same: bool


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", type=Path)
    pairs = read(options.parse_args().file)
    print(f"{len(pairs)} pairs, {sum(pair.is_same for pair in pairs)} of them the same")
    load()
    judge_server(pairs)
    judge_left_out(pairs)
    judge_words(pairs)
    judge_phone(pairs)
    measure_memory()


def read(file: Path) -> list[Pair]:
    rows = json.loads(file.read_text())
    return [Pair(row["sentence1"], row["sentence2"], row["similarity"], bool(row["same"])) for row in rows]


def load() -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    encoder.encode(["펌프"])
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"encoder   {encoder.version()}, loaded in {time.monotonic() - began:.1f} s, {grown / 1024:.0f} MB")


# --- The server ---------------------------------------------------------------------------------


def judge_server(pairs: Sequence[Pair]) -> None:
    began = time.monotonic()
    encoder.encode([text for pair in pairs for text in (pair.one, pair.other)])
    each = (time.monotonic() - began) / len(pairs) / 2
    scores = [score(pair.one, pair.other) for pair in pairs]
    there = found_twins(pairs, lambda text, texts: [one.place for one in rank(text, texts, top=TOP)])
    print(f"server    {line(pairs, scores)}   top 5 {there}   {each * 1000:.1f} ms a text to encode")
    kept = [(pair, value) for pair, value in zip(pairs, scores, strict=True) if value >= floor()]
    print(f"  floor {floor():.2f}: {said(kept, pairs)}")


def judge_left_out(pairs: Sequence[Pair], seeds: int = 5) -> None:
    """Weights and floor are found on nine tenths; every pair is judged once by what was found without it."""
    every = {weights: [judged(pair, weights) for pair in pairs] for weights in WEIGHTS}
    hits = {weights: twins_among(pairs, weights) for weights in WEIGHTS}
    figures: list[list[float]] = []
    for seed in range(seeds):
        places = list(range(len(pairs)))
        random.Random(seed).shuffle(places)  # noqa: S311
        scores, hit, kept = [0.0] * len(pairs), [False] * len(pairs), [False] * len(pairs)
        for fold in range(FOLDS):
            left_out, rest = places[fold::FOLDS], [place for n, place in enumerate(places) if n % FOLDS != fold]
            best = max(WEIGHTS, key=lambda one: quality(pairs, every[one], rest))
            least = lowest_floor([pairs[place] for place in rest], [every[best][place] for place in rest])
            for place in left_out:
                scores[place], hit[place] = every[best][place], hits[best][place]
                kept[place] = scores[place] >= least
        same = [pair.is_same for pair in pairs]
        right = sum(map(bool.__and__, kept, same))
        figures.append(
            [
                area(scores, same),
                spearman(scores, [pair.similarity for pair in pairs]),
                statistics.mean(one for one, is_same in zip(hit, same, strict=True) if is_same),
                right / sum(kept),
                right / sum(same),
            ]
        )
    auc, order, top, precision, recall = map(statistics.mean, zip(*figures, strict=True))
    print(f"left out  AUC {auc:.3f}   Spearman {order:.3f}   top 5 {top:.1%}")
    print(f"  floor kept precise to {LEAST_PRECISION:.0%}: precision {precision:.1%}, recall {recall:.1%}")


def judged(pair: Pair, weights: Weights) -> float:
    one, other = encoder.encode([pair.one, pair.other])
    return scoring.judge(take_apart(pair.one), take_apart(pair.other), float(one @ other), weights)


def twins_among(pairs: Sequence[Pair], weights: Weights) -> list[bool]:
    """Whether the second sentence is among the likest five, for each first."""
    closeness = encoder.encode([pair.one for pair in pairs]) @ encoder.encode([pair.other for pair in pairs]).T
    others = [take_apart(pair.other) for pair in pairs]
    found = []
    for place, pair in enumerate(pairs):
        apart = take_apart(pair.one)
        near = (-closeness[place]).argsort()[: scoring.SHORTLIST].tolist()
        scores = {at: scoring.judge(apart, others[at], float(closeness[place, at]), weights) for at in near}
        found.append(place in sorted(scores, key=lambda at: -scores[at])[:TOP])
    return found


def quality(pairs: Sequence[Pair], scores: Sequence[float], places: Iterable[int]) -> float:
    some = list(places)
    values = [scores[place] for place in some]
    return area(values, [pairs[place].is_same for place in some]) + spearman(
        values, [pairs[place].similarity for place in some]
    )


def lowest_floor(pairs: Sequence[Pair], scores: Sequence[float]) -> float:
    for least in FLOORS:
        kept = [pair.is_same for pair, value in zip(pairs, scores, strict=True) if value >= least]
        if kept and statistics.mean(kept) >= LEAST_PRECISION:
            return least
    return 1.0


def said(kept: Sequence[tuple[Pair, float]], pairs: Sequence[Pair]) -> str:
    right = sum(pair.is_same for pair, _ in kept)
    related = sum(pair.similarity >= 2 for pair, _ in kept)
    recall = right / sum(pair.is_same for pair in pairs)
    return f"precision {right / len(kept):.1%} ({related / len(kept):.1%} share details at least), recall {recall:.1%}"


# --- Words alone, and the phone ------------------------------------------------------------------


def judge_words(pairs: Sequence[Pair]) -> None:
    """What a server without an encoder does."""
    scores = [scoring.judge_words(take_apart(pair.one), take_apart(pair.other)) for pair in pairs]

    def likest(text: str, texts: Sequence[str]) -> list[int]:
        apart = take_apart(text)
        found = [Likeness(at, scoring.judge_words(apart, take_apart(one))) for at, one in enumerate(texts)]
        return [one.place for one in sorted(found, key=lambda one: -one.score)[:TOP]]

    print(f"words     {line(pairs, scores)}   top 5 {found_twins(pairs, likest)}")


def judge_phone(pairs: Sequence[Pair]) -> None:
    chromium.use_own_node()
    ones, others = [pair.one for pair in pairs], [pair.other for pair in pairs]
    there, back = ask_phone(ones, others, TOP), ask_phone(others, ones, TOP)
    hits = [twin_share(pairs, answer["found"]) for answer in (there, back)]
    most = ask_phone(ones, others, len(pairs))["found"]
    scores = [{at: value for at, value in found}.get(place, 0.0) for place, found in enumerate(most)]  # noqa: C416
    print(f"phone     {line(pairs, scores)}   top 5 {hits[0]:.1%} and back {hits[1]:.1%}")
    many = ask_phone(ones, [f"{(ones + others)[n % (2 * len(pairs))]} {n}" for n in range(MANY)], TOP)
    print(f"  {MANY:,} texts indexed in {many['indexed']:.0f} ms, a suggestion takes {many['each']:.1f} ms")


def ask_phone(queries: Sequence[str], texts: Sequence[str], limit: int) -> dict[str, list[list[list[float]]]]:
    asked = json.dumps({"queries": queries, "texts": texts, "limit": limit})
    script = Path(__file__).with_suffix(".mjs")
    told = subprocess.run(["node", script], input=asked, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, list[list[list[float]]]] = json.loads(told.stdout)
    return answer


def twin_share(pairs: Sequence[Pair], found: Sequence[Sequence[Sequence[float]]]) -> float:
    return statistics.mean(place in [at for at, _ in found[place]] for place, pair in enumerate(pairs) if pair.is_same)


# --- Figures ---------------------------------------------------------------------------------------


def found_twins(pairs: Sequence[Pair], likest: Callable[[str, Sequence[str]], list[int]]) -> str:
    ones, others = [pair.one for pair in pairs], [pair.other for pair in pairs]
    same = [place for place, pair in enumerate(pairs) if pair.is_same]
    there = statistics.mean(place in likest(ones[place], others) for place in same)
    back = statistics.mean(place in likest(others[place], ones) for place in same)
    return f"{there:.1%} and back {back:.1%}"


def line(pairs: Sequence[Pair], scores: Sequence[float]) -> str:
    auc = area(scores, [pair.is_same for pair in pairs])
    return f"AUC {auc:.3f}   Spearman {spearman(scores, [pair.similarity for pair in pairs]):.3f}"


def area(scores: Sequence[float], is_same: Sequence[bool]) -> float:
    """The chance that of one pair that is the same and one that is not the first has the higher score."""
    ranks = ranked(scores)
    same = [rank for rank, is_it in zip(ranks, is_same, strict=True) if is_it]
    return (sum(same) - len(same) * (len(same) + 1) / 2) / (len(same) * (len(scores) - len(same)))


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    return statistics.correlation(ranked(one), ranked(other))


def ranked(values: Sequence[float]) -> list[float]:
    """Equal values share the mean of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and values[order[last + 1]] == values[order[first]]:
            last += 1
        for at in range(first, last + 1):
            ranks[order[at]] = (first + last) / 2 + 1
        first = last + 1
    return ranks


def measure_memory() -> None:
    print(f"memory    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most, all of this included")


if __name__ == "__main__":
    main()
