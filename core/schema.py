"""What the OpenAPI document says of every operation without each one repeating it."""

from __future__ import annotations

from typing import Any, Literal

from drf_spectacular.authentication import SessionScheme as DjangoSession
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import force_instance
from drf_spectacular.utils import OpenApiParameter, inline_serializer
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
_ALWAYS = ("401", "403", "404", "429", "503")
_WITH_BODY = ("409", "412", "413", "415", "428")
_VERSION: dict[str, Any] = {"type": "string", "description": "The row's version; also its ETag."}
_IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The version that was read, or *."
)


class SessionScheme(DjangoSession):  # type: ignore[no-untyped-call]  # the package registers it when it is made
    """Found by the package when it meets our way to read a session."""

    target_class = "core.api.SessionAuthentication"


def with_version(schema: dict[str, Any]) -> dict[str, Any]:
    """A shape as REST hands it out: with the row's version in front."""
    return {"allOf": [{"type": "object", "properties": {"rv": _VERSION}, "required": ["rv"]}, schema]}


class Schema(AutoSchema):
    """Adds the problems an operation may answer with, each in its one form, and the version of shared rows."""

    view: Any

    def get_description(self) -> str:  # type: ignore[override]  # the package's own way to be overridden
        """What the verb says of itself. A viewset's own words are for whoever reads the code."""
        verb = getattr(self.view, getattr(self.view, "action", None) or self.method.lower(), None)
        return (getattr(verb, "__doc__", None) or "").strip()

    def get_override_parameters(self) -> list[Any]:
        return [_IF_MATCH] if self._changes_shared_row else []

    @property
    def _changes_shared_row(self) -> bool:
        return hasattr(self.view, "shape") and (self.method in {"PATCH", "DELETE"} or self.view.action == "restore")

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        found = super()._get_response_bodies(direction)
        for status in ("400", *_ALWAYS, *(_WITH_BODY if self.method != "GET" else ())):
            if status not in found:
                found[status] = self._get_response_for_code(PROBLEM, status, ["application/problem+json"], direction)  # type: ignore[no-untyped-call]
        if hasattr(self.view, "shape"):
            self._add_version(found)
        return found

    def _add_version(self, found: dict[str, Any]) -> None:
        form = force_instance(self.view.serializer_class)  # type: ignore[no-untyped-call]
        shape = self.resolve_serializer(form, "response").ref
        for answer in found.values():
            content = answer.get("content", {}).get("application/json", {})
            if content.get("schema") == shape:
                content["schema"] = with_version(shape)
