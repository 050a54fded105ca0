"""Promises: for whom and what, once, and never of nothing."""

from __future__ import annotations

from typing import Any

import pytest

from core.ids import uuid7
from customers import actions as customer_actions
from tests import factories as make
from tests.conftest import World
from tests.customers.screens import add, change, read, refused, remove
from tests.rest import API, ids_of, signed_in
from tests.tickets.set_up import proper
from tests.tickets.stage import ALL_DAY
from tickets.models import SlaPolicy, Ticket

pytestmark = pytest.mark.both_databases


def test_a_promise_is_made_once_for_whom_and_what(world: World) -> None:
    calendar = make.calendar().pk
    whom: list[dict[str, Any]] = [{}, {"severity": "urgent"}, {"customer": world.steel.pk}]
    whom.append({"customer": world.steel.pk, "severity": "urgent"})
    for values in whom:
        body = proper("sla_policies", calendar=calendar, **values)
        assert add(world.ada, "sla_policies", **body).status_code == 201
        assert refused(add(world.ada, "sla_policies", **{**body, "id": uuid7()})) == (409, "policy_taken", None)
        remove(world.ada, f"sla_policies/{body['id']}")
        assert add(world.ada, "sla_policies", **{**body, "id": uuid7()}).status_code == 201, "it is free again"


def test_a_promise_says_everything_that_is_to_be_counted(world: World) -> None:
    calendar = make.calendar().pk
    shown = add(world.ada, "sla_policies", **proper("sla_policies", calendar=calendar)).json()
    assert {name: value for name, value in shown.items() if name not in {"id", "rv"}} == {
        "customer": None,
        "severity": "",
        "calendar": str(calendar),
        "response_minutes": 60,
        "resolution_minutes": None,
        "warn_minutes": 60,
        "lead_minutes": 60,
        "executive_minutes": 240,
        "pauses_on": [],
    }
    values = {
        "response_minutes": None,
        "resolution_minutes": 480,
        "pauses_on": ["customer", "parts"],
        "warn_minutes": 0,
    }
    changed = change(world.ada, f"sla_policies/{shown['id']}", **values).json()
    assert {name: changed[name] for name in values} == values


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ({"response_minutes": ...}, (400, "field_required", "resolution_minutes")),
        ({"response_minutes": None}, (400, "field_required", "resolution_minutes")),
        ({"response_minutes": 0}, (400, "out_of_range", "response_minutes")),
        ({"resolution_minutes": 366 * 24 * 60 + 1}, (400, "out_of_range", "resolution_minutes")),
        ({"resolution_minutes": "60"}, (400, "field_type", "resolution_minutes")),
        ({"warn_minutes": -1}, (400, "out_of_range", "warn_minutes")),
        ({"lead_minutes": None}, (400, "field_required", "lead_minutes")),
        ({"severity": "worst"}, (400, "choice", "severity")),
        ({"pauses_on": ["weather"]}, (400, "choice", "pauses_on.0")),
        ({"pauses_on": "parts"}, (400, "field_type", "pauses_on")),
        ({"pauses_on": ["us", "us", "us", "us"]}, (400, "too_long", "pauses_on")),
        ({"calendar": ...}, (400, "field_required", "calendar")),
        ({"calendar": "12"}, (400, "bad_id", "calendar")),
        ({"calendar": str(uuid7())}, (404, "not_found", "calendar")),
        ({"customer": str(uuid7())}, (404, "not_found", "customer")),
        ({"is_admin": True}, (400, "field_not_allowed", "is_admin")),
    ],
)
def test_a_promise_that_cannot_be_is_refused_by_field(
    world: World, values: dict[str, Any], answer: tuple[int, str, str]
) -> None:
    body = {**proper("sla_policies", calendar=str(make.calendar().pk)), **values}
    body = {name: value for name, value in body.items() if value is not ...}
    assert refused(add(world.ada, "sla_policies", **body)) == answer
    assert not SlaPolicy.objects.exists()


def test_a_promise_never_comes_to_promise_nothing(world: World) -> None:
    policy = make.policy(response_minutes=60, resolution_minutes=None)
    answer = change(world.ada, f"sla_policies/{policy.pk}", response_minutes=None)
    assert refused(answer) == (400, "field_required", "resolution_minutes")
    assert (
        change(world.ada, f"sla_policies/{policy.pk}", response_minutes=None, resolution_minutes=60).status_code == 200
    )


def test_nothing_is_promised_to_a_customer_that_was_removed(world: World) -> None:
    with make.writing(world.ada) as unit:
        customer_actions.remove_customer(unit, world.steel)
    body = proper("sla_policies", calendar=str(make.calendar().pk), customer=world.steel.pk)
    assert refused(add(world.ada, "sla_policies", **body)) == (409, "row_deleted", "customer")


def test_whom_something_is_promised_to_stays(world: World) -> None:
    policy = make.policy()
    for name, value in (("customer", str(world.steel.pk)), ("severity", "low")):
        answer = change(world.ada, f"sla_policies/{policy.pk}", **{name: value})
        assert refused(answer) == (400, "field_not_allowed", name)


def test_what_is_promised_to_one_customer_is_for_those_who_see_it(world: World) -> None:
    calendar = make.calendar().pk
    for_all, for_steel = make.policy(calendar=calendar), make.policy(calendar=calendar, customer=world.steel.pk)
    seen = {
        member.name: set(ids_of(signed_in(member).get(f"{API}sla_policies/"))) for member in (world.ana, world.carl)
    }
    assert seen == {"Ana": {str(for_all.pk), str(for_steel.pk)}, "Carl": {str(for_all.pk)}}
    assert read(world.carl, f"sla_policies/{for_steel.pk}").status_code == 404


def test_a_promise_counts_for_tickets_that_come_after_it(world: World) -> None:
    calendar = make.calendar(slots=ALL_DAY).pk
    add(world.ada, "sla_policies", **proper("sla_policies", calendar=calendar, customer=world.steel.pk))
    tickets = [make.ticket(world.ana, customer) for customer in (world.steel, world.paper)]
    assert [Ticket.objects.get(pk=one.pk).response_due_at is None for one in tickets] == [False, True]
