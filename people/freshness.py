"""Whose phones have not reported for a while, or say that work waits on them. Read from the replicas' rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from core import clock
from core.errors import NOT_PERMITTED, Problem
from people.models import Member
from sync.models import Replica

SILENT_AFTER = timedelta(hours=3)


@dataclass
class _Heard:
    at: datetime | None = None
    pending: int = 0


def freshness_for(reader: Member) -> dict[str, Any]:
    """Names for whoever leads the people, numbers for executives. Raises not_permitted for others."""
    members, has_names = _asked_about(reader)
    heard = _last_heard([member.pk for member in members])
    now = clock.now()
    silences = [_silence(member, heard[member.pk], now) for member in members if member.pk in heard]
    return {
        "as_of": clock.to_text(now),
        "silent_after_s": int(SILENT_AFTER.total_seconds()),
        "total": len(silences),
        "silent": sum(silence["is_silent"] for silence in silences),
        "waiting": sum(silence["pending"] for silence in silences),
        "members": silences if has_names else None,
    }


def _asked_about(reader: Member) -> tuple[list[Member], bool]:
    everyone = Member.objects.active().alive()
    if reader.is_admin:
        return list(everyone), True
    if reader.role == Member.Role.EXECUTIVE:
        return list(everyone), False
    if reader.role == Member.Role.MANAGER or reader.leads_a_team:
        return list(everyone.of_teams_led_by(reader)), True
    raise Problem(NOT_PERMITTED)


def _last_heard(ids: list[UUID]) -> dict[UUID, _Heard]:
    found: dict[UUID, _Heard] = defaultdict(_Heard)
    replicas = Replica.objects.filter(member_id__in=ids, state=Replica.State.ACTIVE)
    for member_id, at, pending in replicas.values_list("member_id", "last_contact_at", "pending_count"):
        one = found[member_id]
        one.at = at if one.at is None else max(one.at, at)
        one.pending += pending
    return found


def _silence(member: Member, heard: _Heard, now: datetime) -> dict[str, Any]:
    is_old = heard.at is None or now - heard.at > SILENT_AFTER
    return {
        "member": str(member.pk),
        "last_contact_at": clock.to_text(heard.at) if heard.at else None,
        "pending": heard.pending,
        "is_silent": is_old or heard.pending > 0,
    }
