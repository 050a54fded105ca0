"""The room of tickets at both doors: the least that each of its kinds needs, and how REST says no."""

from __future__ import annotations

from tests.both_doors import Least, Room
from tests.tickets.stage import Stage
from tickets.entries import KINDS

SHAPES = ("ticket", "cause", "message", "help", "chip", "visit", "notification")
STATUSES = {
    400: "field_required field_not_allowed field_type out_of_range choice too_long bad_characters bad_id bad_date "
    "nothing_changed closing_incomplete",
    403: "not_yours not_permitted",
    404: "not_found",
    409: "row_deleted id_taken already_withdrawn ticket_state ticket_withdrawn ticket_taken ticket_circle other_cause "
    "watch_over already_so help_over nothing_to_review nothing_to_acknowledge",
}
TICKET, CAUSE = {"ticket": "$ticket"}, {"cause": "$cause"}
MESSAGE, HELP = {"message": "$message"}, {"help": "$help"}
WHY = {"text": "The seal was worn", "countermeasure": "A new seal every year"}
LEAST = {
    "ticket.open": Least("nothing", {"ticket": "$new", "customer": "$steel", "text": "It leaks"}, "tickets/"),
    "ticket.change": Least("opened", {**TICKET, "text": "It leaks badly"}, "tickets/{}/", "ticket"),
    "ticket.take": Least("opened", TICKET, "tickets/{}/take/", "ticket"),
    "ticket.assign": Least("opened", {**TICKET, "assignee": "$ben"}, "tickets/{}/assign/", "ticket"),
    "ticket.wait": Least("opened", {**TICKET, "waits_for": "parts"}, "tickets/{}/wait/", "ticket"),
    "ticket.resume": Least("waiting", TICKET, "tickets/{}/resume/", "ticket"),
    "ticket.solve": Least("opened", TICKET, "tickets/{}/solve/", "ticket"),
    "ticket.reopen": Least("solved", TICKET, "tickets/{}/reopen/", "ticket"),
    "ticket.close": Least("solved", {**TICKET, "cause": "$why", **WHY}, "tickets/{}/close/", "ticket"),
    "ticket.withdraw": Least("opened", TICKET, "tickets/{}/withdraw/", "ticket"),
    "ticket.watch": Least("opened", TICKET, "tickets/{}/watch/", "ticket"),
    "ticket.unwatch": Least("watched", TICKET, "tickets/{}/unwatch/", "ticket"),
    "ticket.link": Least("opened", {**TICKET, "other": "$other"}, "tickets/{}/link/", "ticket"),
    "ticket.unlink": Least("linked", {**TICKET, "other": "$other"}, "tickets/{}/unlink/", "ticket"),
    "ticket.again": Least("known", {**TICKET, **CAUSE}, "tickets/{}/again/", "ticket"),
    "ticket.acknowledge": Least("late", TICKET, "tickets/{}/acknowledge/", "ticket"),
    "ticket.review": Least(
        "in_doubt", {**TICKET, "step": "$step", "review": "phone"}, "tickets/{}/review/", "ticket", by="mia"
    ),
    "message.write": Least(
        "opened", {"message": "$new", **TICKET, "audience": "internal", "text": "The seal is ordered"}, "messages/"
    ),
    "message.withdraw": Least("written", MESSAGE, "messages/{}/withdraw/", "message"),
    "help.ask": Least("opened", {"help": "$new", **TICKET, "engineer": "$jun", "text": "Which seal is it?"}, "helps/"),
    "help.answer": Least("asked", {**HELP, "answer": "The blue one"}, "helps/{}/answer/", "help", by="jun"),
    "help.withdraw": Least("asked", HELP, "helps/{}/withdraw/", "help"),
    "cause.settle": Least("finding", {**CAUSE, **WHY}, "causes/{}/settle/", "cause"),
    "cause.change": Least("closed", {**CAUSE, "text": "The shaft was bent"}, "causes/{}/", "cause"),
}
ROOM = Room(KINDS, LEAST, Stage, SHAPES, STATUSES)
yes, no, wrong = ROOM.yes, ROOM.no, ROOM.wrong
