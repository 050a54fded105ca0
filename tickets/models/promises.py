"""What was promised of tickets, and in which hours it is counted."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from core.models import Row, RowQuerySet, TenantManager
from customers.models import Customer
from people.models import Member
from tickets.models.tickets import Ticket


class BusinessCalendar(Row):
    """When an organization works: several slots a day, so that lunch is what lies between two of them."""

    name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=60)
    slots = models.JSONField(help_text="[[weekday, start, end], …]: Monday is 0, minutes of the day, in order.")
    country = models.CharField(max_length=2, blank=True, help_text="Whose public holidays are off: KR; empty: none.")
    days_off = models.JSONField(default=list, help_text="Days off besides, as 2026-05-01.")
    days_on = models.JSONField(default=list, help_text="Public holidays on which this organization works.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"], condition=Q(deleted_at=None), name="one_calendar_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SlaPolicyQuerySet(RowQuerySet["SlaPolicy"]):
    def seen_by(self, member: Member) -> Self:
        """What was promised to everybody, and to customers in the member's territories."""
        territories = member.territories_read()
        if territories is None:
            return self
        return self.filter(Q(customer=None) | Q(customer__territory__in=territories))


class SlaPolicy(Row):
    """How soon we answer and resolve. Of those that apply to a ticket the most special one counts: of its customer
    before everybody's, of its severity before any."""

    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    severity = models.CharField(max_length=8, choices=Ticket.Severity, blank=True, help_text="Empty: any.")
    calendar = models.ForeignKey(BusinessCalendar, on_delete=models.PROTECT, related_name="policies")
    response_minutes = models.PositiveIntegerField(null=True, blank=True)
    resolution_minutes = models.PositiveIntegerField(null=True, blank=True)
    warn_minutes = models.PositiveIntegerField(default=60, help_text="Business minutes before it is due.")
    lead_minutes = models.PositiveIntegerField(default=60, help_text="Business minutes late: the lead hears of it.")
    executive_minutes = models.PositiveIntegerField(default=240, help_text="And executives.")
    pauses_on = models.JSONField(default=list, help_text="What a ticket waits for while its clock stands.")

    objects = TenantManager.from_queryset(SlaPolicyQuerySet)()

    class Meta:
        verbose_name_plural = "sla policies"
        constraints = [
            # Two of them, since a constraint takes two without a customer for different ones.
            models.UniqueConstraint(
                fields=["organization", "customer", "severity"],
                condition=Q(deleted_at=None, customer__isnull=False),
                name="one_policy_per_customer_and_severity",
            ),
            models.UniqueConstraint(
                fields=["organization", "severity"],
                condition=Q(deleted_at=None, customer=None),
                name="one_policy_for_everybody_per_severity",
            ),
            models.CheckConstraint(
                condition=Q(response_minutes__isnull=False) | Q(resolution_minutes__isnull=False),
                name="a_policy_promises_something",
            ),
        ]
