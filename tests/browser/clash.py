"""Two phones that edit the same field, neither having seen what the other wrote."""

from __future__ import annotations

from typing import Any

from fieldops.installation import wait_until
from tests.http_door import HttpPhone

SETTLED_WITHIN_S = 30


def clash(first: HttpPhone, late: HttpPhone, shape: str, row: str, /, **values: tuple[Any, Any]) -> str:
    """For each field what the first phone and the late one write. Returns the id of the newest conflict."""
    phones = (first, late)
    for phone in phones:
        phone.pull()
    for at, phone in enumerate(phones):
        edit(phone, shape, row, **{name: pair[at] for name, pair in values.items()})
    for phone in phones:
        send(phone)
    return max(str(one["id"]) for one in late.all("conflict") if one["row"] == row)


def edit(by: HttpPhone, shape: str, row: str, /, **values: Any) -> str:
    """Writes an edit of what this phone holds, and sends nothing."""
    held = by.holds(shape, row)
    assert held is not None
    said: dict[str, Any] = {"seen": {name: held[name] for name in values}, shape: row, **values}
    return by.write(f"{shape}.change", **said)


def send(phone: HttpPhone) -> None:
    """Everything out, and everything in that the workers made of it."""
    phone.push()
    assert wait_until(lambda: phone.unsettled == 0, SETTLED_WITHIN_S, meanwhile=phone.pull)
