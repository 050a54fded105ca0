"""Replicas: one phone database of one member, registered by hello and bound for ever."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import clock
from core.errors import DEVICE_REVOKED, Problem
from sync.envelope import Hello
from sync.errors import REPLICA_MEMBER_MISMATCH, UNKNOWN_REPLICA
from sync.models import Replica
from sync.session import Identity


def find(key: str, member_id: Any) -> Replica:
    """The member's replica. Raises unknown_replica, replica_member_mismatch or device_revoked."""
    replica = Replica.objects.filter(key=key).first()
    if replica is None:
        raise Problem(UNKNOWN_REPLICA)
    if replica.member_id != member_id:
        raise Problem(REPLICA_MEMBER_MISMATCH)
    return replica


def require_active(replica: Replica) -> None:
    """A revoked phone may still hand its work in, but reads nothing any more."""
    if replica.state == Replica.State.REVOKED:
        raise Problem(DEVICE_REVOKED)


def keep_out(replica: Replica, identity: Identity) -> None:
    """A phone that was revoked is out under every name, new ones and those it had before: its session tells."""
    if identity.is_phone_revoked and replica.state != Replica.State.REVOKED:
        replica.state, replica.revoked_at = Replica.State.REVOKED, clock.now()
        replica.save(update_fields=["state", "revoked_at"])


def greet(hello: Hello, identity: Identity, device: str, former_key: str | None) -> Replica:
    """Registers the replica or notes what it says of itself. Raises replica_member_mismatch.

    ``former_key`` is the replica this browser said hello with before. When a new and empty one comes from the same
    browser, or one that remembers a loss, the storage was cleared: what had been written and has not arrived is lost,
    and is said so with its number. (A phone that only took a new name brings its journal along and remembers none.)
    """
    with transaction.atomic(durable=True):
        replica, is_new = Replica.objects.select_for_update().get_or_create(
            key=hello.replica, defaults={"member_id": identity.member_id}
        )
        if replica.member_id != identity.member_id:
            raise Problem(REPLICA_MEMBER_MISMATCH)
        if is_new and (hello.pending.max_n == 0 or hello.lost.written):
            _note_loss(replica, hello, former_key)
        keep_out(replica, identity)
        replica.app, replica.device = hello.app[:40], device[:200]
        replica.session_key = identity.session_key
        replica.last_contact_at = clock.now()
        replica.pending_count = hello.pending.count
        replica.written_n = max(replica.written_n, hello.pending.max_n)
        replica.save(update_fields=_SAID)
    return replica


_SAID = [
    "app",
    "device",
    "session_key",
    "last_contact_at",
    "pending_count",
    "written_n",
    "lost_written_n",
    "lost_received_n",
]


def _note_loss(replica: Replica, hello: Hello, former_key: str | None) -> None:
    """Two witnesses of what was written: the phone's own small storage, and what the former replica told the server.

    What has arrived of it is what the server holds now, where the former replica is known: the phone may have missed
    an answer, and a restored backup forgets what was acknowledged.
    """
    former = Replica.objects.filter(key=former_key, member_id=replica.member_id).select_for_update().first()
    written, received = hello.lost.written, 0 if former_key else hello.lost.received
    if former is not None:
        written, received = max(written, former.written_n), former.received_n
        # It will never come back, so nobody has to wait for it.
        Replica.objects.filter(pk=former.pk).update(pending_count=0, written_n=former.received_n)
    if written > received:
        replica.lost_written_n, replica.lost_received_n = written, received
