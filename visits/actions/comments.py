"""The verbs about comments."""

from __future__ import annotations

from uuid import UUID

from core.errors import Problem
from core.models import insert
from sync.changes import Unit
from visits.errors import (
    ALREADY_WITHDRAWN,
    NOT_YOURS,
)
from visits.models import Comment, Visit


def add_comment(unit: Unit, *, comment: UUID, visit: UUID, text: str) -> Comment:
    """Says something about a visit. The visit is locked so that both move to its month together."""
    about = Visit.objects.lock(visit, field="visit")
    said = Comment(id=comment, visit=about, member=unit.member, text=text, **unit.actor.times)
    insert(said, field="comment")
    unit.record(said)
    return said


def withdraw_comment(unit: Unit, *, comment: UUID) -> Comment:
    said = Comment.objects.lock(comment, field="comment")
    if said.member_id != unit.member.pk:
        raise Problem(NOT_YOURS)
    if said.withdrawn_at is not None:
        raise Problem(ALREADY_WITHDRAWN)
    said.withdrawn_at = unit.actor.at
    said.save(update_fields=["withdrawn_at"])
    unit.record(said)
    return said
