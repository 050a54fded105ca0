"""What the harness asks and does inside an installation. Each function is called by name, with plain values."""

from __future__ import annotations

import json
from collections import Counter as Count
from hashlib import sha256
from typing import Any
from uuid import UUID

from core import tenancy
from customers import actions as customer_actions
from customers.models import Customer
from people import actions as people_actions
from people.models import Member
from sync import entry as entries
from sync.models import Audit, Counter, Effect, EntryState, InboxEntry
from tests import factories as make
from tests.asgi import sign_in
from tests.phone import projection, projections
from visits import evidence
from visits.models import Visit


def gather(reps: int, customers: int = 1) -> dict[str, Any]:
    """An organization of two territories, with reps in the first, an administrator and customers."""
    organization = make.organization()
    with tenancy.acting_in(organization.pk):
        here, there = make.territory("Here"), make.territory("There")
        found = [make.customer(here) for _ in range(customers)]
        # The rows of the table share an installation, and an address signs in one person of all of it.
        members = [make.member(territories=[here], email=f"{n}@{organization.pk}.example.com") for n in range(reps)]
        make.member(role="manager", is_admin=True, email=f"admin@{organization.pk}.example.com")
        return {
            "organization": str(organization.pk),
            "here": str(here.pk),
            "there": str(there.pk),
            "customers": [str(one.pk) for one in found],
            "members": [str(one.pk) for one in members],
            "keys": [sign_in(one.user) for one in members],
        }


def keys_for(members: list[str]) -> list[str]:
    return [sign_in(Member._base_manager.get(pk=id).user) for id in members]


def account(organization: str, members: list[str]) -> dict[str, Any]:
    """What the database itself knows of every entry and visit, and what each member's phone must hold."""
    states: dict[str, list[str]] = {}
    for body, state, code in _of(InboxEntry, organization).values_list("body", "state", "code"):
        states.setdefault(str(entries.id_in(bytes(body))), []).append(f"{state} {code}".strip())
    effects = Count(str(id) for id in _of(Effect, organization).values_list("entry_id", flat=True))
    acts = Count(str(id) for id in _of(Audit, organization).filter(door="sync").values_list("entry_id", flat=True))
    visits = {str(id): note for id, note in _of(Visit, organization).values_list("pk", "note")}
    asked = list(Member._base_manager.filter(pk__in=members))
    return {
        "states": states,
        "effects": effects,
        "acts": acts,
        "visits": visits,
        "projections": {str(id): digest(contents) for id, contents in projections(asked).items()},
    }


def digest(contents: dict[tuple[str, str], str]) -> str:
    """A phone's contents as one hash: the same here and there."""
    rows = sorted([*key, text] for key, text in contents.items())
    return sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def _of(model: Any, organization: str) -> Any:
    return model._base_manager.filter(organization_id=UUID(organization))


# --- What an administrator, or time, does -----------------------------------------------------------


def raise_head(organization: str, units: int) -> None:
    """Other work, so that numbers are given again that phones have seen with other contents."""
    with tenancy.acting_in(UUID(organization)):
        customer = Customer.objects.earliest("pk")
        for _ in range(units):
            make.contact(customer)


def move_customer(customer: str, territory: str) -> None:
    organization = Customer._base_manager.get(pk=customer).organization_id
    with tenancy.acting_in(organization), make.writing() as unit:
        customer_actions.change_customer(unit, customer=UUID(customer), territory=UUID(territory))


def remove_customer(customer: str) -> None:
    found = Customer._base_manager.get(pk=customer)
    with tenancy.acting_in(found.organization_id), make.writing() as unit:
        customer_actions.remove_customer(unit, found)


def change_member(member: str, values: dict[str, Any]) -> None:
    found = Member._base_manager.get(pk=member)
    with tenancy.acting_in(found.organization_id), make.writing() as unit:
        people_actions.change_member(unit, found, **values)


def move_all(organization: str, from_territory: str, to_territory: str) -> int:
    """Every customer of a territory but the first goes to another one."""
    with tenancy.acting_in(UUID(organization)):
        ids = list(Customer.objects.filter(territory=UUID(from_territory)).order_by("pk").values_list("pk", flat=True))
    for id in ids[1:]:
        move_customer(str(id), to_territory)
    return len(ids[1:])


def parked_of(ids: list[str]) -> int:
    found = InboxEntry._base_manager.filter(state=EntryState.PARKED, entry_id__in=ids)
    return found.values("entry_id").distinct().count()


def seen_by(member: str) -> list[str]:
    """Names of all rows that this member may see."""
    return [f"{shape} {id}" for shape, id in projection(Member._base_manager.get(pk=member))]


def attempts_of(entry: str) -> int:
    return InboxEntry._base_manager.get(entry_id=UUID(entry)).attempts


def low_water(organization: str) -> int:
    return Counter.objects.get(pk=UUID(organization)).low_water


def clock_flags(organization: str) -> int:
    """Visits whose times a reader is told to doubt."""
    return sum(evidence.CLOCK_OFF in flags for flags in _of(Visit, organization).values_list("flags", flat=True))
