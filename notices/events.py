"""What people are notified of. Higher rooms say what there is (``apps.py``); this room knows none of it by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models


class Mail(models.TextChoices):
    """When an event goes out by mail as well."""

    NONE = "none"
    AT_ONCE = "at_once"
    DIGEST = "digest"


@dataclass(frozen=True)
class Event:
    """``line`` says it in one line of a mail, in the language that is active; the phone has its own sentences."""

    name: str
    line: Callable[[dict[str, Any]], str]
    mail: Mail = Mail.DIGEST


_events: dict[str, Event] = {}


def add_events(events: Iterable[Event]) -> None:
    for event in events:
        if _events.setdefault(event.name, event) is not event:
            raise ValueError(f"event {event.name} is registered twice")


def event_named(name: str) -> Event:
    return _events[name]


def names() -> frozenset[str]:
    return frozenset(_events)
