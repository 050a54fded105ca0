"""What both doors refuse about tickets by a rule."""

from __future__ import annotations

from tests.tickets.doors.room import no

CUSTOMERS = (
    ("nowhere", "not_found"),
    ("gate", "not_found"),
    ("foreign_customer", "not_found"),
    ("removed_customer", "row_deleted"),
)
# Rows that are nowhere, and rows of another customer, sort or organization.
ABOUT = {
    "site": ("nowhere", "paper_mill", "press"),
    "asset": ("nowhere", "paper_press", "foreign_asset", "gate"),
    "product": ("nowhere", "press"),
    "contact": ("nowhere", "paper_contact"),
    "category": ("nowhere", "foreign_category", "worn", "seal"),
    "part_of": ("nowhere", "foreign_ticket"),
}
VISITS = ("nowhere", "foreign_visit", "paper_visit")
MEMBERS = ("nowhere", "steel", "left")
CHIPS = {
    "cause_chip": ("nowhere", "foreign_worn", "category", "seal"),
    "fix_chip": ("nowhere", "foreign_seal", "category", "worn"),
}
CAUSE_CHIPS = CHIPS["cause_chip"]
# Which row each kind names first, where its verbs look for it by REST as by phone.
NAMED = {
    "ticket": (
        "take",
        "assign",
        "wait",
        "resume",
        "solve",
        "reopen",
        "close",
        "withdraw",
        "watch",
        "unwatch",
        "link",
        "unlink",
        "again",
        "acknowledge",
        "review",
    ),
    "message": ("withdraw",),
    "help": ("answer", "withdraw"),
    "cause": ("settle",),
}
OF_A_TICKET = [f"ticket.{verb}" for verb in NAMED["ticket"] if verb not in {"link", "unlink"}]
OF_A_TICKET += ["ticket.change", "message.write", "help.ask"]
# What does not follow from a state.
STATES = {
    "opened": ("open", ("resume", "reopen", "close")),
    "taken": ("assigned", ("resume", "reopen", "close")),
    "waiting": ("waiting", ("reopen", "close")),
    "solved": ("solved", ("take", "assign", "wait", "resume", "solve")),
    "closed": ("closed", ("take", "assign", "wait", "resume", "solve", "close", "withdraw")),
}
# The work itself, which is not an executive's.
WORK = [f"ticket.{verb}" for verb in (*NAMED["ticket"][:7], "change", "link", "unlink", "again")]
WORK += ["cause.settle", "cause.change"]

