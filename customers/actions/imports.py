"""Lines of a file, read and validated, become customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from core.models import Row, changed_fields
from customers import merging
from customers.models import Customer, Site
from people.actions import add_territory
from people.models import Territory
from people.streams import territory_scope
from sync.changes import Unit


@dataclass(frozen=True)
class ImportRow:
    """One line of a file, read and validated: a customer with one site."""

    external_id: str
    territory: str
    customer: dict[str, Any]
    site: dict[str, Any]


@dataclass
class Imported:
    """What became of one line: created, changed (which fields), unchanged, or refused (why)."""

    outcome: str
    fields: list[str] = field(default_factory=list)
    reason: str = ""


def import_rows(unit: Unit, rows: Sequence[ImportRow]) -> list[Imported]:
    """Takes up to 200 lines in, by external id. Lines that change nothing write nothing."""
    known = _customers_by_external_id(rows)
    removed = {id for id, customer in known.items() if customer.is_deleted}
    territories = _territories_by_name(unit, {row.territory for row in rows if row.external_id not in removed})
    sites = _first_sites(list(known.values()))
    batch = _ImportBatch(unit)
    results = []
    for row in rows:
        if row.external_id in removed:
            results.append(Imported("refused", reason="row_deleted"))
            continue
        customer = known.get(row.external_id)
        values = {**row.customer, "territory": territories[row.territory]}
        if customer is None:
            results.append(batch.create(row, values))
        else:
            results.append(batch.change(customer, values, sites.get(customer.pk), row.site))
    batch.save()
    return results


class _ImportBatch:
    """Collects what a unit of lines writes, so that it goes to the database in a few statements."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.new: list[Row] = []
        self.changed: list[Row] = []
        self.edits: list[tuple[Row, str, Any]] = []
        self.fields: set[tuple[type[Row], str]] = set()

    def create(self, row: ImportRow, values: dict[str, Any]) -> Imported:
        customer = Customer(external_id=row.external_id, **values)
        self.new += [customer, Site(customer=customer, name=customer.name, **row.site)]
        return Imported("created")

    def change(
        self, customer: Customer, values: dict[str, Any], site: Site | None, site_values: dict[str, Any]
    ) -> Imported:
        former = customer.territory_id
        changed = self._note(customer, values)
        if site is None:
            self.new.append(Site(customer=customer, name=customer.name, **site_values))
            changed.append("site")
        else:
            changed += self._note(site, site_values)
        if customer.territory_id != former:
            self.unit.move(customer.pk, territory_scope(former), territory_scope(customer.territory_id))
        return Imported("changed", fields=changed) if changed else Imported("unchanged")

    def _note(self, row: Row, values: dict[str, Any]) -> list[str]:
        before = {name: merging.value_of(row, name) for name in values}
        changed = changed_fields(row, values)
        for name in changed:
            self.edits.append((row, name, before[name]))
        if changed:
            self.changed.append(row)
            self.fields |= {(type(row), name) for name in changed}
        return changed

    def save(self) -> None:
        models: tuple[type[Any], ...] = (Customer, Site)
        for model in models:
            model.objects.bulk_create([row for row in self.new if isinstance(row, model)])
            names = [name for of, name in self.fields if of is model]
            if names:
                model.objects.bulk_update([row for row in self.changed if isinstance(row, model)], sorted(names))
        for row in (*self.new, *self.changed):
            self.unit.record(row)
        for edited, name, before in self.edits:
            self.unit.record_edit(edited, name, *merging.as_json((before, merging.value_of(edited, name))))


def _customers_by_external_id(rows: Sequence[ImportRow]) -> dict[str, Customer]:
    """Locked, and with their territory, so that comparing costs no query a line."""
    wanted = Customer.objects.filter(external_id__in=[row.external_id for row in rows])
    known = wanted.select_for_update(of=("self",)).select_related("territory")
    return {customer.external_id: customer for customer in known}


def _territories_by_name(unit: Unit, names: set[str]) -> dict[str, Territory]:
    found = {one.name: one for one in Territory.objects.filter(name__in=names)}
    for name in sorted(names - found.keys()):
        found[name] = add_territory(unit, name=name)
    return found


def _first_sites(customers: list[Customer]) -> dict[UUID, Site]:
    """The oldest site of each: the one an import made and keeps up to date."""
    found: dict[UUID, Site] = {}
    for site in Site.objects.alive().filter(customer__in=customers).order_by("-id"):
        found[site.customer_id] = site
    return found
