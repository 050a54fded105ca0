"""What the OpenAPI document says of every operation without each one repeating it."""

from __future__ import annotations

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

Direction = Literal["request", "response"]

PROBLEM = inline_serializer(
    "Problem",
    {
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "code": serializers.CharField(),
        "field": serializers.CharField(required=False),
        "errors": serializers.ListField(child=serializers.DictField(), required=False),
    },
)
_ALWAYS = ("401", "403", "404", "429")
_WITH_BODY = ("400", "409", "412", "415", "428")


class Schema(AutoSchema):
    """Adds the problems an operation may answer with, each in its one form."""

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        found = super()._get_response_bodies(direction)
        statuses = _ALWAYS if self.method == "GET" else (*_ALWAYS, *_WITH_BODY)
        for status in ("400", *statuses) if self.method == "GET" else statuses:
            if status not in found:
                found[status] = self._get_response_for_code(PROBLEM, status, ["application/problem+json"], direction)  # type: ignore[no-untyped-call]
        return found
