"""Whoever was shut out after a backup was made stays out when it is put back.

Two witnesses tell: the database that is being replaced, and the list beside it (core/revocations.py). Out is out when
either says so: letting somebody in again is one act of an administrator, and a thief's phone that came back to life
is a leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q

from core import revocations, tenancy
from core.revocations import MEMBER, PHONE, Word
from fieldops.backups import schema
from people import actions as people_actions
from people.models import Member, Organization, User
from sync import actions as entry_actions
from sync.changes import Actor, Unit
from sync.models import Replica

_AT_ONCE = 500  # changes of one unit


@dataclass
class ShutOut:
    """Phones and members as words of the list, logins by their address (it is the only key they have)."""

    words: dict[tuple[str, UUID, str], Word] = field(default_factory=dict)
    logins: set[str] = field(default_factory=set)
    is_readable: bool = True

    def add(self, word: Word) -> None:
        self.words[word.about] = word


def known_now(alias: str, tables: schema.Models) -> ShutOut:
    """What the list says, and the database that is about to be replaced, where it can still be read."""
    found = ShutOut({about: word for about, word in revocations.newest().items() if word.is_out})
    if not tables:
        return found
    try:
        with transaction.atomic(using=alias):
            _read_phones(alias, tables, found)
            _read_people(alias, tables, found)
    except DatabaseError:
        found.is_readable = False
    return found


def _read_phones(alias: str, tables: schema.Models, found: ShutOut) -> None:
    revoked = _rows(alias, tables, "sync_replica").filter(state=Replica.State.REVOKED)
    for organization_id, key, member_id in revoked.values_list("organization_id", "key", "member_id"):
        found.add(Word(PHONE, organization_id, key, is_out=True, member=member_id))


def _read_people(alias: str, tables: schema.Models, found: ShutOut) -> None:
    gone = _rows(alias, tables, "people_member").filter(Q(is_active=False) | Q(deleted_at__isnull=False))
    for organization_id, id in gone.values_list("organization_id", "pk"):
        found.add(Word(MEMBER, organization_id, str(id), is_out=True))
    off = _rows(alias, tables, "people_user").filter(is_active=False)
    found.logins |= set(off.values_list("email", flat=True))


def _rows(alias: str, tables: schema.Models, name: str) -> Any:
    """Raises DatabaseError when there is no such table: its making was cut off, or it is of before the first."""
    model: Any = schema.model_named(tables, name)
    if model is None:
        raise DatabaseError(f"there is no {name}")
    return model._base_manager.using(alias)


# --- Keeping them out ---------------------------------------------------------------------------------------------


def keep_out(found: ShutOut) -> list[str]:
    """Shuts them out again, each organization in units of its own. Returns a line for each who had come back."""
    said: list[str] = []
    by_organization = {
        id: list(words)
        for id, words in groupby(sorted(found.words.values(), key=_place), key=lambda word: word.organization)
    }
    for organization in Organization.objects.order_by("pk"):
        with tenancy.acting_in(organization.pk):
            said += _keep_out_of(organization, by_organization.get(organization.pk, []))
    back = User.objects.filter(email__in=found.logins, is_active=True)
    said += [f"login {email}" for email in back.values_list("email", flat=True)]
    back.update(is_active=False)
    return said


def _place(word: Word) -> tuple[str, str, str]:
    return str(word.organization), word.noun, word.id


def _keep_out_of(organization: Organization, words: list[Word]) -> list[str]:
    """The first unit is the restore itself: its audit row stands in every organization."""
    said: list[str] = []
    had_admin = _has_admin()
    for start in range(0, max(len(words), 1), _AT_ONCE):
        with _unit() as unit:
            for word in words[start : start + _AT_ONCE]:
                name = _shut_out_phone(unit, word) if word.noun == PHONE else _shut_out_member(unit, word)
                said += [f"{name} ({organization.name})"] if name else []
    if had_admin and not _has_admin():
        said.append(f"the last administrator of {organization.name}; docs/operations.md says how to name another")
    return said


def _has_admin() -> bool:
    return Member.objects.active().filter(is_admin=True).exists()


@contextmanager
def _unit() -> Iterator[Unit]:
    """One inside the restore's own transaction, which is the durable one."""
    unit = Unit(tenancy.require_id())
    try:
        with unit.act("backup.restore", Actor(None, "command")):
            unit.when_numbered(lambda seq: set())
            yield unit
        unit.close()
    finally:
        unit.end()


def _shut_out_phone(unit: Unit, word: Word) -> str | None:
    """Also one that the backup does not know yet: at its first word it would be registered as new and trusted."""
    member = Member.objects.filter(pk=word.member).first() if word.member else None
    replica = Replica.objects.filter(key=word.id).first()
    if replica is None and member is not None:
        replica = Replica.objects.create(key=word.id, member=member)
    if replica is None or replica.state == Replica.State.REVOKED:
        return None
    entry_actions.revoke(unit, replica=replica)
    return f"phone {replica.key[:8]} of {replica.member.name}"


def _shut_out_member(unit: Unit, word: Word) -> str | None:
    member = Member.objects.active().filter(pk=word.id).first()
    if member is None:
        return None
    people_actions.switch_off(unit, member)
    return f"member {member.name}"
