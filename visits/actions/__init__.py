"""The verbs about visits, commitments and comments. The only place in this room that writes."""

from visits.actions.comments import (
    add_comment,
    withdraw_comment,
)
from visits.actions.commitments import (
    drop_commitment,
    keep_commitment,
    make_commitment,
    move_commitment,
    promise_for,
    settle_commitment,
)
from visits.actions.visits import (
    amend_visit,
    arrive,
    cancel_visit,
    leave_behind,
    log_visit,
    miss_visit,
    plan_visit,
    take_along,
    withdraw_visit,
)

__all__ = [
    "add_comment",
    "amend_visit",
    "arrive",
    "cancel_visit",
    "drop_commitment",
    "keep_commitment",
    "leave_behind",
    "log_visit",
    "make_commitment",
    "miss_visit",
    "move_commitment",
    "plan_visit",
    "promise_for",
    "settle_commitment",
    "take_along",
    "withdraw_comment",
    "withdraw_visit",
]
