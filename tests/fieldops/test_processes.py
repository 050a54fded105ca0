"""Children are watched, started again with patience, and ended with all they have started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from fieldops.installation import only_one, wait_until
from fieldops.processes import BASE_DIR, Child, GaveUp, Part, Supervisor, stop

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
SLEEPER = "import time; time.sleep(60)"


def part(code: str, name: str = "lamp", given: str = "") -> Part:
    return Part(name, [sys.executable, "-c", code], given=given)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    found = Supervisor(os.environ, tmp_path, said.append, vital=frozenset({"heart"}))
    found.FIRST_PAUSE = 0.01
    yield found
    found.kill()


def watching(supervisor: Supervisor, is_so: Callable[[], bool]) -> Callable[[], bool]:
    def look() -> bool:
        supervisor.watch()
        return is_so()

    return look


def test_a_dead_part_is_started_again_and_that_is_said(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.start(part("print('a fuse blew')"))
    first = supervisor.children["lamp"].pid
    assert wait_until(watching(supervisor, lambda: bool(said)), 10)
    assert said[0].startswith("lamp ended (0): a fuse blew; starting again in")
    assert wait_until(watching(supervisor, lambda: "lamp" in supervisor.children), 10)
    assert supervisor.children["lamp"].pid != first


def test_pauses_grow_while_it_keeps_dying(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.start(part("pass"))
    assert wait_until(watching(supervisor, lambda: len(said) == 4), 20)
    assert [line.rsplit("in ", 1)[1] for line in said] == ["0.01 s", "0.02 s", "0.04 s", "0.08 s"]


def test_a_vital_part_that_keeps_dying_ends_everything(supervisor: Supervisor) -> None:
    supervisor.start(part("print('no pulse')", name="heart"))
    with pytest.raises(GaveUp, match="heart ended 3 times in 30 s: no pulse"):
        wait_until(watching(supervisor, lambda: False), 20)


def test_whoever_does_not_stop_when_asked_is_ended(tmp_path: Path) -> None:
    child = Child(part(STUBBORN), os.environ, tmp_path)
    assert wait_until(lambda: child.last_words() == "up", 10)
    stop([child], patience=0.2)
    assert child.process.returncode == -signal.SIGKILL


def test_what_a_child_has_started_ends_with_it(tmp_path: Path) -> None:
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEPER!r}])"
    child = Child(part(code), os.environ, tmp_path)
    assert wait_until(lambda: bool(psutil.Process(child.pid).children()), 10)
    grandchild = psutil.Process(child.pid).children()[0]
    child.kill()
    assert wait_until(lambda: _is_gone(grandchild), 10)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent was killed")
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = f"""
import os, pathlib, time
from fieldops.processes import Child, Part
child = Child(Part("lamp", [{sys.executable!r}, "-c", {SLEEPER!r}]), os.environ, pathlib.Path({str(tmp_path)!r}))
print(child.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=BASE_DIR, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    assert wait_until(lambda: _is_gone(child), 10)


def test_a_secret_given_on_standard_input_is_not_in_the_list_of_processes(tmp_path: Path) -> None:
    child = Child(part("print(input()); import time; time.sleep(60)", given="open sesame\n"), os.environ, tmp_path)
    assert wait_until(lambda: child.last_words() == "open sesame", 10)
    assert not any("sesame" in word for word in psutil.Process(child.pid).cmdline())
    child.kill()


def test_only_one_run_holds_a_data_folder_and_its_children_hold_it_for_it(tmp_path: Path) -> None:
    waits: list[str] = []
    with only_one(tmp_path, lambda: waits.append("held")) as lock:
        assert lock is not None
        with only_one(tmp_path, lambda: waits.append("held"), most_seconds=0.2) as second:
            assert second is None
        orphan = Child(part(SLEEPER), os.environ, tmp_path, keep_open=(lock,))
    assert waits
    with only_one(tmp_path, lambda: None, most_seconds=0.2) as third:
        assert third is None
    orphan.kill()
    with only_one(tmp_path, lambda: None) as fourth:
        assert fourth is not None


def _is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
