"""What both doors refuse about needs by a rule."""

from __future__ import annotations

from tests.needs.doors.room import ASKED, no


def step(old: str, new: str) -> dict[str, str]:
    return {"from": old, "to": new}


NOT_THERE = (("nowhere", "not_found"), ("gate", "not_found"), ("foreign_customer", "not_found"))
CUSTOMERS = (*NOT_THERE, ("removed_customer", "row_deleted"))
OF_STEEL = {
    "site": (("nowhere", "not_found"), ("paper_mill", "not_found"), ("removed_site", "row_deleted")),
    "visit": (("nowhere", "not_found"), ("foreign_visit", "not_found"), ("paper_visit", "not_found")),
    "contact": (("nowhere", "not_found"), ("paper_contact", "not_found"), ("removed_contact", "row_deleted")),
}
PRODUCTS = (("nowhere", "not_found"), ("removed_product", "row_deleted"), ("closed_product", "product_inactive"))
# Which row each kind names first, where its verbs look for it by REST as by phone.
NAMED = {
    "need": ("take", "hand_over", "confirm", "accept", "decline", "build", "merge", "unmerge"),
    "voice": ("amend", "withdraw", "place"),
    "theme": ("rename", "remove"),
    "question": ("withdraw",),
    "joining": ("accept", "refuse", "withdraw"),
    "reply": ("edit", "tell", "answer"),
}
EDITS = [f"need.{verb}" for verb in ("take", "hand_over", "accept", "decline", "build", "merge", "unmerge", "change")]
EDITS += ["voice.place", "theme.add", "theme.rename", "theme.remove", "theme.restore", "question.ask"]
# Everybody but engineers and administrators.
OTHERS = ("ana", "mia", "eva")

