"""What an input does not name cannot be set: neither whose a row is nor when it was removed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models

from core.inputs import Input, InputProblem, read_input
from core.models import Row
from customers import serializers as forms
from customers.models import Asset, Contact, Customer, Product, Site
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.customers.screens import add, change, refused

pytestmark = pytest.mark.both_databases

# What may be set when a row is made and when it is changed, written by hand and not read from the forms.
_ACCESS = {"access_gate", "access_parking", "access_registration", "access_loading", "access_lunch"}
CHANGED: dict[type[Row], set[str]] = {
    Customer: {"name", "external_id", "segment", "phone", "memo", "territory"},
    Site: {"name", "address", "latitude", "longitude", "geofence_m", *_ACCESS},
    Contact: {"site", "name", "title", "department", "honorific", "part", "phone", "email"},
    Asset: {"site", "product", "name", "serial", "tag", "notes"},
    Product: {"name", "code", "is_active"},
}
MADE: dict[type[Row], set[str]] = {
    Customer: {"id"},
    Site: {"id", "customer"},
    Contact: {"id", "customer"},
    Asset: {"asset", "customer"},
    Product: {"id"},
}
FORMS: dict[type[Row], tuple[type[Input], type[Input]]] = {
    Customer: (forms.NewCustomerInput, forms.CustomerInput),
    Site: (forms.NewSiteInput, forms.SiteInput),
    Contact: (forms.NewContactInput, forms.ContactInput),
    Asset: (forms.NewAssetInput, forms.AssetInput),
    Product: (forms.NewProductInput, forms.ProductInput),
}


def everything_named(model: type[models.Model]) -> set[str]:
    """Every name by which Django would set something on a row, and a few that other programs would try."""
    names = {"rv", "pk", "is_deleted", "is_admin", "owner", "_state", "__class__", "Organization"}
    for field in model._meta.get_fields():
        names |= {field.name, getattr(field, "attname", field.name), getattr(field, "column", None) or field.name}
        if isinstance(field, models.ForeignObjectRel):
            names.add(field.get_accessor_name() or field.name)
    return names


def test_an_input_takes_what_is_written_here_and_no_more() -> None:
    """B23: refused by its name, whatever the value."""
    for model, (new, known) in FORMS.items():
        for form, taken in ((new, CHANGED[model] | MADE[model]), (known, CHANGED[model])):
            assert set(form().fields) == taken
            for name in everything_named(model) - taken:
                with pytest.raises(InputProblem) as caught:
                    read_input(form, {"name": "Mine", name: None})
                assert (caught.value.code.name, caught.value.params) == ("field_not_allowed", {"field": name})


@pytest.mark.parametrize("name", ["organization", "organization_id", "id", "deleted_at", "rv", "customer_id"])
def test_nothing_else_can_be_slipped_in(world: World, otto: Member, name: str) -> None:
    """Nor is anything else of the same body written."""
    rows: dict[str, Any] = {"customers": world.steel, "sites": world.gate, "contacts": make.contact(world.steel)}
    rows |= {"assets": make.asset(world.steel), "products": make.product()}
    value = otto.organization_id if name.startswith("organization") else str(world.paper.pk)
    for noun, row in rows.items():
        before = list(type(row)._base_manager.order_by("pk").values())
        answer = change(world.ada, f"{noun}/{row.pk}", **{"name": "Mine", name: value})
        assert refused(answer) == (400, "field_not_allowed", name)
        assert list(type(row)._base_manager.order_by("pk").values()) == before


def test_a_belonging_keeps_its_customer(world: World) -> None:
    rows: dict[str, Row] = {"sites": world.gate, "contacts": make.contact(world.steel)}
    for noun, row in {**rows, "assets": make.asset(world.steel)}.items():
        answer = change(world.ada, f"{noun}/{row.pk}", customer=world.paper.pk)
        assert refused(answer) == (400, "field_not_allowed", "customer")


def test_a_row_belongs_to_the_organization_of_whoever_makes_it(world: World, otto: Member) -> None:
    shown = add(world.ana, "customers", name="Glass", territory=world.north.pk).json()
    assert Customer.everywhere.get(pk=shown["id"]).organization_id == world.organization.pk
    answer = add(world.ana, "customers", name="Glass", territory=world.north.pk, organization=otto.organization_id)
    assert refused(answer) == (400, "field_not_allowed", "organization")
