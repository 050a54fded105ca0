"""What customers hear of a need, and say to it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from core.models import Fact, TenantManager
from customers.models import Contact, Customer
from needs.models.needs import Milestone, Need
from needs.models.seen import OfTerritoryQuerySet
from people.models import Member
from visits.models import Commitment, Visit


class ReplyQuerySet(OfTerritoryQuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def standing(self) -> Self:
        return self.exclude(state=Reply.State.WITHDRAWN)


class Reply(Fact):
    """답변: what one customer hears of a need that was built or declined, and what they answer. It closes the loop.

    ``text`` begins as the need's draft; whoever answers for the customer edits it first.
    """

    class State(models.TextChoices):
        TO_TELL = "to_tell"
        TOLD = "told"
        SOLVED = "solved"
        NOT_YET = "not_yet"
        WITHDRAWN = "withdrawn"

    OPEN_STATES = (State.TO_TELL, State.TOLD)

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="replies")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="replies")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="replies")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    commitment = models.ForeignKey(Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.TO_TELL)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=500, blank=True, help_text="What the customer said to it.")
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(ReplyQuerySet)()

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "customer"],
                condition=~Q(state="withdrawn"),
                name="a_customer_is_told_once_of_a_milestone",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["to_tell", "told"], closed_at=None)
                | (~Q(state__in=["to_tell", "told"]) & Q(closed_at__isnull=False)),
                name="exactly_a_closed_loop_has_a_closing_time",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES
