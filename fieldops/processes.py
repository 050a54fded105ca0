"""Child processes: started, watched, started again with patience, and never left behind.

Each child leads a session of its own, so that Ctrl-C reaches only whoever supervises, and so that
what the child itself has started can be ended with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
_PR_SET_PDEATHSIG = 1
# Below those that systems give to outgoing connections (Linux from 32,768, others from 49,152).
_QUIET_PORTS = range(20_000, 32_000)
# Loaded before any fork: the short stretch between fork and exec must not import or allocate much.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(sent: int, parent: int) -> None:
    """Between fork and exec: asks the kernel to send us a signal when our parent ends, however it ends.

    Linux only; elsewhere a parent that is killed leaves its children behind.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, sent)
        if os.getppid() != parent:  # it ended before we could ask
            os.kill(os.getpid(), sent)


def free_port() -> int:
    """A loopback port that nobody uses at this moment, and that no outgoing connection will be given meanwhile."""
    while True:
        port = random.choice(_QUIET_PORTS)  # noqa: S311  (not a secret)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@dataclass(frozen=True)
class Part:
    """One process of an installation. ``given`` is written to its standard input: secrets that must
    not stand in the list of processes. ``orphaned`` is what it gets when its parent is killed."""

    name: str
    command: list[str]
    given: str = field(default="", repr=False)
    orphaned: signal.Signals = signal.SIGTERM


class Child:
    """A running part. Its output goes to a log file."""

    def __init__(self, part: Part, environment: Mapping[str, str], logs: Path, *, keep_open: tuple[int, ...] = ()):
        self.part = part
        self.log = logs / f"{part.name}.log"
        self.started_at = time.monotonic()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                part.command,
                cwd=BASE_DIR,
                env=dict(environment),
                stdin=subprocess.PIPE if part.given else subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=keep_open,
                preexec_fn=partial(die_with_parent, part.orphaned, os.getpid()),  # noqa: PLW1509  (no threads here)
            )
        if self.process.stdin:
            self.process.stdin.write(part.given.encode())
            self.process.stdin.close()

    @property
    def pid(self) -> int:
        return self.process.pid

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def ask_to_stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()

    def wait(self, until: float) -> bool:
        """True when it ended before ``until`` (a time.monotonic())."""
        try:
            self.process.wait(timeout=max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """Ends it at once, together with every process of its session that is still there."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self, most: int = 160) -> str:
        """The last line of its log, shortened: enough to know where to look."""
        lines = tail(self.log, 1)
        return lines[0][:most] if lines else "it said nothing"


def tail(path: Path, count: int) -> list[str]:
    """The last lines of a log that are not blank."""
    try:
        with path.open("rb") as log:
            log.seek(max(0, path.stat().st_size - 20_000))
            text = log.read().decode("utf-8", "replace")
    except OSError:
        return []
    return [line for line in text.splitlines() if line.strip()][-count:]


def stop(children: list[Child], patience: float = 10.0) -> None:
    """Asks all to stop, waits ``patience`` seconds for all together, then ends whatever is left."""
    until = time.monotonic() + patience
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait(until)
        child.kill()


class GaveUp(Exception):
    """A part that everything rests on keeps dying."""


class Supervisor:
    """Keeps parts running. A dead one is started again after a pause that doubles while it keeps dying.

    A part in ``vital`` ends everything instead when it dies three times within thirty seconds: whoever
    started us must see that, and a service manager may try its own luck.
    """

    MOST_DEATHS, WITHIN_SECONDS = 3, 30.0
    FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0

    def __init__(
        self,
        environment: Mapping[str, str],
        logs: Path,
        say: Callable[[str], object],
        *,
        vital: frozenset[str],
        keep_open: tuple[int, ...] = (),
    ) -> None:
        self.environment = environment
        self.logs = logs
        self.say = say
        self.vital = vital
        self.keep_open = keep_open
        self.children: dict[str, Child] = {}
        self._deaths: dict[str, list[float]] = {}
        self._due: dict[str, tuple[float, Part]] = {}

    def start(self, part: Part) -> None:
        self.children[part.name] = Child(part, self.environment, self.logs, keep_open=self.keep_open)

    def watch(self) -> None:
        """One look at everybody. Raises GaveUp."""
        now = time.monotonic()
        for child in [child for child in self.children.values() if not child.is_alive()]:
            self._bury(child, now)
        for name, (at, part) in list(self._due.items()):
            if at <= now:
                del self._due[name]
                self.start(part)

    def _bury(self, child: Child, now: float) -> None:
        name = child.part.name
        child.kill()  # what it had started may have outlived it, and may hold its port
        del self.children[name]
        deaths = [at for at in self._deaths.get(name, []) if now - at < self.LONGEST_PAUSE * 2] + [now]
        self._deaths[name] = deaths
        if name in self.vital and sum(now - at < self.WITHIN_SECONDS for at in deaths) >= self.MOST_DEATHS:
            raise GaveUp(f"{name} ended {self.MOST_DEATHS} times in {self.WITHIN_SECONDS:.0f} s: {child.last_words()}")
        pause = min(self.FIRST_PAUSE * 2 ** (len(deaths) - 1), self.LONGEST_PAUSE)
        self._due[name] = (now + pause, child.part)
        self.say(f"{name} ended ({child.process.returncode}): {child.last_words()}; starting again in {pause:g} s")

    def stop(self, last: str = "") -> None:
        """Stops all; the part named ``last`` only when the others, who use it, are gone."""
        self._due.clear()
        stop([child for name, child in self.children.items() if name != last])
        stop([child for name, child in self.children.items() if name == last], patience=5.0)
        self.children.clear()

    def kill(self) -> None:
        for child in self.children.values():
            child.kill()
        self.children.clear()
