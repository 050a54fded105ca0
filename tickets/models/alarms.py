"""Who was told that a promise is running out, or was broken."""

from __future__ import annotations

from django.db import models

from core.models import Row
from people.models import Member
from tickets.models.tickets import Ticket


class Alarm(Row):
    """One rung of the ladder: a warning to whoever works on it, then to them, their lead and executives once it is
    late. Part of the ticket's shape. Whoever acknowledges one stops the ladder there."""

    class Clock(models.TextChoices):
        RESPONSE = "response"
        RESOLUTION = "resolution"

    class Rung(models.IntegerChoices):
        WARNING = 0
        LATE = 1
        LEAD = 2
        EXECUTIVE = 3

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    clock = models.CharField(max_length=10, choices=Clock)
    rung = models.PositiveSmallIntegerField(choices=Rung)
    due_at = models.DateTimeField(help_text="What was promised, as it stood then.")
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "clock", "rung", "due_at"], name="an_alarm_is_raised_once_for_a_promise"
            )
        ]
