"""Does a phone hold what its streams hold? Count and XOR of versions, said by the phone, compared here.

There is no known way for the two to differ; this is how an unknown one would be noticed, and mended, by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import reduce

from django.db import connections, transaction
from django.db.models import F, Max

from core import tenancy
from core.errors import Problem
from sync import cursor as cursors
from sync import pull as pulls
from sync.cursor import Cursor
from sync.envelope import Digests
from sync.models import Counter, Log, Replica, RowText
from sync.pull import READER, allowed_streams

logger = logging.getLogger(__name__)

Digest = tuple[int, str]
NOTHING: Digest = (0, "0" * 16)


def differing(replica: Replica, said: Digests) -> list[str]:
    """Streams that the phone should fetch anew. Those that changed since it stood at the head cannot be compared.

    A stream it does not speak of is one of which it holds nothing: nothing tells it the names of those.
    """
    try:
        cursor = cursors.read(said.cursor, replica.key)
    except Problem:
        return []
    with transaction.atomic(using=READER):  # one snapshot: what is written meanwhile is no difference
        found = _differing(replica, cursor, said) if len(cursor.lanes) == 1 and _is_known(cursor) else []
    if found:
        logger.warning("replica %s differs in %s streams: %s", replica.pk, len(found), found[:5])
        Replica.objects.filter(pk=replica.pk).update(differences=F("differences") + len(found))
    return found


def _differing(replica: Replica, cursor: Cursor, said: Digests) -> list[str]:
    names = cursor.streams() & allowed_streams(replica)
    quiet = sorted(names - _changed_since(cursor.lanes[0].at.seq, names))
    return [name for name in quiet if digest_of(name) != said.streams.get(name, NOTHING)]


def _is_known(cursor: Cursor) -> bool:
    """Whether the log knows all that happened since, in this very history. If not, the next pull will say so."""
    counter = Counter.objects.using(READER).get(pk=tenancy.require_id())
    return pulls.is_of_this_history(cursor, counter) and not pulls.is_forgotten(cursor, counter)


def _changed_since(place: int, names: set[str]) -> set[str]:
    logged = Log.objects.using(READER).filter(organization_id=tenancy.require_id(), stream__in=names)
    newest = logged.values("stream").annotate(newest=Max("seq")).values_list("stream", "newest")
    return {stream for stream, seq in newest if seq > place}


def digest_of(stream: str) -> Digest:
    """How many rows are to be seen in a stream, and the XOR of their versions as sixteen hex digits."""
    return digest(_versions(stream))


def digest(versions: list[str]) -> Digest:
    return len(versions), f"{reduce(lambda both, rv: both ^ int(rv, 16), versions, 0):016x}"


def _versions(stream: str) -> list[str]:
    connection = connections[READER]
    log, text = Log._meta.db_table, RowText._meta.db_table
    organization = Log._meta.get_field("organization").get_db_prep_value(tenancy.require_id(), connection)
    # Names of our own tables only; every value is a parameter.
    query = (
        f"SELECT t.rv FROM {log} l JOIN {text} t ON t.organization_id = l.organization_id AND t.shape = l.shape"  # noqa: S608
        f" AND t.row_id = l.row_id WHERE l.organization_id = %s AND l.stream = %s AND l.is_put"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [organization, stream])
        return [rv for (rv,) in cursor.fetchall()]


def as_said(streams: Mapping[str, Digest]) -> dict[str, list[object]]:
    """As a phone sends them."""
    return {name: [count, versions] for name, (count, versions) in streams.items()}
