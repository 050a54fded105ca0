"""What stands at the demo's customers, with the numbers that people read off it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from core.ids import uuid7
from customers import actions
from customers.models import Asset, Customer, Product
from sync import changes
from sync.changes import Actor, Unit


@dataclass(frozen=True)
class Machine:
    """Where it stands and what it is, how its serials begin, and the code of our product, if it is ours."""

    name: str
    serial: str
    product: str = ""


MACHINES = (
    Machine("1층 복도 공기청정기", "AC3", "AC300"),
    Machine("2학년 1반 공기청정기", "AC3", "AC300"),
    Machine("과학실 전자칠판", "EB8", "EB86"),
    Machine("3학년 2반 전자칠판", "EB8", "EB86"),
    Machine("급식실 환기 시스템", "KV", "KV2"),
    Machine("시청각실 프로젝터", "PJ"),
    Machine("교무실 복사기", "CP"),
)
HOIST = Machine("Chain hoist", "CH")
_FIRST_LABEL = 1001


def add_school_assets(products: list[Product]) -> None:
    """One to three at every tenth school."""
    by_code = {product.code: product for product in products}
    # Dice of their own: all else falls as it fell before there were assets.
    dice = random.Random(2027)
    chosen = list(Customer.objects.order_by("external_id"))[::10]
    standing = [(school, machine) for school in chosen for machine in dice.sample(MACHINES, dice.choice((1, 2, 3)))]
    with changes.unit("asset.add", by=Actor(None, "command")) as unit:
        for label, (school, machine) in enumerate(standing, _FIRST_LABEL):
            product = by_code.get(machine.product)
            _add_machine(unit, school, machine, label, dice, product=product.pk if product else None)


def add_hoists(customers: list[Customer]) -> None:
    dice = random.Random(2027)
    with changes.unit("asset.add", by=Actor(None, "command")) as unit:
        for label, customer in enumerate(customers, _FIRST_LABEL):
            _add_machine(unit, customer, HOIST, label, dice)


def _add_machine(
    unit: Unit, customer: Customer, machine: Machine, label: int, dice: random.Random, **values: Any
) -> Asset:
    site = customer.sites.order_by("pk").first()
    return actions.add_asset(
        unit,
        asset=uuid7(),
        customer=customer.pk,
        site=site.pk if site else None,
        name=machine.name,
        serial=f"{machine.serial}-{dice.randrange(10**6):06d}",
        tag=str(label),
        **values,
    )
