"""What a phone holds of needs, and in which streams.

Needs that were sorted are for everybody; until then they are told where they were heard. What customers said is seen in
their territory, month by month. What is still to be done hangs on the customer, and on whoever is to do it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from customers.shapes import territory_of
from needs.models import Answer, Asking, Joining, Milestone, Need, Question, Reply, Tally, Theme, Voice
from needs.serializers import (
    AnswerShape,
    AskingShape,
    JoiningShape,
    NeedShape,
    QuestionShape,
    ReplyShape,
    TallyShape,
    ThemeShape,
    VoiceShape,
)
from people.shapes import Periods, everybody
from people.streams import ORGANIZATION, base, member_scope, territory_scope
from sync.registry import Shape, Streams
from visits.models import Visit


def of_needs(needs: Sequence[Need]) -> Streams:
    territories = territory_of({need.customer_id for need in needs if not need.is_sorted})
    return {need.pk: _of_need(need, territories) for need in needs}


def _of_need(need: Need, territories: dict[UUID, UUID]) -> frozenset[str]:
    if need.is_sorted:
        return frozenset({ORGANIZATION})
    return frozenset({base(territory_scope(territories[need.customer_id])), base(member_scope(need.member_id))})


def of_tallies(tallies: Sequence[Tally]) -> Streams:
    """Where their need is: both have the same id."""
    needs = Need.objects.filter(pk__in=[tally.pk for tally in tallies])
    return of_needs(list(needs.only("title", "customer_id", "member_id")))


def of_customers(rows: Sequence[Any]) -> Streams:
    """Where their customer is seen, and by the member they are of; open or by month."""
    territories = territory_of({row.customer_id for row in rows})
    period = Periods()
    return {
        row.pk: period.of(row, [territory_scope(territories[row.customer_id]), member_scope(row.member_id)])
        for row in rows
    }


def of_askings(askings: Sequence[Asking]) -> Streams:
    """As their customer, and for whoever asked."""
    return _with_askers(askings, {one.pk: one.question_id for one in askings})


def of_answers(answers: Sequence[Answer]) -> Streams:
    """As their customer, for whoever wrote them down, and for whoever asked."""
    asked = Asking.objects.filter(pk__in={one.asking_id for one in answers}).values_list("pk", "question_id")
    questions = dict(asked)
    return _with_askers(answers, {one.pk: questions[one.asking_id] for one in answers})


def _with_askers(rows: Sequence[Asking | Answer], questions: dict[UUID, UUID]) -> Streams:
    territories = territory_of({row.customer_id for row in rows})
    askers = dict(Question.objects.filter(pk__in=set(questions.values())).values_list("pk", "member_id"))
    period, found = Periods(), {}
    for row in rows:
        members = {askers[questions[row.pk]], *([row.member_id] if isinstance(row, Answer) else [])}
        scopes = [territory_scope(territories[row.customer_id]), *map(member_scope, members)]
        found[row.pk] = period.of(row, scopes)
    return found


def of_joinings(joinings: Sequence[Joining]) -> Streams:
    """For whoever asks, and for whoever is asked."""
    owners = dict(Visit.objects.filter(pk__in={one.visit_id for one in joinings}).values_list("pk", "member_id"))
    period = Periods()
    return {
        one.pk: period.of(one, map(member_scope, sorted({one.member_id, owners[one.visit_id]}))) for one in joinings
    }


def load_milestones(needs: Sequence[Need]) -> None:
    found: dict[UUID, list[Milestone]] = defaultdict(list)
    for passed in Milestone.objects.filter(need__in=[need.pk for need in needs]).order_by("number"):
        found[passed.need_id].append(passed)
    for need in needs:
        need.loaded_milestones = found[need.pk]


def _customer(row: Any) -> UUID:
    found: UUID = row.customer_id
    return found


SHAPES = [
    Shape("theme", Theme, ThemeShape, everybody),
    Shape("need", Need, NeedShape, of_needs, anchor=_customer, load=load_milestones),
    Shape("tally", Tally, TallyShape, of_tallies, anchor=lambda row: row.need.customer_id, related=("need",)),
    Shape("voice", Voice, VoiceShape, of_customers, anchor=_customer),
    Shape("question", Question, QuestionShape, everybody),
    Shape("asking", Asking, AskingShape, of_askings, anchor=_customer, related=("question",)),
    Shape("answer", Answer, AnswerShape, of_answers, anchor=_customer),
    Shape("joining", Joining, JoiningShape, of_joinings, anchor=lambda row: row.visit.customer_id, related=("visit",)),
    Shape("reply", Reply, ReplyShape, of_customers, anchor=_customer, related=("milestone",)),
]
