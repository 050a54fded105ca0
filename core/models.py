"""The base of every business row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models

from core import bulk, clock, lookup, tenancy
from core.errors import ID_TAKEN, NOT_FOUND, ROW_DELETED, Problem
from core.ids import uuid7

RESTORE_WITHIN = timedelta(days=180)

RowType = TypeVar("RowType", bound="Row", covariant=True)


class RowQuerySet(models.QuerySet[RowType]):
    def alive(self) -> Self:
        return self.filter(deleted_at=None)

    def restorable(self) -> Self:
        """Removed, and not longer ago than 180 days."""
        return self.filter(deleted_at__gte=clock.now() - RESTORE_WITHIN)

    def lock(self, id: UUID, *, field: str) -> RowType:
        """As ``TenantManager.lock``, among the rows of this query."""
        return _alive(self.select_for_update().filter(pk=id).only_one(), field)

    def find(self, id: UUID, *, field: str) -> RowType:
        """As ``TenantManager.find``, among the rows of this query."""
        return _alive(self.filter(pk=id).only_one(), field)

    def only_one(self) -> RowType | None:
        """The row of a query that can find one at most. (``first`` would order and cut what needs neither.)"""
        return next(iter(self), None)


def _alive(row: RowType | None, field: str) -> RowType:
    if row is None:
        raise Problem(NOT_FOUND, field=field)
    if row.deleted_at is not None:
        raise Problem(ROW_DELETED, field=field)
    return row


class CurrentOrganization(models.Expression):
    """The organization at the moment the query runs. Raises NoOrganization then when none is set.

    Bound late on purpose: filters and viewsets build querysets while modules load.
    """

    output_field = models.UUIDField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self.output_field.get_db_prep_value(tenancy.require_id(), connection),)


class TenantManager(models.Manager[RowType]):
    """Rows of the current organization only; a query outside any organization raises NoOrganization."""

    def get_queryset(self) -> models.QuerySet[RowType]:
        return super().get_queryset().filter(organization_id=CurrentOrganization())

    def find(self, id: UUID, *, field: str) -> RowType:
        """The row, unlocked. Raises not_found or row_deleted, naming the input's field."""
        return _alive(self.by_id(id), field)

    def lock(self, id: UUID, *, field: str) -> RowType:
        """The row, locked until the unit ends. Raises not_found or row_deleted, naming the input's field."""
        return _alive(self.by_id(id, locked=True), field)

    def by_id(self, id: UUID, *, locked: bool = False) -> RowType | None:
        """The row, removed or not, or nothing."""
        return lookup.row_of(self.model, tenancy.require_id(), id, locked=locked)


class Identified(models.Model):
    """A row that phones may hold: its id is made by whoever creates it, the phone too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    objects: Any

    class Meta:
        abstract = True

    @property
    def is_deleted(self) -> bool:
        return False


class Row(Identified):
    """A business row: it belongs to one organization, and is taken off phones when it is deleted."""

    organization = models.ForeignKey(
        "people.Organization", on_delete=models.PROTECT, default=tenancy.require_id, related_name="+"
    )
    deleted_at = models.DateTimeField(null=True, blank=True)

    # Any here, so that a room's own queryset may stand in for it with its own type.
    objects: Any = TenantManager.from_queryset(RowQuerySet)()
    everywhere = models.Manager()  # every organization: only where tests/core/test_tenancy.py lists it

    class Meta:
        abstract = True

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_gone(self) -> bool:
        """Removed for longer than it can be brought back."""
        return self.deleted_at is not None and self.deleted_at < clock.now() - RESTORE_WITHIN


class Fact(Row):
    """A row somebody wrote at some moment by their own clock, and the server received at another."""

    made_at = models.DateTimeField()
    made_offset = models.SmallIntegerField(help_text="Minutes east of UTC on the clock that wrote it.")
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    @property
    def made_at_text(self) -> str:
        return clock.to_local_text(self.made_at, self.made_offset)


def changed_fields(row: models.Model, values: dict[str, Any]) -> list[str]:
    """Sets ``values`` on the row and returns the names of the fields whose value really changed."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def insert(row: Row, *, field: str) -> None:
    """Saves a new row. Raises id_taken, naming the input's field, when its id belongs to another row already.

    Asking first would cost a query and still lose a race; the statement itself tells.
    """
    if not bulk.insert_new(row):
        raise Problem(ID_TAKEN, field=field)
