"""The verbs about customers. The only place in this room that writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from core import clock
from core.errors import NOT_FOUND, NOTHING_CHANGED, Problem
from core.ids import uuid7
from core.models import Row, changed_fields, insert
from customers.errors import CODE_TAKEN, EXTERNAL_ID_TAKEN, OUT_OF_SCOPE
from customers.models import Contact, Customer, Product, Site
from people.actions import add_territory
from people.models import Territory
from people.streams import territory_scope
from sync.changes import Unit


def add_customer(unit: Unit, *, territory: UUID, id: UUID | None = None, **values: Any) -> Customer:
    _require_free_external_id(values.get("external_id", ""))
    found = _territory(unit, territory)
    return _add(unit, Customer(id=id or uuid7(), territory=found, **values))


def change_customer(unit: Unit, customer: Customer, **values: Any) -> Customer:
    """Changes shared fields. A new territory takes all that hangs on the customer along."""
    if values.get("external_id", customer.external_id) != customer.external_id:
        _require_free_external_id(values["external_id"])
    if "territory" in values:
        values["territory"] = _territory(unit, values["territory"])
    former = customer.territory_id
    _change(unit, customer, values)
    if customer.territory_id != former:
        unit.move(customer.pk, territory_scope(former), territory_scope(customer.territory_id))
    return customer


def add_site(unit: Unit, *, customer: UUID, id: UUID | None = None, **values: Any) -> Site:
    owner = _customer(unit, customer)
    return _add(unit, Site(id=id or uuid7(), customer=owner, **values))


def change_site(unit: Unit, site: Site, **values: Any) -> Site:
    return _change(unit, site, values)


def add_contact(
    unit: Unit, *, customer: UUID, id: UUID | None = None, site: UUID | None = None, **values: Any
) -> Contact:
    owner = _customer(unit, customer)
    return _add(unit, Contact(id=id or uuid7(), customer=owner, site=_site_of(owner, site), **values))


def change_contact(unit: Unit, contact: Contact, **values: Any) -> Contact:
    if "site" in values:
        values["site"] = _site_of(contact.customer, values["site"])
    return _change(unit, contact, values)


def add_product(unit: Unit, *, id: UUID | None = None, **values: Any) -> Product:
    _require_free_code(values.get("code", ""))
    return _add(unit, Product(id=id or uuid7(), **values))


def change_product(unit: Unit, product: Product, **values: Any) -> Product:
    if values.get("code", product.code) != product.code:
        _require_free_code(values["code"])
    return _change(unit, product, values)


def remove_customer(unit: Unit, customer: Customer) -> Customer:
    """Takes a customer with its sites and contacts off every phone. What was done there stays written."""
    at = clock.now()
    for row in _belongings(customer, deleted_at=None):
        _set_deleted(unit, row, at)
    return _set_deleted(unit, customer, at)


def restore_customer(unit: Unit, customer: Customer) -> Customer:
    """Brings back what was removed together with the customer, and only that."""
    for row in _belongings(customer, deleted_at=customer.deleted_at):
        _set_deleted(unit, row, None)
    return _set_deleted(unit, customer, None)


def remove(unit: Unit, row: Row) -> Row:
    """Takes a row off every phone. It stays in the database and can be restored for 180 days."""
    return _set_deleted(unit, row, clock.now())


def restore(unit: Unit, row: Row) -> Row:
    return _set_deleted(unit, row, None)


def restore_belonging(unit: Unit, row: Site | Contact) -> Site | Contact:
    """Brings a site or contact back. Raises row_deleted while its customer is removed: that one comes first."""
    Customer.objects.lock(row.customer_id, field="customer")
    return _set_deleted(unit, row, None)


def _belongings(customer: Customer, *, deleted_at: datetime | None) -> list[Row]:
    mine = {"customer": customer, "deleted_at": deleted_at}
    return [*Site.objects.filter(**mine), *Contact.objects.filter(**mine)]


def _set_deleted(unit: Unit, row: Any, at: datetime | None) -> Any:
    row.deleted_at = at
    row.save(update_fields=["deleted_at"])
    unit.record(row)
    return row


def _add(unit: Unit, row: Any) -> Any:
    insert(row, field="id")
    unit.record(row)
    return row


def _change(unit: Unit, row: Any, values: dict[str, Any]) -> Any:
    changed = changed_fields(row, values)
    if not changed:
        raise Problem(NOTHING_CHANGED)
    row.save(update_fields=changed)
    unit.record(row)
    return row


def _territory(unit: Unit, id: UUID) -> Territory:
    """A territory the actor may write in. Raises not_found or out_of_scope."""
    found = Territory.objects.find(id, field="territory")
    if unit.member is not None and not unit.member.is_admin:
        writable = unit.member.territories_read()
        if writable is not None and id not in writable:
            raise Problem(OUT_OF_SCOPE, field="territory")
    return found


def _customer(unit: Unit, id: UUID) -> Customer:
    """A customer the actor sees, locked. One that is not seen is not there."""
    if unit.member is not None and not Customer.objects.seen_by(unit.member).filter(pk=id).exists():
        raise Problem(NOT_FOUND, field="customer")
    return Customer.objects.lock(id, field="customer")


def _site_of(customer: Customer, site: UUID | None) -> Site | None:
    """A site of this customer. One of another customer, seen or not, is not there."""
    if site is None:
        return None
    return Site.objects.filter(customer=customer).find(site, field="site")


def _require_free_external_id(external_id: str) -> None:
    if external_id and Customer.objects.filter(external_id=external_id).exists():
        raise Problem(EXTERNAL_ID_TAKEN, field="external_id")


def _require_free_code(code: str) -> None:
    if code and Product.objects.filter(code=code).exists():
        raise Problem(CODE_TAKEN, field="code")


# --- Importing ----------------------------------------------------------------------------------


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
        changed = changed_fields(row, values)
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
