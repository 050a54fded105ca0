"""Making a backup: one snapshot of everything, while the app goes on working."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import connections, transaction

from core import clock
from fieldops.backups import archive, schema
from fieldops.backups.archive import Manifest, Standing, Stored, Writer
from fieldops.backups.rows import Table
from sync.models import Counter
from sync.pull import READER

Say = Callable[[str], object]


class Refused(Exception):
    """It cannot be done as things stand; the message says why and what would help."""


def back_up(path: Path, say: Say) -> Manifest:
    """Writes everything of the database to this file. Raises Refused and OSError."""
    if path.exists():
        raise Refused(f"{path} is there already: choose another name.")
    with archive.writing(path) as writer, transaction.atomic(using=READER):
        return _write(writer, say)


def _write(writer: Writer, say: Say) -> Manifest:
    """Inside one snapshot: the first statement fixes what all of them see."""
    made_at, migrations = clock.now(), schema.applied(READER)
    if not migrations:
        raise Refused("The database is empty: there is nothing to back up.")
    if unknown := migrations - schema.known():
        raise Refused(f"The database is newer than this FieldOps: {schema.names_of(unknown)} is not known here.")
    stored: list[Stored] = []
    for model in schema.models_at(migrations):
        table = Table(model)
        if table.name not in schema.LEFT_OUT:
            stored.append(writer.add_table(table.name, table.columns, table.lines(READER)))
            if stored[-1].rows:
                say(f"  {table.name:<44}{stored[-1].rows:>12,} rows")
    manifest = Manifest(
        format=archive.FORMAT,
        version=archive.product_version(),
        made_at=clock.to_text(made_at),
        database=connections[READER].vendor,
        migrations=sorted(migrations),
        tables=stored,
        left_out=list(schema.LEFT_OUT),
        counters=_standings(),
    )
    writer.finish(manifest)
    return manifest


def _standings() -> list[Standing]:
    counters = Counter.objects.using(READER).order_by("pk")
    values = counters.values_list("organization_id", "seq", "tag", "epoch")
    return [Standing(str(organization), seq, tag, epoch) for organization, seq, tag, epoch in values]
