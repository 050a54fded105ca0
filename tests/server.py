"""The real app for walks and browser tests: web, workers, clock and Redis as processes of their own.

    def test_it(tmp_path):
        with running(tmp_path) as server:
            server.manage("start_organization", ...)
            ... server.base_url ...
            server.kill9("web")       # dead until server.start("web")

It is the same table of processes that `manage.py up` runs, but nobody starts a dead one again: that is the
test's to say. Each server has its own data, its own Valkey and its own port, which stay the same when it
stops and starts. Start it from the main thread: its processes end when the thread that started them does.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from fieldops import installation
from fieldops.installation import LOOPBACK, wait_until
from fieldops.processes import BASE_DIR, Child, Part, free_port, stop, tail
from tests import new_databases

READY_WITHIN_SECONDS = 60.0
_REDIS = "redis"


class NotReady(Exception):
    """A part did not come up; the message ends with the last lines of its log."""


@contextmanager
def running(
    data: Path, *parts: str, workers: int = 1, environment: Mapping[str, str] | None = None, like: str = ""
) -> Iterator[Server]:
    """A server that is ready. ``parts`` names those to start (default: all)."""
    server = Server(data, workers=workers, environment=environment, like=like)
    try:
        server.start(*parts)
        yield server
    finally:
        server.close()


class Server:
    """Parts: redis, web, beat, worker, slow.

    On SQLite in the data folder; on PostgreSQL, in a database of its own, when FIELDOPS_DATABASE_URL names one.
    ``workers`` is the number of web processes, ``environment`` what to set besides. On PostgreSQL its database begins
    as the one that is kept as ``like``.
    """

    def __init__(
        self, data: Path, *, workers: int = 1, environment: Mapping[str, str] | None = None, like: str = ""
    ) -> None:
        self.data = data
        self.logs = data / "log"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.base_url = f"http://{LOOPBACK}:{self.port}"
        redis_part, self.redis_url = installation.own_redis(data)
        self.own_database = new_databases.own(like)
        self.environment = installation.environment(data=data, database=self.own_database, redis_url=self.redis_url)
        if not self.own_database:
            self.environment.pop("FIELDOPS_DATABASE_URL", None)
        self.environment |= dict(environment or {})
        all_parts = (redis_part, installation.web(LOOPBACK, self.port, workers), *installation.background())
        self.parts: dict[str, Part] = {part.name: part for part in all_parts}
        self.children: dict[str, Child] = {}
        self._is_migrated = False

    def start(self, *names: str) -> None:
        """Starts these (default: all that do not run) and returns when they answer."""
        wanted = [name for name in names or self.parts if not self.is_alive(name)]
        if _REDIS in wanted:
            self._launch(_REDIS)
            self._wait(_REDIS)
        if not self._is_migrated:
            new_databases.migrate(self.environment, partial(self.manage, "migrate", "--noinput", "--verbosity", "0"))
            self._is_migrated = True
        others = [name for name in wanted if name != _REDIS]
        for name in others:
            self._launch(name)
        for name in others:
            self._wait(name)

    def stop(self, *names: str) -> None:
        """Asks these (default: all) to stop, and returns when they are gone; Redis last."""
        wanted = [self.children.pop(name) for name in names or list(self.children) if name in self.children]
        stop([child for child in wanted if child.part.name != _REDIS])
        stop([child for child in wanted if child.part.name == _REDIS])

    def kill9(self, name: str) -> None:
        """Ends a part with everything it has started, as a crash would. It stays dead until started."""
        self.children.pop(name).kill()

    def is_alive(self, name: str) -> bool:
        return name in self.children and self.children[name].is_alive()

    def manage(self, *words: str, given: str | None = None) -> str:
        """A management command in this installation; returns what it printed. Raises when it fails."""
        command = [sys.executable, str(BASE_DIR / "manage.py"), *words]
        done = subprocess.run(
            command, cwd=BASE_DIR, env=self.environment, input=given, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def python(self, code: str) -> str:
        """Runs code with this installation's settings and database; returns what it printed."""
        return self.manage("shell", "--no-imports", "--command", code)

    def log(self, name: str, lines: int = 20) -> str:
        return "\n".join(tail(self.logs / f"{name}.log", lines))

    def close(self) -> None:
        self.stop()
        if self.own_database:
            new_databases.drop(self.own_database)

    def _launch(self, name: str) -> None:
        self.children[name] = Child(self.parts[name], self.environment, self.logs)

    def _wait(self, name: str) -> None:
        child = self.children[name]
        if not wait_until(lambda: self._answers(name) or not child.is_alive(), READY_WITHIN_SECONDS):
            raise NotReady(f"{name} did not answer within {READY_WITHIN_SECONDS:.0f} s:\n{self.log(name)}")
        if not child.is_alive():
            raise NotReady(f"{name} ended with {child.process.returncode}:\n{self.log(name)}")

    def _answers(self, name: str) -> bool:
        match name:
            case "redis":
                return installation.redis_answers(self.redis_url)
            case "web":
                return installation.web_answers(LOOPBACK, self.port)
            case "worker" | "slow":
                return installation.workers_answer(self.redis_url, (name,))
        return True  # beat answers nobody
