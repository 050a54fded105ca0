"""What needs are about."""

from __future__ import annotations

from uuid import UUID

from core import clock
from core.errors import NOT_FOUND, NOTHING_CHANGED, Problem
from core.models import insert
from needs.actions.writing import require_editor, save
from needs.models import Theme
from people.errors import NAME_TAKEN
from sync.changes import Unit


def add_theme(unit: Unit, *, theme: UUID, name: str) -> Theme:
    require_editor(unit)
    _require_free_name(name)
    added = Theme(id=theme, name=name)
    insert(added, field="theme")
    unit.record(added)
    return added


def rename_theme(unit: Unit, *, theme: UUID, name: str) -> Theme:
    renamed: Theme = Theme.objects.lock(theme, field="theme")
    require_editor(unit)
    if renamed.name == name:
        raise Problem(NOTHING_CHANGED)
    _require_free_name(name)
    unit.record_edit(renamed, "name", renamed.name, name)
    renamed.name = name
    return save(unit, renamed, "name")


def remove_theme(unit: Unit, *, theme: UUID) -> Theme:
    """Takes a theme off every phone. Its needs keep pointing to it, so that bringing it back is exact."""
    removed: Theme = Theme.objects.lock(theme, field="theme")
    require_editor(unit)
    removed.deleted_at = clock.now()
    return save(unit, removed, "deleted_at")


def restore_theme(unit: Unit, *, theme: UUID) -> Theme:
    """Brings back one that was removed less than 180 days ago. Raises name_taken when another has its name by now."""
    restored: Theme | None = Theme.objects.by_id(theme, locked=True)
    if restored is None or restored.is_gone:
        raise Problem(NOT_FOUND, field="theme")
    require_editor(unit)
    if restored.deleted_at is None:
        return restored
    _require_free_name(restored.name)
    restored.deleted_at = None
    return save(unit, restored, "deleted_at")


def _require_free_name(name: str) -> None:
    if Theme.objects.alive().filter(name=name).exists():
        raise Problem(NAME_TAKEN, field="name")
