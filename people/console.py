"""What whoever answers for others sees of their phones: parked entries, silent phones, lost work. Read only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import orjson
from django.db.models import Q, QuerySet

from core.errors import Problem
from people.models import Member
from sync import entry as entries
from sync.models import EntryState, InboxEntry, Replica


def answered_for(member: Member) -> QuerySet[Member]:
    """Whose entries and phones this member looks after: an administrator everybody's, a lead the team's.

    But for the administrators in it: what is applied on their behalf is done with their rights.
    """
    everyone: QuerySet[Member] = Member.objects.alive()
    return everyone if member.is_admin else Member.objects.alive().of_teams_led_by(member).filter(is_admin=False)


def parked_for(member: Member) -> QuerySet[InboxEntry]:
    """Parked entries of everybody this member answers for. Copies of one entry are decided together."""
    ours = InboxEntry.objects.filter(state=EntryState.PARKED, replica__member__in=answered_for(member))
    return ours.select_related("replica")


def phones_for(member: Member) -> QuerySet[Replica]:
    """One's own phones, and those of everybody this member answers for."""
    return Replica.objects.filter(Q(member=member) | Q(member__in=answered_for(member)))


def waiting_on(found: Iterable[InboxEntry]) -> Counter[str]:
    """How many parked entries wait for each of these."""
    ids = [str(entry.entry_id) for entry in found]
    waiting = InboxEntry.objects.filter(state=EntryState.PARKED, code="waits_for", params__entry__in=ids)
    return Counter(waiting.values_list("params__entry", flat=True))


def told(entry: InboxEntry) -> dict[str, Any]:
    """What can be read of the entry itself. Whatever a phone sent, its text is shown."""
    body = bytes(entry.body)
    found: dict[str, Any] = {"kind": None, "at": None, "args": None, "text": body.decode("utf-8", "replace")}
    try:
        read = entries.read(body)
    except Problem:
        return found
    return {**found, "kind": read.kind.name, "at": read.at, "args": read.args if _can_be_told(read.args) else None}


def _can_be_told(args: Any) -> bool:
    """Whether they are arguments, and an answer can hold them: a phone's text may nest, and count, beyond that."""
    try:
        orjson.dumps({"results": [{"args": args}]})
    except orjson.JSONEncodeError:
        return False
    return isinstance(args, dict)
