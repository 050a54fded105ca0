"""Why tickets happened, and whether it stays away."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from core.models import Fact, RowQuerySet, TenantManager
from customers.models import Asset, Customer, Site
from people.models import Member
from tickets.models.chips import Chip


class CauseQuerySet(RowQuerySet["Cause"]):
    def seen_by(self, member: Member) -> Self:
        """Causes at customers in the member's territories, and those the member answers for."""
        territories = member.territories_read()
        if territories is None:
            return self
        return self.filter(Q(customer__territory__in=territories) | Q(member=member))

    def watched_until(self, day: date) -> Self:
        """Those whose watch window ended before this day, and that did not come back."""
        return self.filter(state=Cause.State.WATCHING, watch_until__lt=day)

    def finding_due_by(self, day: date) -> Self:
        return self.filter(state=Cause.State.FINDING, finding_due_on__lt=day, finding_told_at=None)


class Cause(Fact):
    """Why a ticket happened, what keeps it from happening again (재발 방지 대책), and until when that is watched.

    A window is a pair of days by the organization's calendar, both in it. It is proved once the window is over, and
    comes back when the same happens on a day inside, however late that is told.
    """

    class State(models.TextChoices):
        FINDING = "finding"
        WATCHING = "watching"
        BACK = "back"
        PROVED = "proved"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="causes")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asset = models.ForeignKey(Asset, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    chip = models.ForeignKey(Chip, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True, help_text="Why it happened.")
    countermeasure = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State)
    finding_due_on = models.DateField(null=True, blank=True)
    finding_told_at = models.DateTimeField(null=True, blank=True, help_text="When its owner heard that it is late.")
    watch_from = models.DateField(null=True, blank=True)
    watch_until = models.DateField(null=True, blank=True)
    recurrences = models.PositiveIntegerField(default=0)
    last_recurred_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(CauseQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="finding") | Q(finding_due_on__isnull=False),
                name="a_cause_that_is_looked_for_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["watching", "proved"])
                | (
                    Q(watch_from__isnull=False, watch_until__isnull=False, watch_until__gte=models.F("watch_from"))
                    & ~Q(countermeasure="")
                    & (~Q(text="") | Q(chip__isnull=False))
                ),
                name="a_watched_cause_has_all_it_needs",
            ),
            models.CheckConstraint(
                condition=Q(state="proved", closed_at__isnull=False) | (~Q(state="proved") & Q(closed_at=None)),
                name="exactly_a_proved_cause_has_a_closing_time",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "customer", "state"], name="causes_of_customer"),
            models.Index(fields=["organization", "state", "watch_until"], name="causes_under_watch"),
        ]

    def is_watched_on(self, day: date) -> bool:
        """Whether what happens on this day is the same again, and not something new."""
        return self.watch_until is None or day <= self.watch_until
