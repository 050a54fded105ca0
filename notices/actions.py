"""The verbs about notifications. The only place in this room that writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from core import clock
from core.errors import NOTHING_CHANGED, Problem
from core.models import Identified
from notices import events
from notices.errors import UNKNOWN_EVENT
from notices.models import Notification, Preference
from people.models import Member
from sync.changes import Unit
from sync.registry import registry

MOST_READ = 500  # at once


def notify(
    unit: Unit, members: Iterable[Member], event: str, about: Identified, *, source: UUID | None = None, **params: Any
) -> None:
    """Tells each of them once of ``source`` (the row itself, where nothing else is said).

    Whoever heard of it already hears again only when there is something else to say.
    """
    wanted = {member.pk: member for member in members if member.is_active}
    told_of = about.pk if source is None else source
    known = {
        one.member_id: one
        for one in Notification.objects.filter(member__in=wanted, event=event, source=told_of).select_for_update()
    }
    preferences = {one.pk: one for one in Preference.objects.filter(pk__in=wanted)}
    for id, member in sorted(wanted.items()):
        found = known.get(id)
        if found is not None and found.params == params:
            continue
        note = found or Notification(
            member=member, event=event, source=told_of, shape=registry.shape_of[type(about)].name, row=about.pk
        )
        note.params, note.made_at, note.read_at = params, clock.now(), None
        note.mail, note.claimed_at, note.mailed_at = _mail_of(preferences.get(id), event), None, None
        note.save(force_insert=found is None)
        unit.record(note)


def _mail_of(preference: Preference | None, event: str) -> str:
    chosen = {} if preference is None else preference.mails
    return str(chosen.get(event, events.event_named(event).mail))


def read_notification(unit: Unit, *, notification: UUID, made_at: datetime | None = None) -> Notification:
    """``made_at`` is what its reader saw of it: where there was more to say since, it stays unread."""
    found = Notification.objects.seen_by(unit.member).lock(notification, field="notification")
    if found.read_at is None and not _said_more_since(found, made_at):
        found.read_at = unit.actor.received_at
        found.save(update_fields=["read_at"])
        unit.record(found)
    return found


def read_all_notifications(unit: Unit, *, until: UUID, made_at: datetime | None = None) -> Notification:
    """Reads this one and everything that came before it: what came since was not on the screen. ``made_at`` is what
    its reader saw of it: where there was more to say since, it is new itself."""
    own = Notification.objects.seen_by(unit.member)
    last = own.find(until, field="until")
    before = Q(made_at__lt=last.made_at) | Q(made_at=last.made_at, pk__lte=last.pk)
    if _said_more_since(last, made_at):
        before = Q(made_at__lte=made_at)
    unread = own.unread().filter(before)
    for found in unread.select_for_update().order_by("pk")[:MOST_READ]:
        found.read_at = unit.actor.received_at
        found.save(update_fields=["read_at"])
        unit.record(found)
    return last


def _said_more_since(notification: Notification, seen: datetime | None) -> bool:
    """Phones hold times to the millisecond."""
    return seen is not None and clock.to_text(notification.made_at) > clock.to_text(seen)


def set_preference(unit: Unit, *, mails: dict[str, str] | None = None, **values: time | None) -> Preference:
    """What this member wants by mail, and when. Only what is said changes."""
    member: Member = unit.member
    chosen = mails or {}
    if not chosen and not values:
        raise Problem(NOTHING_CHANGED)
    unknown = sorted(set(chosen) - events.names())
    if unknown:
        raise Problem(UNKNOWN_EVENT, field=f"mails.{unknown[0]}")
    found = Preference.objects.by_id(member.pk, locked=True) or Preference(id=member.pk, member=member)
    before = (dict(found.mails), found.digest_at, found.quiet_from, found.quiet_to)
    found.mails = {**found.mails, **chosen}
    for name, value in values.items():
        setattr(found, name, value)
    is_new = found._state.adding
    if not is_new and before == (found.mails, found.digest_at, found.quiet_from, found.quiet_to):
        raise Problem(NOTHING_CHANGED)
    found.save(force_insert=is_new)
    unit.record(found)
    return found


# --- Mails: no phone holds what was mailed, so no unit is needed -----------------------------------


def claim_mails(member: UUID, ids: Sequence[UUID], now: datetime) -> list[Notification]:
    """Those of these notifications that nobody else is about to mail."""
    with transaction.atomic():
        waiting = Notification.objects.to_mail(now).filter(member=member, pk__in=ids)
        found = list(waiting.select_for_update().order_by("made_at", "pk"))
        Notification.objects.filter(pk__in=[one.pk for one in found]).update(claimed_at=now)
    return found


def note_mailed(ids: Sequence[UUID], now: datetime) -> None:
    """Of what was claimed then. Where there was more to say meanwhile, the claim is gone and a mail still due."""
    with transaction.atomic():
        Notification.objects.filter(pk__in=ids, claimed_at=now).update(mailed_at=now)
