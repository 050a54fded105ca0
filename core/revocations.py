"""Who was shut out, written down beside the database: a restored backup must not bring them back to life.

Every act is a line of its own, appended once its transaction is committed, and never changed. The newest word about
somebody counts. ``manage.py restore`` reads the list; nothing else does.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction

from core import clock

PHONE, MEMBER = "phone", "member"


class Word(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody is out, or in again. Ids only: whoever is erased from the database is not named here either."""

    noun: str
    organization: UUID
    id: str
    is_out: bool
    member: UUID | None = None  # whose phone it is
    at: str = ""

    @property
    def about(self) -> tuple[str, UUID, str]:
        return self.noun, self.organization, self.id


def note(word: Word) -> None:
    """Appends it on commit. What was rolled back never happened."""
    line = msgspec.json.encode(msgspec.structs.replace(word, at=clock.to_text(clock.now())))
    transaction.on_commit(partial(_append, line), robust=True)


def newest() -> dict[tuple[str, UUID, str], Word]:
    """The newest word about each. A line that was cut off by a power failure says nothing."""
    found: dict[tuple[str, UUID, str], Word] = {}
    place = path()
    for line in place.read_bytes().splitlines() if place.exists() else ():
        try:
            word = msgspec.json.decode(line, type=Word)
        except msgspec.DecodeError:
            continue
        found[word.about] = word
    return found


def path() -> Path:
    return Path(settings.DATA_DIR) / "revocations.jsonl"


def _append(line: bytes) -> None:
    """In one write, so that processes do not mix their lines; after a line break, in case the last one was cut off."""
    place = path()
    place.parent.mkdir(parents=True, exist_ok=True)
    opened = os.open(place, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        os.write(opened, b"\n" + line)
        os.fsync(opened)
    finally:
        os.close(opened)
