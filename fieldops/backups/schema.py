"""Tables as the migrations describe them: a backup is read into the schema it was made in, and migrated forward."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from fieldops.backups.archive import Migration

Models = list[type[models.Model]]
# Sign-ins end with a restore, so no backup holds them: a copy of one must not be a bundle of keys.
LEFT_OUT = ("django_session", "usersessions_usersession")
# Nor their keys, where a phone's replica holds one: whoever has it is signed in. In a backup it is empty.
EMPTIED = {"sync_replica": frozenset({"session_key"})}


def applied(alias: str) -> set[Migration]:
    """What this database says it has been through; nothing when it is empty."""
    return set(MigrationRecorder(connections[alias]).applied_migrations())


def known() -> set[Migration]:
    """Every migration of this version."""
    return {(app, name) for app, name in _loader().graph.nodes}


def models_at(migrations: Iterable[Migration]) -> Models:
    """The tables there are after these migrations, in the order of their names; not always those of today."""
    state: Any = _loader().project_state(sorted(migrations)).apps
    found = state.get_models(include_auto_created=True)
    ours = [model for model in found if model._meta.managed and not model._meta.proxy]
    return sorted(ours, key=lambda model: str(model._meta.db_table))


def model_named(found: Models, table: str) -> type[models.Model] | None:
    return next((model for model in found if model._meta.db_table == table), None)


def clear(alias: str, wanted: set[Migration]) -> Models:
    """Empties every table, and makes them anew where the database has been through other migrations than these."""
    door = connections[alias]
    _wait_with_checks(door)
    found = applied(alias)
    if found != wanted:
        _drop(door, models_at(found))
        with redirect_stdout(StringIO()):  # some migrations talk
            MigrationExecutor(door).migrate(_last_of_each_app(wanted))
        _wait_with_checks(door)
    there = models_at(wanted)
    tables = [model._meta.db_table for model in there]
    door.ops.execute_sql_flush(door.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=False))
    return there


def _wait_with_checks(door: Any) -> None:
    """PostgreSQL empties no table while rows of it are to be checked, and checks keys at once that migrations made."""
    if door.vendor == "postgresql":
        door.check_constraints()


def catch_up(alias: str, found: set[Migration]) -> bool:
    """Migrates to where this version is. False when it was there."""
    door = connections[alias]
    for statement in door.ops.sequence_reset_sql(no_style(), models_at(found)):
        with door.cursor() as cursor:
            cursor.execute(statement)
    if found == known():
        return False
    call_command("migrate", database=alias, interactive=False, verbosity=0)
    return True


def names_of(migrations: Iterable[Migration], most: int = 3) -> str:
    found = [f"{app}.{name}" for app, name in sorted(migrations)]
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")


def _loader() -> MigrationLoader:
    return MigrationLoader(None, ignore_no_migrations=True)


def _last_of_each_app(migrations: set[Migration]) -> list[Migration]:
    """The loader's graph knows who comes after whom; targets that others rest on would be taken as ways back."""
    graph = _loader().graph
    followed = {
        (parent.key[0], parent.key[1])
        for node in migrations
        for parent in graph.node_map[node].parents
        if parent.key[0] == node[0]
    }
    return sorted(migrations - followed)


def _drop(door: Any, tables: Models) -> None:
    """With the list of migrations. What is no table of ours stays."""
    quote, cascade = door.ops.quote_name, " CASCADE" if door.vendor == "postgresql" else ""
    names = [model._meta.db_table for model in tables] + [MigrationRecorder.Migration._meta.db_table]
    with door.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TABLE IF EXISTS {quote(name)}{cascade}")
