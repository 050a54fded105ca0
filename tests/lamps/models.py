"""Houses have a scope, lamps stand in houses and may hang under other lamps, clashes are about lamps.

Keys let members into scopes.
"""

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
    label = models.CharField(max_length=200, blank=True, help_text="Shared: whoever comes late is heard.")
    price = models.IntegerField(default=0, help_text="Shared and guarded: whoever comes late is not.")
    group = models.ForeignKey(
        "self", null=True, on_delete=models.RESTRICT, related_name="+", help_text="It hangs there."
    )
    hung = models.IntegerField(default=0, help_text="How many hang under it, directly or by way of others.")
    is_shown = models.BooleanField(default=False, help_text="To everybody, whatever house it hangs in.")
    closed_at = models.DateTimeField(null=True)
    touched_by = models.JSONField(default=list, help_text="Ids of the entries that took effect on it, in order.")


class Clash(Row):
    """Two people set one field of a lamp to different values, neither having seen the other's."""

    lamp = models.ForeignKey(Lamp, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=20)
    base = models.JSONField()
    mine = models.JSONField()
    theirs = models.JSONField()
    kept = models.CharField(max_length=6)
    member = models.ForeignKey("people.Member", on_delete=models.PROTECT, related_name="+")
    their_member = models.ForeignKey("people.Member", null=True, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=7, null=True)
    closed_at = models.DateTimeField(null=True)
    touched_by = models.JSONField(default=list)

    @property
    def aside(self) -> object:
        """The value that the lamp does not hold."""
        return self.theirs if self.kept == "mine" else self.mine


class Key(Row):
    """Lets a member read what is in a scope."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=20)
