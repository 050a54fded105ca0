#!/usr/bin/env python3
"""Prepares, runs and tests FieldOps. Needs Python 3.11 or newer and nothing else.

python3 dev.py run        everything on this machine, with demo data
python3 dev.py test       all tests and checks; what CI calls
python3 dev.py check      lint, types, arrows and the quick tests: before every commit
python3 dev.py lint       how the code reads (--fix mends what can be mended)
python3 dev.py simulate   many random histories against the sync protocol's model and against the product
python3 dev.py faults     kills, starves and confuses a running installation, and counts what became of the work
python3 dev.py lock       rewrites requirements/*.lock (--upgrade takes newer versions)
python3 dev.py clean      removes what was installed and built; data stays

What is installed or built goes to .venv, static/node_modules, static/dist and var, and a step whose inputs
have not changed since is left out. Nothing else on the machine is touched.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys

from tools.preparing import (
    DIST,
    LOCKS,
    PYTHON,
    ROOT,
    STATIC,
    VAR,
    VENV,
    Failed,
    Step,
    build_client,
    environment,
    make_venv,
    prepare,
    quietly,
    uv,
)
from tools.testing import (
    NEED_CLIENT,
    Stage,
    faults_stage,
    lint_commands,
    quick_stages,
    run_stages,
    simulation_stages,
    stages,
)

SIMULATED = ["model", "sqlite", "postgresql"]


def run(options: argparse.Namespace) -> int:
    prepare("run")
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "manage.py", "up", *sys.argv[2:]], environment())


def test(options: argparse.Namespace) -> int:
    prepare("test", with_client=False)
    todo = stages(options.k, is_thorough=options.thorough)
    if options.k:
        todo = [stage for stage in todo if stage.is_pytest]
    if options.only:
        todo = [stage for stage in todo if stage.name in options.only]
    if any(stage.name in NEED_CLIENT for stage in todo):
        build_client()
    return run_stages(todo)


def check(options: argparse.Namespace) -> int:
    prepare("test", with_client=False)
    return run_stages(quick_stages())


def lint(options: argparse.Namespace) -> int:
    prepare("test", with_client=False)
    return run_stages([Stage("lint", lint_commands(fix=options.fix), goes_on=True)])


def simulate(options: argparse.Namespace) -> int:
    prepare("test", with_client=False)
    return run_stages(simulation_stages(options.seeds, options.start, options.on or SIMULATED))


def faults(options: argparse.Namespace) -> int:
    """One command with its own table: what a stage passes on, it prints."""
    prepare("test")
    given = {"--only": options.only, "--on": options.on, "--write": options.write, "--seed": options.seed}
    words = [word for name, value in given.items() if value is not None for word in (name, str(value))]
    return run_stages([faults_stage(*words, *(["--quick"] if options.quick else []))])


def lock(options: argparse.Namespace) -> int:
    """Universal locks with hashes and without addresses; run.lock takes its versions from test.lock."""
    make_venv()
    plain = ["--universal", "--python-version", "3.11", "--only-binary", ":all:", "--generate-hashes", "--quiet"]
    plain += ["--no-header", "--no-annotate", *(["--upgrade"] if options.upgrade else [])]
    for name, more in (("tools", []), ("test", []), ("run", ["-c", LOCKS / "test.lock"])):
        with Step(f"requirements/{name}.lock"):
            quietly([*uv(), "pip", "compile", *plain, *more, LOCKS / f"{name}.in", "-o", LOCKS / f"{name}.lock"])
    return 0


def clean(options: argparse.Namespace) -> int:
    made = [VENV, STATIC / "node_modules", DIST]
    made += [VAR / name for name in ("stamps", "chromium", "test", "run-venv")]
    made += [
        ROOT / f".{name}" for name in ("mypy_cache", "ruff_cache", "pytest_cache", "hypothesis", "import_linter_cache")
    ]
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)
    print("Removed what was installed and built. The data in var/ is still there.")
    return 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = found.add_subparsers(dest="command", required=True, metavar="command")
    add = commands.add_parser
    # The options of "run" are those of "manage.py up"; read here as well so that a slip shows before the minute is up.
    one = add("run")
    one.add_argument("--port", type=int, help="default 8000")
    one.add_argument("--host", help="default 127.0.0.1")
    one.add_argument("--data", help="folder of all data; default var/")
    one.add_argument("--no-demo", action="store_true", help="no demo organizations")
    one.add_argument("--database", help="postgresql://… instead of SQLite in the data folder")
    one.add_argument("--redis", help="redis://… instead of a Valkey of its own")
    one = add("test")
    one.add_argument("-k", metavar="EXPRESSION", help="only Python tests whose names match")
    one.add_argument("--only", action="append", metavar="STAGE", help="only this stage; may be given again")
    one.add_argument("--thorough", action="store_true", help="every screen in every language and size")
    add("check")
    add("lint").add_argument("--fix", action="store_true")
    one = add("simulate")
    one.add_argument("--seeds", type=int, help="default 20,000 of the model and 500 on each database")
    one.add_argument("--start", type=int, default=0, help="the first seed")
    one.add_argument("--on", action="append", choices=SIMULATED, help="only this; may be given again")
    one = add("faults")
    one.add_argument("--only", metavar="F1,F2", help="only these rows")
    one.add_argument("--on", metavar="DATABASES", help="sqlite, postgresql or, as by default, sqlite,postgresql")
    one.add_argument("--quick", action="store_true", help="a selection of under four minutes")
    one.add_argument("--write", metavar="FILE", help="puts the table into this file, as docs/measured.md")
    one.add_argument("--seed", type=int)
    add("lock").add_argument("--upgrade", action="store_true")
    add("clean")
    return found


COMMANDS = {
    "run": run,
    "test": test,
    "check": check,
    "lint": lint,
    "simulate": simulate,
    "faults": faults,
    "lock": lock,
    "clean": clean,
}


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  (that is what is being asked)
        print(f"FieldOps needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    options = parser().parse_args()
    try:
        return COMMANDS[options.command](options)
    except (Failed, OSError) as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
