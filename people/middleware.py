"""Sets the organization of a request from its session, never from anything the request says."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from core import clock, tenancy
from people.permissions import member_of

_RENEWED = "renewed_on"


class OrganizationMiddleware:
    """Everything below works for the member's organization, in the member's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member = member_of(request)
        with tenancy.acting_in(member.organization_id if member else None):
            if member is not None:
                translation.activate(member.user.language)
                renew_daily(request)
            return self.get_response(request)


def renew_daily(request: HttpRequest) -> None:
    """A session lives thirty days from the last day it was used; one write a day keeps it so."""
    today = clock.now().date().isoformat()
    if request.session.get(_RENEWED) != today:
        request.session[_RENEWED] = today
