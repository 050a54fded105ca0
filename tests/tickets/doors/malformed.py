"""What both doors refuse about tickets for its form."""

from __future__ import annotations

from typing import Any

from tests.both_doors import NO_IDS, NO_TEXTS, NOT_CHOICES, NOT_TEXT, slipped_in
from tests.tickets.doors.room import ROOM, wrong

ABOUT = ("site", "asset", "product", "contact", "category", "part_of")
IDS = [
    *[("ticket.open", name) for name in ("customer", "visit", "assignee", "again", *ABOUT)],
    *[("ticket.change", name) for name in (*ABOUT, "cause_chip", "fix_chip")],
    ("ticket.assign", "assignee"),
    ("ticket.solve", "cause_chip"),
    ("ticket.solve", "fix_chip"),
    ("ticket.solve", "visit"),
    ("ticket.close", "cause"),
    ("ticket.close", "chip"),
    ("ticket.link", "other"),
    ("ticket.unlink", "other"),
    ("ticket.again", "cause"),
    ("ticket.review", "step"),
    ("message.write", "ticket"),
    ("help.ask", "ticket"),
    ("help.ask", "engineer"),
    ("cause.settle", "chip"),
    ("cause.change", "chip"),
]
NEW_IDS = [("ticket.open", "ticket"), ("message.write", "message"), ("help.ask", "help")]
NEEDED = [
    ("ticket.open", "customer"),
    ("ticket.open", "text"),
    ("ticket.assign", "assignee"),
    ("ticket.wait", "waits_for"),
    ("ticket.close", "cause"),
    ("ticket.link", "other"),
    ("ticket.unlink", "other"),
    ("ticket.again", "cause"),
    ("ticket.review", "step"),
    ("ticket.review", "review"),
    ("message.write", "ticket"),
    ("message.write", "audience"),
    ("message.write", "text"),
    ("help.ask", "ticket"),
    ("help.ask", "engineer"),
    ("help.ask", "text"),
    ("help.answer", "answer"),
]
MAY_BE_NOTHING = [("ticket.assign", "assignee")]
TEXTS = [
    ("ticket.open", "text", 4000),
    ("ticket.change", "text", 4000),
    ("ticket.change", "resolution", 4000),
    ("ticket.assign", "note", 500),
    ("ticket.wait", "note", 500),
    ("ticket.resume", "note", 500),
    ("ticket.solve", "resolution", 4000),
    ("ticket.reopen", "note", 500),
    ("ticket.close", "text", 4000),
    ("ticket.close", "countermeasure", 4000),
    ("message.write", "text", 4000),
    ("help.ask", "text", 1000),
    ("help.answer", "answer", 4000),
    ("cause.settle", "text", 4000),
    ("cause.settle", "countermeasure", 4000),
    ("cause.change", "text", 4000),
    ("cause.change", "countermeasure", 4000),
]
NOT_EMPTY = [
    ("ticket.open", "text"),
    ("ticket.change", "text"),
    ("message.write", "text"),
    ("help.ask", "text"),
    ("help.answer", "answer"),
]
CHOICES = [
    ("ticket.open", "severity"),
    ("ticket.change", "severity"),
    ("ticket.wait", "waits_for"),
    ("ticket.review", "review"),
    ("message.write", "audience"),
]
YES_OR_NO = [("ticket.solve", "is_solved_on_visit"), ("ticket.close", "is_finding")]
DAYS = [("ticket.close", "watch_until"), ("cause.settle", "watch_until")]
NO_DAYS: tuple[Any, ...] = (
    "2027-02-30",
    "2027-2-1",
    "20270201",
    "2027-W05-1",
    "2027-02-01T00:00:00Z",
    "soon",
    "",
    20270201,
    True,
    [],
)
NOT_YES_OR_NO: tuple[Any, ...] = ("yes", "true", 1, [])
# A verb that names a ticket and nothing else takes nothing else.
NAMING = ("take", "withdraw", "watch", "unwatch", "acknowledge")

MALFORMED = [
    *[wrong(kind, name, value, "bad_id") for kind, name in [*IDS, *NEW_IDS] for value in NO_IDS],
    *[wrong(kind, name, ..., "field_required") for kind, name in [*NEW_IDS, *NEEDED]],
    *[
        wrong(kind, name, None, "field_required")
        for kind, name in [*NEW_IDS, *NEEDED]
        if (kind, name) not in MAY_BE_NOTHING
    ],
    *[wrong(kind, name, "a" * (most + 1), "too_long", max=most) for kind, name, most in TEXTS],
    *[wrong(kind, name, value, "bad_characters") for kind, name, _ in TEXTS for value in NO_TEXTS],
    *[wrong(kind, name, value, "field_type") for kind, name, _ in TEXTS for value in NOT_TEXT],
    *[wrong(kind, name, "", "field_required") for kind, name in NOT_EMPTY],
    *[wrong(kind, name, value, "choice") for kind, name in CHOICES for value in ("soon", "", "URGENT")],
    *[wrong(kind, name, value, "field_type") for kind, name in CHOICES for value in NOT_CHOICES],
    *[wrong(kind, name, value, "field_type") for kind, name in YES_OR_NO for value in NOT_YES_OR_NO],
    *[wrong(kind, name, value, "bad_date") for kind, name in DAYS for value in NO_DAYS],
    *[wrong(f"ticket.{verb}", "note", "Now", "field_not_allowed") for verb in NAMING],
    *slipped_in(ROOM),
]
