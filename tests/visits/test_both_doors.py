"""One table of cases, run through both doors: REST, and the entries of a phone. Both must say the same.

B19 to B36 are the numbers of the list of bad inputs; every class of field is tried in tests/core/test_inputs.py.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.ids import uuid7
from tests.both_doors import (
    NO_CLOCK_TIMES,
    NO_IDS,
    NO_TEXTS,
    NOT_CHOICES,
    NOT_NUMBERS,
    NOT_ROWS,
    NOT_TEXT,
    Case,
    Least,
    Room,
    by_state,
    check_row,
    heard,
    slipped_in,
)
from tests.conftest import World
from tests.phone import Phone
from tests.rest import API, signed_in
from tests.visits.stage import Stage
from visits.entries import KINDS

pytestmark = pytest.mark.both_databases

SHAPES = ("visit", "commitment", "comment")
STATUSES = {
    400: "field_required field_not_allowed field_type out_of_range choice too_long bad_characters bad_date bad_id "
    "nothing_changed",
    403: "not_yours not_permitted",
    404: "not_found",
    409: "row_deleted id_taken bad_transition already_arrived already_logged already_withdrawn product_inactive",
}
LEAST = {
    "visit.plan": Least("nothing", {"visit": "$new", "customer": "$steel", "planned_for": "2026-12-01"}, "visits/"),
    "visit.cancel": Least("planned", {"visit": "$visit"}, "visits/{}/cancel/", "visit"),
    "visit.arrive": Least("nothing", {"visit": "$new", "customer": "$steel"}, "visits/{}/arrive/", "visit"),
    "visit.log": Least(
        "nothing", {"visit": "$new", "customer": "$steel", "outcome": "progress"}, "visits/{}/log/", "visit"
    ),
    "visit.amend": Least("logged", {"visit": "$visit", "note": "Rather so"}, "visits/{}/amend/", "visit"),
    "visit.withdraw": Least("logged", {"visit": "$visit"}, "visits/{}/withdraw/", "visit"),
    "commitment.make": Least(
        "nothing",
        {"commitment": "$new", "customer": "$steel", "step": "quote", "due_on": "2026-12-01"},
        "commitments/",
    ),
    "commitment.keep": Least("promised", {"commitment": "$commitment"}, "commitments/{}/keep/", "commitment"),
    "commitment.move": Least(
        "promised", {"commitment": "$commitment", "due_on": "2026-12-08"}, "commitments/{}/move/", "commitment"
    ),
    "comment.add": Least("logged", {"comment": "$new", "visit": "$visit", "text": "Well done"}, "comments/"),
    "comment.withdraw": Least("commented", {"comment": "$comment"}, "comments/{}/withdraw/", "comment"),
}
ROOM = Room(KINDS, LEAST, Stage, SHAPES, STATUSES)
yes, no, wrong, inside = ROOM.yes, ROOM.no, ROOM.wrong, ROOM.inside

MINUTES = {"min": 1, "max": 1440}
FIX = {"latitude": 37.5663, "longitude": 126.9779, "accuracy": 10, "age_s": 2}
STEP = {"commitment": "$promise", "step": "quote", "due_on": "2026-12-01"}
IMPOSSIBLE: list[tuple[str, Any, dict[str, float]]] = [
    ("latitude", 91, {"latitude": 91}),
    ("longitude", 181, {"longitude": 181}),
    ("both degrees", 0, {"latitude": 0, "longitude": 0}),
    ("accuracy", -1, {"accuracy": -1}),
    ("age", -1, {"age_s": -1}),
]


# --- What is accepted ----------------------------------------------------------------------------

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

# --- What is refused for its form ---------------------------------------------------------------------

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

# --- What is refused by a rule ------------------------------------------------------------------------


def ended(state: str, to: str) -> dict[str, str]:
    return {"from": state, "to": to}


REFUSED = [
    # Rows that are not there, not alive, or somebody else's.
    *[
        no(code, f"{kind} for {customer}", kind, {"field": "customer"}, customer=f"${customer}")
        for kind in ("visit.plan", "visit.arrive", "visit.log", "commitment.make")
        for customer, code in (
            ("nowhere", "not_found"),
            ("foreign_customer", "not_found"),
            ("gate", "not_found"),
            ("removed_customer", "row_deleted"),
        )
    ],
    *[
        no(code, f"{kind} at {site}", kind, {"field": "site"}, site=f"${site}")
        for kind in ("visit.plan", "visit.arrive", "visit.log")
        for site, code in (("nowhere", "not_found"), ("paper_mill", "not_found"), ("removed_site", "row_deleted"))
    ],
    *[
        no(code, f"{kind} with contact {contact}", kind, {"field": "contact"}, contact=f"${contact}")
        for kind in ("visit.plan", "visit.log", "visit.amend")
        for contact, code in (
            ("nowhere", "not_found"),
            ("paper_contact", "not_found"),
            ("removed_contact", "row_deleted"),
        )
    ],
    *[
        no(code, f"{kind} with product {product}", kind, {"field": "product"}, product=f"${product}")
        for kind in ("visit.log", "visit.amend")
        for product, code in (
            ("nowhere", "not_found"),
            ("removed_product", "row_deleted"),
            ("closed_product", "product_inactive"),
        )
    ],
    *[
        no("not_found", f"{kind} of {visit}", kind, {"field": "visit"}, visit=f"${visit}")
        for kind in ("visit.cancel", "visit.amend", "visit.withdraw", "comment.add")
        for visit in ("nowhere", "foreign_visit", "steel")
    ],
    *[
        no("not_found", f"{kind} of {commitment}", kind, {"field": "commitment"}, commitment=f"${commitment}")
        for kind in ("commitment.keep", "commitment.move")
        for commitment in ("nowhere", "foreign_commitment")
    ],
    *[
        no(
            "not_found",
            f"comment.withdraw of {comment}",
            "comment.withdraw",
            {"field": "comment"},
            comment=f"${comment}",
        )
        for comment in ("nowhere", "foreign_comment")
    ],
    *[
        no("not_found", f"a promise at {visit}", "commitment.make", {"field": "visit"}, visit=f"${visit}")
        for visit in ("nowhere", "foreign_visit", "paper_visit")
    ],
    # Ids that belong to something else.
    no("id_taken", "a plan under a visit's id", "visit.plan", {"field": "visit"}, given="planned", visit="$visit"),
    no(
        "id_taken",
        "a plan under another's visit",
        "visit.plan",
        {"field": "visit"},
        given="planned",
        visit="$visit",
        by="ben",
    ),
    no("id_taken", "a plan under a foreign id", "visit.plan", {"field": "visit"}, visit="$foreign_visit"),
    no("id_taken", "an arrival under a foreign id", "visit.arrive", {"field": "visit"}, visit="$foreign_visit"),
    no("id_taken", "a log under a foreign id", "visit.log", {"field": "visit"}, visit="$foreign_visit"),
    *[
        no(
            "id_taken",
            f"{kind} of a visit to another customer",
            kind,
            {"field": "visit"},
            given="planned",
            visit="$visit",
            customer="$paper",
        )
        for kind in ("visit.arrive", "visit.log")
    ],
    no(
        "id_taken",
        "a promise under a promise's id",
        "commitment.make",
        {"field": "commitment"},
        given="promised",
        commitment="$commitment",
    ),
    no(
        "id_taken",
        "a next step under a promise's id",
        "visit.log",
        {"field": "commitment"},
        given="promised",
        next_step={**STEP, "commitment": "$commitment"},
    ),
    no(
        "id_taken",
        "a comment under a comment's id",
        "comment.add",
        {"field": "comment"},
        given="commented",
        comment="$comment",
    ),
    # States.
    no("already_arrived", "a second arrival", "visit.arrive", given="arrived", visit="$visit"),
    no(
        "bad_transition",
        "an arrival after the log",
        "visit.arrive",
        ended("finished", "started"),
        given="logged",
        visit="$visit",
    ),
    no("already_logged", "a second log", "visit.log", given="logged", visit="$visit"),
    *[
        no("bad_transition", f"cancelling what is {state}", "visit.cancel", ended(state, "cancelled"), given=given)
        for given, state in (
            ("arrived", "started"),
            ("logged", "finished"),
            ("missed", "missed"),
            ("cancelled", "cancelled"),
        )
    ],
    *[
        no("bad_transition", f"amending what is {state}", "visit.amend", ended(state, "finished"), given=given)
        for given, state in (
            ("planned", "planned"),
            ("arrived", "started"),
            ("missed", "missed"),
            ("cancelled", "cancelled"),
        )
    ],
    no("nothing_changed", "amending nothing", "visit.amend", note=...),
    no("nothing_changed", "amending nothing for a reason", "visit.amend", note=..., reason="Misheard"),
    *[
        no("already_withdrawn", f"{kind} of what was taken back", kind, given="withdrawn", visit="$visit")
        for kind in ("visit.cancel", "visit.arrive", "visit.log", "visit.amend", "visit.withdraw")
    ],
    no("bad_transition", "keeping what is kept", "commitment.keep", ended("kept", "kept"), given="kept"),
    no("bad_transition", "moving what is kept", "commitment.move", ended("kept", "open"), given="kept"),
    no(
        "bad_transition",
        "keeping what was taken back",
        "commitment.keep",
        ended("withdrawn", "kept"),
        given="withdrawn",
    ),
    no(
        "bad_transition", "moving what was taken back", "commitment.move", ended("withdrawn", "open"), given="withdrawn"
    ),
    no("nothing_changed", "moving to the same day", "commitment.move", due_on="2026-12-01"),
    no("already_withdrawn", "taking a comment back twice", "comment.withdraw", given="comment_withdrawn"),
    # Persons.
    *[
        no("not_yours", f"{kind} of {given} by {who}", kind, given=given, visit="$visit", by=who)
        for who in ("ben", "mia", "eva", "ada")
        for kind, given in (
            ("visit.cancel", "planned"),
            ("visit.arrive", "planned"),
            ("visit.log", "planned"),
            ("visit.amend", "logged"),
            ("visit.withdraw", "logged"),
        )
    ],
    *[
        no("not_permitted", f"{kind} by {who}", kind, by=who)
        for who in ("ben", "mia", "jun", "eva")
        for kind in ("commitment.keep", "commitment.move")
    ],
    *[no("not_yours", f"{who} takes Ana's comment back", "comment.withdraw", by=who) for who in ("ben", "mia", "ada")],
]

NO = by_state([*MALFORMED, *REFUSED])


def test_every_kind_of_this_room_has_cases_and_no_case_stands_twice() -> None:
    ROOM.require_whole(ACCEPTED, MALFORMED, REFUSED)


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_a_phone_may_say(world: World, case: Case) -> None:
    """B31: what is written in parts is stored whole. B35: what cannot be a place is dropped and flagged."""
    ROOM.phone_says(world, case)


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.name)
def test_rest_may_say(world: World, case: Case) -> None:
    """B31, B35."""
    ROOM.rest_says(world, case)


@pytest.mark.parametrize("given", NO)
def test_a_phone_is_refused(world: World, given: str, subtests: pytest.Subtests) -> None:
    """B22, B23, B24, B26, B29, B30, B32, B36: parked with a code and the values of its sentence."""
    ROOM.phone_is_refused(world, NO[given], subtests)


@pytest.mark.parametrize("given", NO)
def test_rest_is_refused(world: World, given: str, subtests: pytest.Subtests) -> None:
    """B22, B23, B24, B26, B29, B30, B32, B36: the same code and the same values."""
    ROOM.rest_is_refused(world, NO[given], subtests)


# --- What is no JSON ------------------------------------------------------------------------------

NOT_JSON = [
    '{"minutes": NaN}',
    '{"minutes": -Infinity}',
    '{"minutes": 1e400}',
    '{"note": "a", "note": "b"}',
    '{"note": "a"',
]


@pytest.mark.parametrize("args", NOT_JSON)
def test_what_is_no_json_is_parked_whole(world: World, args: str) -> None:
    """B25; and B2, B4 inside an entry."""
    phone, id = Phone(world.ana), uuid7()
    phone.append(f'{{"id":"{id}","kind":"visit.log","v":1,"at":"2026-11-24T09:00:00.000+09:00","args":{args}}}')
    phone.sync()
    assert heard(phone, str(id)) == ("parked", "bad_entry", {})


@pytest.mark.parametrize("args", NOT_JSON)
def test_what_is_no_json_is_refused_by_rest(world: World, args: str) -> None:
    """B25."""
    answer = signed_in(world.ana).post(f"{API}visits/{uuid7()}/log/", args, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_json")


def test_a_kind_nobody_registered_is_named(world: World) -> None:
    """B19."""
    phone = Phone(world.ana)
    entry = phone.write("visit.dance", visit=uuid7())
    phone.sync()
    assert heard(phone, entry) == ("parked", "unknown_kind", {"kind": "visit.dance"})


# --- What is taken as it is ------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["1970-01-01T00:00:00.000+09:00", "2100-01-01T00:00:00.000+09:00"])
def test_a_clock_that_is_decades_off_is_taken_and_flagged(world: World, at: str) -> None:
    """B33: what somebody did is never refused for when they say it was. (By REST it is now.)"""
    phone, visit = Phone(world.ana), uuid7()
    entry = phone.write("visit.log", at=at, visit=visit, customer=world.steel.pk, outcome="progress")
    phone.sync()
    assert heard(phone, entry) == ("applied", None, {})
    check_row("visit", str(visit), {"made_at": at, "flags": ["clock_off"]})


def _in_upper_case(stage: Stage) -> dict[str, Any]:
    args = {"visit": "$new", "customer": "$steel", "site": "$gate", "outcome": "progress", "next_step": STEP}
    filled: dict[str, Any] = json.loads(json.dumps(stage.fill(args)))
    inner = {**filled["next_step"], "commitment": filled["next_step"]["commitment"].upper()}
    return {**filled, **{name: filled[name].upper() for name in ("visit", "customer", "site")}, "next_step": inner}


def test_ids_in_upper_case_are_the_same_ids_to_a_phone(world: World) -> None:
    """B36: taken, and stored as everybody else writes them."""
    stage, phone = Stage(world), Phone(world.ana)
    entry = phone.write("visit.log", **_in_upper_case(stage))
    phone.sync()
    assert heard(phone, entry) == ("applied", None, {})
    _check_upper_case(stage)


def test_ids_in_upper_case_are_the_same_ids_by_rest(world: World) -> None:
    """B36: in the address as in the body."""
    stage = Stage(world)
    args = _in_upper_case(stage)
    answer = signed_in(world.ana).post(f"{API}visits/{args.pop('visit')}/log/", args, format="json")
    assert answer.status_code == 200, answer.content
    _check_upper_case(stage)


def _check_upper_case(stage: Stage) -> None:
    check_row("visit", str(stage.id("new")), stage.fill({"id": "$new", "customer": "$steel", "site": "$gate"}))
    check_row("commitment", str(stage.id("promise")), stage.fill({"id": "$promise", "visit": "$new"}))
