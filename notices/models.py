"""Notifications, and when each member wants them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from core import clock
from core.models import Row, RowQuerySet, TenantManager
from notices.events import Mail
from people.models import Member

DIGEST_AT = time(7, 30)
QUIET_FROM, QUIET_TO = time(20, 0), time(7, 0)
CLAIM_LASTS = timedelta(minutes=10)


class NotificationQuerySet(RowQuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_mail(self, now: datetime) -> Self:
        """Unread, to go out by mail at some time, and not just being mailed by somebody. A claim that came to nothing
        lapses."""
        is_free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_LASTS)
        return self.unread().filter(is_free, mailed_at=None).exclude(mail=Mail.NONE)

    def seen_by(self, member: Member) -> Self:
        """One's own, whatever one's role."""
        return self.filter(member=member)


class Notification(Row):
    """Something one member should hear of. ``shape`` and ``row`` name what to open.

    ``source`` is what it tells of: a member hears once of each, and again when there is more to say of it.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notifications")
    event = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    shape = models.CharField(max_length=30)
    row = models.UUIDField()
    source = models.UUIDField()
    made_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=8, choices=Mail, default=Mail.NONE)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="When somebody set about to mail it.")
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(NotificationQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "event", "source"], name="one_notification_per_event_and_source")
        ]
        indexes = [
            models.Index(fields=["organization", "member", "-made_at", "-id"], name="notifications_newest_first"),
            models.Index(
                fields=["organization", "member"],
                condition=Q(mailed_at=None, read_at=None) & ~Q(mail="none"),
                name="notifications_to_mail",
            ),
        ]

    @property
    def closed_at(self) -> datetime | None:
        """What was read goes to the month in which it was."""
        return self.read_at


class Preference(Row):
    """When one member wants mails. Its id is the member's; whoever has none has these defaults."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="preference")
    mails = models.JSONField(default=dict, help_text="Event → when it goes out by mail; others as the event says.")
    digest_at = models.TimeField(default=DIGEST_AT)
    quiet_from = models.TimeField(null=True, blank=True, default=QUIET_FROM)
    quiet_to = models.TimeField(null=True, blank=True, default=QUIET_TO)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None) | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="quiet_hours_have_both_ends",
            )
        ]

    def is_quiet(self, at: time) -> bool:
        """Whether at-once mails wait now. Quiet hours may go over midnight."""
        if self.quiet_from is None or self.quiet_to is None or self.quiet_from == self.quiet_to:
            return False
        if self.quiet_from < self.quiet_to:
            return self.quiet_from <= at < self.quiet_to
        return at >= self.quiet_from or at < self.quiet_to
