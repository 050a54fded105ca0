"""Why something about a ticket, a cause, a message, a help or a promise was refused."""

from core.errors import Code

TICKET_STATE = Code("ticket_state", 409, "That does not follow from the state the ticket is in.")
TICKET_WITHDRAWN = Code("ticket_withdrawn", 409, "The ticket was withdrawn.")
TICKET_TAKEN = Code("ticket_taken", 409, "Somebody else works on that ticket already.")
TICKET_CIRCLE = Code("ticket_circle", 409, "A ticket cannot be part of itself.")
CLOSING_INCOMPLETE = Code(
    "closing_incomplete", 400, "Closing needs a cause, a countermeasure and a day to watch until."
)
OTHER_CAUSE = Code("other_cause", 409, "It is the same again as another cause.")
WATCH_OVER = Code("watch_over", 409, "It happened after the watch window of that cause: it is something new.")
ALREADY_SO = Code("already_so", 409, "It is so already.")
HELP_OVER = Code("help_over", 409, "It was answered or withdrawn already.")
NOTHING_TO_REVIEW = Code("nothing_to_review", 409, "No time of that ticket is in doubt.")
NOTHING_TO_ACKNOWLEDGE = Code("nothing_to_acknowledge", 409, "No alarm of that ticket waits for anybody.")
NO_WORKING_HOUR = Code("no_working_hour", 400, "A calendar needs at least one working hour.")
SLOTS_OVERLAP = Code("slots_overlap", 400, "Two slots of a day overlap.")
CALENDAR_IN_USE = Code("calendar_in_use", 409, "A promise is counted in that calendar.")
POLICY_TAKEN = Code("policy_taken", 409, "That is promised already.")
