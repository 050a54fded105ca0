"""The one error type. Each room lists its codes once, in its own errors.py.

The REST door turns a Problem into ``application/problem+json`` (RFC 9457), the drain turns the
same code into a parked entry, and the phone turns the code into a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Code:
    """A stable machine code, its HTTP status, and a sentence for whoever reads a log or a raw answer."""

    name: str
    status: int
    message: str


class Problem(Exception):
    """A rule said no. ``params`` are what a sentence about it needs, never text for people."""

    def __init__(self, code: Code, **params: Any) -> None:
        super().__init__(code.message)
        self.code = code
        self.params = params


# Codes that several rooms use.
AUTH_REQUIRED = Code("auth_required", 401, "Sign in first.")
CSRF_STALE = Code("csrf_stale", 403, "The page's token is out of date; fetch a new one.")
DEVICE_REVOKED = Code("device_revoked", 403, "This phone was revoked.")
NOT_PERMITTED = Code("not_permitted", 403, "This member may not do that.")
NOT_FOUND = Code("not_found", 404, "There is no such thing here.")
METHOD_NOT_ALLOWED = Code("method_not_allowed", 405, "This address does not take that method.")
ROW_DELETED = Code("row_deleted", 409, "It was deleted.")
ID_TAKEN = Code("id_taken", 409, "That id belongs to something else already.")
NOTHING_CHANGED = Code("nothing_changed", 400, "There is nothing in it to change.")
VERSION_REQUIRED = Code("version_required", 428, "Send If-Match with the version that was read.")
VERSION_STALE = Code("version_stale", 412, "Somebody else changed it meanwhile.")
TOO_LARGE = Code("too_large", 413, "The message is larger than the limits.")
UNSUPPORTED_TYPE = Code("unsupported_type", 415, "Send application/json.")
RATE_LIMITED = Code("rate_limited", 429, "Too many requests; wait a little.")
UNAVAILABLE = Code("storage_unavailable", 503, "The server cannot reach its storage; try again later.")
BROKEN = Code("broken", 500, "The server made a mistake. It has been noted.")

# Codes of form: what is wrong with one field of an input.
BAD_JSON = Code("bad_json", 400, "That is not JSON.")
FIELD_REQUIRED = Code("field_required", 400, "A field is missing.")
FIELD_NOT_ALLOWED = Code("field_not_allowed", 400, "That field cannot be set here.")
FIELD_TYPE = Code("field_type", 400, "A field has the wrong type.")
OUT_OF_RANGE = Code("out_of_range", 400, "A number is outside its range.")
CHOICE = Code("choice", 400, "That is not one of the choices.")
TOO_LONG = Code("too_long", 400, "A text is too long.")
BAD_CHARACTERS = Code("bad_characters", 400, "A text holds characters that cannot be stored.")
BAD_DATE = Code("bad_date", 400, "A date or time cannot be read, or has no time zone.")
BAD_ID = Code("bad_id", 400, "That is not an id.")
BAD_LOCATION = Code("bad_location", 400, "Those are not coordinates of a place.")
