"""Merging is grouping: a need points to the one it is merged into, and nothing of it is changed or moved.

So taking it out again leaves exactly what was there before, in whatever order needs were merged and taken out.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from needs.models import Need


def head_of(id: UUID) -> UUID:
    """The need at the head of the group this one is in; itself when it is not merged. Read afresh."""
    while True:
        above = Need.objects.filter(pk=id).values_list("merged_into", flat=True).first()
        if above is None:
            return id
        id = above


def heads_of(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Each of these needs → the head of its group: one query a level, however many they are."""
    above: dict[UUID, UUID | None] = {}
    unknown = set(ids)
    while unknown:
        above |= dict(Need.objects.filter(pk__in=unknown).values_list("pk", "merged_into"))
        unknown = {up for up in above.values() if up is not None} - set(above)
    return {id: _climb(id, above) for id in ids}


def every_head() -> dict[UUID, UUID]:
    """Every need of the organization → the head of its group."""
    above = dict(Need.objects.values_list("pk", "merged_into"))
    return {id: _climb(id, above) for id in above}


def _climb(id: UUID, above: dict[UUID, UUID | None]) -> UUID:
    while (up := above.get(id)) is not None:
        id = up
    return id


def group_of(*ids: UUID) -> list[UUID]:
    """These needs and all that are grouped under them, by whatever way."""
    found, level = list(ids), list(ids)
    while level:
        level = list(Need.objects.filter(merged_into__in=level).order_by("pk").values_list("pk", flat=True))
        found += level
    return found


def chain_of(id: UUID) -> list[UUID]:
    """This need and every one it is grouped under, up to the head."""
    found = [id]
    while True:
        above = Need.objects.filter(pk=found[-1]).values_list("merged_into", flat=True).first()
        if above is None:
            return found
        found.append(above)
