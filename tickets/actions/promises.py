"""What administrators set up: chips, business calendars, and what is promised."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from core import clock
from core.errors import FIELD_REQUIRED, NOTHING_CHANGED, Problem
from core.models import changed_fields, insert
from customers.models import Customer
from people.errors import NAME_TAKEN
from sync.changes import Unit
from tickets import bell
from tickets.actions.writing import save
from tickets.calendars import require_slots
from tickets.errors import CALENDAR_IN_USE, POLICY_TAKEN
from tickets.models import BusinessCalendar, Chip, SlaPolicy

# --- Chips -----------------------------------------------------------------------------------------------------


def add_chip(unit: Unit, *, id: UUID, sort: str, name: str, place: int | None = None) -> Chip:
    _require_free(Chip, name, sort=sort)
    last = Chip.objects.alive().filter(sort=sort).count()
    added = Chip(id=id, sort=sort, name=name, place=last if place is None else place)
    insert(added, field="id")
    unit.record(added)
    return added


def change_chip(unit: Unit, chip: Chip, **values: Any) -> Chip:
    if "name" in values and values["name"] != chip.name:
        _require_free(Chip, values["name"], sort=chip.sort)
    return _change(unit, chip, values)


def remove_row(unit: Unit, row: Any) -> Any:
    """Takes it off every phone. Tickets that have it keep it."""
    row.deleted_at = clock.now()
    return save(unit, row, "deleted_at")


# --- Calendars -------------------------------------------------------------------------------------------------


def add_calendar(unit: Unit, *, id: UUID, name: str, slots: Any, **values: Any) -> BusinessCalendar:
    _require_free(BusinessCalendar, name)
    if "time_zone" not in values:
        values["time_zone"] = unit.member.organization.time_zone
    added = BusinessCalendar(id=id, name=name, slots=require_slots(slots), **values)
    insert(added, field="id")
    unit.record(added)
    return added


def change_calendar(unit: Unit, calendar: BusinessCalendar, **values: Any) -> BusinessCalendar:
    """Tickets that are open are counted by the new hours, from their beginning."""
    if "name" in values and values["name"] != calendar.name:
        _require_free(BusinessCalendar, values["name"])
    if "slots" in values:
        values["slots"] = require_slots(values["slots"])
    _change(unit, calendar, values)
    _measure_later(unit)
    return calendar


def remove_calendar(unit: Unit, calendar: BusinessCalendar) -> BusinessCalendar:
    if SlaPolicy.objects.alive().filter(calendar=calendar).exists():
        raise Problem(CALENDAR_IN_USE)
    return remove_row(unit, calendar)


# --- Promises --------------------------------------------------------------------------------------------------


def add_policy(
    unit: Unit, *, id: UUID, calendar: UUID, customer: UUID | None = None, severity: str = "", **values: Any
) -> SlaPolicy:
    """Tickets that are open are measured by what is promised now."""
    counted_in = BusinessCalendar.objects.find(calendar, field="calendar")
    of = None if customer is None else Customer.objects.find(customer, field="customer")
    if SlaPolicy.objects.alive().filter(customer=of, severity=severity).exists():
        raise Problem(POLICY_TAKEN)
    added = SlaPolicy(id=id, calendar=counted_in, customer=of, severity=severity, **values)
    _require_promise(added)
    insert(added, field="id")
    unit.record(added)
    _measure_later(unit)
    return added


def change_policy(unit: Unit, policy: SlaPolicy, **values: Any) -> SlaPolicy:
    if "calendar" in values:
        values["calendar"] = BusinessCalendar.objects.find(values["calendar"], field="calendar")
    changed = _changed(policy, values)
    _require_promise(policy)
    save(unit, policy, *changed)
    _measure_later(unit)
    return policy


def remove_policy(unit: Unit, policy: SlaPolicy) -> SlaPolicy:
    remove_row(unit, policy)
    _measure_later(unit)
    return policy


def _require_promise(policy: SlaPolicy) -> None:
    if policy.response_minutes is None and policy.resolution_minutes is None:
        raise Problem(FIELD_REQUIRED, field="resolution_minutes")


def _measure_later(unit: Unit) -> None:
    transaction.on_commit(partial(bell.ring_to_measure, unit.organization_id), robust=True)


def _change(unit: Unit, row: Any, values: dict[str, Any]) -> Any:
    return save(unit, row, *_changed(row, values))


def _changed(row: Any, values: dict[str, Any]) -> list[str]:
    changed = changed_fields(row, values)
    if not changed:
        raise Problem(NOTHING_CHANGED)
    return changed


def _require_free(model: Any, name: str, **among: Any) -> None:
    if model.objects.alive().filter(name=name, **among).exists():
        raise Problem(NAME_TAKEN, field="name")
