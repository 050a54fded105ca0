"""Django's sessions in the database, but for one thing: a session that was shut out stays so."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import router, transaction

from core.api import DEPOSIT_ONLY


class SessionStore(db.SessionStore):
    """Whoever saves a session writes all of it as they read it. A request that read it before its phone was revoked
    would take that back: the daily renewal does, when a phone is revoked by its first request of the day."""

    def save(self, must_create: bool = False) -> None:
        with transaction.atomic(using=router.db_for_write(Session)):
            if not must_create and _is_shut_out(self.session_key):
                self[DEPOSIT_ONLY] = True
            super().save(must_create)


def _is_shut_out(session_key: str | None) -> bool:
    stored = Session.objects.select_for_update().filter(session_key=session_key).first()
    data: dict[str, Any] = stored.get_decoded() if stored else {}
    return bool(data.get(DEPOSIT_ONLY))
