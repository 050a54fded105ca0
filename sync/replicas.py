"""Replicas: one phone database of one member, registered by hello and bound for ever."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import clock
from core.errors import Problem
from sync.envelope import Hello
from sync.errors import DEVICE_REVOKED, REPLICA_MEMBER_MISMATCH, UNKNOWN_REPLICA
from sync.models import Replica


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


def greet(hello: Hello, member_id: Any, device: str) -> Replica:
    """Registers the replica or notes what it says of itself. Raises replica_member_mismatch."""
    with transaction.atomic(durable=True):
        replica, _ = Replica.objects.select_for_update().get_or_create(
            key=hello.replica, defaults={"member_id": member_id, "app": hello.app[:40], "device": device[:200]}
        )
        if replica.member_id != member_id:
            raise Problem(REPLICA_MEMBER_MISMATCH)
        replica.app, replica.device = hello.app[:40], device[:200]
        replica.last_contact_at = clock.now()
        replica.pending_count = hello.pending.count
        replica.written_n = max(replica.written_n, hello.pending.max_n)
        replica.save(update_fields=["app", "device", "last_contact_at", "pending_count", "written_n"])
    return replica
