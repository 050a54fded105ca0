"""Phones that have not been heard of for long, although work waits on them."""

from __future__ import annotations

from tests.browser.stuck import phone_of
from tests.http_door import HttpPhone
from tests.server import Server


def number_of(server: Server, replica: str) -> int:
    """The number under which the console speaks of a phone."""
    return int(server.python(f"from sync.models import Replica\nprint(Replica.everywhere.get(key={replica!r}).pk)"))


def silent_phone(server: Server, login: tuple[str, str], hours: int) -> HttpPhone:
    """It said that work waits on it, and no more; its clock is 25 minutes fast."""
    phone = phone_of(server, login)
    phone.write("comment.add", comment=phone.key, visit=phone.key, text="Never sent")
    phone.hello()
    server.python(
        "from core import clock\nfrom sync.models import Replica\n"
        f"Replica.everywhere.filter(key={phone.key!r})"
        f".update(last_contact_at=clock.hours_ago({hours}), skew_ms=-1500000)"
    )
    return phone
