"""The nouns of this room that many people edit."""

from __future__ import annotations

from customers.actions.writing import lock_to_edit
from customers.merging import SharedNoun
from customers.models import Conflict, Customer
from sync.changes import Unit
from sync.merge import Rules
from tickets import actions
from tickets.actions.writing import require_worker
from tickets.serializers import CauseInput, TicketInput


def _require_editor(unit: Unit, conflict: Conflict) -> None:
    require_worker(unit)


def _memo_of(unit: Unit, conflict: Conflict) -> Customer:
    """Tickets and causes have no memo of their own."""
    found: Customer = lock_to_edit(unit, Customer, conflict.customer_id, "customer")
    return found


# What was the matter and what was done is said together, and the first to say it stands until somebody decides.
_SOLUTION = ("cause_chip", "fix_chip", "resolution")

NOUNS = {
    "ticket": SharedNoun(
        TicketInput,
        actions.change_ticket,
        _require_editor,
        _memo_of,
        Rules(guarded=frozenset(_SOLUTION), together=(_SOLUTION,)),
    ),
    "cause": SharedNoun(CauseInput, actions.change_cause, _require_editor, _memo_of),
}
