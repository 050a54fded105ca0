"""Installations of real processes, each on a database that is a copy of one that was migrated once.

with Site(folder, "sqlite") as site, site.installation({}, is_shared=False) as server:
    server.start()
    ...
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg
import redis

from core import faults
from tests import postgres
from tests.server import Server

SQLITE, POSTGRESQL = "sqlite", "postgresql"
# Waits are shorter than by default, and in the same proportions: a drain 15 s, a sweep every 15 s.
SCALED = {"FIELDOPS_DRAIN_SECONDS": "6", "FIELDOPS_SWEEP_SECONDS": "3"}


class Installation(Server):
    """A server on a database that is migrated already."""

    def __init__(self, data: Path, database: str, settings: dict[str, str]) -> None:
        super().__init__(data, environment={"FIELDOPS_DATABASE_URL": database, **settings})
        self.database = database
        self._is_migrated = True
        self._sound = dict(self.environment)
        self._launched: dict[str, dict[str, str]] = {}  # what each part was started with

    @property
    def database_name(self) -> str:
        """On PostgreSQL."""
        return self.database.rsplit("/", 1)[1]

    @property
    def file(self) -> Path:
        return self.data / "fieldops.sqlite3"

    def with_fault(self, fault: str, *parts: str) -> None:
        """Starts these parts with something going wrong in them; whatever starts later is sound again."""
        for part in parts:
            if self.is_alive(part):
                self.kill9(part)
        with self.environment_with(FIELDOPS_FAULT=fault):
            self.start(*parts)

    @contextmanager
    def environment_with(self, **settings: str) -> Iterator[None]:
        """What starts inside has these settings as well."""
        former = dict(self.environment)
        self.environment |= settings
        try:
            yield
        finally:
            self.environment = former

    def again(self, *parts: str) -> None:
        """These parts anew, whatever had become of them."""
        for part in parts:
            if part in self.children:
                self.kill9(part)
        self.start(*parts)

    def mend(self) -> None:
        """What was started with something wrong in it ends. The rest goes on, for the next row."""
        self.environment = dict(self._sound)
        for part in [part for part in self.children if self._launched[part] != self._sound]:
            self.kill9(part)

    def _launch(self, name: str) -> None:
        self._launched[name] = dict(self.environment)
        super()._launch(name)

    def set_clock(self, error: timedelta) -> None:
        """Everything that starts from now on, commands too, has a clock that is wrong by so much."""
        self.environment["FIELDOPS_FAULT"] = f"{faults.CLOCK}:{error.total_seconds():.0f}"

    def inside(self, name: str, *arguments: Any) -> Any:
        """The answer of a function of tests.faults.inside."""
        code = f"import json; from tests.faults import inside; print(json.dumps(inside.{name}(*{list(arguments)!r})))"
        return json.loads(self.python(code).splitlines()[-1])

    def broker(self) -> redis.Redis:
        return redis.Redis.from_url(f"{self.redis_url}/0", socket_timeout=5)


class Site:
    """One kind of database, and installations on it, each a copy of one that was migrated once."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder / kind
        self.folder.mkdir()
        self.kind = kind
        self.postgres: postgres.Server | None = None
        self.things = contextlib.ExitStack()
        self._count = 0
        self._standing: dict[tuple[tuple[str, str], ...], Installation] = {}

    def __enter__(self) -> Site:
        if self.kind == POSTGRESQL:
            self.postgres = self.things.enter_context(own_postgres(fsync=True))
        first = Installation(self.folder / "template", self._url("template"), {})
        first.manage("migrate", "--noinput", "--verbosity", "0")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.forget()
        self.things.close()

    @contextmanager
    def installation(self, settings: dict[str, str], *, is_shared: bool) -> Iterator[Installation]:
        """One of the caller's own, or the one that stands for all who leave it as it was."""
        given = {**SCALED, **settings}
        key = tuple(sorted(given.items()))
        if is_shared and key not in self._standing:
            self._standing[key] = self._new(given)
        server = self._standing[key] if is_shared else self._new(given)
        try:
            yield server
        finally:
            server.mend() if is_shared else self._end(server)

    def forget(self) -> None:
        """What stands is not to be trusted any more, or not needed."""
        while self._standing:
            self._end(self._standing.popitem()[1])

    def _new(self, settings: dict[str, str]) -> Installation:
        self._count += 1
        name = f"site{self._count}"
        folder = self.folder / name
        folder.mkdir()
        if self.postgres is None:
            shutil.copy(self.folder / "template" / "fieldops.sqlite3", folder)
        else:
            self.ask(f"CREATE DATABASE {name} TEMPLATE template")
        return Installation(folder, self._url(name), settings)

    def _end(self, server: Installation) -> None:
        server.stop()
        if self.postgres is not None and self.postgres.process is not None:
            self.ask(f"DROP DATABASE IF EXISTS {server.database_name} WITH (FORCE)")
        shutil.rmtree(server.data, ignore_errors=True)

    def ask(self, statement: str) -> None:
        assert self.postgres is not None
        with psycopg.connect(self.postgres.url, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)

    def _url(self, name: str) -> str:
        if self.postgres is None:
            return f"sqlite:///{self.folder / name / 'fieldops.sqlite3'}"
        if name == "template":
            self.ask("CREATE DATABASE template")
        return self.postgres.url.rsplit("/", 1)[0] + f"/{name}"


@contextmanager
def own_postgres(*, fsync: bool = False) -> Iterator[postgres.Server]:
    """A server that a scenario may kill. With ``fsync`` what it has committed is on the disk."""
    folder = postgres._temporary_folder()
    with tempfile.TemporaryDirectory(prefix="fieldops-postgres-", dir=folder, ignore_cleanup_errors=True) as place:
        server = postgres.Server(Path(place), fsync=fsync)
        server.start()
        try:
            yield server
        finally:
            server.stop()
