"""manage.py restore FILE: puts a backup back, in place of everything in the database."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from fieldops import installation
from fieldops.backups import archive, restoring
from fieldops.backups.archive import Damaged, Manifest, Unknown
from fieldops.backups.making import Refused

PATIENCE_SECONDS = 3.0  # who has just been stopped may need a moment to be gone


class Command(BaseCommand):
    help = "Replaces everything in the database by a backup, proves it, and keeps out whoever was shut out since."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="replace what is in the database")

    def handle(self, *args: Any, **options: Any) -> None:
        began, path = time.monotonic(), options["file"]
        data = Path(settings.DATA_DIR)
        data.mkdir(parents=True, exist_ok=True)
        restoring.use_own_name()
        with _alone(), installation.only_one(data, lambda: None, PATIENCE_SECONDS) as lock:
            if lock is None:
                raise CommandError(f"FieldOps is running on {data}: stop it first.")
            try:
                self._restore(path, options["yes"])
            except (Damaged, Unknown) as reason:
                raise CommandError(f"{path} is not a whole backup. {reason}") from None
            except restoring.NotProven as reason:
                raise CommandError(f"Nothing was changed, because this would not be true:\n{reason}") from None
            except (Refused, OSError) as reason:
                raise CommandError(str(reason)) from None
            except Error as error:
                raise CommandError(
                    f"Nothing was changed, the database cannot be used: {restoring.first_line(error)}."
                ) from None
        self.stdout.write(f"Restored in {time.monotonic() - began:.1f} s.")

    def _restore(self, path: Path, is_sure: bool) -> None:
        manifest = archive.whole(path)
        restoring.migrations_of(manifest)
        self._require_room(manifest, is_sure)
        with archive.opened(path) as backup:
            restoring.restore(backup, self.stdout.write)
        self.stdout.write("Everybody signs in again. Phones send again what the backup does not hold.")

    def _require_room(self, manifest: Manifest, is_sure: bool) -> None:
        if (others := restoring.who_is_at_work(PATIENCE_SECONDS)) is not None:
            raise Refused(f"FieldOps is running: {others} at work in this database. Stop it first.")
        self.stdout.write(f"The backup: {manifest}.")
        held = restoring.names_held()
        if held and not is_sure:
            raise Refused(f"The database holds {', '.join(held)}. Say --yes to replace everything in it.")


@contextmanager
def _alone() -> Iterator[None]:
    """What is made here, a new database too, is for this user's eyes. Nobody hears news, and Redis may be stopped."""
    news = logging.getLogger("sync.redis")
    mask, level = os.umask(0o077), news.level
    news.setLevel(logging.ERROR)
    try:
        yield
    finally:
        os.umask(mask)
        news.setLevel(level)
