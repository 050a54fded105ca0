"""The room of visits at both doors: the least that each of its kinds needs, and how REST says no."""

from __future__ import annotations

from tests.both_doors import Least, Room
from tests.visits.stage import Stage
from visits.entries import KINDS

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

FIX = {"latitude": 37.5663, "longitude": 126.9779, "accuracy": 10, "age_s": 2}
STEP = {"commitment": "$promise", "step": "quote", "due_on": "2026-12-01"}
