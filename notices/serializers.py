"""Inputs and shapes of the notices room."""

from __future__ import annotations

from rest_framework import serializers

from core.inputs import Choice, ClockTime, Id, Input, Moment
from core.outputs import UtcTime, WallTime
from notices.events import Mail
from notices.models import Notification, Preference


class NotificationShape(serializers.ModelSerializer[Notification]):
    params = serializers.JSONField()
    made_at = UtcTime()
    read_at = UtcTime(allow_null=True)

    class Meta:
        model = Notification
        fields = ["id", "member", "event", "params", "shape", "row", "made_at", "read_at"]


class PreferenceShape(serializers.ModelSerializer[Preference]):
    mails = serializers.DictField(child=serializers.CharField())
    digest_at = WallTime()
    quiet_from = WallTime(allow_null=True)
    quiet_to = WallTime(allow_null=True)

    class Meta:
        model = Preference
        fields = ["id", "mails", "digest_at", "quiet_from", "quiet_to"]


class ReadInput(Input):
    notification = Id()
    made_at = Moment(required=False, help_text="As it was seen: what was said again since stays unread.")


class ReadAllInput(Input):
    until = Id()
    made_at = Moment(required=False, help_text="As it was seen: what was said again since stays unread.")


class PreferenceInput(Input):
    mails = serializers.DictField(child=Choice(choices=Mail.choices), required=False)
    digest_at = ClockTime(required=False)
    quiet_from = ClockTime(required=False, allow_null=True)
    quiet_to = ClockTime(required=False, allow_null=True)

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        ends = ("quiet_from", "quiet_to")
        given = [name for name in ends if name in attrs]
        meant = [name for name in given if attrs[name] is not None]
        if len(given) == 1 or len(meant) == 1:
            missing = next(name for name in ends if name not in (meant or given))
            raise serializers.ValidationError({missing: ["both or none"]}, code="required")
        return attrs
