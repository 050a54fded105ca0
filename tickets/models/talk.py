"""What is said about a ticket."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models import Fact, RowQuerySet, TenantManager
from people.models import Member
from tickets.models.tickets import Ticket


class OfTicketQuerySet(RowQuerySet[Any]):
    """Rows seen where their ticket is, and by whoever wrote them."""

    def seen_by(self, member: Member) -> Self:
        if member.reads_everything:
            return self
        return self.filter(Q(ticket__in=Ticket.objects.seen_by(member).values("pk")) | Q(member=member))


class Message(Fact):
    """Something written about a ticket: among colleagues, or as it was said to the customer."""

    class Audience(models.TextChoices):
        INTERNAL = "internal"
        CUSTOMER = "customer"

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="messages")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience)
    text = models.TextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(OfTicketQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["organization", "ticket"], name="messages_of_ticket")]


class HelpQuerySet(OfTicketQuerySet):
    def seen_by(self, member: Member) -> Self:
        """Whoever is asked sees it as well, wherever the customer is."""
        if member.reads_everything:
            return self
        seen = Ticket.objects.seen_by(member).values("pk")
        return self.filter(Q(ticket__in=seen) | Q(member=member) | Q(engineer=member))


class Help(Fact):
    """도움 요청: a colleague is asked from the machine. The answer stands with the ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="helps")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    engineer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(HelpQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="exactly_an_answered_help_has_an_answer",
            )
        ]
        indexes = [models.Index(fields=["organization", "ticket"], name="helps_of_ticket")]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None
