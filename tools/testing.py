"""Runs tests and checks in stages, goes on after a failure, and sums up at the end."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tools.preparing import (
    LOCKS,
    PYTHON,
    ROOT,
    STATIC,
    VAR,
    Failed,
    build_client,
    environment,
    install_command,
    npm_command,
    uv,
)

UNAVAILABLE = 69  # how tests.postgres and tests.chromium say that they cannot run on this machine
NOTHING_COLLECTED = 5  # how pytest says so
NEED_CLIENT = {"walks", "walks-postgres", "browser", "faults"}
START_DATA = VAR / "test" / "start"


@dataclass
class Stage:
    """One row of the table: ``before``, then the commands in turn."""

    name: str
    commands: list[list[object]]
    cwd: Path = ROOT
    is_pytest: bool = False
    goes_on: bool = False  # the commands do not rest on each other: one that fails does not end the stage
    before: Callable[[], None] | None = None
    settings: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    result: str = ""
    reason: str = ""  # why it could not run
    counts: dict[str, int] = field(default_factory=dict)


def stages(expression: str | None, *, is_thorough: bool = False) -> list[Stage]:
    """Everything that is tested, in the order in which it is worth knowing."""
    python: list[object] = [PYTHON]
    pytest = [*python, "-m", "pytest"]
    chosen = ["-k", expression] if expression else []
    # Whoever has done its part takes over half of another's: with parts of equal number one would wait for long.
    many = ["-n", str(max(2, min(4, os.cpu_count() or 2))), "--dist", "worksteal"]
    two = ["-n", "2", "--dist", "loadfile"]  # each brings servers and browsers of its own
    walks = [*pytest, *two, "tests/walks"]
    looks = [] if is_thorough else ["-m", "not thorough"]
    inside = ["--ignore=tests/walks", "--ignore=tests/browser"]
    arrows = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return [
        Stage("lint", lint_commands(), goes_on=True),
        Stage("types", [[*python, "-m", "mypy"]]),
        Stage("arrows", [[*python, "-c", arrows]]),
        Stage("migrations", [[*python, "manage.py", "makemigrations", "--check", "--dry-run"]]),
        Stage("client-check", [npm_command("run", "check")], STATIC),
        Stage("client-tests", [npm_command("test")], STATIC),
        Stage("client-build", [], before=build_client),
        Stage("python", [[*pytest, *many, *inside, *chosen]], is_pytest=True),
        Stage(
            "postgres",
            [[*python, "-m", "tests.postgres", "--", *pytest, *many, *inside, "-m", "both_databases", *chosen]],
            is_pytest=True,
        ),
        Stage("start", start_commands(), before=lambda: shutil.rmtree(START_DATA, ignore_errors=True)),
        Stage("walks", [[*walks, *chosen]], is_pytest=True),
        Stage(
            "walks-postgres",
            [[*python, "-m", "tests.postgres", "--", *walks, "-m", "both_databases", *chosen]],
            is_pytest=True,
        ),
        Stage(
            "browser",
            [[*python, "-m", "tests.chromium"], [*pytest, *two, "tests/browser", *looks, *chosen]],
            is_pytest=True,
        ),
        faults_stage("--quick"),
    ]


def faults_stage(*words: str) -> Stage:
    """Real servers that are killed, starved and confused; the table says what became of the work."""
    return Stage("faults", [[PYTHON, "-m", "tests.faults", *words]])


def start_commands() -> list[list[object]]:
    """The app starts with the packages of run.lock alone. Tests have many more, and would not notice one missing."""
    venv = VAR / "run-venv"
    up = ["manage.py", "up", "--until-ready", "--no-demo", "--port", "0", "--data", START_DATA]
    python = venv / "bin" / "python"
    return [
        [*uv(), "venv", "--quiet", "--clear", "--python", PYTHON, venv],
        install_command(python, LOCKS / "run.lock"),
        [python, *up],
    ]


def simulation_stages(seeds: int | None, first: int, places: list[str]) -> list[Stage]:
    """The random histories, against the pure model and against the product on each database."""
    model: list[object] = [PYTHON, "-m", "tests.simulation.model", "--processes", os.cpu_count() or 1]
    model += ["--seeds", 20_000 if seeds is None else seeds, "--start", first]
    drawn = {"FIELDOPS_REAL_SEEDS": str(500 if seeds is None else seeds), "FIELDOPS_REAL_START": str(first)}
    real: list[object] = [PYTHON, "-m", "pytest", "-n", os.cpu_count() or 1, "--dist", "worksteal"]
    real += ["tests/simulation/test_real.py"]
    known = [
        Stage("model", [model]),
        Stage("sqlite", [real], is_pytest=True, settings=drawn),
        Stage("postgresql", [[PYTHON, "-m", "tests.postgres", "--", *real]], is_pytest=True, settings=drawn),
    ]
    return [stage for stage in known if stage.name in places]


def lint_commands(*, fix: bool = False) -> list[list[object]]:
    ruff: list[object] = [PYTHON, "-m", "ruff"]
    return [
        [*ruff, "format", *([] if fix else ["--check"]), "."],
        [*ruff, "check", *(["--fix"] if fix else []), "."],
    ]


def quick_stages() -> list[Stage]:
    by_name = {stage.name: stage for stage in stages(None)}
    by_name["python"].commands[0] += ["-m", "not slow"]
    return [by_name[name] for name in ("lint", "types", "arrows", "client-check", "client-tests", "python")]


def run_stages(todo: list[Stage]) -> int:
    """Runs all, whatever fails on the way. Returns the exit code."""
    began = time.monotonic()
    for stage in todo:
        print(f"\n=== {stage.name} " + "=" * (92 - len(stage.name)), flush=True)
        start = time.monotonic()
        run_stage(stage)
        stage.seconds = time.monotonic() - start
    print_table(todo, time.monotonic() - began)
    return 1 if any(stage.result == "FAILED" for stage in todo) else 0


def run_stage(stage: Stage) -> None:
    stage.result = "passed"
    try:
        if stage.before:
            stage.before()
        for command in stage.commands:
            code, stage.reason = show(stage, [str(word) for word in command])
            if code and stage.is_pytest and code == NOTHING_COLLECTED:
                stage.result = "no tests"
            elif code:
                stage.result = "could not run" if code == UNAVAILABLE else "FAILED"
            if code and not stage.goes_on:
                return
    except Failed as failure:
        print(failure)
        stage.result = "FAILED"


def show(stage: Stage, command: list[str]) -> tuple[int, str]:
    """Runs one command, passing on what it says; returns its exit code and its last words."""
    last = ""
    with subprocess.Popen(
        command,
        cwd=stage.cwd,
        env={**test_environment(), **stage.settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line.strip() or last
            stage.counts = counted(line) or stage.counts
    return process.returncode, last


def counted(line: str) -> dict[str, int]:
    """What the closing line of pytest or vitest counts; nothing for every other line."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", line).strip()
    if not re.match(r"(=+ .* in [\d.]+s|Tests +\d)", plain):
        return {}
    found: dict[str, int] = {}
    for number, word in re.findall(r"(\d+) (passed|failed|error|skipped)", plain):
        kind = "failed" if word == "error" else word
        found[kind] = found.get(kind, 0) + int(number)
    return found


