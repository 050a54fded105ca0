"""A backup of the real server's one organization, kept in memory, and putting it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction

from core import revocations, tenancy
from core.ids import random_hex64
from fieldops.backups.shut_out import ShutOut, keep_out
from people.models import Member, Organization, User
from sync.models import Audit, Counter, Effect, FieldEdit, InboxEntry, Log, Replica, RowText, Tick
from tests.lamps.models import Clash, House, Key, Lamp

# What a backup holds, parents first.
_TABLES = (Counter, Tick, House, Lamp, Clash, Key, RowText, Log, Replica, InboxEntry, Effect, Audit, FieldEdit)


class Copy:
    """Everything of the organization as it is now. People stay, but for whether they are switched off."""

    def __init__(self, organization: str) -> None:
        self.organization = organization
        self.rows = {model: list(rows(model, organization)) for model in _TABLES}
        self.active = dict(Member.objects.values_list("pk", "is_active"))
        self.sessions = list(Session.objects.all())

    def put_back(self, *, by_script: bool) -> None:
        """By the script a new epoch begins, and whoever was shut out since stays out. Sessions are in none."""
        with transaction.atomic(durable=True):
            for model in reversed(_TABLES):
                rows(model, self.organization).delete()
            for model in _TABLES:
                model._base_manager.bulk_create(self.rows[model])
            out = _known_to_be_out()
            for id, is_active in self.active.items():
                Member.objects.filter(pk=id).update(is_active=is_active)
            if by_script:
                Counter.objects.filter(pk=UUID(self.organization)).update(epoch=random_hex64())
                keep_out(out)
            else:
                Session.objects.all().delete()
                Session.objects.bulk_create(self.sessions)


def _known_to_be_out() -> ShutOut:
    return ShutOut({about: word for about, word in revocations.newest().items() if word.is_out})


def rows(model: Any, organization: str) -> Any:
    found = model._base_manager
    return found.filter(pk=organization) if model is Counter else found.filter(organization_id=organization)


def forget(organization: str) -> None:
    """Twins play one seed twice, with the same ids."""
    with tenancy.acting_in(UUID(organization)):
        for model in reversed(_TABLES):
            rows(model, organization).delete()
        users = list(Member.objects.values_list("user", flat=True))
        Member.objects.all().delete()
        User.objects.filter(pk__in=users).delete()
        Organization.objects.filter(pk=organization).delete()
    Session.objects.all().delete()
    revocations.path().unlink(missing_ok=True)
