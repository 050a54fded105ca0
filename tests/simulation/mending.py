"""What somebody who answers for others makes of the arguments of a parked entry before applying it."""

from __future__ import annotations

from tests.simulation.entries import Json
from tests.simulation.merge import FREE, GUARDED

LABEL, PRICE = "mended", 9
_OTHER_STATE = {"on": "off", "off": "on"}


def mended(args: Json) -> Json:
    """The same arguments always become the same, so that the checks know what was applied."""
    found = dict(args)
    if "on" in args:
        found["on"] = not args["on"]
    if "state" in args:
        found["state"] = _OTHER_STATE[args["state"]]
    if FREE in args:
        found[FREE] = LABEL
    if GUARDED in args:
        found[GUARDED] = PRICE
    return found
