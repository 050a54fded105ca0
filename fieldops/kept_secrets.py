"""Secrets that an installation makes for itself, and keeps in its data folder."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def kept_secret(path: Path, size: int) -> str:
    """The secret in this file, made of ``size`` random bytes the first time; its owner's alone to read."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _keep_new(path, size)
    return path.read_text(encoding="ascii").strip()


def _keep_new(path: Path, size: int) -> None:
    """Written aside, then named: of several processes that start together each reads a whole one, and the same."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # nobody else may read it
    aside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(size))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(aside)
    finally:
        aside.unlink()
