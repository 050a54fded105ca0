"""Why something about notifications was refused."""

from core.errors import Code

UNKNOWN_EVENT = Code("unknown_event", 400, "There is no such event.")