REFUSED = [
    # Rows that are not there, not alive, or of another customer.
    *[
        no("not_found", f"{noun}.{verb} of {what}", f"{noun}.{verb}", {"field": noun}, **{noun: f"${what}"})
        for noun, verbs in NAMED.items()
        for verb in verbs
        for what in ("nowhere", f"foreign_{noun}")
    ],
    *[
        no(code, f"{kind} of customer {customer}", kind, {"field": "customer"}, customer=f"${customer}")
        for kind in ("need.note", "voice.observe", "need.confirm")
        for customer, code in CUSTOMERS
    ],
    *[
        no(code, f"{kind} with {name} {row}", kind, {"field": name}, **{name: f"${row}"})
        for kind in ("need.note", "voice.observe")
        for name, rows in OF_STEEL.items()
        for row, code in rows
    ],
    *[
        no(code, f"{kind} with product {row}", kind, {"field": "product"}, product=f"${row}")
        for kind in ("need.note", "voice.observe", "voice.amend")
        for row, code in PRODUCTS
    ],
    *[
        no(code, f"an amendment with contact {row}", "voice.amend", {"field": "contact"}, contact=f"${row}")
        for row, code in OF_STEEL["contact"]
    ],
    *[
        no("not_found", f"a need with theme {row}", "need.note", {"field": "theme"}, theme=f"${row}")
        for row in ("nowhere", "foreign_theme", "other")
    ],
    *[
        no(code, f"a need is given theme {row}", "need.change", {"field": "theme"}, theme=f"${row}")
        for row, code in (("nowhere", "not_found"), ("foreign_theme", "not_found"), ("removed_theme", "row_deleted"))
    ],
    *[
        no(code, f"a need is given product {row}", "need.change", {"field": "product"}, product=f"${row}")
        for row, code in (("nowhere", "not_found"), ("removed_product", "row_deleted"))
    ],
    *[
        no("not_found", f"{kind} to need {row}", kind, {"field": field}, **{field: f"${row}"})
        for kind, field in (
            ("voice.observe", "need"),
            ("voice.place", "need"),
            ("need.merge", "into"),
            ("question.ask", "need"),
            ("joining.ask", "need"),
        )
        for row in ("nowhere", "foreign_need")
    ],
    *[
        no("not_found", f"an answer to {row}", "asking.answer", {"field": "asking"}, asking=f"${row}")
        for row in ("nowhere", "foreign_asking", "question")
    ],
    *[
        no("not_found", f"{kind} at visit {row}", kind, {"field": "visit"}, visit=f"${row}")
        for kind in ("asking.answer", "reply.tell", "reply.answer", "joining.ask")
        for row in ("nowhere", "foreign_visit")
    ],
    *[
        no("not_found", f"{kind} at a visit to another customer", kind, {"field": "visit"}, visit="$paper_visit")
        for kind in ("asking.answer", "reply.tell", "reply.answer")
    ],
    no(
        "not_found",
        "an answer told at a visit elsewhere",
        "reply.answer",
        {"field": "visit"},
        given="built",
        visit="$paper_visit",
    ),
    *[
        no(code, f"a reply answered by contact {row}", "reply.answer", {"field": "contact"}, contact=f"${row}")
        for row, code in OF_STEEL["contact"]
    ],
    *[
        no(
            code,
            f"a question to {customer}",
            "question.ask",
            {"field": "customers.1.customer"},
            customers=[*ASKED, {"asking": "$second", "customer": f"${customer}"}],
        )
        for customer, code in CUSTOMERS
    ],
    *[
        no("not_found", f"a need is handed over to {row}", "need.hand_over", {"field": "owner"}, owner=f"${row}")
        for row in ("nowhere", "need", "ana", "left")
    ],
    # Ids that belong to something else.
    no("id_taken", "a need under a foreign id", "need.note", {"field": "need"}, need="$foreign_need"),
    no(
        "id_taken",
        "a need under the id of a voice that is foreign",
        "need.note",
        {"field": "voice"},
        voice="$foreign_voice",
    ),
    no("id_taken", "a voice under a voice's id", "need.note", {"field": "voice"}, given="heard", voice="$voice"),
    no(
        "id_taken",
        "an observation under a voice's id",
        "voice.observe",
        {"field": "voice"},
        given="heard",
        voice="$voice",
    ),
    no("id_taken", "a theme under a theme's id", "theme.add", {"field": "theme"}, theme="$theme", name="Din"),
    no("id_taken", "a theme under a foreign id", "theme.add", {"field": "theme"}, theme="$foreign_theme", name="Din"),
    no(
        "id_taken",
        "a question under a question's id",
        "question.ask",
        {"field": "question"},
        given="asked",
        question="$question",
    ),
    no(
        "id_taken",
        "an asking under an asking's id",
        "question.ask",
        {"field": "customers.0.asking"},
        given="asked",
        customers=[{"asking": "$asking", "customer": "$steel"}],
    ),
    no(
        "id_taken",
        "an answer under an answer's id",
        "asking.answer",
        {"field": "answer"},
        given="answered",
        answer="$answer",
    ),
    no(
        "id_taken",
        "a joining under a joining's id",
        "joining.ask",
        {"field": "joining"},
        given="joining",
        by="eva",
        joining="$joining",
    ),
    no("name_taken", "a theme called as another", "theme.add", {"field": "name"}, name="Noise", given="themed"),
    no(
        "name_taken",
        "a theme renamed as another",
        "theme.rename",
        {"field": "name"},
        theme="$other_theme",
        name="Noise",
        given="themed",
    ),
    # Who answers for it.
    no("already_taken", "a colleague was first", "need.take", {"member": "$ada"}, given="taken_by_ada"),
    no("not_permitted", "what is a colleague's is handed over", "need.hand_over", given="taken_by_ada", owner=None),
    no("nothing_changed", "handed over to whoever has it", "need.hand_over", given="taken_by_ada", by="ada"),
    # Stages.
    *[
        no("bad_stage", f"building what is {given}", "need.build", step(stage, "built"), given=given)
        for given, stage in (
            ("heard", "heard"),
            ("sorted", "heard"),
            ("confirmed", "confirmed"),
            ("declined", "declined"),
            ("built", "built"),
            ("told", "shown"),
            ("solved", "solved"),
        )
    ],
    no("bad_stage", "accepting what is accepted", "need.accept", step("accepted", "accepted"), given="accepted"),
    *[
        no("bad_stage", f"declining what is {given}", "need.decline", step(stage, "declined"), given=given)
        for given, stage in (("declined", "declined"), ("built", "built"), ("told", "shown"), ("solved", "solved"))
    ],
    *[
        no("already_merged", f"{kind} of what is merged", kind, {"into": "$other"}, given="merged")
        for kind in ("need.accept", "need.decline", "need.build", "need.merge")
    ],
    no("not_asking", "confirmed by whoever never asked", "need.confirm", {"field": "customer"}, customer="$paper"),
    no(
        "not_asking",
        "confirmed by whoever took it back",
        "need.confirm",
        {"field": "customer"},
        given="voice_withdrawn",
    ),
    # Grouping.
    no("merge_itself", "a need into itself", "need.merge", {"field": "into"}, into="$need"),
    no(
        "merge_circle",
        "a head into its own group",
        "need.merge",
        {"field": "into"},
        given="merged",
        need="$other",
        into="$need",
    ),
    no(
        "merge_circle",
        "a circle over two levels",
        "need.merge",
        {"field": "into"},
        given="merged_further",
        need="$third",
        into="$need",
    ),
    no("not_merged", "taking out what is in no group", "need.unmerge", given="sorted"),
    no("not_merged", "taking the head out", "need.unmerge", given="merged_further", need="$third"),
    # Voices.
    no("nothing_changed", "amending nothing", "voice.amend", text=...),
    no("nothing_changed", "amending to the same", "voice.amend", text="The pump is loud"),
    no("field_required", "a voice without words", "voice.amend", {"field": "text"}, text=""),
    *[
        no("already_withdrawn", f"{kind} of what was taken back", kind, given="voice_withdrawn")
        for kind in ("voice.amend", "voice.withdraw")
    ],
    no("not_an_observation", "words without a need", "voice.place", {"field": "need"}, need=None),
    no("nothing_changed", "a voice where it is", "voice.place", need="$need"),
    no("nothing_changed", "an observation where it is", "voice.place", given="observed", need=None),
    # Questions.
    no("question_withdrawn", "a question withdrawn twice", "question.withdraw", given="question_withdrawn"),
    *[no("not_permitted", f"{who} withdraws Jun's question", "question.withdraw", by=who) for who in OTHERS],
    # Coming along.
    no("own_visit", "coming along with oneself", "joining.ask", by="ana"),
    no("not_found", "a visit that is not seen", "joining.ask", {"field": "visit"}, by="ana", visit="$paper_plan"),
    *[
        no("visit_begun", f"coming along on what is {given}", "joining.ask", given=given)
        for given in ("arrived", "logged", "missed", "cancelled", "withdrawn")
    ],
    no("already_asked", "asking twice", "joining.ask", given="joining"),
    no("already_asked", "asking again after a yes", "joining.ask", given="joining_accepted"),
    *[
        no("already_answered", f"{kind} of what is {given}", kind, given=given)
        for kind in ("joining.accept", "joining.refuse")
        for given in ("joining_accepted", "joining_refused", "joining_withdrawn", "went_along")
    ],
    *[no("not_yours", f"{kind} by whoever asked", kind, by="jun") for kind in ("joining.accept", "joining.refuse")],
    no("not_yours", "whoever is asked withdraws", "joining.withdraw", by="ana"),
    no("already_withdrawn", "withdrawing twice", "joining.withdraw", given="joining_withdrawn"),
    *[
        no("already_answered", f"withdrawing what is {given}", "joining.withdraw", given=given)
        for given in ("joining_refused", "went_along")
    ],
    # Replies.
    no("nothing_changed", "the same words for a customer", "reply.edit", text="We built it."),
    *[
        no("already_answered", f"{kind} after {given}", kind, given=given)
        for kind, given in (
            ("reply.edit", "told"),
            ("reply.edit", "solved"),
            ("reply.tell", "told"),
            ("reply.tell", "solved"),
            ("reply.answer", "solved"),
            ("reply.answer", "not_yet"),
        )
    ],
    *[
        no("already_withdrawn", f"{kind} of what was taken back", kind, given="taken_back")
        for kind in ("reply.edit", "reply.tell", "reply.answer")
    ],
    # Persons.
    *[
        no("not_permitted", f"{kind} by {who}", kind, by=who, given="sorted" if kind == "need.change" else None)
        for who in OTHERS
        for kind in EDITS
    ],
    *[
        no("not_yours", f"{kind} by {who}", kind, by=who)
        for who in ("ben", "mia", "jun", "eva", "ada")
        for kind in ("voice.amend", "voice.withdraw")
    ],
]
