"""Houses have a scope, lamps stand in houses, keys let members into scopes."""

from __future__ import annotations

from django.db import models

from core.models import Row


class House(Row):
    """What lamps hang on: the anchor. Its scope may change, and everything in it moves along."""

    scope = models.CharField(max_length=20)


class Lamp(Row):
    house = models.ForeignKey(House, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("people.Member", on_delete=models.PROTECT, related_name="+")
    colour = models.CharField(max_length=200)
    switches = models.IntegerField(default=0)
    is_on = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    touched_by = models.JSONField(default=list, help_text="Ids of the entries that took effect on it, in order.")


class Key(Row):
    """Lets a member read what is in a scope."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=20)
