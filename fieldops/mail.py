"""Mails of an installation without a mail server: one file, which `manage.py up` shows on its console."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.core.mail.backends import console


class EmailBackend(console.EmailBackend):
    """Appends every mail to ``MAIL_FILE``."""

    stream: TextIO

    def open(self) -> bool:
        self.stream = Path(settings.MAIL_FILE).open("a", encoding="utf-8")  # noqa: SIM115  (``close`` follows each sending)
        return True

    def close(self) -> None:
        self.stream.close()


class Reader:
    """What was written to a file since the last look, line by line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = 0

    def new_lines(self) -> Iterator[str]:
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            file.seek(self._seen)
            for line in file:
                if not line.endswith(b"\n"):
                    return  # still being written
                self._seen += len(line)
                yield line.decode("utf-8", "replace").rstrip()
