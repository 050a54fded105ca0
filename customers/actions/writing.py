"""What the verbs of this room share: whose rows they may lock, and how a row is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from core.errors import NOT_FOUND, NOT_PERMITTED, NOTHING_CHANGED, Problem
from core.inputs import Input
from core.models import Row, changed_fields, insert
from customers import merging
from customers.errors import OUT_OF_SCOPE
from customers.models import Conflict, Customer
from customers.permissions import edits_customers
from sync.changes import Unit
from sync.merge import Clash
from sync.models import FieldEdit
from sync.registry import registry

Seen = Mapping[str, Any] | None


def lock_to_edit(unit: Unit, model: type[Any], id: UUID, field: str) -> Any:
    """A row the actor may edit, locked. Raises not_found, row_deleted, not_permitted or out_of_scope."""
    row = model.objects.lock(id, field=field)
    require_editor(unit, row if model is Customer else row.customer)
    return row


def lock_to_restore(unit: Unit, model: type[Any], id: UUID, field: str) -> Any:
    """A row that was removed less than 180 days ago, or was not removed at all. Raises as ``lock_to_edit``."""
    row = model.objects.by_id(id, locked=True)
    if row is None or row.is_gone:
        raise Problem(NOT_FOUND, field=field)
    require_editor(unit, row if model is Customer else row.customer)
    return row


def require_editor(unit: Unit, customer: Customer) -> None:
    """Reps and managers edit what lies in their territories, administrators everything, commands as well."""
    member = unit.member
    if member is None or member.is_admin:
        return
    if not edits_customers(member):
        raise Problem(NOT_PERMITTED)
    readable = member.territories_read()
    if readable is not None and customer.territory_id not in readable:
        raise Problem(OUT_OF_SCOPE)


def add_row(unit: Unit, row: Any, *, field: str = "id") -> Any:
    """``field`` is the input's name for the id."""
    insert(row, field=field)
    unit.record(row)
    return row


def change_row(unit: Unit, row: Any, values: dict[str, Any]) -> Any:
    changed = changed_fields(row, values)
    if not changed:
        raise Problem(NOTHING_CHANGED)
    row.save(update_fields=changed)
    unit.record(row)
    return row


def edit_row(unit: Unit, row: Row, customer: Customer, seen: Seen, wanted: dict[str, Any], form: type[Input]) -> None:
    """Takes of an edit what nobody else has changed meanwhile. What clashes is kept for people to look at."""
    met = merging.meet(row, seen, wanted, form)
    changed = write_values(unit, row, met.values)
    for clash in met.clashes:
        _keep_conflict(unit, row, customer, clash)
    if not changed and not met.clashes and seen is None:
        raise Problem(NOTHING_CHANGED)


def write_values(unit: Unit, row: Row, values: dict[str, Any]) -> bool:
    """Saves the values that differ, with what the fields held before."""
    before = {name: merging.value_of(row, name) for name in values}
    changed = changed_fields(row, merging.attributes(row, values))
    if not changed:
        return False
    row.save(update_fields=changed)
    unit.record(row)
    for name, value in values.items():
        if before[name] != value:
            unit.record_edit(row, name, *merging.as_json((before[name], value)))
    return True


def _keep_conflict(unit: Unit, row: Row, customer: Customer, clash: Clash) -> Conflict:
    """Neither value is lost: one stands in the row, both stand here. The writer of this entry is told at once."""
    shape = registry.shape_of[type(row)].name
    former = FieldEdit.objects.filter(shape=shape, row_id=row.pk, field__in=clash.fields).order_by("-id").first()
    conflict = Conflict(
        customer=customer,
        shape=shape,
        row=row.pk,
        names=list(clash.fields),
        base=merging.as_json(clash.base),
        mine=merging.as_json(clash.mine),
        theirs=merging.as_json(clash.theirs),
        kept=clash.kept,
        member=unit.member,
        their_member_id=former.member_id if former else None,
        theirs_at=former.made_at if former else None,
        **unit.actor.times,
    )
    conflict.save(force_insert=True)
    unit.record(conflict)
    unit.note_conflict({"id": str(conflict.pk), "shape": shape, "row": str(row.pk), "names": list(clash.fields)})
    return conflict


def set_deleted(unit: Unit, row: Any, at: datetime | None) -> Any:
    row.deleted_at = at
    row.save(update_fields=["deleted_at"])
    unit.record(row)
    return row
