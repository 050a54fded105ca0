"""Finds what no poke has reached, so that Redis may forget everything without harm."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, Subquery

from core import clock
from sync import actions, pokes
from sync.drain import LONGEST_WAIT
from sync.leases import LONGEST
from sync.models import EntryState, InboxEntry, Pulse, Replica

MOST_POKES = 500
LONGEST_PAUSE = LONGEST_WAIT * 2  # the clocks of two machines are never quite the same
WORKER = "worker"


def sweep() -> int:
    """Pokes every replica that has entries to judge and nobody at work on it. Returns how many.

    Who has waited longest comes first, by when its oldest entry was received.
    """
    beat()
    actions.reopen_understood()
    now = clock.now()
    waiting = InboxEntry.everywhere.filter(replica=OuterRef("pk"), state=EntryState.RECEIVED)
    # What lies further ahead than anybody writes was written by a clock that ran ahead: nobody waits for it.
    idle = Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_until__gt=now + LONGEST)
    due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now) | Q(next_attempt_at__gt=now + LONGEST_PAUSE)
    # Not who was silent longest: a phone that asks again and again would stand behind all others for it.
    since = Subquery(waiting.order_by("n").values("received_at")[:1])
    found = Replica.everywhere.filter(Exists(waiting)).filter(idle, due).order_by(since, "pk")
    # An attempt that nobody took back and nobody finished has killed or hung its worker.
    replicas = list(found.values_list("pk", Exists(waiting.filter(attempts__gt=0)))[:MOST_POKES])
    for id, is_slow in replicas:
        pokes.poke(id, is_slow=is_slow)
    return len(replicas)


def beat() -> None:
    """Notes that a worker is really doing work: readiness asks for this, not for a process."""
    Pulse.objects.update_or_create(name=WORKER, defaults={"at": clock.now()})


def last_beat() -> datetime | None:
    return Pulse.objects.filter(name=WORKER).values_list("at", flat=True).first()


def oldest_unsettled() -> datetime | None:
    """When the entry that has waited longest for judgement was received; None when all are judged."""
    waiting = InboxEntry.everywhere.filter(state=EntryState.RECEIVED).order_by(F("received_at").asc())
    return waiting.values_list("received_at", flat=True).first()