REFUSED = [
    # Rows that are not there, not alive, or of another customer.
    *[
        no("not_found", f"{noun}.{verb} of {what}", f"{noun}.{verb}", {"field": noun}, **{noun: f"${what}"})
        for noun, verbs in NAMED.items()
        for verb in verbs
        for what in ("nowhere", f"foreign_{noun}")
    ],
    *[
        no("not_found", f"{kind} about {what}", kind, {"field": "ticket"}, ticket=f"${what}")
        for kind in ("message.write", "help.ask")
        for what in ("nowhere", "foreign_ticket")
    ],
    *[
        no(code, f"a ticket of customer {customer}", "ticket.open", {"field": "customer"}, customer=f"${customer}")
        for customer, code in CUSTOMERS
    ],
    *[
        no("not_found", f"{kind} with {name} {row}", kind, {"field": name}, **{name: f"${row}"})
        for kind in ("ticket.open", "ticket.change")
        for name, rows in ABOUT.items()
        for row in rows
    ],
    *[
        no("not_found", f"{kind} with {name} {row}", kind, {"field": name}, **{name: f"${row}"})
        for kind in ("ticket.solve", "ticket.change")
        for name, rows in CHIPS.items()
        for row in rows
    ],
    *[
        no("not_found", f"{kind} with chip {row}", kind, {"field": "chip"}, chip=f"${row}")
        for kind in ("ticket.close", "cause.settle", "cause.change")
        for row in CAUSE_CHIPS
    ],
    *[
        no("not_found", f"{kind} at visit {row}", kind, {"field": "visit"}, visit=f"${row}")
        for kind in ("ticket.open", "ticket.solve")
        for row in VISITS
    ],
    *[
        no("not_found", f"{kind} for {row}", kind, {"field": name}, **{name: f"${row}"})
        for kind, name in (("ticket.open", "assignee"), ("ticket.assign", "assignee"), ("help.ask", "engineer"))
        for row in MEMBERS
    ],
    *[
        no("not_found", f"{kind} with {row}", kind, {"field": "other"}, other=f"${row}")
        for kind in ("ticket.link", "ticket.unlink")
        for row in ("nowhere", "foreign_ticket")
    ],
    *[
        no("not_found", f"{kind} of cause {row}", kind, {"field": name}, given="known", **{name: f"${row}"})
        for kind, name in (("ticket.open", "again"), ("ticket.again", "cause"))
        for row in ("nowhere", "foreign_cause", "paper_cause")
    ],
    no("not_found", "closing with another customer's cause", "ticket.close", {"field": "cause"}, cause="$paper_cause"),
    # Ids that belong to something else.
    no(
        "id_taken", "a ticket under a ticket's id", "ticket.open", {"field": "ticket"}, given="opened", ticket="$ticket"
    ),
    no("id_taken", "a ticket under a foreign id", "ticket.open", {"field": "ticket"}, ticket="$foreign_ticket"),
    no("id_taken", "closing with a foreign cause", "ticket.close", {"field": "cause"}, cause="$foreign_cause"),
    no(
        "id_taken",
        "a message under a message's id",
        "message.write",
        {"field": "message"},
        given="written",
        message="$message",
    ),
    no("id_taken", "a message under a foreign id", "message.write", {"field": "message"}, message="$foreign_message"),
    no("id_taken", "a help under a help's id", "help.ask", {"field": "help"}, given="asked", help="$help"),
    no("id_taken", "a help under a foreign id", "help.ask", {"field": "help"}, help="$foreign_help"),
    # States.
    *[
        no("ticket_state", f"ticket.{verb} of what is {given}", f"ticket.{verb}", {"state": state}, given=given)
        for given, (state, verbs) in STATES.items()
        for verb in verbs
    ],
    *[
        no("ticket_withdrawn", f"{kind} of what was withdrawn", kind, {"field": "ticket"}, given="withdrawn")
        for kind in OF_A_TICKET
    ],
    *[
        no(
            "ticket_withdrawn",
            f"{kind} about what was withdrawn",
            kind,
            {"field": "ticket"},
            given="asked_and_withdrawn",
        )
        for kind in ("help.answer", "help.withdraw")
    ],
    no("already_so", "taking what is one's own", "ticket.take", given="taken"),
    no("already_so", "giving it to whoever has it", "ticket.assign", given="taken_by_ben"),
    no("already_so", "giving back to all what nobody has", "ticket.assign", assignee=None),
    no("already_so", "waiting for the same", "ticket.wait", given="waiting"),
    no("already_so", "the same again twice", "ticket.again", given="again"),
    no("ticket_taken", "a colleague was first", "ticket.take", {"member": "$ben"}, given="taken_by_ben"),
    # What it belongs to.
    no("ticket_circle", "part of itself", "ticket.change", {"field": "part_of"}, part_of="$ticket"),
    no(
        "ticket_circle",
        "part of its own part",
        "ticket.change",
        {"field": "part_of"},
        given="part",
        by="ada",
        ticket="$other",
        part_of="$ticket",
    ),
    no(
        "ticket_circle",
        "part of what two phones at once made parts of each other",
        "ticket.change",
        {"field": "part_of"},
        given="circle",
        part_of="$other",
    ),
    no(
        "ticket_withdrawn",
        "linked with what was withdrawn",
        "ticket.link",
        {"field": "other"},
        other="$withdrawn_other",
    ),
    no("ticket_circle", "linked with itself", "ticket.link", {"field": "other"}, other="$ticket"),
    no("ticket_circle", "no more linked with itself", "ticket.unlink", {"field": "other"}, other="$ticket"),
    # Causes.
    no(
        "closing_incomplete",
        "closing without anything",
        "ticket.close",
        {"field": "chip"},
        text=...,
        countermeasure=...,
    ),
    no("closing_incomplete", "closing without a cause", "ticket.close", {"field": "chip"}, text=""),
    *[
        no(
            "closing_incomplete",
            f"{kind} without a countermeasure ({how})",
            kind,
            {"field": "countermeasure"},
            countermeasure=value,
        )
        for kind in ("ticket.close", "cause.settle", "cause.change")
        for how, value in (("left out", ...), ("empty", ""))
        if (kind, value) != ("cause.change", ...)
    ],
    no("closing_incomplete", "settling without a cause", "cause.settle", {"field": "chip"}, text=...),
    no("closing_incomplete", "a watched cause without words", "cause.change", {"field": "chip"}, text=""),
    no(
        "closing_incomplete", "a proved cause without words", "cause.change", {"field": "chip"}, given="proved", text=""
    ),
    *[
        no(
            "out_of_range",
            f"{kind} to be watched until {day}",
            kind,
            {"field": "watch_until", "min": "$today", "max": "$last_day"},
            watch_until=day,
        )
        for kind in ("ticket.close", "cause.settle")
        for day in ("1970-01-01", "$yesterday", "$day_after_that", "2100-01-01")
    ],
    no(
        "other_cause",
        "the same again as something else",
        "ticket.again",
        {"cause": "$cause"},
        given="again",
        cause="$other_cause",
    ),
    no(
        "other_cause",
        "the same again as before, when it is closed",
        "ticket.again",
        {"cause": "$cause"},
        given="closed",
    ),
    no(
        "other_cause",
        "a recurrence closed with another cause",
        "ticket.close",
        {"cause": "$cause"},
        given="again_solved",
    ),
    no("watch_over", "the same after the window", "ticket.again", {"until": "$yesterday"}, given="long_ago"),
    # Promises that were broken, and times in doubt.
    no("nothing_to_acknowledge", "nothing is late", "ticket.acknowledge", given="opened"),
    no("nothing_to_acknowledge", "somebody knows already", "ticket.acknowledge", given="acknowledged"),
    *[
        no("nothing_to_review", f"a time of {step}", "ticket.review", {"field": "step"}, step=f"${step}")
        for step in ("nowhere", "foreign_step", "ticket")
    ],
    no(
        "nothing_to_review",
        "a time that nobody doubts",
        "ticket.review",
        {"field": "step"},
        given="opened",
        step="$opening",
    ),
    *[no("not_permitted", f"{who} settles Ana's time", "ticket.review", by=who) for who in ("ana", "ben", "jun")],
    no("not_permitted", "a manager settles her own time", "ticket.review", given="in_doubt_by_mia"),
    # What is said of it.
    no("already_withdrawn", "a message taken back twice", "message.withdraw", given="unwritten"),
    *[
        no("help_over", f"{kind} of what is {given}", kind, given=given)
        for kind in ("help.answer", "help.withdraw")
        for given in ("answered", "unasked")
    ],
    # Persons.
    *[no("not_permitted", f"{kind} by an executive", kind, by="eva") for kind in WORK],
    *[no("not_permitted", f"{who} gives away what is Ana's", "ticket.assign", by=who) for who in ("ben", "jun")],
    *[
        no("not_yours", f"{kind} by {who}", kind, by=who)
        for kind in ("ticket.withdraw", "message.withdraw", "help.withdraw")
        for who in ("ben", "mia", "jun", "eva")
    ],
    *[no("not_yours", f"{kind} by an administrator", kind, by="ada") for kind in ("message.withdraw", "help.withdraw")],
]
