"""Is what was restored true? Each check returns what is wrong, in sentences; nothing wrong is an empty list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection
from django.db.models import Max

from core import tenancy
from fieldops.backups import archive
from fieldops.backups.archive import Manifest
from fieldops.backups.rows import CHUNK, Table
from fieldops.backups.schema import Models
from people.models import Organization
from sync.inbox import NO_CHAIN, chain_after
from sync.models import Audit, Counter, Effect, FieldEdit, InboxEntry, Log, Replica, RowText, Tick
from sync.registry import Shape, registry

SAMPLE = 200

Wrong = list[str]


@dataclass
class Finding:
    """What was looked at, and what of it is wrong."""

    said: str
    wrong: Wrong = field(default_factory=list)


def rows_are_those_of(manifest: Manifest, tables: Models) -> Finding:
    """Read back from the database and written as lines again, every table is the same to the byte."""
    by_name = {model._meta.db_table: Table(model) for model in tables}
    found = (archive.difference(stored, by_name[stored.name].lines(DEFAULT_DB_ALIAS)) for stored in manifest.tables)
    wrong = [reason for reason in found if reason is not None]
    return Finding(f"{manifest.rows:,} rows in {len(manifest.tables)} tables are those of the backup", wrong)


def keys_are_whole() -> Finding:
    try:
        connection.check_constraints()
    except IntegrityError as error:
        return Finding("foreign keys", [str(error).strip().replace("\n", " ")])
    return Finding("every foreign key leads to a row")


def chains_are_whole() -> Finding:
    """Each phone's chain, worked out anew from the bytes of its entries."""
    finding = Finding("")
    whole = 0
    bodies = _bodies()
    replica_id, entries = next(bodies, (None, iter(())))
    for id, key, received_n, chain in _replicas():
        known = NO_CHAIN, 0
        if id == replica_id:
            known = _chain_of(key, entries, finding.wrong)
            replica_id, entries = next(bodies, (None, iter(())))
        if known[1] != received_n:
            continue  # some of its entries were erased: only the rest could be compared
        whole += 1
        if known[0] != chain:
            finding.wrong.append(f"The chain of phone {key} is not that of its entries.")
    finding.said = f"the chain of every phone is that of its entries ({whole:,} followed to the end)"
    return finding


def _replicas() -> Iterator[tuple[int, str, int, str]]:
    rows = Replica._base_manager.order_by("pk").values_list("pk", "key", "received_n", "chain")
    return rows.iterator(CHUNK)


def _bodies() -> Iterator[tuple[int, Iterator[Any]]]:
    rows = InboxEntry._base_manager.order_by("replica_id", "n").values_list("replica_id", "n", "sha", "body")
    return groupby(rows.iterator(CHUNK // 4), key=itemgetter(0))


def _chain_of(key: str, entries: Iterator[Any], wrong: Wrong) -> tuple[str, int]:
    """The chain, and up to which number it could be followed."""
    chain, last = NO_CHAIN, 0
    for _, n, sha, body in entries:
        if body and sha256(body).hexdigest() != sha:
            wrong.append(f"Entry {n} of phone {key} is not what its hash says.")
        if n == last + 1:
            chain, last = chain_after(chain, sha), n
    return chain, last


def numbers_are_below_their_counter() -> Finding:
    """What was numbered in the past must not be numbered again."""
    counters = dict(Counter.objects.values_list("organization_id", "seq"))
    nobodys = Organization.objects.exclude(pk__in=counters).values_list("name", flat=True)
    wrong = [f"{name} has no counter." for name in nobodys]
    for model, name in ((Log, "seq"), (Tick, "seq"), (Effect, "seq"), (Audit, "seq"), (FieldEdit, "seq")):
        wrong += _above(counters, model, name)
    wrong += _above(counters, InboxEntry, "settled_seq")
    return Finding(f"no number in use is above the counter of its organization ({len(counters):,} looked at)", wrong)


def _above(counters: dict[UUID, int], model: Any, name: str) -> Wrong:
    newest = model._base_manager.order_by().values("organization_id").annotate(newest=Max(name))
    found = dict(newest.values_list("organization_id", "newest"))
    table = model._meta.db_table
    return [
        f"{table} of organization {id} goes up to {seq}, its counter to {counters.get(id, 0)}."
        for id, seq in found.items()
        if seq is not None and seq > counters.get(id, 0)
    ]


def texts_are_those_of_their_rows() -> Finding:
    """Rows taken at random, rendered by today's code."""
    finding = Finding("")
    count = 0
    for shape in registry.shapes.values():
        sample = RowText.objects.filter(shape=shape.name).order_by("?")[:SAMPLE]
        by_organization: dict[UUID, dict[UUID, str]] = defaultdict(dict)
        for text in sample:
            by_organization[text.organization_id][text.row_id] = text.text
            count += 1
        for organization_id, texts in by_organization.items():
            with tenancy.acting_in(organization_id):
                finding.wrong += _rendered_otherwise(shape, texts)
    finding.said = f"{count:,} rows taken at random read as their stored texts"
    return finding


def _rendered_otherwise(shape: Shape, texts: dict[UUID, str]) -> Wrong:
    # Parsed, because PostgreSQL keeps the keys of JSON in an order of its own.
    rendered = {row.pk: orjson.loads(orjson.dumps(shape.render(row))) for row in shape.fetch(texts)}
    differing = [id for id, text in texts.items() if rendered.get(id) != orjson.loads(text)]
    return [f"The stored text of {shape.name} {id} is not that of its row." for id in differing]
