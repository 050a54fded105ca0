"""REST plumbing: who asks, what is read, how a no is said. Rooms add viewsets of a few lines."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Sequence
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, models
from django.http import Http404, HttpRequest, HttpResponse
from django_filters import UUIDFilter
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from rest_framework import authentication, exceptions, parsers, renderers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from core import errors
from core.errors import Code, Problem
from core.inputs import InputProblem, clean_text

logger = logging.getLogger(__name__)

PROBLEM_TYPE = "application/problem+json"
DEPOSIT_ONLY = "deposit_only"  # in a session: its phone was revoked, and may hand in what it holds


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session, answering 401 instead of 403 to whoever is not signed in."""

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found is not None and request._request.session.get(DEPOSIT_ONLY):
            raise Problem(errors.DEVICE_REVOKED)
        return found

    def authenticate_header(self, request: Request) -> str:
        return "Session"

    def enforce_csrf(self, request: Any) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied:
            raise Problem(errors.CSRF_STALE) from None


class JSONRenderer(renderers.BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else orjson.dumps(data)


class JSONParser(parsers.BaseParser):
    """JSON without duplicate keys and without NaN or Infinity, which JSON does not have.

    Raises too_large: Django's own limit stands where a body is read whole, and here it is read as a stream.
    """

    media_type = "application/json"
    most: int | None = None  # bytes; as the settings say

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        most = self.most or settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(most + 1)
        if len(body) > most:
            raise Problem(errors.TOO_LARGE, max=most)
        return load_json(body)


def load_json(body: bytes | str) -> Any:
    """Strict JSON. Raises bad_json with the offset where it stopped making sense."""
    try:
        return json.loads(body, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise Problem(errors.BAD_JSON, offset=error.pos) from None
    except (ValueError, RecursionError):
        raise Problem(errors.BAD_JSON, offset=0) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("a number too large to hold")
    return value


def problem_body(code: Code, params: dict[str, Any]) -> dict[str, Any]:
    """RFC 9457. ``type`` is about:blank: the code says everything a type would."""
    return {"type": "about:blank", "title": code.message, "status": code.status, "code": code.name, **params}


def problem_http(code: Code, **params: Any) -> HttpResponse:
    body = orjson.dumps(problem_body(code, params))
    return HttpResponse(body, status=code.status, content_type=PROBLEM_TYPE)


def problem_response(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's exception handler: every failure leaves as one shape.

    Not a Response: that would be rendered as whatever the view offers, and a problem of the schema's page be YAML.
    """
    code, params = _read_error(error)
    if code is None:
        return None  # a mistake of ours: Django reports it and handler500 answers
    body = problem_body(code, params)
    if isinstance(error, InputProblem):
        body["errors"] = error.errors
    response = HttpResponse(orjson.dumps(body), status=code.status, content_type=PROBLEM_TYPE)
    if getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        response["Retry-After"] = str(int(error.wait))  # type: ignore[attr-defined]
    return response


def _read_error(error: Exception) -> tuple[Code | None, dict[str, Any]]:
    match error:
        case Problem():
            return error.code, error.params
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return errors.AUTH_REQUIRED, {}
        case exceptions.PermissionDenied() | PermissionDenied():
            return errors.NOT_PERMITTED, {}
        case exceptions.NotFound() | Http404():
            return errors.NOT_FOUND, {}
        case exceptions.MethodNotAllowed():
            return errors.METHOD_NOT_ALLOWED, {}
        case exceptions.UnsupportedMediaType():
            return errors.UNSUPPORTED_TYPE, {}
        case exceptions.ParseError():
            return errors.BAD_JSON, {}
        case exceptions.Throttled():
            return errors.RATE_LIMITED, {}
        case exceptions.ValidationError():
            return errors.CHOICE, {"errors": error.detail}
        case exceptions.NotAcceptable():
            return errors.UNSUPPORTED_TYPE, {}
        case DatabaseError():
            logger.error("storage failed", exc_info=error)
            return errors.UNAVAILABLE, {}
    return None, {}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return problem_http(errors.CSRF_STALE)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem_http(errors.NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponse:
    return problem_http(errors.BROKEN)


class CursorPages(CursorPagination):
    """Pages by (ordering, id): 50 rows, at most 200, no totals, and nothing skipped while rows come in.

    A cursor holds the last row's values of the whole ordering. The package's own holds the first value and counts
    the rows that share it: a row that came or went among those moved the others, and beyond a thousand of them it
    gave the same page for ever.
    """

    ordering: Any = "-id"
    page_size = 50
    page_size_query_param = "limit"
    max_page_size = 200

    page: list[Any]
    base_url: str

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.base_url = request.build_absolute_uri()
        size = self.get_page_size(request) or self.page_size
        self.ordering = self.get_ordering(request, queryset, view)
        rows = queryset.order_by(*self.ordering)
        cursor = request.query_params.get(self.cursor_query_param)
        if cursor is not None:
            rows = rows.filter(_beyond(self.ordering, _read_place(cursor, queryset.model, self.ordering)))
        found = list(rows[: size + 1])
        self.page, self.has_next = found[:size], len(found) > size
        return self.page

    def get_next_link(self) -> str | None:
        if not self.has_next:
            return None
        place = [str(getattr(self.page[-1], name.lstrip("-"))) for name in self.ordering]
        cursor = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
        return replace_query_param(self.base_url, self.cursor_query_param, cursor)

    def get_previous_link(self) -> None:
        return None

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.get_next_link(), "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": {"type": ["string", "null"], "format": "uri"}, "results": schema},
        }


def _read_place(cursor: str, model: type[models.Model], ordering: Sequence[str]) -> list[Any]:
    """The values a cursor holds, one for each field of the ordering. Raises not_found for one we did not give out."""
    try:
        texts = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        fields = [model._meta.get_field(name.lstrip("-")) for name in ordering]
        return [_read_value(field, text) for field, text in zip(fields, texts, strict=True)]
    except (ValueError, TypeError, RecursionError, ValidationError, exceptions.ValidationError):
        raise Problem(errors.NOT_FOUND) from None


def _read_value(field: Any, text: Any) -> Any:
    if not isinstance(text, str):
        raise TypeError("every value is told as a text")
    clean_text(text, is_name=True)  # a database would stumble over what no row can hold
    return field.to_python(text)


def _beyond(ordering: Sequence[str], place: Sequence[Any]) -> models.Q:
    """Rows that follow the place. The first field is bounded once more by itself: an index can begin there."""
    (first, *rest), (value, *others) = ordering, place
    name, word = first.lstrip("-"), "lt" if first.startswith("-") else "gt"
    after = models.Q((f"{name}__{word}", value))
    if not rest:
        return after
    return models.Q((f"{name}__{word}e", value)) & (after | _beyond(rest, others))


class Filters(FilterSet):
    """A row is named by its id alone. Asking whether it exists would tell of rows that the member may not see."""

    FILTER_DEFAULTS = {**FilterSet.FILTER_DEFAULTS, models.ForeignKey: {"filter_class": UUIDFilter}}


class FilterBackend(DjangoFilterBackend):
    filterset_base = Filters
