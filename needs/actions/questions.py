"""What engineers want to know of customers, and what customers answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from core.errors import NOT_FOUND, NOT_PERMITTED, ROW_DELETED, Problem
from core.models import insert
from customers.models import Customer
from needs.actions.writing import lock_to_edit, save, visit_of
from needs.errors import QUESTION_WITHDRAWN
from needs.models import Answer, Asking, Question
from notices.actions import notify
from people.models import Member
from sync.changes import Unit


def ask_question(unit: Unit, *, question: UUID, need: UUID, text: str, customers: list[dict[str, Any]]) -> Question:
    """Asks some customers one question, at the next visit there. Each asking has an id of its own.

    Raises not_found for a customer the actor does not see, row_deleted for one that was removed.
    """
    about = lock_to_edit(unit, need)
    asked = Question(id=question, need=about, member=unit.member, text=text, asked=len(customers), **unit.actor.times)
    insert(asked, field="question")
    unit.record(asked)
    seen = _seen_customers(unit, (one["customer"] for one in customers))
    for place, one in enumerate(customers):
        customer = seen.get(one["customer"])
        if customer is None or customer.is_deleted:
            raise Problem(ROW_DELETED if customer else NOT_FOUND, field=f"customers.{place}.customer")
        asking = Asking(id=one["asking"], question=asked, customer=customer)
        insert(asking, field=f"customers.{place}.asking")
        unit.record(asking)
    _notify_askers(unit, asked, list(seen.values()))
    return asked


def withdraw_question(unit: Unit, *, question: UUID) -> Question:
    """Takes a question off the record sheets where it still waits. What was answered stays."""
    withdrawn: Question = Question.objects.lock(question, field="question")
    if withdrawn.member_id != unit.member.pk and not unit.member.is_admin:
        raise Problem(NOT_PERMITTED)
    if withdrawn.withdrawn_at is not None:
        raise Problem(QUESTION_WITHDRAWN)
    withdrawn.withdrawn_at = unit.actor.at
    for asking in Asking.objects.open().filter(question=withdrawn).select_for_update().order_by("pk"):
        asking.closed_at = unit.actor.received_at
        save(unit, asking, "closed_at")
    return save(unit, withdrawn, "withdrawn_at")


def answer_asking(
    unit: Unit, *, answer: UUID, asking: UUID, value: str, line: str = "", visit: UUID | None = None
) -> Answer:
    """Writes down what a customer answered. Never refused for coming late: it is marked so."""
    question = Asking.objects.find(asking, field="asking").question_id
    asked: Question = Question.objects.lock(question, field="asking")
    to: Asking = Asking.objects.lock(asking, field="asking")
    given = Answer(
        id=answer,
        asking=to,
        customer=to.customer,
        visit=visit_of(to.customer, visit),
        member=unit.member,
        value=value,
        line=line,
        is_late=asked.withdrawn_at is not None,
        **unit.actor.times,
    )
    insert(given, field="answer")
    unit.record(given)
    if to.closed_at is None:
        to.closed_at = unit.actor.received_at
        save(unit, to, "closed_at")
    _count(unit, asked)
    if asked.member_id != given.member_id:
        notify(
            unit,
            [asked.member],
            "question.answered",
            asked.need,
            source=given.pk,
            customer=to.customer.name,
            text=asked.text,
            value=value,
        )
    return given


def _notify_askers(unit: Unit, question: Question, customers: list[Customer]) -> None:
    """Those whose customers are to be asked, each once for all of theirs."""
    counts = Counter(customer.territory_id for customer in customers)
    reps = Member.objects.active().filter(territories__in=counts).exclude(pk=question.member_id).distinct()
    for member in reps.order_by("pk"):
        count = sum(counts[territory] for territory in member.own_territories())
        notify(unit, [member], "question.asked", question.need, source=question.pk, count=count, text=question.text)


def _count(unit: Unit, question: Question) -> None:
    """Each customer's last answer counts."""
    last: dict[UUID, str] = {}
    for given in Answer.objects.filter(asking__question=question).order_by("received_at", "pk"):
        last[given.customer_id] = given.value
    values = list(last.values())
    question.yes, question.no = values.count(Answer.Value.YES), values.count(Answer.Value.NO)
    question.unknown = values.count(Answer.Value.UNKNOWN)
    save(unit, question, "yes", "no", "unknown")


def _seen_customers(unit: Unit, ids: Iterable[UUID]) -> dict[UUID, Customer]:
    found = Customer.objects.filter(pk__in=list(ids))
    if unit.member is not None:
        found = found.seen_by(unit.member)
    return {customer.pk: customer for customer in found}
