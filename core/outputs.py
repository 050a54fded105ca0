"""Fields of shapes: how values leave, the same on every door."""

from __future__ import annotations

from datetime import datetime
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
