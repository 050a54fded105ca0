"""Who may ask: phrases that read like the sentence in the handbook."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from core.errors import AUTH_REQUIRED, Problem
from people.errors import NO_MEMBER
from people.models import Member


def member_of(request: Any) -> Member | None:
    """The active member behind a request, or None."""
    user = request.user
    if not user.is_authenticated:
        return None
    member: Member | None = getattr(user, "member", None)
    return member if member is not None and member.is_active else None


class IsMember(BasePermission):
    """Signed in, and an active member of an organization."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            raise Problem(AUTH_REQUIRED)
        if member_of(request) is None:
            raise Problem(NO_MEMBER)
        return True


class IsAdminToWrite(BasePermission):
    """Everybody reads, administrators of the organization write."""

    def has_permission(self, request: Request, view: Any) -> bool:
        member = member_of(request)
        return member is not None and (request.method in {"GET", "HEAD", "OPTIONS"} or member.is_admin)


class IsAdmin(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        member = member_of(request)
        return member is not None and member.is_admin
