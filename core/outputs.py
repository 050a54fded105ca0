"""Fields of shapes: how values leave, the same on every door."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core import clock


@extend_schema_field(OpenApiTypes.DATETIME)
class UtcTime(serializers.Field[datetime, Any, str, Any]):
    """A moment in UTC with milliseconds and Z."""

    def to_representation(self, value: datetime) -> str:
        return clock.to_text(value)


@extend_schema_field({"type": "string", "pattern": r"^\d\d:\d\d$"})
class WallTime(serializers.Field[time, Any, str, Any]):
    """A wall-clock time, HH:MM. (OpenAPI's own times have seconds and a zone.)"""

    def to_representation(self, value: time) -> str:
        return f"{value:%H:%M}"


class PlainNumber(serializers.FloatField):
    """A number as every JSON writes it: 1, where Python would write 1.0.

    A phone reads either and holds 1. What it holds is compared with ours byte by byte.
    """

    def to_representation(self, value: Any) -> Any:
        number = float(value)
        return int(number) if number.is_integer() else number


class FactShape(serializers.ModelSerializer[Any]):
    """A fact as JSON: when its writer's clock said it was, and when the server heard of it."""

    made_at = serializers.CharField(source="made_at_text")
    received_at = UtcTime()
