"""Runs the fault matrix against real processes and prints what was measured.

python -m tests.faults [--only F1,F14] [--on sqlite,postgresql] [--quick] [--write docs/measured.md]
"""

from __future__ import annotations

import argparse
import json
import logging
import secrets
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from fieldops.processes import BASE_DIR
from tests import chromium
from tests.faults import scenarios, table
from tests.faults.installations import Site
from tests.faults.measure import Result
from tests.faults.rig import Rig
from tests.faults.rows import BOTH, ROWS, Row
from tests.postgres import NoPostgres

assert scenarios.__all__  # importing them has registered their rows
Chosen = tuple[Row, str]  # on which database
CANNOT_RUN = 69  # as tests.postgres says that it cannot run here


def main(words: list[str]) -> int:
    options = parser().parse_args(words)
    chosen = selection(options)
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # answers that are cut short are what rows are about
    seed = options.seed if options.seed is not None else secrets.randbelow(1 << 32)
    print(f"seed {seed}", flush=True)
    began = time.monotonic()
    try:
        done = run(chosen, seed, is_quick=options.quick)
    except NoPostgres as reason:
        print(f"PostgreSQL cannot run here: {reason}", file=sys.stderr)
        return CANNOT_RUN
    if options.tell:  # whoever asked for it prints the table
        tell(Path(options.tell), done)
        return 0
    took = time.monotonic() - began
    print(f"\n{table.of(done)}\n{took:.0f} s, seed {seed}", flush=True)
    if options.write:
        table.write(Path(options.write), done, seed=seed, seconds=took, words=words)
    bad = [f"{one.row.name} on {one.database}" for one in done if not one.is_good]
    print(f"Failed: {', '.join(bad)}" if bad else "Everything holds.", flush=True)
    return 1 if bad else 0


def selection(options: argparse.Namespace) -> list[Chosen]:
    only = {name.strip().upper() for name in options.only.split(",")} if options.only else set(ROWS)
    unknown = only - set(ROWS)
    if unknown:
        raise SystemExit(f"No such row: {', '.join(sorted(unknown))}. There are {', '.join(ROWS)}.")
    places = options.on.split(",") if options.on else list(BOTH)
    found = []
    for place in places:
        for one in sorted(ROWS.values(), key=lambda row: row.number):
            is_asked = one.name in only and place in one.databases
            if is_asked and (options.only or not options.quick or place in one.in_quick):
                found.append((one, place))
    return without_browser_rows(found) if any(one.needs_browser for one, _ in found) else found


def without_browser_rows(chosen: list[Chosen]) -> list[Chosen]:
    """All of them when there is a browser; else the others, and it is said which are left out."""
    browser, reason = chromium.chromium_or_reason()
    if browser is not None:
        return chosen
    names = [one.name for one, _ in chosen if one.needs_browser]
    print(f"Left out are {', '.join(names)}: {reason}", flush=True)
    return [(one, place) for one, place in chosen if not one.needs_browser]


def run(chosen: list[Chosen], seed: int, *, is_quick: bool) -> list[table.Done]:
    """In the order of their numbers, however they were run.

    What a browser plays is run beside the rest, which mostly waits; then come the rows that are timed.
    """
    played = [one for one in chosen if one[0].needs_browser]
    timed = [one for one in chosen if one[0].is_timed]
    rest = [one for one in chosen if one not in played and one not in timed]
    if played and rest:
        with run_apart(played, seed, is_quick=is_quick) as apart:
            done = run_in_turn(rest, seed, is_quick=is_quick)
        done += apart
    else:
        done = run_in_turn([*rest, *played], seed, is_quick=is_quick)
    done += run_in_turn(timed, seed, is_quick=is_quick)
    return sorted(done, key=lambda one: chosen.index((one.row, one.database)))


def run_in_turn(chosen: list[Chosen], seed: int, *, is_quick: bool) -> list[table.Done]:
    done: list[table.Done] = []
    with tempfile.TemporaryDirectory(prefix="fieldops-faults-", ignore_cleanup_errors=True) as place:
        for kind in dict.fromkeys(kind for _, kind in chosen):
            with Site(Path(place), kind) as site:
                for row in [row for row, where in chosen if where == kind]:
                    done.append(run_row(site, row, seed, is_quick=is_quick))
                    print(table.line(done[-1]), flush=True)
    return done


@contextmanager
def run_apart(chosen: list[Chosen], seed: int, *, is_quick: bool) -> Iterator[list[table.Done]]:
    """These in a process of their own. What it gives is filled when that has ended, which leaving waits for."""
    done: list[table.Done] = []
    names, places = (dict.fromkeys(of) for of in zip(*((row.name, kind) for row, kind in chosen), strict=True))
    with tempfile.TemporaryDirectory(prefix="fieldops-told-") as folder:
        told = Path(folder) / "rows"
        words = ["--only", ",".join(names), "--on", ",".join(places), "--seed", str(seed), "--tell", str(told)]
        words += ["--quick"] if is_quick else []
        with subprocess.Popen([sys.executable, "-m", "tests.faults", *words], cwd=BASE_DIR) as apart:
            try:
                yield done
                apart.wait()
            finally:
                apart.terminate()
        done += told_in(told, chosen)


def run_row(site: Site, row: Row, seed: int, *, is_quick: bool) -> table.Done:
    """A scenario that breaks down is a row that failed; the others still run."""
    began = time.monotonic()
    result: Result | None = None
    reason = ""
    try:
        with (
            site.installation(row.settings, is_shared=row.is_shared) as server,
            Rig(server, site, seed=seed + row.number, is_quick=is_quick) as rig,
        ):
            result = row.scenario(rig)
    except Exception as error:  # noqa: BLE001  (whatever it was, it stands in the table)
        traceback.print_exc()
        reason = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
    done = table.Done(row, site.kind, result, reason, time.monotonic() - began)
    if not done.is_good:
        site.forget()
    return done


# --- What another process tells ------------------------------------------------------------------------


def tell(file: Path, done: list[table.Done]) -> None:
    rows = [[one.row.name, one.database, one.result and asdict(one.result), one.reason, one.seconds] for one in done]
    file.write_text(json.dumps(rows), encoding="utf-8")


def told_in(file: Path, chosen: list[Chosen]) -> list[table.Done]:
    """A row of which nothing is told has failed."""
    rows = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    told = {
        (name, kind): table.Done(ROWS[name], kind, result and Result(**result), reason, seconds)
        for name, kind, result, reason, seconds in rows
    }
    return [told.get((row.name, kind)) or table.Done(row, kind, None, "told nothing", 0.0) for row, kind in chosen]


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    found.add_argument("--only", metavar="F1,F2", help="only these rows")
    found.add_argument("--on", metavar="DATABASES", help="sqlite, postgresql or both with a comma")
    found.add_argument("--quick", action="store_true", help="a selection of a few minutes, with less of everything")
    found.add_argument("--write", metavar="FILE", help="puts the table into this file")
    found.add_argument("--seed", type=int)
    found.add_argument("--tell", metavar="FILE", help="puts what was measured into this file, for another run")
    return found
