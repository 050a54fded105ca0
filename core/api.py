"""REST plumbing: who asks, what is read, how a no is said. Rooms add viewsets of a few lines."""

from __future__ import annotations

import json
import logging
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models
from django.http import Http404, HttpRequest, HttpResponse
from django_filters import UUIDFilter
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from rest_framework import authentication, exceptions, parsers, renderers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

from core import errors
from core.errors import Code, Problem
from core.inputs import InputProblem

logger = logging.getLogger(__name__)

PROBLEM_TYPE = "application/problem+json"


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session, answering 401 instead of 403 to whoever is not signed in."""

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
    """JSON without duplicate keys and without NaN or Infinity, which JSON does not have."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        return load_json(stream.read())


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
    """Pages by (ordering, id): 50 rows, at most 200, no totals, and nothing skipped while rows come in."""

    ordering: Any = "-id"
    page_size = 50
    page_size_query_param = "limit"
    max_page_size = 200


class Filters(FilterSet):
    """A row is named by its id alone. Asking whether it exists would tell of rows that the member may not see."""

    FILTER_DEFAULTS = {**FilterSet.FILTER_DEFAULTS, models.ForeignKey: {"filter_class": UUIDFilter}}


class FilterBackend(DjangoFilterBackend):
    filterset_base = Filters
