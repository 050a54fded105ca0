"""Visits, commitments and comments: facts somebody wrote where the customer is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from core.models import Fact, Row, RowQuerySet, TenantManager
from customers.models import Contact, Customer, Product, Site
from people.models import Member


class VisitQuerySet(RowQuerySet["Visit"]):
    def open(self) -> Self:
        """Planned or begun, and still to be finished."""
        return self.filter(state__in=Visit.OPEN_STATES, withdrawn_at=None)

    def planned_before(self, day: date) -> Self:
        return self.filter(state=Visit.State.PLANNED, planned_for__lt=day, withdrawn_at=None)

    def seen_by(self, member: Member) -> Self:
        """Visits in the member's territories, and those the member made or took part in."""
        territories = member.territories_read()
        if territories is None:
            return self
        taken_part = Visit.participants.through.objects.filter(member=member).values("visit")
        return self.filter(Q(customer__territory__in=territories) | Q(member=member) | Q(pk__in=taken_part))


class Visit(Fact):
    """One visit (or call) to a customer, from plan to outcome. Its author's alone to change."""

    class State(models.TextChoices):
        PLANNED = "planned"
        STARTED = "started"
        FINISHED = "finished"
        MISSED = "missed"
        CANCELLED = "cancelled"

    class Channel(models.TextChoices):
        VISIT = "visit"
        PHONE = "phone"
        VIDEO = "video"

    class Outcome(models.TextChoices):
        PROGRESS = "progress"
        NO_CHANGE = "no_change"
        PROBLEM = "problem"
        NOT_MET = "not_met"

    class Verdict(models.TextChoices):
        """What is known about the place; it never refuses anything."""

        VERIFIED = "verified"
        OUT_OF_RANGE = "out_of_range"
        NO_FIX = "no_fix"
        LOGGED_LATER = "logged_later"

    OPEN_STATES = (State.PLANNED, State.STARTED)

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="visits")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="visits")
    participants = models.ManyToManyField(Member, blank=True, related_name="visits_joined")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.VISIT)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)

    planned_for = models.DateField(null=True, blank=True)
    planned_time = models.TimeField(null=True, blank=True)
    plan_note = models.CharField(max_length=500, blank=True)

    arrived_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict, null=True, blank=True)
    distance_m = models.PositiveIntegerField(null=True, blank=True, help_text="Rounded to ten metres.")
    accuracy_m = models.PositiveIntegerField(null=True, blank=True)
    fix_age_s = models.PositiveIntegerField(null=True, blank=True)

    outcome = models.CharField(max_length=10, choices=Outcome, null=True, blank=True)
    note = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    is_estimated = models.BooleanField(default=False)
    logged_at = models.DateTimeField(null=True, blank=True)

    amended_at = models.DateTimeField(null=True, blank=True)
    amend_reason = models.CharField(max_length=500, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.CharField(max_length=500, blank=True)

    flags = models.JSONField(default=list, help_text="What a reader should know: see visits.evidence.")
    skew_s = models.BigIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the server received the fact that closed it: decides its month."
    )

    loaded_participants: Sequence[UUID]  # as the shape reads them, for many visits at once

    objects = TenantManager.from_queryset(VisitQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="finished") | Q(outcome__isnull=False), name="a_finished_visit_has_an_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(state="started") | Q(arrived_at__isnull=False), name="a_started_visit_has_an_arrival"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "started"], withdrawn_at=None, closed_at=None)
                | (~Q(state__in=["planned", "started"], withdrawn_at=None) & Q(closed_at__isnull=False)),
                name="exactly_what_is_no_longer_open_has_a_closing_time",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "customer", "-received_at", "-id"], name="visits_of_customer"),
            models.Index(fields=["organization", "-received_at", "-id"], name="visits_newest_first"),
            models.Index(fields=["organization", "member", "planned_for"], name="visits_planned"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES and self.withdrawn_at is None

    @property
    def was_open(self) -> bool:
        """Whether it was open when last saved: the closing time is set and cleared on saving only."""
        return self.closed_at is None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class Arrival(Row):
    """Where the phone was when its owner tapped "I'm here". In no shape: read online, and the reading is noted."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="arrival")
    latitude = models.FloatField()
    longitude = models.FloatField()
    accuracy_m = models.FloatField()
    fix_age_s = models.FloatField()
    # What the verdict was measured against, since a site's pin may be moved later.
    site_latitude = models.FloatField(null=True)
    site_longitude = models.FloatField(null=True)
    geofence_m = models.PositiveIntegerField(null=True)


class OfVisitQuerySet(RowQuerySet["Comment"]):
    def seen_by(self, member: Member) -> Self:
        seen = Visit.objects.seen_by(member).values("pk")
        return self if member.reads_everything else self.filter(Q(visit__in=seen) | Q(member=member))


class CommitmentQuerySet(RowQuerySet["Commitment"]):
    def open(self) -> Self:
        return self.filter(state=Commitment.State.OPEN)

    def due_by(self, day: date) -> Self:
        return self.open().filter(due_on__lte=day)

    def seen_by(self, member: Member) -> Self:
        territories = member.territories_read()
        if territories is None:
            return self
        return self.filter(Q(customer__territory__in=territories) | Q(member=member))


class Commitment(Fact):
    """약속: what we promised a customer, and by when."""

    class Step(models.TextChoices):
        REVISIT = "revisit"
        MATERIAL = "material"
        QUOTE = "quote"
        ORDER = "order"
        OTHER = "other"

    class State(models.TextChoices):
        OPEN = "open"
        KEPT = "kept"
        WITHDRAWN = "withdrawn"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="commitments")
    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="commitments")
    step = models.CharField(max_length=10, choices=Step)
    text = models.CharField(max_length=500, blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_note = models.CharField(max_length=500, blank=True)
    moved_from = models.DateField(null=True, blank=True)
    move_reason = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(CommitmentQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="exactly_a_closed_commitment_has_a_closing_time",
            )
        ]
        indexes = [models.Index(fields=["organization", "due_on", "id"], name="commitments_by_due_date")]

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Comment(Fact):
    """What a colleague says about a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="comments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="comments")
    text = models.CharField(max_length=2000)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(OfVisitQuerySet)()
