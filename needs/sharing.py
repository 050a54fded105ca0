"""The noun of this room that many people edit."""

from __future__ import annotations

from customers.merging import SharedNoun
from customers.models import Conflict
from needs import actions
from needs.actions.writing import lock_to_edit, require_editor
from needs.models import Need
from needs.serializers import NeedInput
from sync.changes import Unit


def _require_editor(unit: Unit, conflict: Conflict) -> None:
    require_editor(unit)


def _memo_of(unit: Unit, conflict: Conflict) -> Need:
    return lock_to_edit(unit, conflict.row)


NEED = SharedNoun(NeedInput, actions.change_need, _require_editor, _memo_of)
