"""What a phone holds of visits, and in which streams: territory, author, participants; open or by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from customers.shapes import territory_of
from people.shapes import Periods
from people.streams import member_scope, territory_scope
from sync.registry import Shape, Streams
from visits.models import Comment, Commitment, Visit
from visits.serializers import CommentShape, CommitmentShape, VisitShape


def of_visits(visits: Sequence[Visit]) -> Streams:
    territories = territory_of({visit.customer_id for visit in visits})
    participants = _participants(visits)
    period = Periods()
    return {
        visit.pk: period.of(
            visit,
            [
                territory_scope(territories[visit.customer_id]),
                *map(member_scope, {visit.member_id, *participants[visit.pk]}),
            ],
        )
        for visit in visits
    }


def of_commitments(commitments: Sequence[Commitment]) -> Streams:
    territories = territory_of({commitment.customer_id for commitment in commitments})
    period = Periods()
    return {
        one.pk: period.of(one, [territory_scope(territories[one.customer_id]), member_scope(one.member_id)])
        for one in commitments
    }


def of_comments(comments: Sequence[Comment]) -> Streams:
    """A comment is seen where its visit is seen, and always by its author."""
    wanted = Visit.objects.filter(pk__in={comment.visit_id for comment in comments})
    visits = list(wanted.only("customer_id", "member_id", "closed_at"))
    seen = of_visits(visits)
    period = Periods()
    by_id = {visit.pk: visit for visit in visits}
    return {
        one.pk: seen[one.visit_id] | period.of(by_id[one.visit_id], [member_scope(one.member_id)]) for one in comments
    }


def _participants(visits: Sequence[Visit]) -> dict[UUID, list[UUID]]:
    joined = Visit.participants.through.objects.filter(visit__in=[visit.pk for visit in visits])
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for visit, member in joined.values_list("visit_id", "member_id"):
        found[visit].append(member)
    return found


def load_participants(visits: Sequence[Visit]) -> None:
    participants = _participants(visits)
    for visit in visits:
        visit.loaded_participants = participants[visit.pk]


def _customer(row: Any) -> UUID:
    found: UUID = row.customer_id
    return found


SHAPES = [
    Shape("visit", Visit, VisitShape, of_visits, anchor=_customer, load=load_participants),
    Shape("commitment", Commitment, CommitmentShape, of_commitments, anchor=_customer),
    Shape("comment", Comment, CommentShape, of_comments, anchor=lambda row: row.visit.customer_id, related=("visit",)),
]
