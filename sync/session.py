"""Who sends a message: Django's own session and CSRF rules, without its middleware stack."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.middleware.csrf import CsrfViewMiddleware

from core import errors
from core.api import DEPOSIT_ONLY
from core.errors import Problem

# How long one process may go on believing a session: revocation takes effect within it.
TRUST_SECONDS = 3.0
_MOST_TRUSTED = 20_000


@dataclass(frozen=True)
class Identity:
    session_key: str
    user_id: int
    member_id: UUID
    organization_id: UUID
    is_deposit_only: bool = False  # may hand in what its phone holds, and read nothing
    is_phone_revoked: bool = False  # because it was this phone that was lost, whatever it calls itself now


@dataclass
class _Trust:
    until: dict[str, tuple[float, Identity]] = field(default_factory=dict)

    def get(self, key: str) -> Identity | None:
        found = self.until.get(key)
        return found[1] if found and found[0] > time.monotonic() else None

    def put(self, identity: Identity) -> None:
        if len(self.until) >= _MOST_TRUSTED:
            self.until.clear()
        self.until[identity.session_key] = (time.monotonic() + TRUST_SECONDS, identity)


_trust = _Trust()
_csrf = CsrfViewMiddleware(lambda request: None)  # type: ignore[arg-type]


class _Request(HttpRequest):
    """A request without a body: the message itself is read elsewhere."""

    def __init__(self, scheme: str) -> None:
        super().__init__()
        self._scheme_below = scheme

    def _get_scheme(self) -> str:
        return self._scheme_below


def request_from(scope: dict[str, Any]) -> HttpRequest:
    """Just enough of a Django request for its session and CSRF checks."""
    request = _Request(scope.get("scheme", "http"))
    request.method = scope["method"]
    request.path = request.path_info = scope["path"]
    for name, value in scope["headers"]:
        key = name.decode("latin-1").upper().replace("-", "_")
        is_plain = key in {"CONTENT_TYPE", "CONTENT_LENGTH"}
        request.META[key if is_plain else f"HTTP_{key}"] = value.decode("latin-1")
    host, port = scope.get("server") or ("localhost", 80)
    request.META["SERVER_NAME"], request.META["SERVER_PORT"] = str(host), str(port)
    request.COOKIES = parse_cookie(request.META.get("HTTP_COOKIE", ""))
    return request


def identify(request: HttpRequest) -> Identity:
    """The signed-in member. Raises auth_required for anybody else.

    A member who was switched off, or whose phone was revoked, may still hand in work: it goes into quarantine.
    """
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        raise Problem(errors.AUTH_REQUIRED)
    trusted = _trust.get(key)
    if trusted is not None:
        return trusted
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(request)
    if not user.is_authenticated or not user.is_active:
        raise Problem(errors.AUTH_REQUIRED)
    member = apps.get_model("people", "Member").everywhere.filter(user_id=user.pk).first()
    if member is None:
        raise Problem(errors.AUTH_REQUIRED)
    organization_id: Any = member.organization_id
    is_phone_revoked = bool(request.session.get(DEPOSIT_ONLY))
    is_deposit_only = is_phone_revoked or not member.is_active
    identity = Identity(key, user.pk, member.pk, organization_id, is_deposit_only, is_phone_revoked)
    _trust.put(identity)
    return identity


def require_reading(identity: Identity) -> None:
    """Raises device_revoked for whoever may only hand in."""
    if identity.is_deposit_only:
        raise Problem(errors.DEVICE_REVOKED)


def limit_to_deposits(session_key: str) -> None:
    """From now on this session hands in and reads nothing (other processes believe it for a few seconds more)."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    if session_key and store.exists(session_key):
        store[DEPOSIT_ONLY] = True
        store.save()
    _trust.until.pop(session_key, None)


def check_csrf(request: HttpRequest) -> None:
    """Django's own check: origin, then token. Raises csrf_stale, which a phone answers by fetching a new one."""
    _csrf.process_request(request)
    if _csrf.process_view(request, _never_called, (), {}) is not None:
        raise Problem(errors.CSRF_STALE)


def _never_called(request: HttpRequest) -> HttpResponse:
    """Stands for the view: the check only asks whether it is exempt."""
    raise AssertionError


def forget_trust() -> None:
    """For tests that end a session and look at once."""
    _trust.until.clear()
