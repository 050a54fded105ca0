"""Coming along on a visit."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from core.models import Fact, RowQuerySet, TenantManager
from needs.models.needs import Need
from people.models import Member
from visits.models import Visit


class JoiningQuerySet(RowQuerySet["Joining"]):
    def accepted(self) -> Self:
        return self.filter(state=Joining.State.ACCEPTED)

    def seen_by(self, member: Member) -> Self:
        """A matter between the two of them; who came along is said by the visit."""
        return self.filter(Q(member=member) | Q(visit__member=member))


class Joining(Fact):
    """동행: somebody asks to come along on a planned visit, to see for themselves."""

    class State(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        WENT = "went"
        OFF = "off"

    OPEN_STATES = (State.ASKED, State.ACCEPTED)

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="joinings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, null=True, blank=True, on_delete=models.PROTECT, related_name="joinings")
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_note = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(JoiningQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "accepted"], closed_at=None)
                | (~Q(state__in=["asked", "accepted"]) & Q(closed_at__isnull=False)),
                name="exactly_what_is_settled_of_a_joining_has_a_closing_time",
            ),
            models.UniqueConstraint(
                fields=["visit", "member"], condition=Q(closed_at=None), name="one_open_joining_per_visit_and_member"
            ),
        ]
