"""Reading one entry: what a phone wrote, as something an action can be called with."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from rest_framework.exceptions import ValidationError

from core import api, inputs
from core.errors import BAD_DATE, Problem
from sync.errors import BAD_ENTRY, SCHEMA_AHEAD, SCHEMA_UNKNOWN, UNKNOWN_KIND
from sync.registry import Kind, registry

logger = logging.getLogger(__name__)

MOST_AFTER = 50
_ID = re.compile(r'"id"\s*:\s*"([0-9a-fA-F-]{36})"')


@dataclass(frozen=True)
class Entry:
    id: UUID
    kind: Kind
    at: datetime
    args: dict[str, Any]
    after: tuple[UUID, ...] = ()
    supersedes: UUID | None = None
    seen: dict[str, Any] | None = None

    def find_row(self) -> UUID | None:
        """The id of the row that it is about, as far as its kind tells; some kinds look it up."""
        named = row_of(self.kind.name, self.args)
        return named if named is None or self.kind.row is None else self.kind.row(named)


def read(body: bytes) -> Entry:
    """The entry in these bytes, in today's words; arguments stay unjudged.

    Raises bad_entry, bad_date, unknown_kind, schema_ahead or schema_unknown.
    """
    try:
        found = api.load_json(body.decode())
        id, at = inputs.Id().to_internal_value(found["id"]), _moment(found["at"])
        name, version, args = found["kind"], found["v"], found["args"]
        after = tuple(inputs.Id().to_internal_value(other) for other in found.get("after", ()))
        supersedes = found.get("supersedes")
        superseded = None if supersedes is None else inputs.Id().to_internal_value(supersedes)
        seen = found.get("from")
    except (Problem, ValidationError, UnicodeDecodeError, KeyError, TypeError, AttributeError):
        raise Problem(BAD_ENTRY) from None
    if at is None:
        raise Problem(BAD_DATE, field="at")
    if not isinstance(name, str) or not isinstance(version, int) or len(after) > MOST_AFTER:
        raise Problem(BAD_ENTRY)
    if seen is not None and not isinstance(seen, dict):
        raise Problem(BAD_ENTRY)
    kind = registry.kinds.get(name)
    if kind is None:
        raise Problem(UNKNOWN_KIND, kind=inputs.shown(name))
    if version > kind.version:
        raise Problem(SCHEMA_AHEAD, v=version)
    args, seen = _converted(kind, version, args, seen)
    return Entry(id, kind, at, args, after, superseded, seen)


def _converted(kind: Kind, version: int, args: Any, seen: dict[str, Any] | None) -> tuple[Any, dict[str, Any] | None]:
    """Arguments that are no object are left to the form, which refuses them."""
    if version == kind.version or not isinstance(args, dict):
        return args, seen
    try:
        return kind.in_todays_words(version, (args, seen))
    except KeyError:
        logger.exception("an entry %s of version %s, which was never shipped", kind.name, version)
        raise Problem(SCHEMA_UNKNOWN, v=version) from None


def _moment(said: Any) -> datetime | None:
    """None when it is a text and no moment of the calendar with its zone; whatever is no text is no entry's."""
    if not isinstance(said, str):
        raise TypeError("a moment is told as a text")
    try:
        return inputs.read_moment(said)
    except ValidationError:
        return None


def id_in(body: bytes) -> UUID | None:
    """The entry's id even where the rest cannot be read, so that the answer names it."""
    found = _ID.search(body.decode("utf-8", "replace"))
    try:
        return UUID(found[1]) if found else None
    except ValueError:
        return None


def row_in(body: bytes) -> UUID | None:
    """The row it is about even where this server does not know the kind or cannot read the rest."""
    try:
        found = api.load_json(body.decode("utf-8", "replace"))
        return row_of(found["kind"], found["args"])
    except (Problem, KeyError, TypeError):
        return None


def row_of(kind: Any, args: Any) -> UUID | None:
    """The row that a kind is named after, where the arguments name one: ``lamp`` of ``lamp.switch``."""
    named = args.get(kind.split(".")[0]) if isinstance(kind, str) and isinstance(args, dict) else None
    try:
        return inputs.Id().to_internal_value(named)
    except ValidationError:
        return None
