"""How a conflict ends."""

from __future__ import annotations

from uuid import UUID

from core.errors import TOO_LONG, Problem
from core.inputs import read_field
from customers.actions.writing import Seen, write_values
from customers.errors import ALREADY_RESOLVED
from customers.merging import noun_of
from customers.models import Conflict
from customers.serializers import MOST_MEMO
from sync.changes import Unit


def resolve_conflict(unit: Unit, *, conflict: UUID, choice: str, seen: Seen = None, note: str = "") -> Conflict:
    """Ends a conflict: the row keeps what it holds, takes the other value, or a memo gets both.

    ``seen`` names the value the row held when the choice was made; if somebody changed it since, that is a conflict
    of its own. Raises already_resolved.
    """
    found = Conflict.objects.lock(conflict, field="conflict")
    if not found.is_open:
        raise Problem(ALREADY_RESOLVED)
    if choice == Conflict.Choice.REPLACE:
        _put_aside_back(unit, found, seen)
    elif choice == Conflict.Choice.NOTE:
        _add_to_memo(unit, found, note)
    elif found.member_id != getattr(unit.member, "pk", None):
        noun_of(found.shape).require_editor(unit, found)
    found.choice, found.resolved_by, found.closed_at = choice, unit.member, unit.actor.received_at
    found.save(update_fields=["choice", "resolved_by", "closed_at"])
    unit.record(found)
    return found


def _put_aside_back(unit: Unit, conflict: Conflict, seen: Seen) -> None:
    """Whoever does not say what they saw (by REST nobody does) has seen what the conflict says that the row holds."""
    wanted = dict(zip(conflict.names, conflict.aside, strict=True))
    if seen is None:
        seen = dict(zip(conflict.names, conflict.held, strict=True))
    noun = noun_of(conflict.shape)
    values = {name: read_field(noun.form, name, value) for name, value in wanted.items()}
    noun.change(unit, **{conflict.shape: conflict.row}, seen=seen, **values)


def _add_to_memo(unit: Unit, conflict: Conflict, note: str) -> None:
    """Appended by the server to what stands there now, so that it cannot meet another edit."""
    noted = noun_of(conflict.shape).memo_of(unit, conflict)
    memo = f"{noted.memo}\n{note}".strip()
    if len(memo) > MOST_MEMO:
        raise Problem(TOO_LONG, field="note", max=MOST_MEMO)
    write_values(unit, noted, {"memo": memo})
