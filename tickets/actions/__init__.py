"""The verbs about tickets. The only place in this room that writes.

What happened is taken: a ticket is never refused for where or when it was opened, and what was solved without a signal
counts from when it was solved. What is refused is what does not follow from the state a ticket is in.
"""

from tickets.actions.alarms import acknowledge_alarm, raise_alarm, review_times
from tickets.actions.closing import change_cause, close_ticket, prove_cause, settle_cause, tell_finding_due
from tickets.actions.measuring import measure_anew
from tickets.actions.opening import (
    change_ticket,
    link_tickets,
    open_ticket,
    unlink_tickets,
    unwatch_ticket,
    watch_ticket,
    withdraw_ticket,
)
from tickets.actions.promises import (
    add_calendar,
    add_chip,
    add_policy,
    change_calendar,
    change_chip,
    change_policy,
    remove_calendar,
    remove_policy,
    remove_row,
)
from tickets.actions.recurring import say_again
from tickets.actions.starting import start_tickets
from tickets.actions.talking import answer_help, ask_help, withdraw_help, withdraw_message, write_message
from tickets.actions.working import assign_ticket, reopen_ticket, resume_ticket, solve_ticket, take_ticket, wait_ticket

__all__ = [
    "acknowledge_alarm",
    "add_calendar",
    "add_chip",
    "add_policy",
    "answer_help",
    "ask_help",
    "assign_ticket",
    "change_calendar",
    "change_cause",
    "change_chip",
    "change_policy",
    "change_ticket",
    "close_ticket",
    "link_tickets",
    "measure_anew",
    "open_ticket",
    "prove_cause",
    "raise_alarm",
    "remove_calendar",
    "remove_policy",
    "remove_row",
    "reopen_ticket",
    "resume_ticket",
    "review_times",
    "say_again",
    "settle_cause",
    "solve_ticket",
    "start_tickets",
    "take_ticket",
    "tell_finding_due",
    "unlink_tickets",
    "unwatch_ticket",
    "wait_ticket",
    "watch_ticket",
    "withdraw_help",
    "withdraw_message",
    "withdraw_ticket",
    "write_message",
]
