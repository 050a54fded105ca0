"""Inputs about chips, calendars and promises."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from core.inputs import Choice, Day, Id, Input, Text, Whole
from tickets.clocks.holidays import COUNTRIES
from tickets.models import Chip, Ticket

DAY_MINUTES = 24 * 60
MOST_SLOTS = 7 * 12
MOST_DAYS = 1000
MOST_MINUTES = 366 * DAY_MINUTES


class ChipInput(Input):
    name = Text(max_length=60, is_name=True, required=False)
    place = Whole(min_value=0, max_value=10_000, required=False)


class AddChipInput(ChipInput):
    id = Id()
    sort = Choice(choices=Chip.Sort.choices)
    name = Text(max_length=60, is_name=True)


class SlotInput(serializers.ListField):
    """[weekday, start, end]: Monday is 0, minutes of the day."""

    child = Whole(min_value=0, max_value=DAY_MINUTES)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=3, max_length=3, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        found = super().to_internal_value(data)
        if len(found) != 3:  # before the lengths above are looked at
            raise ValidationError([ErrorDetail("not a weekday and two minutes", code="invalid")])
        weekday, start, end = found
        if weekday > 6 or start >= end:
            raise ValidationError([ErrorDetail("not a slot of a day", code="max_value")])
        return tuple(found)


class CalendarInput(Input):
    name = Text(max_length=80, is_name=True, required=False)
    time_zone = Choice(choices=sorted(available_timezones()), required=False)
    slots = serializers.ListField(child=SlotInput(), max_length=MOST_SLOTS, required=False)
    country = Choice(choices=sorted(COUNTRIES), required=False, allow_blank=True)
    days_off = serializers.ListField(child=Day(), max_length=MOST_DAYS, required=False)
    days_on = serializers.ListField(child=Day(), max_length=MOST_DAYS, required=False)

    def validate_days_off(self, days: Any) -> list[str]:
        return sorted({day.isoformat() for day in days})

    def validate_days_on(self, days: Any) -> list[str]:
        return sorted({day.isoformat() for day in days})


class AddCalendarInput(CalendarInput):
    id = Id()
    name = Text(max_length=80, is_name=True)
    slots = serializers.ListField(child=SlotInput(), max_length=MOST_SLOTS)


class PolicyInput(Input):
    calendar = Id(required=False)
    response_minutes = Whole(min_value=1, max_value=MOST_MINUTES, required=False, allow_null=True)
    resolution_minutes = Whole(min_value=1, max_value=MOST_MINUTES, required=False, allow_null=True)
    warn_minutes = Whole(min_value=0, max_value=MOST_MINUTES, required=False)
    lead_minutes = Whole(min_value=0, max_value=MOST_MINUTES, required=False)
    executive_minutes = Whole(min_value=0, max_value=MOST_MINUTES, required=False)
    pauses_on = serializers.ListField(child=Choice(choices=Ticket.WaitsFor.choices), max_length=3, required=False)


class AddPolicyInput(PolicyInput):
    id = Id()
    calendar = Id()
    customer = Id(required=False, allow_null=True)
    severity = Choice(choices=Ticket.Severity.choices, required=False, allow_blank=True)
