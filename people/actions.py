"""The verbs about people. The only place in this room that writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from core import revocations, tenancy
from core.errors import CHOICE, NOTHING_CHANGED, Problem
from core.ids import random_hex64, uuid7
from core.models import changed_fields, insert
from core.revocations import Word
from people.errors import ADDRESS_TAKEN, LAST_ADMIN, NAME_TAKEN
from people.models import Member, Organization, Team, Territory, User
from sync import changes
from sync.changes import Actor, Unit
from sync.models import Counter


def found_organization(name: str, *, time_zone: str = "Asia/Seoul", language: str = "ko") -> Organization:
    """A new organization with its counter. Everything in it is written through units from then on."""
    with transaction.atomic():
        organization = Organization.objects.create(name=name, time_zone=time_zone, language=language)
        Counter.objects.create(organization=organization, tag=random_hex64(), epoch=random_hex64())
    with tenancy.acting_in(organization.pk), changes.unit("organization.found", by=Actor(None, "command")) as unit:
        unit.record(organization)
    return organization


def change_organization(unit: Unit, organization: Organization, **values: Any) -> Organization:
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    _save_changed(locked, values)
    unit.record(locked)
    return locked


def add_member(
    unit: Unit,
    *,
    email: str,
    name: str,
    password: str | None = None,
    id: UUID | None = None,
    team: UUID | None = None,
    territories: Iterable[UUID] = (),
    **values: Any,
) -> Member:
    """A login and the member behind it. Raises address_taken. Without a password the code by mail signs in."""
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise Problem(ADDRESS_TAKEN, field="email")
    user = User.objects.create_user(email, password, language=_language_here())
    member = Member(id=id or uuid7(), user=user, name=name, team=_team(team), **values)
    insert(member, field="id")
    member.territories.set(_territories(territories))
    unit.record(member)
    return member


def change_member(unit: Unit, member: Member, **values: Any) -> Member:
    """Changes rights, team or territories; they hold from the next request on. Raises last_admin."""
    if "team" in values:
        values["team"] = _team(values["team"])
    territories = values.pop("territories", None)
    changed = changed_fields(member, values)
    if territories is not None:
        member.territories.set(_territories(territories))
    elif not changed:
        raise Problem(NOTHING_CHANGED)
    member.save(update_fields=changed or None)
    if not Member.objects.active().filter(is_admin=True).exists():
        raise Problem(LAST_ADMIN)
    unit.record(member)
    if "is_active" in changed:
        _note_revocation(unit, member)
    return member


def switch_off(unit: Unit, member: Member) -> None:
    """Shuts a member out, be it the last administrator: a restored backup must not let anybody in again."""
    member.is_active = False
    member.save(update_fields=["is_active"])
    unit.record(member)
    _note_revocation(unit, member)


def _note_revocation(unit: Unit, member: Member) -> None:
    revocations.note(Word(revocations.MEMBER, unit.organization_id, str(member.pk), is_out=not member.is_active))


def grant(unit: Unit, member: Member, territories: Iterable[Territory]) -> None:
    """Gives a member more territories; its phones get what is in them from the beginning."""
    member.territories.add(*territories)
    unit.record(member)


def set_language(user: User, language: str) -> None:
    """A person's own setting: it is nobody else's business and so in no shape."""
    user.language = language
    user.save(update_fields=["language"])


def add_team(unit: Unit, *, name: str, id: UUID | None = None, lead: UUID | None = None) -> Team:
    _require_free_name(Team, name)
    team = Team(id=id or uuid7(), name=name, lead=_lead(lead))
    insert(team, field="id")
    unit.record(team)
    return team


def change_team(unit: Unit, team: Team, **values: Any) -> Team:
    if "lead" in values:
        values["lead"] = _lead(values["lead"])
    if values.get("name", team.name) != team.name:
        _require_free_name(Team, values["name"])
    _save_changed(team, values)
    unit.record(team)
    return team


def add_territory(unit: Unit, *, name: str, id: UUID | None = None) -> Territory:
    _require_free_name(Territory, name)
    territory = Territory(id=id or uuid7(), name=name)
    insert(territory, field="id")
    unit.record(territory)
    return territory


def change_territory(unit: Unit, territory: Territory, **values: Any) -> Territory:
    if values.get("name", territory.name) != territory.name:
        _require_free_name(Territory, values["name"])
    _save_changed(territory, values)
    unit.record(territory)
    return territory


def _save_changed(row: Any, values: dict[str, Any]) -> None:
    changed = changed_fields(row, values)
    if not changed:
        raise Problem(NOTHING_CHANGED)
    row.save(update_fields=changed)


def _require_free_name(model: type[Any], name: str) -> None:
    if model.objects.filter(name=name).exists():
        raise Problem(NAME_TAKEN, field="name")


def _team(id: UUID | None) -> Team | None:
    return None if id is None else Team.objects.find(id, field="team")


def _lead(id: UUID | None) -> Member | None:
    return None if id is None else Member.objects.find(id, field="lead")


def _territories(ids: Iterable[UUID]) -> list[Territory]:
    wanted = set(ids)
    found = list(Territory.objects.alive().filter(pk__in=wanted))
    if len(found) != len(wanted):
        raise Problem(CHOICE, field="territories")
    return found


def _language_here() -> str:
    return Organization.objects.values_list("language", flat=True).get(pk=tenancy.require_id())
