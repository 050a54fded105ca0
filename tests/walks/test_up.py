"""`manage.py up`: one command starts everything, and nothing outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from fieldops.installation import wait_until
from fieldops.processes import BASE_DIR, free_port
from tests.http_door import HttpDoor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


def plain_environment() -> dict[str, str]:
    """This shell's, without its settings and those of the tests: `up` is tried as a person starts it."""
    ours = ("FIELDOPS_", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


class Up:
    def __init__(self, data: Path, *words: str, port: int = 0) -> None:
        self.data = data
        self.port = port or free_port()
        self.output = data.with_name(f"{data.name}-{self.port}-{time.monotonic_ns()}.out")
        command = [
            sys.executable,
            "manage.py",
            "up",
            "--no-demo",
            "--port",
            str(self.port),
            "--data",
            str(data),
            *words,
        ]
        environment = plain_environment()
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                command, cwd=BASE_DIR, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )

    @property
    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def until(self, words: str) -> None:
        assert wait_until(lambda: words in self.said or self.process.poll() is not None, 90), self.said
        assert words in self.said

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def part(self, word: str) -> psutil.Process:
        direct = psutil.Process(self.process.pid).children()
        return next(child for child in direct if word in " ".join(child.cmdline()))

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextmanager
def up(data: Path) -> Iterator[Up]:
    started = Up(data)
    try:
        started.until("READY")
        yield started
    finally:
        if started.process.poll() is None:
            started.process.terminate()
            started.process.wait(30)


def all_gone(family: list[psutil.Process]) -> bool:
    return not any(member.is_running() and member.status() != psutil.STATUS_ZOMBIE for member in family)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    with up(tmp_path_factory.mktemp("up") / "data") as running:
        yield running


def test_it_says_ready_once_when_everything_answers(started: Up) -> None:
    assert started.said.count(f"READY http://127.0.0.1:{started.port}\n") == 1
    assert started.answers()


def test_a_mail_is_shown_on_the_console_when_no_server_is_there_to_send_it(started: Up) -> None:
    command = [sys.executable, "manage.py", "start_organization", "Sejong", "kim@example.com"]
    environment = {**plain_environment(), "FIELDOPS_DATA_DIR": str(started.data)}
    subprocess.run(command, cwd=BASE_DIR, env=environment, check=True, capture_output=True)
    door = HttpDoor(f"http://127.0.0.1:{started.port}")
    door.session.headers["X-CSRFToken"] = door.get("/api/v1/csrf/").json()["csrf"]
    door.post("/_allauth/browser/v1/auth/code/request", {"email": "kim@example.com"})
    started.until("To: kim@example.com")


@pytest.mark.parametrize("word", ["granian", "valkey"])
def test_what_dies_is_started_again(started: Up, word: str) -> None:
    dead = started.part(word)
    dead.kill()
    assert wait_until(lambda: _is_new(started, word, dead), 20), started.said
    assert "ended (-9)" in started.said
    assert wait_until(started.answers, 20)


def test_a_second_one_on_the_same_data_is_told_so(started: Up) -> None:
    second = Up(started.data)
    assert second.process.wait(60) == 1
    assert "Another FieldOps is running" in second.said


def test_a_second_one_on_the_same_port_is_told_so(started: Up, tmp_path: Path) -> None:
    second = Up(tmp_path / "data", port=started.port)
    assert second.process.wait(60) == 1
    assert f"Port {started.port} of 127.0.0.1 cannot be used" in second.said


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent was killed")
def test_killed_or_stopped_it_leaves_nothing_behind(tmp_path: Path) -> None:
    with up(tmp_path / "data") as first:
        killed = first.family()
        first.process.kill()
    with up(tmp_path / "data") as second:  # the next start finds the data free
        assert all_gone(killed)
        stopped = second.family()
        second.process.send_signal(signal.SIGINT)
        assert second.process.wait(30) == 0
    assert min(len(killed), len(stopped)) >= 8
    assert all_gone(stopped)


def _is_new(started: Up, word: str, dead: psutil.Process) -> bool:
    try:
        return started.part(word).pid != dead.pid
    except (StopIteration, psutil.Error):
        return False
