"""manage.py import_customers FILE: customers with their sites from a CSV file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import tenancy
from customers.importing import Report, UnreadableFile, import_file, read_columns
from people.models import Organization
from sync.changes import Actor

SHOWN = 20


class Command(BaseCommand):
    help = "Imports customers with one site each. The external id decides what is the same customer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organization", help="Its name or id; not needed when there is only one.")
        parser.add_argument("--columns", type=Path, help="A TOML table: our field = their column, or a list of them.")
        parser.add_argument("--report", type=Path, help="Writes what became of every line to this CSV file.")

    def handle(self, *args: Any, **options: Any) -> None:
        organization = find_organization(options["organization"])
        report = Report()
        try:
            content = options["file"].read_bytes()
            with tenancy.acting_in(organization.pk):
                columns = read_columns(options["columns"])
                for report in import_file(content, columns, Actor(None, "command")):
                    self._show_progress(len(report.lines))
            self._show(report)
            if options["report"]:
                _write(report, options["report"])
        except (OSError, UnreadableFile) as error:
            raise CommandError(str(error)) from None

    def _show_progress(self, done: int) -> None:
        if done % 2000 == 0:
            self.stdout.write(f"  {done} lines …")

    def _show(self, report: Report) -> None:
        counts = report.counts()
        parts = [f"{counts[name]} {name}" for name in ("created", "changed", "unchanged", "refused")]
        self.stdout.write(f"{len(report.lines)} lines: {', '.join(parts)}")
        refused = report.refused()
        for line in refused[:SHOWN]:
            self.stdout.write(f"  line {line.number} refused: {line.result.reason}")
        if len(refused) > SHOWN:
            self.stdout.write(f"  … and {len(refused) - SHOWN} more: --report FILE names them all")


def find_organization(wanted: str | None) -> Organization:
    """The organization by name or id, or the only one there is."""
    found = list(Organization.objects.all())
    if wanted:
        found = [one for one in found if wanted in {one.name, str(one.pk)}]
    if len(found) != 1:
        raise CommandError("Name the organization: --organization NAME. manage.py start_organization makes one.")
    return found[0]


def _write(report: Report, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "outcome", "fields", "reason"])
        for line in report.lines:
            writer.writerow([line.number, line.result.outcome, " ".join(line.result.fields), line.result.reason])
