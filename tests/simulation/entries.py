"""What a phone writes, in the contract's form: ids, entry texts and the chain over them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import Any, NamedTuple

import orjson

Json = dict[str, Any]
Fields = dict[str, Any]
Key = tuple[str, str]  # shape and row id

NO_CHAIN = bytes(32)
FINAL = frozenset({"applied", "conflict", "duplicate", "superseded", "discarded"})
HAD_EFFECT = frozenset({"applied", "conflict"})
WITHOUT_EFFECT = frozenset({"duplicate", "superseded", "discarded"})
PARKED = "parked"


class Entry(NamedTuple):
    """One entry as the phone keeps it. ``text`` is what travels, ``chain`` the hash up to and with it."""

    id: str
    kind: str
    args: Json  # in the words of the first version, whichever the text speaks
    after: tuple[str, ...]
    supersedes: str | None
    seen: Json | None  # of an edit: what its writer saw
    rows: tuple[Key, ...]  # what it is about, the row that shows its effect first
    text: str
    chain: bytes


def chain_after(chain: bytes, text: str) -> bytes:
    """chain(n) = SHA-256(chain(n-1) || SHA-256(entry text))."""
    return sha256(chain + sha256(text.encode()).digest()).digest()


def write_text(
    id: str,
    kind: str,
    v: int,
    args: Json,
    minute: int,
    after: Sequence[str],
    supersedes: str | None,
    seen: Json | None,
) -> str:
    """The entry as text, in the contract's order of keys; keys without a value are left out."""
    hour, minutes = divmod(minute % 1440, 60)
    entry: Json = {
        "id": id,
        "kind": kind,
        "v": v,
        "at": f"2026-11-24T{hour:02}:{minutes:02}:00.000+09:00",
        "tz": "Asia/Seoul",
        "mono": minute * 60_000,
        "args": args,
    }
    if after:
        entry["after"] = list(after)
    if supersedes is not None:
        entry["supersedes"] = supersedes
    if seen is not None:
        entry["from"] = seen
    return orjson.dumps(entry).decode()


def uuid7(random: Random, milliseconds: int) -> str:
    """A UUIDv7 from a seeded generator, so that a history replays with the same ids."""
    bits = random.getrandbits(74)
    tail = (0x2 << 62) | (bits & ((1 << 62) - 1))
    text = f"{milliseconds:012x}7{bits >> 62:03x}{tail:016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def hex64(random: Random) -> str:
    """The form of tags and row versions."""
    return f"{random.getrandbits(64):016x}"


def hex128(random: Random) -> str:
    """The form of replica ids."""
    return f"{random.getrandbits(128):032x}"
