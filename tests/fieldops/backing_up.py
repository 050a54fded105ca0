"""Backups in one process, for tests: made, put back, and tampered with in ways that a hash would not notice."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.core.management import call_command

from fieldops.backups import archive, making, restoring, schema
from fieldops.backups.archive import Manifest

Json = dict[str, Any]
# What a restore changes on purpose: each organization's epoch and next number, and who did it.
CHANGED = {"sync_counter", "sync_tick", "sync_audit"}


def back_up(path: Path) -> Manifest:
    return making.back_up(path, lambda line: None)


def restore(path: Path) -> list[str]:
    """Without the command's own questions: what it says."""
    said: list[str] = []
    with archive.opened(path) as backup:
        restoring.restore(backup, said.append)
    return said


def command(name: str, *words: object) -> str:
    out = StringIO()
    call_command(name, *map(str, words), stdout=out)
    return out.getvalue()


def contents() -> dict[str, list[Json]]:
    """Every row of every table, as Django reads it, but for what a backup holds nothing of."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in schema.LEFT_OUT:
            emptied = dict.fromkeys(schema.EMPTIED.get(model._meta.db_table, ()), "")
            rows = [{**row, **emptied} for row in model._base_manager.values()]
            found[model._meta.db_table] = sorted(rows, key=lambda row: str(row[model._meta.pk.attname]))
    return found


def kept(tables: dict[str, list[Json]]) -> dict[str, list[Json]]:
    """Without what a restore changes on purpose."""
    return {name: rows for name, rows in tables.items() if name not in CHANGED}


def rows_in(path: Path, table: str) -> list[Json]:
    """The rows of a table as they stand in the file."""
    columns = next(one["columns"] for one in manifest_of(path)["tables"] if one["name"] == table)
    with ZipFile(path) as file:
        lines = file.read(f"tables/{table}.jsonl").splitlines()
    return [dict(zip(columns, json.loads(line), strict=True)) for line in lines]


def manifest_of(path: Path) -> Json:
    with ZipFile(path) as file:
        found: Json = json.loads(file.read("manifest.json"))
    return found


def doctored(path: Path, table: str, change: Callable[[Json], Json | None]) -> Path:
    """The same backup with rows of one table changed, or left out, and a manifest that vouches for them."""
    manifest = manifest_of(path)
    stored = next(one for one in manifest["tables"] if one["name"] == table)
    changed = [row for row in map(change, rows_in(path, table)) if row is not None]
    text = "".join(_line([row[name] for name in stored["columns"]]) for row in changed).encode()
    stored |= {"rows": len(changed), "sha256": sha256(text).hexdigest()}
    return rewritten(path, {f"tables/{table}.jsonl": text, "manifest.json": json.dumps(manifest).encode()})


def _line(row: list[Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def with_manifest(path: Path, **values: Any) -> Path:
    return rewritten(path, {"manifest.json": json.dumps({**manifest_of(path), **values}).encode()})


def rewritten(path: Path, parts: dict[str, bytes | None]) -> Path:
    """The same file with other parts; None leaves one out."""
    target = path.with_name(f"other-{path.name}")
    with ZipFile(path) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist() + [name for name in parts if name not in old.namelist()]:
            part = parts[name] if name in parts else old.read(name)
            if part is not None:
                new.writestr(name, part)
    return target
