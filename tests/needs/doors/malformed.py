"""What both doors refuse about needs for its form."""

from __future__ import annotations

from typing import Any

from tests.both_doors import NO_IDS, NO_TEXTS, NOT_CHOICES, NOT_NUMBERS, NOT_ROWS, NOT_TEXT, slipped_in
from tests.needs.doors.room import ROOM, inside, wrong

WHERE = ("customer", "site", "visit", "contact", "product")
IDS = [
    *[(kind, name) for kind in ("need.note", "voice.observe") for name in WHERE],
    ("need.note", "theme"),
    ("need.change", "theme"),
    ("need.change", "product"),
    ("need.hand_over", "owner"),
    ("need.confirm", "customer"),
    ("need.merge", "into"),
    ("voice.observe", "need"),
    ("voice.amend", "contact"),
    ("voice.amend", "product"),
    ("voice.place", "need"),
    ("question.ask", "need"),
    ("asking.answer", "asking"),
    ("asking.answer", "visit"),
    ("joining.ask", "visit"),
    ("joining.ask", "need"),
    ("reply.tell", "visit"),
    ("reply.answer", "contact"),
    ("reply.answer", "visit"),
]
NEW_IDS = [
    ("need.note", "need"),
    ("need.note", "voice"),
    ("voice.observe", "voice"),
    ("theme.add", "theme"),
    ("question.ask", "question"),
    ("asking.answer", "answer"),
    ("joining.ask", "joining"),
]
NEEDED = [
    ("need.note", "customer"),
    ("need.note", "text"),
    ("need.hand_over", "owner"),
    ("need.confirm", "customer"),
    ("need.decline", "reason"),
    ("need.merge", "into"),
    ("voice.observe", "customer"),
    ("voice.observe", "sign"),
    ("voice.place", "need"),
    ("theme.add", "name"),
    ("theme.rename", "name"),
    ("question.ask", "need"),
    ("question.ask", "text"),
    ("question.ask", "customers"),
    ("asking.answer", "asking"),
    ("asking.answer", "value"),
    ("joining.ask", "visit"),
    ("reply.edit", "text"),
    ("reply.answer", "value"),
]
MAY_BE_NOTHING = [("need.hand_over", "owner"), ("voice.place", "need")]
TEXTS = [
    ("need.note", "text", 4000),
    ("need.change", "memo", 4000),
    ("need.change", "answer", 4000),
    ("need.change", "customer_text", 1000),
    ("need.confirm", "note", 500),
    ("need.accept", "note", 500),
    ("need.decline", "reason", 500),
    ("need.decline", "customer_text", 1000),
    ("need.build", "note", 500),
    ("need.build", "customer_text", 1000),
    ("voice.observe", "text", 4000),
    ("voice.amend", "text", 4000),
    ("question.ask", "text", 500),
    ("asking.answer", "line", 500),
    ("joining.ask", "note", 500),
    ("joining.accept", "note", 500),
    ("joining.refuse", "note", 500),
    ("reply.edit", "text", 1000),
    ("reply.tell", "text", 1000),
    ("reply.answer", "line", 500),
]
NAMES = [("need.change", "title", 120), ("theme.add", "name", 80), ("theme.rename", "name", 80)]
NO_NAMES = ("a\x00b", "a\x07b", "a\ud800b")
CHOICES = [
    ("need.note", "how"),
    ("voice.observe", "sign"),
    ("voice.amend", "how"),
    ("asking.answer", "value"),
    ("reply.answer", "value"),
]
IMPORTANCE = {"min": 0, "max": 3}
ONE = {"asking": "$first", "customer": "$steel"}
NOT_LISTS: tuple[Any, ...] = ("here", 12, {})

MALFORMED = [
    *[wrong(kind, name, value, "bad_id") for kind, name in [*IDS, *NEW_IDS] for value in NO_IDS],
    *[wrong(kind, name, ..., "field_required") for kind, name in [*NEW_IDS, *NEEDED]],
    *[
        wrong(kind, name, None, "field_required")
        for kind, name in [*NEW_IDS, *NEEDED]
        if (kind, name) not in MAY_BE_NOTHING
    ],
    *[wrong(kind, name, "a" * (most + 1), "too_long", max=most) for kind, name, most in [*TEXTS, *NAMES]],
    *[wrong(kind, name, value, "bad_characters") for kind, name, _ in TEXTS for value in NO_TEXTS],
    *[wrong(kind, name, value, "bad_characters") for kind, name, _ in NAMES for value in NO_NAMES],
    *[wrong(kind, name, value, "field_type") for kind, name, _ in [*TEXTS, *NAMES] for value in NOT_TEXT],
    *[
        wrong(kind, name, "", "field_required")
        for kind, name in [
            ("need.note", "text"),
            ("need.change", "title"),
            ("need.decline", "reason"),
            ("theme.add", "name"),
            ("theme.rename", "name"),
            ("question.ask", "text"),
        ]
    ],
    *[wrong(kind, name, "   ", "field_required") for kind, name, _ in NAMES],
    *[wrong(kind, name, value, "choice") for kind, name in CHOICES for value in ("won", "", "SAID")],
    *[wrong(kind, name, value, "field_type") for kind, name in CHOICES for value in NOT_CHOICES],
    *[
        wrong(kind, "importance", value, "out_of_range", **IMPORTANCE)
        for kind in ("need.note", "voice.amend")
        for value in (-1, 4, 10**12, 0.5)
    ],
    *[wrong(kind, "importance", value, "field_type") for kind in ("need.note", "voice.amend") for value in NOT_NUMBERS],
    *slipped_in(ROOM),
    # What is nested is as strict as what is not.
    *[wrong("question.ask", "customers", value, "field_type") for value in NOT_LISTS],
    wrong("question.ask", "customers", [], "field_required"),
    wrong(
        "question.ask", "customers", [{"asking": f"${n}", "customer": "$steel"} for n in range(51)], "too_long", max=50
    ),
    wrong("question.ask", "customers", [ONE, {"asking": "$second", "customer": "$steel"}], "choice"),
    *[inside("question.ask", "customers", [value], "0", "field_type") for value in NOT_ROWS],
    inside("question.ask", "customers", [{"asking": "$first"}], "0.customer", "field_required"),
    inside("question.ask", "customers", [{"customer": "$steel"}], "0.asking", "field_required"),
    inside("question.ask", "customers", [{**ONE, "customer": "12"}], "0.customer", "bad_id"),
    inside("question.ask", "customers", [{**ONE, "asking": "12"}], "0.asking", "bad_id"),
    inside("question.ask", "customers", [{**ONE, "member": "$ben"}], "0.member", "field_not_allowed"),
]
