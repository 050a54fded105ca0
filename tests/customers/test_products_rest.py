"""Products by REST: everybody reads them and has them on the phone, administrators write them."""

from __future__ import annotations

from typing import Any

import pytest

from core import tenancy
from customers.models import Product
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.customers.screens import add, change, names_of, read, refused, remove, restore
from tests.phone import Phone, projection
from tests.rest import signed_in

pytestmark = pytest.mark.both_databases


def test_a_product_comes_to_every_phone_and_leaves_it_again(world: World) -> None:
    phones = [Phone(member) for member in (world.carl, world.eva)]
    shown = add(world.ada, "products", name=" Pump ", code="P-1").json()
    assert (shown["name"], shown["code"], shown["is_active"]) == ("Pump", "P-1", True)
    for phone in phones:
        phone.pull()
        assert phone.holds("product", shown["id"]) == {name: value for name, value in shown.items() if name != "rv"}
    remove(world.ada, f"products/{shown['id']}")
    for phone in phones:
        phone.pull()
        assert phone.holds("product", shown["id"]) is None
        assert phone.contents() == projection(phone.member)


def test_only_administrators_write_products(world: World) -> None:
    pump = make.product(name="Pump")
    no = (403, "not_permitted", None)
    for member in (world.ana, world.mia, world.jun, world.eva):
        assert refused(add(member, "products", name="Valve")) == no
        assert refused(change(member, f"products/{pump.pk}", name="Valve")) == no
        assert refused(remove(member, f"products/{pump.pk}")) == no
        assert refused(restore(member, f"products/{pump.pk}")) == no
        assert read(member, f"products/{pump.pk}").json()["name"] == "Pump"
    assert change(world.ada, f"products/{pump.pk}", name="Valve").json()["name"] == "Valve"


def test_a_code_is_given_once_in_an_organization(world: World, otto: Member) -> None:
    taken = (409, "code_taken", "code")
    with tenancy.acting_in(otto.organization_id):
        make.product(code="P-1")
    pump = add(world.ada, "products", name="Pump", code="P-1")
    assert pump.status_code == 201, "theirs is theirs"
    assert refused(add(world.ada, "products", name="Valve", code="P-1")) == taken
    valve = add(world.ada, "products", name="Valve", code="P-2").json()
    assert refused(change(world.ada, f"products/{valve['id']}", code="P-1")) == taken
    assert change(world.ada, f"products/{valve['id']}", code="P-2", name="Ball valve").status_code == 200
    for _ in range(2):
        assert add(world.ada, "products", name="Hose", code="").status_code == 201


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"name": ""}, "field_required", "name"),
        ({"name": "1" * 121}, "too_long", "name"),
        ({"code": "1" * 61}, "too_long", "code"),
        ({"is_active": "true"}, "field_type", "is_active"),
        ({"is_active": None}, "field_required", "is_active"),
    ],
)
def test_a_product_that_cannot_be_is_refused_by_field(
    world: World, values: dict[str, Any], code: str, field: str
) -> None:
    assert refused(add(world.ada, "products", **{"name": "Pump", **values})) == (400, code, field)
    assert not Product.objects.exists()


def test_products_come_by_name_and_can_be_asked_for_by_state_and_code(world: World) -> None:
    make.product(name="Valve", code="P-2")
    closed = make.product(name="Pump", code="P-1")
    change(world.ada, f"products/{closed.pk}", is_active=False)
    ana = signed_in(world.ana)
    assert names_of(ana, "products") == ["Pump", "Valve"]
    assert names_of(ana, "products", is_active="true") == ["Valve"]
    assert names_of(ana, "products", is_active="false") == ["Pump"]
    assert names_of(ana, "products", code="P-2") == ["Valve"]
