"""Putting a backup back: everything or nothing, in one transaction, and proved before it counts."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from secrets import token_hex

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connection, transaction

from core import clock
from core.ids import random_hex64
from fieldops.backups import archive, proof, schema, shut_out
from fieldops.backups.archive import Backup, Manifest, Migration
from fieldops.backups.making import Refused, Say
from fieldops.backups.proof import Finding
from fieldops.backups.rows import Table
from fieldops.installation import wait_until
from sync import sweeper
from sync.models import Counter

BEAT = timedelta(seconds=settings.SWEEP_SECONDS + 5)  # how often a worker shows itself, and some patience
_SHOWN = 10


class NotProven(Exception):
    """What was restored is not what it should be. Nothing was changed."""

    def __init__(self, finding: Finding) -> None:
        more = [f"and {len(finding.wrong) - _SHOWN} more"] if len(finding.wrong) > _SHOWN else []
        super().__init__("\n".join(f"  {line}" for line in [*finding.wrong[:_SHOWN], *more]))


def restore(backup: Backup, say: Say) -> None:
    """Replaces everything in the database. Raises Refused, Damaged or NotProven, and then nothing has changed."""
    manifest = backup.manifest
    migrations = migrations_of(manifest)
    # SQLite makes tables anew only while it does not watch over foreign keys; they are looked at before the end.
    with connection.constraint_checks_disabled(), transaction.atomic(durable=True):
        _bring_back(backup, migrations, say)


def migrations_of(manifest: Manifest) -> set[Migration]:
    """Raises Refused when this version does not know all of them."""
    found = set(manifest.migrations)
    if unknown := found - schema.known():
        raise Refused(
            f"This backup was made by a newer FieldOps ({manifest.version}): {schema.names_of(unknown)} is not known"
            " here. Update FieldOps first."
        )
    return found


def _bring_back(backup: Backup, migrations: set[Migration], say: Say) -> None:
    """The steps, inside the transaction.

    1. Whom the database that is replaced knows to be shut out.
    2. Its tables, empty, as they were when the backup was made; then the rows, proved to be the same and whole.
    3. Forward to today's schema; chains and numbers are proved.
    4. A new history, for phones to notice; who was shut out stays out; texts are proved.
    """
    manifest = backup.manifest
    out = shut_out.known_now(DEFAULT_DB_ALIAS, _tables_there())
    if not out.is_readable:
        say("What the replaced database says of phones and members cannot be read: only the list beside it counts.")
    tables = schema.clear(DEFAULT_DB_ALIAS, migrations)
    _fill(backup, tables, say)
    _require(proof.rows_are_those_of(manifest, tables), say)
    _require(proof.keys_are_whole(), say)
    is_older = schema.catch_up(DEFAULT_DB_ALIAS, migrations)
    if is_older:
        say("  The backup is of an older version; it was migrated forward.")
    _require(proof.chains_are_whole(), say)
    _require(proof.numbers_are_below_their_counter(), say)
    _start_new_epochs()
    for line in shut_out.keep_out(out):
        say(f"  Shut out again: {line}.")
    texts = proof.texts_are_those_of_their_rows()
    if texts.wrong and (is_older or manifest.version != archive.product_version()):
        # Another version may well write them in another way; phones go on with what is stored.
        texts = Finding(f"{texts.said}, but for some that this version writes otherwise")
    _require(texts, say)


def _tables_there() -> schema.Models:
    found = schema.applied(DEFAULT_DB_ALIAS)
    if unknown := found - schema.known():
        raise Refused(
            f"The database was made by a newer FieldOps: {schema.names_of(unknown)} is not known here."
            " Update FieldOps, or restore into an empty database."
        )
    return schema.models_at(found) if found else []


def _fill(backup: Backup, tables: schema.Models, say: Say) -> None:
    by_name = {model._meta.db_table: Table(model) for model in tables}
    for stored in backup.manifest.tables:
        table = by_name.get(stored.name)
        if table is None or table.columns != stored.columns:
            raise Refused(f"{stored.name} has other columns here than in the backup.")
        try:
            table.fill(DEFAULT_DB_ALIAS, backup.lines(stored))
        except Error as error:
            raise Refused(f"The database does not take a row of {stored.name}: {first_line(error)}.") from error
        if stored.rows:
            say(f"  {stored.name:<44}{stored.rows:>12,} rows")


def _start_new_epochs() -> None:
    """The numbers go on where they stood; cursors of the lost history are told that they diverged."""
    for counter in Counter.objects.all():
        counter.epoch = random_hex64()
        counter.save(update_fields=["epoch"])


def _require(finding: Finding, say: Say) -> None:
    if finding.wrong:
        raise NotProven(finding)
    say(f"  Proved: {finding.said}.")


def first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(". ")


# --- Before it begins ---------------------------------------------------------------------------------------------


def names_held() -> list[str]:
    """The organizations in the database, or whoever signs in; none when it is new. Raises Refused for a newer one."""
    tables = _tables_there()
    for name, column in (("people_organization", "name"), ("people_user", "email")):
        model = schema.model_named(tables, name)
        if model is not None:
            held = model._base_manager.using(DEFAULT_DB_ALIAS).order_by(column).values_list(column, flat=True)
            if found := list(held[:_SHOWN]):
                return found
    return []


def use_own_name() -> None:
    """Names the connections of this process, before the first: whoever has another name in PostgreSQL is not us."""
    if connection.vendor == "postgresql":
        connection.settings_dict["OPTIONS"]["application_name"] = f"fieldops-restore-{token_hex(4)}"


def who_is_at_work(patience: float) -> str | None:
    """Says who uses this database; None when nobody seems to.

    PostgreSQL tells who is connected, but whoever has nothing to do need not be; a worker shows itself with every
    sweep. Whoever was stopped a moment ago has ``patience`` seconds to be gone.
    """
    if not wait_until(lambda: _others_connected() == 0, patience):
        return f"{_others_connected()} connections"
    return "a worker" if _a_worker_beats() else None


def _others_connected() -> int:
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND application_name <> current_setting('application_name')"
        )
        found: int = cursor.fetchone()[0]
    return found


def _a_worker_beats() -> bool:
    last = _last_beat()
    if last is None or clock.now() - last > 2 * BEAT:
        return False
    return wait_until(lambda: _last_beat() != last, BEAT.total_seconds())


def _last_beat() -> datetime | None:
    """None in a database that is new."""
    with suppress(Error):
        return sweeper.last_beat()
    return None
