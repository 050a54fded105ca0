"""A phone's browser before the real server: its session, signed in for good, and the witness cookie of its hellos."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from people.models import Member
from sync import session
from tests.door import Door
from tests.simulation.entries import Json

YEARS = timedelta(days=3650)


class RealBrowser(Door):
    """Every message is identified anew, as if the seconds were over for which a process believes a session."""

    def __init__(self, member: Member) -> None:
        super().__init__(member)
        self.member = member
        self.session_key = _signed_in(member)

    def answer(self, cookie: str | None, message: str, body: Json) -> Json:
        """What the server says, with the cookie it sets."""
        self.cookies = dict([cookie.split("=")]) if cookie else {}
        if not Session.objects.filter(pk=self.session_key).exists():
            # It was begun after the backup that was put back by hand: its person signs in again.
            self.session_key = _signed_in(self.member)
        session.forget_trust()
        self.identity = session.identify(self._signed_request())
        before = dict(self.cookies)
        status, answer = self.send(message, body)
        if status != 200:
            return {"status": status, **answer}
        if self.cookies != before:
            [(name, value)] = self.cookies.items()
            answer["cookie"] = f"{name}={value}"
        return answer

    def _signed_request(self) -> HttpRequest:
        request = HttpRequest()
        request.COOKIES = {settings.SESSION_COOKIE_NAME: self.session_key}
        return request


def _signed_in(member: Member) -> str:
    found = import_module(settings.SESSION_ENGINE).SessionStore()
    found[SESSION_KEY] = str(member.user_id)
    found[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    found[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
    found.set_expiry(YEARS)
    found.create()
    return str(found.session_key)
