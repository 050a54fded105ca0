"""What a phone holds of notifications: one's own, and nobody else's."""

from __future__ import annotations

from collections.abc import Sequence

from notices.models import Notification, Preference
from notices.serializers import NotificationShape, PreferenceShape
from people.shapes import Periods
from people.streams import base, member_scope
from sync.registry import Shape, Streams


def of_notifications(notifications: Sequence[Notification]) -> Streams:
    period = Periods()
    return {one.pk: period.of(one, [member_scope(one.member_id)]) for one in notifications}


def of_preferences(preferences: Sequence[Preference]) -> Streams:
    return {one.pk: frozenset({base(member_scope(one.member_id))}) for one in preferences}


SHAPES = [
    Shape("notification", Notification, NotificationShape, of_notifications),
    Shape("preference", Preference, PreferenceShape, of_preferences),
]
