"""Which state of a ticket may follow which. Pure, and told the same way on the phone (static/src/shapes/ticket.ts)."""

from __future__ import annotations

from tickets.models import Ticket

State = Ticket.State

WORKED_ON = frozenset({State.OPEN, State.ASSIGNED, State.WAITING})
# What may be done in which states.
ALLOWED: dict[str, frozenset[str]] = {
    "take": WORKED_ON,
    "assign": WORKED_ON,
    "wait": WORKED_ON,
    "resume": frozenset({State.WAITING}),
    "solve": WORKED_ON,
    "reopen": frozenset({State.SOLVED, State.CLOSED}),
    "close": frozenset({State.SOLVED}),
}


def may(verb: str, state: str) -> bool:
    return state in ALLOWED[verb]


def working_state(*, has_assignee: bool) -> State:
    """The state of a ticket that somebody may go on with."""
    return State.ASSIGNED if has_assignee else State.OPEN
