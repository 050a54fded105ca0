"""Working days in Seoul: Tuesday, 3 March 2026 and those after it. (The Monday stands in for a holiday on Sunday.)"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import time_machine

from core import clock
from core.ids import uuid7
from people.models import Member
from tests import factories as make
from tests.phone import Phone
from tickets import actions
from tickets.models import BusinessCalendar, SlaPolicy, Step, Ticket

SEOUL = ZoneInfo("Asia/Seoul")
NINE_TO_SIX = [(day, start, end) for day in range(5) for start, end in ((9 * 60, 12 * 60), (13 * 60, 18 * 60))]


def at(text: str) -> datetime:
    """``3 10:59`` is that minute of 3 March 2026 in Seoul; ``11-02 09:00`` of another month."""
    day, minute = text.split(" ")
    month, number = day.split("-") if "-" in day else ("3", day)
    return datetime.fromisoformat(f"2026-{int(month):02d}-{int(number):02d}T{minute}:00").replace(tzinfo=SEOUL)


@contextmanager
def it_is(text: str) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(at(text), tick=False) as traveller:
        yield traveller


def promise(by: Member, **values: Any) -> SlaPolicy:
    """Two business hours to resolve, unless something else is said; lunch from twelve to one does not count."""
    with make.writing(by) as unit:
        calendar = BusinessCalendar.objects.filter(name="Office").first() or actions.add_calendar(
            unit, id=uuid7(), name="Office", slots=NINE_TO_SIX, country="KR"
        )
        defaults: dict[str, Any] = {"resolution_minutes": 120, "pauses_on": ["customer", "parts"]}
        return actions.add_policy(unit, id=uuid7(), calendar=calendar.pk, **{**defaults, **values})


class Pocket:
    """A phone that may be without a signal, and whose clock may be wrong by some time."""

    def __init__(self, member: Member, *, fast: timedelta = timedelta(0)) -> None:
        self.phone = Phone(member)
        self.fast = fast

    def say(self, kind: str, when: str, **args: Any) -> str:
        """Written down at that time, by the phone's own clock; sent with the next signal."""
        return self.phone.write(kind, at=at(when) + self.fast, **args)

    def sync(self, when: str) -> None:
        with it_is(when):
            sent_at = clock.to_text(clock.now() + self.fast)
            first = self.phone.received_n + 1
            message = {**self.phone.pushing(first, 50), "sent_at": sent_at}
            status, answer = self.phone.send("push", message)
            assert status == 200, answer
            self.phone.received_n = answer["received_n"]
            self.phone.drain()
            self.phone.pull()

    def state_of(self, entry: str) -> tuple[str, str | None]:
        answer = self.phone.settled[entry]
        return answer["state"], answer["code"]


def ticket_of(id: UUID) -> Ticket:
    return Ticket.objects.get(pk=id)


def steps_of(id: UUID) -> list[Step]:
    return list(Step.objects.filter(ticket=id).order_by("number"))
