"""Which known needs a need resembles: it is suggested, and never merged.

1. Whatever changes a need's words or its group puts it on the waiting list (Uncompared), in its own unit, and rings.
2. The job reads outside any unit: heads of groups, and what is said of each, those grouped under it counted in.
3. One need resembles another as much as the two texts of theirs that are likest. Five are suggested at most, and only
   what is alike enough (needs/alike/scoring.py). Those five may suggest it in turn.
4. One unit writes it down, and takes off the list what did not change meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from uuid import UUID

from django.db.models import QuerySet

from core import clock, tenancy
from needs import actions, alike, bell, grouping, wordings
from needs.alike import encoder
from needs.models import Tally, Uncompared, Wording
from sync import changes
from sync.changes import Actor, Unit

VERB = "need.compare"
TOP = 5
RUN_SECONDS = 1.0  # once everything is laid out; meanwhile one of few workers does nothing for phones
MOST_NEEDS = 25  # of one run
MOST_OF_ONE = 20  # texts of one need, the newest, that are looked up
LOOKED_AT = 100  # likest texts, of which several may be of one need
MOST_LOOKED_UP = 20  # needs that named one that changed; the others of them are only judged again
MOST_OLD = 200  # wordings of another encoder

Lists = dict[UUID, list[UUID]]


def compare(organization_id: UUID) -> int:
    """Compares some of the needs that wait for it, and rings again when others are left. Returns how many it did."""
    with tenancy.acting_in(organization_id):
        taken = actions.take_waiting(MOST_NEEDS)
        if not taken:
            return _throw_old_wordings_away()
        desk = Desk(taken)
        done = desk.compare(time.monotonic() + RUN_SECONDS)
        with _unit() as unit:
            missed = actions.suggest_alike(unit, lists=desk.lists, wordings=desk.made, taken=taken, compared=done)
        if missed:
            with _unit() as unit:
                actions.compare_later(unit, *missed)
        if Uncompared.objects.exists() or _old_wordings().exists():
            bell.ring_to_compare(organization_id)
    return len(done)


def ring_waiting() -> int:
    """Rings for what no ring has reached. Returns of how many organizations it is."""
    return bell.ring_uncompared(encoder.version())


def _unit() -> AbstractContextManager[Unit]:
    return changes.unit(VERB, by=Actor(None, "job", at=clock.now()))


def _old_wordings() -> QuerySet[Wording]:
    """What another version of the encoder has made. Without an encoder nothing can take its place."""
    wordings: QuerySet[Wording] = Wording.objects.all()
    return wordings.exclude(encoder=encoder.version()) if encoder.found() else wordings.none()


def _throw_old_wordings_away() -> int:
    """With nothing else to do, their needs are compared anew, some at a time."""
    old = list(_old_wordings().defer("vector").order_by("pk")[:MOST_OLD])
    if old and not Uncompared.objects.exists():
        with _unit() as unit:
            actions.compare_anew(unit, wordings=old)
    return 0


class Desk:
    """Some needs, and everything there is to compare them with. What comes of it is in ``lists`` and ``made``."""

    def __init__(self, waiting: Iterable[UUID]) -> None:
        self._waiting = list(waiting)
        self._heads = grouping.every_head()
        laid_out = wordings.lay_out(self._heads, self._waiting)
        self.made, self._unfinished = laid_out.made, laid_out.unfinished
        self._collection = laid_out.collection
        self._owners = [one.head for one in laid_out.said]
        self._places = _places_of(self._owners)
        named = Tally.objects.exclude(alike=[]).values_list("pk", "alike")
        self._now = {id: [UUID(one) for one in known] for id, known in named}
        self._touched: set[UUID] = set()

    @property
    def lists(self) -> Lists:
        """Which needs each one resembles: of every need whose list may have changed."""
        return {id: self._now[id] for id in self._touched}

    def compare(self, until: float) -> list[UUID]:
        """The needs that could be compared until then, at least one. What is gone meanwhile needs nothing more."""
        done: list[UUID] = []
        for id in self._waiting:
            if done and time.monotonic() > until:
                break
            head = self._heads.get(id)
            if head in self._unfinished:
                continue
            if head is not None:
                self._compare_one(id, head)
            done.append(id)
        return done

    def _compare_one(self, id: UUID, head: UUID) -> None:
        if head != id:
            self._write(id, [])  # it is known under its head
        self._write(head, self._likest(head))
        named_by = self._who_names(id, head)
        for other in named_by[:MOST_LOOKED_UP]:
            self._write(other, self._likest(other))
        for other in named_by[MOST_LOOKED_UP:] + self._now[head]:
            if other not in named_by[:MOST_LOOKED_UP]:
                self._write(other, self._with_one_more(other, head))

    def _write(self, id: UUID, found: list[UUID]) -> None:
        self._now[id] = found
        self._touched.add(id)

    def _who_names(self, *ids: UUID) -> list[UUID]:
        """Heads whose lists name one of these so far: it may have changed, or be no head any more."""
        return [id for id, known in self._now.items() if id not in ids and not set(ids).isdisjoint(known)]

    def _likest(self, head: UUID) -> list[UUID]:
        """Looked up among everything."""
        own = self._places.get(head, [])
        scores: dict[UUID, float] = {}
        for place in own[:MOST_OF_ONE]:
            for found in self._collection.likest_to(place, LOOKED_AT, least=alike.floor(), but=own):
                owner = self._owners[found.place]
                scores[owner] = max(found.score, scores.get(owner, 0.0))
        return _best(scores)

    def _with_one_more(self, head: UUID, other: UUID) -> list[UUID]:
        """Of those known so far and one more: much cheaper than looking up again."""
        known = {id for id in (*self._now.get(head, []), other) if id in self._places}
        own = self._places.get(head, [])[:MOST_OF_ONE]
        return _best({id: self._collection.between(own, self._places[id][:MOST_OF_ONE]) for id in known})


def _places_of(owners: list[UUID]) -> dict[UUID, list[int]]:
    found: dict[UUID, list[int]] = {}
    for place, head in enumerate(owners):
        found.setdefault(head, []).append(place)
    return found


def _best(scores: dict[UUID, float]) -> list[UUID]:
    enough = [id for id, score in scores.items() if score >= alike.floor()]
    return sorted(enough, key=lambda id: (-scores[id], id))[:TOP]
