"""What is said of needs, laid out for comparing: titles and standing voices, each with its vector.

Vectors are kept in Wording. A run encodes what has none, but no more than it has time for; what is left out of it waits
for its own turn, and finds the others then.
"""

from __future__ import annotations

import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from needs.alike import Collection, encoder
from needs.models import Need, Voice, Wording

MOST_TEXTS = 20_000  # that are compared with, the newest: 40 MB while it lasts
MOST_BY_WORDS = 2_000  # the same without an encoder, where every text is taken apart for every comparison
MOST_EMPTY = 500  # of one run
ENCODING_SECONDS = 1.0  # of one run
AT_ONCE = 25  # texts that are encoded together

Heads = Mapping[UUID, UUID]


class Said(NamedTuple):
    """One text: a need's title or a voice's words, and the head of the group it is said of."""

    id: UUID
    head: UUID
    text: str

    @property
    def digest(self) -> str:
        return sha256(self.text.encode()).hexdigest()[:32]


@dataclass
class LaidOut:
    """``said`` and ``collection`` are in the same order. ``made`` is to be kept.

    ``unfinished``: heads of which more is said than one run encodes.
    """

    said: list[Said]
    collection: Collection
    made: list[Wording]
    unfinished: set[UUID] = field(default_factory=set)


def lay_out(heads: Heads, waiting: Iterable[UUID]) -> LaidOut:
    """Everything that can be compared, with what is said of the needs that wait."""
    said = _everything_said(heads)
    fresh = {heads[id] for id in waiting if id in heads}
    return _with_vectors(said, fresh) if encoder.found() else _without(said, fresh)


def _everything_said(heads: Heads) -> list[Said]:
    """Newest first."""
    titles = Need.objects.alive().exclude(title="").order_by("-pk").values_list("pk", "pk", "title")
    voices = Voice.objects.standing().exclude(text="").exclude(need=None).order_by("-pk")
    rows = [*titles[:MOST_TEXTS], *voices.values_list("pk", "need", "text")[:MOST_TEXTS]]
    rows.sort(key=lambda row: row[0], reverse=True)
    return [Said(id, heads[need], text) for id, need, text in rows[:MOST_TEXTS] if need in heads]


def _with_vectors(said: list[Said], fresh: set[UUID]) -> LaidOut:
    """What has no vector yet is near to nothing: its row stays zero."""
    places = {one.id: place for place, one in enumerate(said)}
    vectors, known = encoder.blank(len(said)), set()
    kept = Wording.objects.filter(encoder=encoder.version()).values_list("pk", "digest", "vector")
    for id, digest, vector in kept.iterator():
        place = places.get(id)
        if place is not None and said[place].digest == digest:
            vectors[place] = encoder.unpack(vector)
            known.add(id)
    made = []
    missing = _missing(said, known, fresh)
    for one, found in _encode_some(missing):
        vectors[places[one.id]] = found
        made.append(_wording(one, encoder.pack(found)))
    collection = Collection([one.text for one in said], vectors)
    return LaidOut(said, collection, made, {one.head for one in missing[len(made) :] if one.head in fresh})


def _encode_some(missing: Sequence[Said]) -> Iterator[tuple[Said, Any]]:
    until = time.monotonic() + ENCODING_SECONDS
    for first in range(0, len(missing), AT_ONCE):
        if first and time.monotonic() > until:
            return
        some = missing[first : first + AT_ONCE]
        yield from zip(some, encoder.encode([one.text for one in some]), strict=True)


def _without(said: list[Said], fresh: set[UUID]) -> LaidOut:
    """Empty wordings tell an encoder, when there is one, what it has not seen."""
    known = set(Wording.objects.values_list("pk", flat=True))
    made = [_wording(one, b"") for one in _missing(said, known, fresh)[:MOST_EMPTY]]
    some = said[:MOST_BY_WORDS]
    return LaidOut(some, Collection([one.text for one in some]), made)


def _missing(said: list[Said], known: Container[UUID], fresh: set[UUID]) -> list[Said]:
    """What has no wording; what is said of needs that wait comes first."""
    return sorted((one for one in said if one.id not in known), key=lambda one: one.head not in fresh)


def _wording(said: Said, vector: bytes) -> Wording:
    return Wording(pk=said.id, digest=said.digest, encoder=encoder.version(), vector=vector)