def test_environment() -> dict[str, str]:
    """Tests see none of this shell's settings and none of its data."""
    found = environment(FIELDOPS_DATA_DIR=str(VAR / "test"), CI="true", PYTHONUNBUFFERED="1")
    found.pop("PYTHONDONTWRITEBYTECODE", None)  # else each of a dozen processes would compile every test anew
    kept = {"FIELDOPS_CHROMIUM", "FIELDOPS_DATA_DIR"}
    return {name: value for name, value in found.items() if not name.startswith("FIELDOPS_") or name in kept}


def print_table(done: list[Stage], seconds: float) -> None:
    total = {"passed": 0, "failed": 0}
    print(f"\n{'stage':<16}{'result':<16}{'seconds':>8}   tests")
    for stage in done:
        tests = ", ".join(f"{number} {kind}" for kind, number in stage.counts.items())
        print(f"{stage.name:<16}{stage.result:<16}{stage.seconds:>8.1f}   {tests}".rstrip())
        for kind in total:
            total[kind] += stage.counts.get(kind, 0)
    print(f"{'all':<16}{'':<16}{seconds:>8.1f}\n")
    for stage in done:
        if stage.result == "could not run":
            print(f"Could not run {stage.name}: {stage.reason}")
    failed = [stage.name for stage in done if stage.result == "FAILED"]
    print(f"Failed: {', '.join(failed)}" if failed else "Nothing failed.")
    print(f"{total['passed']} passed, {total['failed']} failed", flush=True)
