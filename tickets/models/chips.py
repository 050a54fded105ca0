"""What is tapped instead of typed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.models import Row


class Chip(Row):
    """One choice of an organization's own: a category of tickets, why one happened, or what mended it.

    Removed ones stay what they were on the tickets that have them.
    """

    class Sort(models.TextChoices):
        CATEGORY = "category"
        CAUSE = "cause"
        FIX = "fix"

    sort = models.CharField(max_length=8, choices=Sort)
    name = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField(default=0, help_text="Where it stands among those of its sort.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "sort", "name"], condition=Q(deleted_at=None), name="one_chip_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
