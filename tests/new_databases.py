"""New databases for the servers of tests. The first in this process is migrated; the others begin as its copy.

Migrating takes longer than all parts of a server need to start, and dozens of servers are started.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

_templates: dict[tuple[str, str], str] = {}  # where, whose settings -> its name or file


def are_on_postgresql() -> bool:
    return os.environ.get("FIELDOPS_DATABASE_URL", "").startswith("postgres")


def own(like: str = "") -> str:
    """A database beside the one FIELDOPS_DATABASE_URL names, when that is PostgreSQL; else nothing.

    Empty, or as the one that is kept as ``like``.
    """
    if not are_on_postgresql():
        return ""
    given = os.environ["FIELDOPS_DATABASE_URL"]
    name = f"server_{secrets.token_hex(4)}"
    _say(given, f"CREATE DATABASE {name}" + (f" TEMPLATE {like}" if like else ""))
    return urlunsplit(urlsplit(given)._replace(path=f"/{name}"))


def keep(url: str) -> str:
    """As it is now, for as long as the PostgreSQL server runs. Nobody may use it. Returns the name to be like."""
    given, name = os.environ["FIELDOPS_DATABASE_URL"], f"server_template_{secrets.token_hex(4)}"
    _say(given, f"CREATE DATABASE {name} TEMPLATE {_name_in(url)}")
    return name


def drop(url: str) -> None:
    _say(os.environ["FIELDOPS_DATABASE_URL"], f"DROP DATABASE IF EXISTS {_name_in(url)} WITH (FORCE)")


def migrate(environment: Mapping[str, str], migrate_it: Callable[[], object]) -> None:
    """Brings the database of this environment to today's schema. Nobody else may use it meanwhile."""
    url = environment.get("FIELDOPS_DATABASE_URL", "")
    file = Path(url.removeprefix("sqlite:///") or Path(environment["FIELDOPS_DATA_DIR"]) / "fieldops.sqlite3")
    is_postgres = url.startswith("postgres")
    is_new = _is_empty(url) if is_postgres else not file.exists()
    kind = (urlsplit(url).netloc if is_postgres else "sqlite", environment.get("DJANGO_SETTINGS_MODULE", ""))
    if is_new and kind in _templates:
        _copy_database(_templates[kind], url) if is_postgres else _copy_file(_templates[kind], file)
        return
    migrate_it()
    if is_new:
        _templates[kind] = keep(url) if is_postgres else _kept_file(file)


# --- SQLite: files -----------------------------------------------------------------------------------


def _copy_file(template: str, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(template, file)


def _kept_file(file: Path) -> str:
    """Its last user closed it, so everything is in the one file."""
    folder = tempfile.TemporaryDirectory(prefix="fieldops-new-")
    atexit.register(folder.cleanup)
    return str(shutil.copy(file, folder.name))


# --- PostgreSQL: its own templates -------------------------------------------------------------------


def _copy_database(template: str, url: str) -> None:
    given = os.environ["FIELDOPS_DATABASE_URL"]
    _say(given, f"DROP DATABASE {_name_in(url)}", f"CREATE DATABASE {_name_in(url)} TEMPLATE {template}")


def _is_empty(url: str) -> bool:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return found == (0,)


def _name_in(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _say(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
