"""What engineers ask, of whom, and what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from core.models import Fact, Row, RowQuerySet, TenantManager
from customers.models import Customer
from needs.models.needs import Need
from people.models import Member
from visits.models import Visit


class Question(Fact):
    """What an engineer wants to know of some customers, to be asked at the next visit there."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    asked = models.PositiveIntegerField(default=0)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)


class AskingQuerySet(RowQuerySet["Asking"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def seen_by(self, member: Member) -> Self:
        territories = member.territories_read()
        if territories is None:
            return self
        return self.filter(Q(customer__territory__in=territories) | Q(question__member=member))


class Asking(Row):
    """A question, to be asked of one customer. It closes with the first answer, or with the question."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="askings")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(AskingQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "customer"], name="a_customer_is_asked_once_of_a_question")
        ]


class AnswerQuerySet(RowQuerySet["Answer"]):
    def seen_by(self, member: Member) -> Self:
        territories = member.territories_read()
        if territories is None:
            return self
        seen = Q(customer__territory__in=territories) | Q(member=member) | Q(asking__question__member=member)
        return self.filter(seen)


class Answer(Fact):
    """What a customer answered. Of several by one customer the last one counts; none is lost."""

    class Value(models.TextChoices):
        YES = "yes"
        NO = "no"
        UNKNOWN = "unknown"

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="answers")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=8, choices=Value)
    line = models.CharField(max_length=500, blank=True)
    is_late = models.BooleanField(default=False, help_text="The question had been withdrawn when it came.")

    objects = TenantManager.from_queryset(AnswerQuerySet)()

    @property
    def closed_at(self) -> datetime:
        return self.received_at
