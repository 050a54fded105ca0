"""What the last checks read, from the real server's tables."""

from __future__ import annotations

from collections.abc import Container
from typing import Any
from uuid import UUID

import orjson

from sync.models import Audit, Effect, FieldEdit, InboxEntry, Tick
from sync.registry import registry
from tests.lamps import versions
from tests.lamps.models import Clash, Lamp
from tests.simulation.answers import WAITING
from tests.simulation.door import EditRow, Evidence, InboxRow
from tests.simulation.entries import Fields

APPLY_FOR, BEHALF = "entry.apply_for", "behalf"  # a verb of the audit, and a door


def evidence_of(organization: UUID) -> Evidence:
    """Everything as committed, in the current organization."""
    behalf = set(_entries(_audit(organization, door=BEHALF)))
    return Evidence(
        inbox=[_inbox_row(entry, behalf) for entry in InboxEntry.objects.select_related("replica").order_by("pk")],
        effects=_entries(Effect.objects.filter(organization_id=organization)),
        audit=_entries(_audit(organization, door__in=("sync", BEHALF))),
        acts=[id for rows in _audit(organization, verb=APPLY_FOR).values_list("rows", flat=True) for _, id in rows],
        lamps=_shown("lamp", Lamp),
        clashes=_shown("clash", Clash),
        edits=[_edit_row(edit) for edit in FieldEdit.objects.order_by("pk")],
        numbers=list(Tick.objects.filter(organization_id=organization).order_by("pk").values_list("seq", flat=True)),
        version=versions.understood(),
    )


def _audit(organization: UUID, **chosen: Any) -> Any:
    return Audit.objects.filter(organization_id=organization, **chosen)


def _entries(rows: Any) -> list[str]:
    return [str(id) for id in rows.order_by("pk").values_list("entry_id", flat=True)]


def _shown(name: str, model: Any) -> dict[str, Fields]:
    shape = registry.shapes[name]
    return {str(row.pk): orjson.loads(orjson.dumps(shape.render(row))) for row in model.objects.order_by("pk")}


def _edit_row(edit: FieldEdit) -> EditRow:
    return EditRow(str(edit.row_id), edit.field, edit.before, edit.after, str(edit.entry_id), str(edit.member_id))


def _inbox_row(row: InboxEntry, behalf: Container[str]) -> InboxRow:
    entry = orjson.loads(bytes(row.body))
    waits_on = row.params.get("entry") if row.code in WAITING else None
    answer = (row.state, row.code or None, row.attempts, row.settled_seq or 0, waits_on)
    is_behalf = entry["id"] in behalf
    is_accepted = is_behalf or row.accepted_by_id is not None
    return InboxRow(
        row.replica.key, row.n, entry["id"], entry, *answer, str(row.replica.member_id), is_accepted, is_behalf
    )
