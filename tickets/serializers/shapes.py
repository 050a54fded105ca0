"""Tickets and what hangs on them as JSON, on phones and over REST."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.outputs import FactShape, UtcTime
from tickets.models import Alarm, BusinessCalendar, Cause, Chip, Help, Message, SlaPolicy, Step, Ticket

_FACT = ["made_at", "received_at"]


class StepShape(FactShape):
    """One line of what happened to a ticket, with all three of its times."""

    counts_at = UtcTime()

    class Meta:
        model = Step
        fields = [
            "id",
            "event",
            "member",
            "assignee",
            "waits_for",
            "note",
            "counts_at",
            "skew_s",
            "is_in_review",
            "review",
            "reviewed_by",
            *_FACT,
        ]


class AlarmShape(serializers.ModelSerializer[Alarm]):
    due_at = UtcTime()
    raised_at = UtcTime()
    acknowledged_at = UtcTime(allow_null=True)

    class Meta:
        model = Alarm
        fields = ["clock", "rung", "due_at", "raised_at", "acknowledged_at", "acknowledged_by"]


class TicketShape(FactShape):
    watchers = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()
    solved_at = UtcTime(allow_null=True)
    response_due_at = UtcTime(allow_null=True)
    response_at = UtcTime(allow_null=True)
    resolution_due_at = UtcTime(allow_null=True)
    withdrawn_at = UtcTime(allow_null=True)
    flags = serializers.ListField(child=serializers.CharField())
    steps = serializers.SerializerMethodField()
    alarms = serializers.SerializerMethodField()

    class Meta:
        model = Ticket
        fields = [
            "id",
            "customer",
            "site",
            "asset",
            "product",
            "contact",
            "visit",
            "category",
            "member",
            "assignee",
            "watchers",
            "text",
            "severity",
            "state",
            "waits_for",
            "part_of",
            "links",
            "cause_chip",
            "fix_chip",
            "resolution",
            "solved_by",
            "solved_at",
            "is_solved_on_visit",
            "cause",
            "is_recurrence",
            "response_due_at",
            "response_at",
            "response_verdict",
            "resolution_due_at",
            "resolution_left_s",
            "resolution_verdict",
            "is_in_review",
            "withdrawn_at",
            "flags",
            "skew_s",
            "steps",
            "alarms",
            *_FACT,
        ]

    def get_watchers(self, ticket: Ticket) -> list[str]:
        return sorted(map(str, ticket.loaded_watchers))

    def get_links(self, ticket: Ticket) -> list[str]:
        return sorted(map(str, ticket.loaded_links))

    @extend_schema_field(StepShape(many=True))
    def get_steps(self, ticket: Ticket) -> list[dict[str, Any]]:
        return [dict(_step.to_representation(one)) for one in ticket.loaded_steps]

    @extend_schema_field(AlarmShape(many=True))
    def get_alarms(self, ticket: Ticket) -> list[dict[str, Any]]:
        return [dict(_alarm.to_representation(one)) for one in ticket.loaded_alarms]


_step = StepShape()
_alarm = AlarmShape()


class CauseShape(FactShape):
    class Meta:
        model = Cause
        fields = [
            "id",
            "customer",
            "site",
            "asset",
            "member",
            "chip",
            "text",
            "countermeasure",
            "state",
            "finding_due_on",
            "watch_from",
            "watch_until",
            "recurrences",
            "last_recurred_on",
            *_FACT,
        ]


class MessageShape(FactShape):
    withdrawn_at = UtcTime(allow_null=True)

    class Meta:
        model = Message
        fields = ["id", "ticket", "member", "audience", "text", "withdrawn_at", *_FACT]


class HelpShape(FactShape):
    answered_at = UtcTime(allow_null=True)
    withdrawn_at = UtcTime(allow_null=True)

    class Meta:
        model = Help
        fields = [
            "id",
            "ticket",
            "member",
            "engineer",
            "text",
            "answer",
            "answered_by",
            "answered_at",
            "withdrawn_at",
            *_FACT,
        ]


class ChipShape(serializers.ModelSerializer[Chip]):
    class Meta:
        model = Chip
        fields = ["id", "sort", "name", "place"]


class CalendarShape(serializers.ModelSerializer[BusinessCalendar]):
    slots = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    days_off = serializers.ListField(child=serializers.CharField())
    days_on = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = BusinessCalendar
        fields = ["id", "name", "time_zone", "slots", "country", "days_off", "days_on"]


class PolicyShape(serializers.ModelSerializer[SlaPolicy]):
    pauses_on = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = SlaPolicy
        fields = [
            "id",
            "customer",
            "severity",
            "calendar",
            "response_minutes",
            "resolution_minutes",
            "warn_minutes",
            "lead_minutes",
            "executive_minutes",
            "pauses_on",
        ]
