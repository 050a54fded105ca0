"""What may happen in an organization, step by step, while phones pull now and then; and what then is compared.

A step is a name and two numbers, which choose among the people, places and rows that there are by then. What a
rule refuses does not happen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import Any, ClassVar, TypeVar

from django.db import transaction
from hypothesis import strategies as st

from core.errors import Problem
from customers import actions
from customers.models import Asset, Contact, Customer, Site
from fieldops.urls import router
from people import actions as people_actions
from people.models import Member, Territory
from sync.rest import texts_of
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone

Step = tuple[str, int, int]
Chosen = TypeVar("Chosen")
Rows = dict[str, dict[str, Any]]

ROLES = Member.Role.values
ROUTED: list[Any] = [viewset for _, viewset, _ in router.registry if hasattr(viewset, "shape")]
VIEWSETS: dict[str, Any] = {viewset.shape: viewset for viewset in ROUTED}


def steps(names: Sequence[str], *, at_most: int) -> st.SearchStrategy[list[Step]]:
    return st.lists(
        st.tuples(st.sampled_from(names), st.integers(0, 7), st.integers(0, 7)), min_size=3, max_size=at_most
    )


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint that is always rolled back: every history begins with the cast alone."""
    savepoint = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(savepoint)


class History:
    """Customers come, move and go; people are given territories, roles and teams."""

    NAMES: ClassVar[tuple[str, ...]] = (
        "customer",
        "site",
        "contact",
        "asset",
        "move",
        "remove",
        "restore",
        "tear_down",
        "rebuild",
    )
    RIGHTS: ClassVar[tuple[str, ...]] = ("grant", "role", "lead", "join", "administer")

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = [world.ana, world.carl, world.mia, world.jun]
        self.places: list[Territory] = [world.north, world.south, make.territory("East")]
        self.customers = [world.steel, world.paper]
        self.belongings: list[Site | Contact | Asset] = [world.gate]
        self.phones = {member.pk: Phone(member) for member in self.people}

    def happens(self, steps: Iterable[Step]) -> None:
        for step in steps:
            self.happen(*step)
        for phone in self.phones.values():
            phone.pull()

    def happen(self, name: str, one: int, other: int) -> None:
        with suppress(Problem):
            getattr(self, name)(one, other)

    def pull(self, one: int, other: int) -> None:
        self.phones[pick(self.people, one).pk].pull()

    # --- customers ----------------------------------------------------------------------------------

    def customer(self, one: int, other: int) -> None:
        self.customers.append(make.customer(pick(self.places, other)))

    def site(self, one: int, other: int) -> None:
        self.belongings.append(make.site(pick(self.customers, one)))

    def contact(self, one: int, other: int) -> None:
        self.belongings.append(make.contact(pick(self.customers, one)))

    def asset(self, one: int, other: int) -> None:
        self.belongings.append(make.asset(pick(self.customers, one)))

    def move(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            actions.change_customer(unit, customer=pick(self.customers, one).pk, territory=pick(self.places, other).pk)

    def remove(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            actions.remove_customer(unit, Customer.objects.lock(pick(self.customers, one).pk, field="customer"))

    def restore(self, one: int, other: int) -> None:
        found = Customer.objects.get(pk=pick(self.customers, one).pk)
        if found.is_deleted:
            with make.writing(self.world.ada) as unit:
                actions.restore_customer(unit, customer=found.pk)

    def tear_down(self, one: int, other: int) -> None:
        row = pick(self.belongings, one)
        with make.writing(self.world.ada) as unit:
            actions.remove(unit, type(row).objects.lock(row.pk, field="row"))

    def rebuild(self, one: int, other: int) -> None:
        row = pick(self.belongings, one)
        with make.writing(self.world.ada) as unit:
            match row:
                case Site():
                    actions.restore_site(unit, site=row.pk)
                case Contact():
                    actions.restore_contact(unit, contact=row.pk)
                case Asset():
                    actions.restore_asset(unit, asset=row.pk)

    # --- rights -----------------------------------------------------------------------------------------

    def grant(self, one: int, other: int) -> None:
        """Any set of the three territories, by the bits of a number."""
        chosen = [place.pk for bit, place in enumerate(self.places) if other >> bit & 1]
        self._change(one, territories=chosen)

    def role(self, one: int, other: int) -> None:
        self._change(one, role=pick(ROLES, other))

    def administer(self, one: int, other: int) -> None:
        self._change(one, is_admin=bool(other & 1))

    def join(self, one: int, other: int) -> None:
        self._change(one, team=self.world.team.pk if other & 1 else None)

    def lead(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            people_actions.change_team(unit, self.world.team, lead=pick(self.people, one).pk if other & 3 else None)

    def _change(self, one: int, **values: Any) -> None:
        with make.writing(self.world.ada) as unit:
            people_actions.change_member(unit, Member.objects.get(pk=pick(self.people, one).pk), **values)

    # --- comparing --------------------------------------------------------------------------------------

    def shown(self, member: Member, noun: str) -> Rows:
        """By REST: the rows that the viewset itself takes, with their texts as it hands them out."""
        fresh = Member.objects.select_related("user").get(pk=member.pk)
        viewset = VIEWSETS[noun]()
        viewset.request, viewset.action = SimpleNamespace(user=fresh.user), "list"
        rows = map(json.loads, texts_of(noun, list(viewset.seen().values_list("pk", flat=True))))
        return {row["id"]: row for row in rows}

    def held(self, member: Member, noun: str) -> Rows:
        """On the phone, with its versions."""
        rows = self.phones[member.pk].rows.items()
        return {id: {"rv": row.rv, **row.fields} for (shape, id), row in rows if shape == noun}


def pick(rows: Sequence[Chosen], number: int) -> Chosen:
    return rows[number % len(rows)]
