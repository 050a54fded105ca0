"""Needs, what they are about, what became of them, and what their voices add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import F, Q

from core.models import Fact, Row, RowQuerySet, TenantManager
from customers.models import Customer, Product
from people.models import Member


class Theme(Row):
    """What several needs are about, with how many they are and how many customers ask for any of them."""

    name = models.CharField(max_length=80)
    needs = models.PositiveIntegerField(default=0)
    customers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"], condition=Q(deleted_at=None), name="one_theme_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class NeedQuerySet(RowQuerySet["Need"]):
    def seen_by(self, member: Member) -> Self:
        """What was sorted is for everybody; until then it is told where it was heard."""
        territories = member.territories_read()
        if territories is None:
            return self
        return self.filter(~Q(title="") | Q(customer__territory__in=territories) | Q(member=member))

    def heads(self) -> Self:
        """Needs that are not grouped under another one."""
        return self.filter(merged_into=None)


class Need(Fact):
    """Something customers want. ``customer`` and ``member`` are where and by whom it was heard first.

    It is unsorted until an engineer gives it a title: until then only its voices say what it is.
    """

    class Stage(models.TextChoices):
        HEARD = "heard"
        CONFIRMED = "confirmed"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        BUILT = "built"
        SHOWN = "shown"
        SOLVED = "solved"
        NOT_YET = "not_yet"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    memo = models.TextField(blank=True, help_text="What those who work on it note for each other.")
    answer = models.TextField(blank=True, help_text="What R&D answers its colleagues.")
    customer_text = models.TextField(blank=True, help_text="The draft of what customers will read.")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.HEARD)
    owner = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    loaded_milestones: Sequence[Milestone]  # as the shape reads them, for many needs at once

    objects = TenantManager.from_queryset(NeedQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="a_need_is_not_merged_into_itself"
            )
        ]
        indexes = [
            models.Index(fields=["organization", "stage"], name="needs_by_stage"),
            models.Index(fields=["organization", "-received_at", "-id"], name="needs_newest_first"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_sorted(self) -> bool:
        return self.title != ""

    @property
    def is_merged(self) -> bool:
        return self.merged_into_id is not None


class Milestone(Fact):
    """Something that became of a need: who, and when. Part of the need's shape.

    ``number`` says which came after which, from 1: one phone may say two things within the same millisecond.
    ``announced_at`` is when a job had told everybody whom it concerns.
    """

    class Event(models.TextChoices):
        STAGE = "stage"
        CONFIRMED = "confirmed"
        MERGED = "merged"
        UNMERGED = "unmerged"

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=10, choices=Event, default=Event.STAGE)
    stage = models.CharField(max_length=10, choices=Need.Stage)
    other = models.ForeignKey(Need, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "number"], name="milestones_of_a_need_have_an_order")]
        indexes = [
            models.Index(fields=["organization"], condition=Q(announced_at=None), name="milestones_to_announce"),
        ]


class Tally(Row):
    """What the voices of a need add up to, those grouped under it counted in. Its id is the need's.

    Worked out by the server alone (needs/weighing.py): a phone holds only the newer voices.
    """

    need = models.OneToOneField(Need, on_delete=models.CASCADE, related_name="tally")
    voices = models.PositiveIntegerField(default=0)
    customers = models.PositiveIntegerField(default=0)
    reporters = models.PositiveIntegerField(default=0)
    importance = models.FloatField(default=0.0)
    recency = models.FloatField(default=0.0, help_text="At heard_at.")
    heard_at = models.DateTimeField(null=True, blank=True, help_text="When the newest voice came.")
    rank = models.FloatField(default=0.0, help_text="Orders as the weight does at any time.")
    observations = models.PositiveIntegerField(default=0)
    witnesses = models.JSONField(default=list, help_text="Members who saw it with their own eyes.")
    to_tell = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    solved = models.PositiveIntegerField(default=0)
    not_yet = models.PositiveIntegerField(default=0)
    alike = models.JSONField(default=list, help_text="Ids of needs that may be the same, the likeliest first.")

    class Meta:
        verbose_name_plural = "tallies"
        indexes = [models.Index(fields=["organization", "-rank", "-id"], name="tallies_by_rank")]
