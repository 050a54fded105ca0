"""What a phone holds of customers: everything in the territories its member reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from customers.models import Asset, Conflict, Contact, Customer, Move, Product, Site
from customers.serializers import (
    AssetShape,
    ConflictShape,
    ContactShape,
    CustomerShape,
    MoveShape,
    ProductShape,
    SiteShape,
)
from people.shapes import Periods, everybody
from people.streams import base, member_scope, territory_scope
from sync.registry import Shape, Streams


def territory_of(customers: set[UUID]) -> dict[UUID, UUID]:
    """The territory each of these customers is in now, read afresh."""
    found = Customer.objects.filter(pk__in=customers)
    return dict(found.values_list("pk", "territory_id"))


def with_territory(rows: Sequence[Any]) -> Streams:
    """Customers and what has no end: in the base stream of the customer's territory."""
    customers = {row.pk: row.pk if isinstance(row, Customer) else row.customer_id for row in rows}
    territories = territory_of(set(customers.values()))
    return {pk: frozenset({base(territory_scope(territories[customer]))}) for pk, customer in customers.items()}


def of_conflicts(conflicts: Sequence[Conflict]) -> Streams:
    """Where their customer is seen, and by both whose edits met."""
    territories = territory_of({one.customer_id for one in conflicts})
    period = Periods()
    return {
        one.pk: period.of(one, [territory_scope(territories[one.customer_id]), *map(member_scope, _both(one))])
        for one in conflicts
    }


def _both(conflict: Conflict) -> set[UUID]:
    """Who wrote the former value is not always known."""
    return {id for id in (conflict.member_id, conflict.their_member_id) if id is not None}


def _customer(row: Any) -> UUID:
    found: UUID = row.customer_id
    return found


SHAPES = [
    Shape("customer", Customer, CustomerShape, with_territory, anchor=lambda customer: customer.pk),
    Shape("site", Site, SiteShape, with_territory, anchor=_customer),
    Shape("contact", Contact, ContactShape, with_territory, anchor=_customer),
    Shape("asset", Asset, AssetShape, with_territory, anchor=_customer),
    Shape("conflict", Conflict, ConflictShape, of_conflicts, anchor=_customer),
    Shape("product", Product, ProductShape, everybody),
    Shape("move", Move, MoveShape, everybody),
]
