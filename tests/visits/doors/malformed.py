"""What both doors refuse about visits for its form."""

from __future__ import annotations

from typing import Any

from tests.both_doors import (
    NO_CLOCK_TIMES,
    NO_IDS,
    NO_TEXTS,
    NOT_CHOICES,
    NOT_NUMBERS,
    NOT_ROWS,
    NOT_TEXT,
    slipped_in,
)
from tests.visits.doors.room import FIX, ROOM, STEP, inside, wrong

MINUTES = {"min": 1, "max": 1440}
IDS = [
    *[(kind, "customer") for kind in ("visit.plan", "visit.arrive", "visit.log", "commitment.make")],
    *[(kind, "site") for kind in ("visit.plan", "visit.arrive", "visit.log")],
    *[(kind, "contact") for kind in ("visit.plan", "visit.log", "visit.amend")],
    ("visit.log", "product"),
    ("visit.amend", "product"),
    ("commitment.make", "visit"),
    ("comment.add", "visit"),
]
NEW_IDS = [("visit.plan", "visit"), ("commitment.make", "commitment"), ("comment.add", "comment")]
TEXTS = [
    ("visit.plan", "plan_note", 500),
    ("visit.log", "note", 4000),
    ("visit.amend", "note", 4000),
    ("visit.amend", "reason", 500),
    ("visit.withdraw", "reason", 500),
    ("commitment.make", "text", 500),
    ("commitment.keep", "note", 500),
    ("commitment.move", "reason", 500),
    ("comment.add", "text", 2000),
]
DAYS = [("visit.plan", "planned_for"), ("commitment.make", "due_on"), ("commitment.move", "due_on")]
CHOICES = [
    ("visit.plan", "channel"),
    ("visit.arrive", "channel"),
    ("visit.log", "channel"),
    ("visit.log", "outcome"),
    ("visit.amend", "outcome"),
    ("commitment.make", "step"),
]
NO_DAYS: tuple[Any, ...] = (
    "2024-02-30",
    "2026-1-1",
    "2026-W49-2",
    "20261201",
    "tomorrow",
    "2026-12-01T09:00",
    "0000-01-01",
    20261201,
)

MALFORMED = [
    *[wrong(kind, name, value, "bad_id") for kind, name in [*IDS, *NEW_IDS] for value in NO_IDS],
    *[wrong(kind, name, ..., "field_required") for kind, name in NEW_IDS],
    *[wrong(kind, name, None, "field_required") for kind, name in [*NEW_IDS, ("visit.plan", "customer")]],
    *[
        wrong(kind, name, ..., "field_required")
        for kind, name in [
            ("visit.plan", "customer"),
            ("visit.plan", "planned_for"),
            ("visit.arrive", "customer"),
            ("visit.log", "customer"),
            ("visit.log", "outcome"),
            ("commitment.make", "customer"),
            ("commitment.make", "step"),
            ("commitment.make", "due_on"),
            ("commitment.move", "due_on"),
            ("comment.add", "visit"),
            ("comment.add", "text"),
        ]
    ],
    *[wrong(kind, name, "a" * (most + 1), "too_long", max=most) for kind, name, most in TEXTS],
    *[wrong(kind, name, value, "bad_characters") for kind, name, _ in TEXTS for value in NO_TEXTS],
    *[wrong(kind, name, value, "field_type") for kind, name, _ in TEXTS for value in NOT_TEXT],
    wrong("comment.add", "text", "", "field_required"),
    *[wrong(kind, name, value, "bad_date") for kind, name in DAYS for value in NO_DAYS],
    *[wrong("visit.plan", "planned_time", value, "bad_date") for value in NO_CLOCK_TIMES],
    *[wrong(kind, name, value, "choice") for kind, name in CHOICES for value in ("won", "", "VISIT")],
    *[wrong(kind, name, value, "field_type") for kind, name in CHOICES for value in NOT_CHOICES],
    *[
        wrong(kind, "minutes", value, "out_of_range", **MINUTES)
        for kind in ("visit.log", "visit.amend")
        for value in (0, -1, 1441, 10**12, 0.3333, 10**30)
    ],
    *[wrong(kind, "minutes", value, "field_type") for kind in ("visit.log", "visit.amend") for value in NOT_NUMBERS],
    *slipped_in(ROOM),
    # What is nested is as strict as what is not.
    *[wrong("visit.arrive", "position", value, "field_type") for value in NOT_ROWS],
    *[wrong("visit.log", "next_step", value, "field_type") for value in NOT_ROWS],
    *[
        inside("visit.arrive", "position", {**FIX, name: value}, name, "field_type")
        for name in FIX
        for value in NOT_NUMBERS
    ],
    *[
        inside(
            "visit.arrive",
            "position",
            {key: value for key, value in FIX.items() if key != name},
            name,
            "field_required",
        )
        for name in FIX
    ],
    inside("visit.arrive", "position", {**FIX, "altitude": 30}, "altitude", "field_not_allowed"),
    inside("visit.arrive", "position", {**FIX, "latitude": 10**400}, "latitude", "out_of_range", min=None, max=None),
    inside("visit.log", "next_step", {**STEP, "member": "$ben"}, "member", "field_not_allowed"),
    inside("visit.log", "next_step", {**STEP, "step": "dance"}, "step", "choice"),
    inside("visit.log", "next_step", {**STEP, "due_on": "2024-02-30"}, "due_on", "bad_date"),
    inside("visit.log", "next_step", {**STEP, "commitment": "12"}, "commitment", "bad_id"),
    inside("visit.log", "next_step", {**STEP, "text": "a" * 501}, "text", "too_long", max=500),
    inside("visit.log", "next_step", {"step": "quote", "due_on": "2026-12-01"}, "commitment", "field_required"),
]
