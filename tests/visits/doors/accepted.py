"""What both doors accept about visits. (B35 is a number of the list of bad inputs.)"""

from __future__ import annotations

from typing import Any

from tests.visits.doors.room import FIX, STEP, yes

IMPOSSIBLE: list[tuple[str, Any, dict[str, float]]] = [
    ("latitude", 91, {"latitude": 91}),
    ("longitude", 181, {"longitude": 181}),
    ("both degrees", 0, {"latitude": 0, "longitude": 0}),
    ("accuracy", -1, {"accuracy": -1}),
    ("age", -1, {"age_s": -1}),
]

ACCEPTED = [
    yes(
        "a plan with its day alone",
        "visit.plan",
        {
            "state": "planned",
            "member": "$ana",
            "customer": "$steel",
            "site": None,
            "channel": "visit",
            "planned_for": "2026-12-01",
            "planned_time": None,
            "plan_note": "",
            "contact": None,
            "verdict": None,
            "flags": [],
        },
    ),
    yes(
        "a plan with everything",
        "visit.plan",
        {
            "site": "$gate",
            "planned_time": "09:30",
            "channel": "video",
            "contact": "$park",
            "plan_note": "Bring samples\nand gloves",
        },
        site="$gate",
        planned_time="09:30",
        channel="video",
        contact="$park",
        plan_note="Bring samples\nand gloves",
    ),
    yes(
        "a plan that names nothing for what may be nothing",
        "visit.plan",
        {"site": None, "planned_time": None, "contact": None},
        site=None,
        planned_time=None,
        contact=None,
    ),
    yes("a plan is cancelled", "visit.cancel", {"state": "cancelled"}),
    yes("an arrival without a plan makes the visit", "visit.arrive", {"state": "started", "verdict": "no_fix"}),
    yes(
        "an arrival at the site",
        "visit.arrive",
        {"verdict": "verified", "distance_m": 0, "accuracy_m": 10, "fix_age_s": 2, "site": "$gate"},
        site="$gate",
        position=FIX,
    ),
    yes("an arrival by phone", "visit.arrive", {"channel": "phone"}, channel="phone"),
    yes("an arrival without a position", "visit.arrive", {"verdict": "no_fix"}, position=None, site=None),
    *[
        yes(
            f"B35: an arrival with {name} {value}",
            "visit.arrive",
            {"state": "started", "verdict": "no_fix", "flags": ["bad_location"], "distance_m": None},
            site="$gate",
            position={**FIX, **wrong},
        )
        for name, value, wrong in IMPOSSIBLE
    ],
    yes("an arrival at what was planned", "visit.arrive", {"state": "started"}, given="planned", visit="$visit"),
    yes(
        "an arrival at what was cancelled did happen",
        "visit.arrive",
        {"state": "started"},
        given="cancelled",
        visit="$visit",
    ),
    yes(
        "an arrival at what was missed did happen", "visit.arrive", {"state": "started"}, given="missed", visit="$visit"
    ),
    yes(
        "a log without arrival and without plan",
        "visit.log",
        {"state": "finished", "outcome": "progress", "verdict": "logged_later", "minutes": None, "is_estimated": False},
    ),
    yes(
        "a log with everything",
        "visit.log",
        {
            "site": "$gate",
            "outcome": "problem",
            "channel": "phone",
            "note": "Leaks",
            "contact": "$park",
            "product": "$pump",
            "minutes": 30,
            "is_estimated": True,
        },
        also=(
            "commitment",
            "$promise",
            {
                "state": "open",
                "step": "quote",
                "due_on": "2026-12-01",
                "text": "By mail",
                "visit": "$new",
                "customer": "$steel",
                "member": "$ana",
            },
        ),
        site="$gate",
        outcome="problem",
        channel="phone",
        note="Leaks",
        contact="$park",
        product="$pump",
        minutes=30,
        next_step={**STEP, "text": "By mail"},
    ),
    yes(
        "a log that names nothing for what may be nothing",
        "visit.log",
        {"site": None, "contact": None, "product": None, "minutes": None},
        site=None,
        contact=None,
        product=None,
        minutes=None,
        next_step=None,
    ),
    yes("a log after an arrival", "visit.log", {"verdict": "no_fix", "minutes": 1}, given="arrived", visit="$visit"),
    yes("a log of what was planned", "visit.log", {"verdict": "logged_later"}, given="planned", visit="$visit"),
    yes("a log of what was cancelled", "visit.log", {"state": "finished"}, given="cancelled", visit="$visit"),
    yes("a log of what was missed", "visit.log", {"state": "finished"}, given="missed", visit="$visit"),
    yes("nobody was met", "visit.log", {"outcome": "not_met"}, outcome="not_met"),
    yes("a whole number written with a point", "visit.log", {"minutes": 45}, minutes=45.0),
    yes("a note of four thousand letters", "visit.log", {"note": "가" * 4000}, note="가" * 4000),
    yes("an amendment of the note", "visit.amend", {"note": "Rather so", "outcome": "progress"}),
    yes(
        "an amendment of everything",
        "visit.amend",
        {
            "outcome": "problem",
            "note": "Leaks",
            "contact": "$park",
            "product": "$pump",
            "minutes": 20,
            "is_estimated": True,
            "amend_reason": "Misheard",
        },
        outcome="problem",
        note="Leaks",
        contact="$park",
        product="$pump",
        minutes=20,
        reason="Misheard",
    ),
    yes("a note amended to nothing", "visit.amend", {"note": ""}, note=""),
    yes("a visit is taken back", "visit.withdraw", {"state": "finished", "withdraw_reason": ""}),
    yes(
        "a visit is taken back with a reason",
        "visit.withdraw",
        {"withdraw_reason": "Wrong customer"},
        reason="Wrong customer",
    ),
    yes("a plan is taken back", "visit.withdraw", {"state": "planned"}, given="planned"),
    yes(
        "a promise",
        "commitment.make",
        {"state": "open", "member": "$ana", "customer": "$steel", "visit": None, "text": "", "moved_from": None},
    ),
    yes(
        "a promise made at a visit",
        "commitment.make",
        {"visit": "$visit", "text": "By mail"},
        given="logged",
        visit="$visit",
        text="By mail",
    ),
    yes("a promise is kept", "commitment.keep", {"state": "kept", "kept_note": ""}),
    yes("a promise is kept with a note", "commitment.keep", {"kept_note": "Sent"}, note="Sent"),
    yes("the lead of the team keeps it", "commitment.keep", {"state": "kept"}, given="led_team", by="ben"),
    yes("an administrator keeps it", "commitment.keep", {"state": "kept", "member": "$ana"}, by="ada"),
    yes(
        "a promise is moved",
        "commitment.move",
        {"state": "open", "due_on": "2026-12-08", "moved_from": "2026-12-01", "move_reason": "Holiday"},
        reason="Holiday",
    ),
    yes("the lead of the team moves it", "commitment.move", {"due_on": "2026-12-08"}, given="led_team", by="ben"),
    yes("a comment", "comment.add", {"text": "Well done", "member": "$ana", "visit": "$visit", "withdrawn_at": None}),
    yes("a colleague's comment", "comment.add", {"member": "$ben"}, by="ben"),
    yes("a comment from another territory", "comment.add", {}, by="carl"),
    yes("a comment is taken back", "comment.withdraw", {"text": "Well done"}),
    # Facts on customers of other territories, and by every role.
    yes("a visit to another territory's customer", "visit.log", {"customer": "$paper"}, customer="$paper"),
    yes("a plan for another territory's customer", "visit.plan", {}, customer="$paper"),
    yes("a promise to another territory's customer", "commitment.make", {}, customer="$paper"),
    *[
        yes(f"a visit by {who}", "visit.log", {"state": "finished"}, by=who)
        for who in ("ben", "carl", "mia", "jun", "eva", "ada")
    ],
    # Texts are stored as one writing (NFC), and ids in lower case.
    yes(
        "a note in parts is stored whole",
        "visit.log",
        {"note": "\uac15\ud310"},
        note="\u1100\u1161\u11bc\u1111\u1161\u11ab",
    ),
    yes("a comment in parts is stored whole", "comment.add", {"text": "\u00e9"}, text="e\u0301"),
    yes("blanks of a note are kept", "visit.log", {"note": " a\n\tb "}, note=" a\n\tb "),
]
