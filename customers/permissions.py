"""Who may edit customers, their sites, contacts and assets."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from people.models import Member
from people.permissions import member_of


def edits_customers(member: Member) -> bool:
    """By role; in which territories is asked of each row."""
    return member.is_admin or member.role in {Member.Role.REP, Member.Role.MANAGER}


class WritesCustomers(BasePermission):
    """Reps and managers edit what lies in their territories, administrators everything; others read."""

    def has_permission(self, request: Request, view: Any) -> bool:
        member = member_of(request)
        if member is None or request.method in {"GET", "HEAD", "OPTIONS"}:
            return member is not None
        return edits_customers(member)
