"""Grouping needs that are the same, and taking them apart again."""

from __future__ import annotations

from uuid import UUID

from core.errors import Problem
from needs import grouping
from needs.actions.writing import (
    compare_later,
    count,
    lock_heads,
    lock_to_edit,
    owe_answers,
    pass_milestone,
    require_editor,
    save,
)
from needs.errors import ALREADY_MERGED, MERGE_CIRCLE, MERGE_ITSELF, NOT_MERGED
from needs.models import Milestone, Need
from sync.changes import Unit


def merge_need(unit: Unit, *, need: UUID, into: UUID) -> Need:
    """Groups a need, with all that is grouped under it, under another one. Neither of the two is changed otherwise.

    Both heads are locked: of two that are merged into each other at once the second sees the first, and is refused as
    a circle. Whoever asked for it hears what became of the other one already.
    """
    Need.objects.find(need, field="need")
    require_editor(unit)
    if need == into:
        raise Problem(MERGE_ITSELF, field="into")
    target: Need = Need.objects.find(into, field="into")
    lock_heads(need, into)
    merged: Need = Need.objects.lock(need, field="need")
    if merged.is_merged:
        raise Problem(ALREADY_MERGED, into=str(merged.merged_into_id))
    if grouping.head_of(into) == merged.pk:
        raise Problem(MERGE_CIRCLE, field="into")
    merged.merged_into = target
    save(unit, merged, "merged_into")
    pass_milestone(unit, merged, event=Milestone.Event.MERGED, other=target)
    count(unit, target.pk, merged.pk)
    compare_later(unit, merged.pk, target.pk)
    owe_answers(target.pk)
    return merged


def unmerge_need(unit: Unit, *, need: UUID) -> Need:
    """Takes a need out of its group, with all that is grouped under it. It is what it was before.

    A job takes back what customers were to be told of the group and have no part in any more; and who came to this one
    while it was in the group hears what had become of it.
    """
    taken = lock_to_edit(unit, need)
    former = taken.merged_into
    if former is None:
        raise Problem(NOT_MERGED)
    taken.merged_into = None
    save(unit, taken, "merged_into")
    pass_milestone(unit, taken, event=Milestone.Event.UNMERGED, other=former)
    count(unit, former.pk, taken.pk)
    compare_later(unit, taken.pk, former.pk)
    owe_answers(taken.pk)
    return taken
