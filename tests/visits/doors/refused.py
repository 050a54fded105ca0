"""What both doors refuse about visits by a rule."""

from __future__ import annotations

from tests.visits.doors.room import STEP, no


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
