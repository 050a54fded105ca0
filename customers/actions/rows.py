"""Customers, sites, contacts, assets and products: add, change, remove, restore."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from core import clock
from core.errors import NOT_FOUND, Problem
from core.ids import uuid7
from core.models import Row
from customers import merging
from customers.actions.writing import (
    Seen,
    add_row,
    change_row,
    edit_row,
    lock_to_edit,
    lock_to_restore,
    require_editor,
    set_deleted,
)
from customers.errors import ASSET_UNNAMED, CODE_TAKEN, EXTERNAL_ID_TAKEN, OUT_OF_SCOPE
from customers.models import Asset, Contact, Customer, Product, Site
from customers.serializers import AssetInput, ContactInput, CustomerInput, SiteInput
from people.models import Territory
from people.streams import territory_scope
from sync.changes import Unit


def add_customer(unit: Unit, *, territory: UUID, id: UUID | None = None, **values: Any) -> Customer:
    _require_free_external_id(values.get("external_id", ""))
    found = _territory(unit, territory)
    return add_row(unit, Customer(id=id or uuid7(), territory=found, **values))


def change_customer(unit: Unit, *, customer: UUID, seen: Seen = None, **values: Any) -> Customer:
    """Edits shared fields. A new territory takes all that hangs on the customer along."""
    edited: Customer = lock_to_edit(unit, Customer, customer, "customer")
    if values.get("external_id", edited.external_id) != edited.external_id:
        _require_free_external_id(values["external_id"])
    if "territory" in values:
        _territory(unit, values["territory"])
    former = edited.territory_id
    edit_row(unit, edited, edited, seen, values, CustomerInput)
    if edited.territory_id != former:
        unit.move(edited.pk, territory_scope(former), territory_scope(edited.territory_id))
    return edited


def add_site(unit: Unit, *, customer: UUID, id: UUID | None = None, **values: Any) -> Site:
    owner = _customer(unit, customer)
    return add_row(unit, Site(id=id or uuid7(), customer=owner, **values))


def change_site(unit: Unit, *, site: UUID, seen: Seen = None, **values: Any) -> Site:
    edited: Site = lock_to_edit(unit, Site, site, "site")
    edit_row(unit, edited, edited.customer, seen, values, SiteInput)
    return edited


def add_contact(
    unit: Unit, *, customer: UUID, id: UUID | None = None, site: UUID | None = None, **values: Any
) -> Contact:
    owner = _customer(unit, customer)
    return add_row(unit, Contact(id=id or uuid7(), customer=owner, site=_site_of(owner, site), **values))


def change_contact(unit: Unit, *, contact: UUID, seen: Seen = None, **values: Any) -> Contact:
    edited: Contact = lock_to_edit(unit, Contact, contact, "contact")
    if values.get("site") is not None:
        _site_of(edited.customer, values["site"])
    edit_row(unit, edited, edited.customer, seen, values, ContactInput)
    return edited


def add_asset(
    unit: Unit,
    *,
    asset: UUID,
    customer: UUID,
    site: UUID | None = None,
    product: UUID | None = None,
    **values: Any,
) -> Asset:
    """A machine somebody found at a customer's. One that is known already is not refused: the phone warned."""
    owner = _customer(unit, customer)
    require_editor(unit, owner)
    added = Asset(id=asset, customer=owner, site=_site_of(owner, site), product=_product(product), **values)
    _require_named(added, {})
    return add_row(unit, added, field="asset")


def change_asset(unit: Unit, *, asset: UUID, seen: Seen = None, **values: Any) -> Asset:
    edited: Asset = lock_to_edit(unit, Asset, asset, "asset")
    _site_of(edited.customer, values.get("site"))
    _product(values.get("product"))
    _require_named(edited, merging.meet(edited, seen, values, AssetInput).values)
    edit_row(unit, edited, edited.customer, seen, values, AssetInput)
    return edited


def add_product(unit: Unit, *, id: UUID | None = None, **values: Any) -> Product:
    _require_free_code(values.get("code", ""))
    return add_row(unit, Product(id=id or uuid7(), **values))


def change_product(unit: Unit, product: Product, **values: Any) -> Product:
    if values.get("code", product.code) != product.code:
        _require_free_code(values["code"])
    return change_row(unit, product, values)


def remove_customer(unit: Unit, customer: Customer) -> Customer:
    """Takes a customer with its sites, contacts and assets off every phone. What was done there stays written."""
    at = clock.now()
    for row in _belongings(customer, deleted_at=None):
        set_deleted(unit, row, at)
    return set_deleted(unit, customer, at)


def restore_customer(unit: Unit, *, customer: UUID) -> Customer:
    """Brings back what was removed together with the customer, and only that."""
    restored: Customer = lock_to_restore(unit, Customer, customer, "customer")
    for row in _belongings(restored, deleted_at=restored.deleted_at):
        set_deleted(unit, row, None)
    return set_deleted(unit, restored, None)


def remove(unit: Unit, row: Row) -> Row:
    """Takes a row off every phone. It stays in the database and can be restored for 180 days."""
    return set_deleted(unit, row, clock.now())


def remove_asset(unit: Unit, *, asset: UUID) -> Asset:
    """Takes it off every phone. Where two phones remove the same one, the second has nothing left to do."""
    removed: Asset = lock_to_restore(unit, Asset, asset, "asset")
    return removed if removed.is_deleted else set_deleted(unit, removed, clock.now())


def restore_site(unit: Unit, *, site: UUID) -> Site:
    return _restore_belonging(unit, lock_to_restore(unit, Site, site, "site"))


def restore_contact(unit: Unit, *, contact: UUID) -> Contact:
    return _restore_belonging(unit, lock_to_restore(unit, Contact, contact, "contact"))


def restore_asset(unit: Unit, *, asset: UUID) -> Asset:
    return _restore_belonging(unit, lock_to_restore(unit, Asset, asset, "asset"))


def restore_product(unit: Unit, *, product: UUID) -> Product:
    return set_deleted(unit, Product.objects.restorable().filter(pk=product).select_for_update().get(), None)


def _restore_belonging(unit: Unit, row: Any) -> Any:
    """Raises row_deleted while the customer is removed: that one comes first."""
    Customer.objects.lock(row.customer_id, field="customer")
    return set_deleted(unit, row, None)


def _belongings(customer: Customer, *, deleted_at: datetime | None) -> list[Row]:
    mine = {"customer": customer, "deleted_at": deleted_at}
    return [*Site.objects.filter(**mine), *Contact.objects.filter(**mine), *Asset.objects.filter(**mine)]


def _territory(unit: Unit, id: UUID) -> Territory:
    """A territory the actor may write in. Raises not_found or out_of_scope."""
    found: Territory = Territory.objects.find(id, field="territory")
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


def _product(id: UUID | None) -> Product | None:
    """Any product that is known: what we no longer sell still stands at customers."""
    return None if id is None else Product.objects.find(id, field="product")


def _require_named(asset: Asset, values: dict[str, Any]) -> None:
    """With these values something must be left to call it by. Two edits that are right each may not be together."""
    if not any(values.get(name, getattr(asset, name)) for name in Asset.NAMED_BY):
        raise Problem(ASSET_UNNAMED, field="name")


def _require_free_external_id(external_id: str) -> None:
    if external_id and Customer.objects.filter(external_id=external_id).exists():
        raise Problem(EXTERNAL_ID_TAKEN, field="external_id")


def _require_free_code(code: str) -> None:
    if code and Product.objects.filter(code=code).exists():
        raise Problem(CODE_TAKEN, field="code")
