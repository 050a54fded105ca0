"""Answers that are worked out when asked: a timeline that explains every minute, and figures."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.outputs import UtcTime


class SpanShape(serializers.Serializer[Any]):
    """A stretch of a clock, and why it ran or stood: counted, closed (no business hour), paused or stopped."""

    start = UtcTime()
    end = UtcTime()
    kind = serializers.CharField()


class ClockShape(serializers.Serializer[Any]):
    clock = serializers.CharField()
    allowance_s = serializers.IntegerField()
    used_s = serializers.IntegerField()
    left_s = serializers.IntegerField()
    due_at = UtcTime(allow_null=True)
    is_missed = serializers.BooleanField()
    spans = SpanShape(many=True)


class TimelineShape(serializers.Serializer[Any]):
    clocks = ClockShape(many=True)


class KeptShape(serializers.Serializer[Any]):
    """How many promises of each clock were kept by tickets of one customer, person or cause chip."""

    id = serializers.CharField(allow_null=True)
    tickets = serializers.IntegerField()
    response_met = serializers.IntegerField()
    response_missed = serializers.IntegerField()
    resolution_met = serializers.IntegerField()
    resolution_missed = serializers.IntegerField()


class RateShape(serializers.Serializer[Any]):
    """How many tickets there were, and how many of them were the same again."""

    id = serializers.CharField(allow_null=True)
    tickets = serializers.IntegerField()
    recurrences = serializers.IntegerField()


class TicketFiguresShape(serializers.Serializer[Any]):
    """Over a year, tickets that were withdrawn left out, and promises in doubt."""

    tickets = serializers.IntegerField()
    solved = serializers.IntegerField()
    solved_on_visit = serializers.IntegerField()
    in_review = serializers.IntegerField()
    kept_by_customer = KeptShape(many=True)
    kept_by_member = KeptShape(many=True)
    kept_by_cause = KeptShape(many=True)
    again_by_cause = RateShape(many=True)
    again_by_category = RateShape(many=True)
    again_by_product = RateShape(many=True)
    again_by_team = RateShape(many=True)


class StartedShape(serializers.Serializer[Any]):
    made = serializers.IntegerField(help_text="Chips and calendars that were added.")
