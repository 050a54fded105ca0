"""How far a phone has read, signed, so that it can neither be edited nor used by another replica.

A cursor is a list of lanes. The first lane is the main one: all streams that are read in step, and the
phone's own settled entries. A stream that became readable later starts a lane of its own at 0 and joins
the main lane once both stand at the head. Every position carries the random tag its number was given,
and so does the head the phone had heard of, because after a restored backup the same numbers come
again with other contents.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import zlib
from dataclasses import dataclass, field

import msgspec
from django.conf import settings

from core.errors import Problem
from sync.errors import BAD_CURSOR


class Place(msgspec.Struct, array_like=True, frozen=True):
    """A number and the tag it was given. Number 0, before everything, has no tag."""

    seq: int = 0
    tag: str = ""


class Lane(msgspec.Struct, array_like=True):
    """Streams that are read in step, how far, and the head when this reading began.

    What was removed before it began was never handed out, so only later removals must still be known. The position
    alone would not do: a first sync passes through old numbers, and would be told to start anew for ever.
    """

    at: Place
    streams: list[str]
    began: int = 0

    def knows_removals_to(self) -> int:
        return max(self.at.seq, self.began)


class _Signed(msgspec.Struct, array_like=True):
    epoch: str
    replica: str
    lanes: list[Lane]
    head: Place


@dataclass
class Cursor:
    epoch: str
    replica: str
    lanes: list[Lane]
    head: Place = field(default_factory=Place)

    def places(self) -> list[Place]:
        """Every position that must belong to today's history."""
        return [place for place in (*(lane.at for lane in self.lanes), self.head) if place.seq]

    def streams(self) -> set[str]:
        return {name for lane in self.lanes for name in lane.streams}


def sign(cursor: Cursor) -> str:
    body = zlib.compress(msgspec.json.encode(_Signed(cursor.epoch, cursor.replica, cursor.lanes, cursor.head)))
    return base64.urlsafe_b64encode(_mac(body) + body).decode()


def read(text: str, replica_key: str) -> Cursor:
    """The cursor in this text. Raises bad_cursor when it was edited, or given to another replica."""
    try:
        raw = base64.urlsafe_b64decode(text.encode())
        mac, body = raw[:16], raw[16:]
        # Decoding overlooks what is no letter of base64, and whatever follows its end.
        is_as_signed = base64.urlsafe_b64encode(raw).decode() == text
        if not is_as_signed or not hmac.compare_digest(mac, _mac(body)):
            raise Problem(BAD_CURSOR)
        found = msgspec.json.decode(zlib.decompress(body), type=_Signed)
    except (ValueError, zlib.error, msgspec.DecodeError, UnicodeEncodeError):
        raise Problem(BAD_CURSOR) from None
    if found.replica != replica_key:
        raise Problem(BAD_CURSOR)
    return Cursor(found.epoch, found.replica, found.lanes, found.head)


def _mac(body: bytes) -> bytes:
    key = hashlib.sha256(b"sync.cursor" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, body, hashlib.sha256).digest()[:16]
