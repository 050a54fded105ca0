"""One drain per replica at a time, by lease. A row lock would end at the first commit, a lease does not."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from core import clock
from core.ids import random_hex64
from sync.models import Replica

LEASE = timedelta(seconds=3 * settings.DRAIN_SECONDS)
# A lease that ends later than this was written by a clock that ran ahead: nobody holds it.
LONGEST = timedelta(seconds=4 * settings.DRAIN_SECONDS)


class LeaseLost(Exception):
    """Another drain owns this replica by now; whatever this one was doing must not be committed."""


def take(replica_id: int, token: str = "") -> str | None:
    """The token of a lease, a new one when none is given; None when somebody else holds one."""
    now, token = clock.now(), token or random_hex64()
    free = Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_until__gt=now + LONGEST)
    with transaction.atomic():  # on SQLite a statement alone waits inside SQLite, where nobody can tell it to end
        taken = Replica.everywhere.filter(free, pk=replica_id).update(lease_token=token, lease_until=now + LEASE)
    return token if taken == 1 else None


def give_back(replica_id: int, token: str) -> None:
    with transaction.atomic():
        Replica.everywhere.filter(pk=replica_id, lease_token=token).update(lease_token="", lease_until=None)


def hold(replica_id: int, token: str) -> Replica:
    """The replica, locked until the transaction ends. Raises LeaseLost when the lease is another's by now."""
    replica = Replica.everywhere.select_for_update().get(pk=replica_id)
    if replica.lease_token != token:
        raise LeaseLost
    return replica
