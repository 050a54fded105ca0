"""Voices: facts, told by customers or seen at theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from core.models import Fact, TenantManager
from customers.models import Contact, Customer, Product, Site
from needs.models.needs import Need
from needs.models.seen import OfTerritoryQuerySet
from people.models import Member
from visits.models import Visit


class VoiceQuerySet(OfTerritoryQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def asking(self) -> Self:
        """Voices that want something: what was only observed asks for nothing."""
        return self.standing().filter(sign=None)


class Voice(Fact):
    """One telling of a need by one customer, in their words; or, with a ``sign``, what somebody saw them do."""

    class How(models.TextChoices):
        SAID = "said"
        SEEN = "seen"
        INFERRED = "inferred"

    class Sign(models.TextChoices):
        WORKAROUND = "workaround"
        REPEATS = "repeats"
        WAITS = "waits"
        BY_HAND = "by_hand"
        GAVE_UP = "gave_up"

    need = models.ForeignKey(Need, null=True, blank=True, on_delete=models.PROTECT, related_name="voices")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="voices")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="voices")
    text = models.TextField(blank=True, help_text="In the customer's own words.")
    how = models.CharField(max_length=8, choices=How, default=How.SAID)
    sign = models.CharField(max_length=10, choices=Sign, null=True, blank=True)
    importance = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 to 3; nothing: not said.")
    amended_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    flags = models.JSONField(default=list, help_text="What a reader should know: see visits.evidence.")
    skew_s = models.BigIntegerField(null=True, blank=True)

    objects = TenantManager.from_queryset(VoiceQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(need__isnull=False) | Q(sign__isnull=False),
                name="a_voice_without_a_need_is_an_observation",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(sign__isnull=False), name="a_voice_says_or_shows_something"
            ),
            models.CheckConstraint(
                condition=Q(importance=None) | Q(importance__gte=0, importance__lte=3), name="importance_is_0_to_3"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "need"], name="voices_of_need"),
            models.Index(fields=["organization", "customer", "-received_at", "-id"], name="voices_of_customer"),
            models.Index(fields=["organization", "-received_at", "-id"], name="voices_newest_first"),
        ]

    @property
    def closed_at(self) -> datetime:
        """A fact is never open: it is to be seen in the month in which it came."""
        return self.received_at

    @property
    def is_observation(self) -> bool:
        return self.sign is not None
