"""The messages a phone sends: form only. A message is judged here, an entry never is."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from rest_framework.exceptions import ValidationError

from core import api, errors, inputs
from core.errors import Problem
from sync import limits
from sync.errors import BAD_ENCODING, BAD_ENVELOPE, PROTO_UNSUPPORTED, TOO_DEEP, TOO_LARGE

APP = "/"  # where the newest app is to be had: it updates itself when that page is opened
_MOST_NUMBER = 2**53  # what a JavaScript number holds exactly


Message = TypeVar("Message", bound=msgspec.Struct)


class Pending(msgspec.Struct):
    count: int = msgspec.field(default=0)
    max_n: int = msgspec.field(default=0)


class Lost(msgspec.Struct):
    """What a phone remembers of a database that is gone: how much it had written, and how much had arrived."""

    written: int = msgspec.field(default=0)
    received: int = msgspec.field(default=0)


class Digests(msgspec.Struct):
    """What a phone at the head holds: of each stream how many rows, and the XOR of their versions."""

    cursor: str
    streams: dict[str, tuple[int, str]]


class Hello(msgspec.Struct):
    proto: int
    org: UUID
    replica: str
    app: str = ""
    pending: Pending = msgspec.field(default_factory=Pending)
    digests: Digests | None = None
    lost: Lost = msgspec.field(default_factory=Lost)


class Push(msgspec.Struct):
    proto: int
    org: UUID
    replica: str
    first_n: int
    entries: list[str]
    sent_at: str | None = None


class Pull(msgspec.Struct):
    org: UUID
    replica: str
    cursor: str | None = None
    max_bytes: int = limits.MAX_PAGE_BYTES
    refetch: list[str] = msgspec.field(default_factory=list)


def read(body: bytes, message: type[Message]) -> Message:
    """The message in the body. Raises bad_encoding, bad_json, too_deep, bad_envelope or proto_unsupported."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Problem(BAD_ENCODING) from None
    found = api.load_json(text)
    if not isinstance(found, dict):
        raise Problem(errors.BAD_JSON, offset=0)
    _check_depth(found)
    if "proto" in found and found["proto"] != limits.PROTO:
        raise Problem(PROTO_UNSUPPORTED, proto=limits.PROTO, link=APP)
    try:
        return msgspec.convert(found, message)
    except msgspec.ValidationError as error:
        raise Problem(BAD_ENVELOPE, field=_field_of(str(error))) from None


def _check_depth(found: Any) -> None:
    """Level by level, without recursion: a message is flat, so the loop ends after a few rounds."""
    level, depth = [found], 0
    while level:
        depth += 1
        if depth > limits.MAX_DEPTH:
            raise Problem(TOO_DEEP, most=limits.MAX_DEPTH)
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                inner.extend(v for v in value.values() if isinstance(v, dict | list))
            else:
                inner.extend(v for v in value if isinstance(v, dict | list))
        level = inner


def _field_of(message: str) -> str:
    """msgspec names the place as `$.first_n` or `$.entries[0]`, or the missing field in backquotes."""
    if "`$." in message:
        return message.rsplit("`$.", 1)[1].rstrip("`").partition("[")[0]
    parts = message.split("`")
    return parts[1] if len(parts) > 1 else ""


def check_push(push: Push) -> None:
    """Ranges and sizes of a push. Raises bad_envelope or too_large."""
    check_replica_key(push.replica)
    if not 1 <= push.first_n < _MOST_NUMBER:
        raise Problem(BAD_ENVELOPE, field="first_n")
    sizes = [len(entry.encode("utf-8", "surrogatepass")) for entry in push.entries]
    is_large = len(sizes) > limits.MAX_ENTRIES or sum(sizes) > limits.MAX_BYTES
    if is_large or max(sizes, default=0) > limits.MAX_ENTRY_BYTES:
        raise Problem(TOO_LARGE, limits=limits.as_json())


def check_pull(pull: Pull) -> None:
    check_replica_key(pull.replica)
    if not 1 <= pull.max_bytes < _MOST_NUMBER:
        raise Problem(BAD_ENVELOPE, field="max_bytes")


def check_hello(hello: Hello) -> None:
    check_replica_key(hello.replica)
    for name in ("count", "max_n"):
        if not 0 <= getattr(hello.pending, name) < 2**31:
            raise Problem(BAD_ENVELOPE, field=f"pending.{name}")
    if not 0 <= hello.lost.received <= hello.lost.written < 2**31:
        raise Problem(BAD_ENVELOPE, field="lost")
    try:
        inputs.clean_text(hello.app, is_name=True)
    except ValidationError:
        raise Problem(BAD_ENVELOPE, field="app") from None


def check_replica_key(key: str) -> None:
    if len(key) != 32 or not set(key) <= set("0123456789abcdef"):
        raise Problem(BAD_ENVELOPE, field="replica")


def sent_at(push: Push) -> datetime | None:
    """When the phone's clock says it sent this; None when it says nothing that can be read."""
    try:
        return inputs.read_moment(push.sent_at)
    except ValidationError:
        return None
