"""manage.py backup FILE: everything of the database in one file, while the app goes on working."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from fieldops.backups import archive, making
from fieldops.backups.archive import Damaged, Unknown


class Command(BaseCommand):
    help = "Writes everything of the database to a file that manage.py restore puts back, also into another database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--check", action="store_true", help="only read a backup from end to end; needs no database"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began, path = time.monotonic(), options["file"]
        try:
            manifest = archive.whole(path) if options["check"] else making.back_up(path, self.stdout.write)
        except (Damaged, Unknown) as reason:
            raise CommandError(f"{path} is not a whole backup. {reason}") from None
        except (making.Refused, OSError) as reason:
            raise CommandError(str(reason)) from None
        except Error as error:
            raise CommandError(f"The database cannot be read: {error}") from None
        verb = "Whole" if options["check"] else "Backed up"
        self.stdout.write(f"{verb}: {manifest}.")
        self.stdout.write(f"{path}: {path.stat().st_size / 1e6:,.1f} MB in {time.monotonic() - began:.1f} s.")
