"""TIX-6 and the recurrence rates: how well promises are kept, what comes back, and where each minute went."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from core import clock
from core.ids import uuid7
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.rest import API, signed_in
from tests.tickets.day import Pocket, at, it_is, promise
from tickets import actions

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def chips(world: World) -> dict[str, UUID]:
    with make.writing(world.ada) as unit:
        names = {"worn": "cause", "dirt": "cause", "machine": "category"}
        return {
            name: actions.add_chip(unit, id=uuid7(), sort=sort, name=name.title()).pk for name, sort in names.items()
        }


def done(by: Member, world: World, opened: str, solved: str, *, on_visit: bool = False, **values: Any) -> UUID:
    pocket, id = Pocket(by), uuid7()
    cause_chip = values.pop("cause_chip", None)
    said = {"customer": world.steel.pk, "text": "It stands still", **values}
    pocket.say("ticket.open", opened, ticket=id, **said)
    last = pocket.say("ticket.solve", solved, ticket=id, cause_chip=cause_chip, is_solved_on_visit=on_visit)
    pocket.sync(solved)
    assert pocket.state_of(last) == ("applied", None)
    return id


def asked(member: Member, when: str = "10 09:00") -> dict[str, Any]:
    with it_is(when):
        answer = signed_in(member).get(f"{API}tickets/figures/")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def kept(id: Any, tickets: int, met: int, missed: int) -> dict[str, Any]:
    none = {"response_met": 0, "response_missed": 0}
    return {
        "id": None if id is None else str(id),
        "tickets": tickets,
        **none,
        "resolution_met": met,
        "resolution_missed": missed,
    }


def test_promises_are_counted_by_customer_person_and_cause(world: World, chips: dict[str, UUID]) -> None:
    with it_is("3 08:00"):
        promise(world.ada)
    done(world.ana, world, "3 09:00", "3 10:00", cause_chip=chips["worn"], on_visit=True)
    done(world.ana, world, "3 09:00", "3 17:00", cause_chip=chips["worn"])
    done(world.ben, world, "3 09:00", "3 10:30", cause_chip=chips["dirt"], customer=world.paper.pk)
    figures = asked(world.eva)
    assert (figures["tickets"], figures["solved"], figures["solved_on_visit"]) == (3, 3, 1)
    assert figures["kept_by_customer"] == [kept(world.steel.pk, 2, 1, 1), kept(world.paper.pk, 1, 1, 0)]
    assert figures["kept_by_member"] == [kept(world.ana.pk, 2, 1, 1), kept(world.ben.pk, 1, 1, 0)]
    assert figures["kept_by_cause"] == [kept(chips["worn"], 2, 1, 1), kept(chips["dirt"], 1, 1, 0)]


def test_what_is_in_review_is_counted_apart(world: World) -> None:
    with it_is("3 08:00"):
        promise(world.ada)
    pocket, id = Pocket(world.ana), uuid7()
    pocket.say("ticket.open", "3 09:00", ticket=id, customer=world.steel.pk, text="It stands still")
    pocket.phone.write("ticket.solve", at="1970-01-01T00:00:00+09:00", ticket=id)
    pocket.sync("3 10:00")
    figures = asked(world.eva)
    assert (figures["tickets"], figures["in_review"], figures["kept_by_customer"]) == (1, 1, [])


def test_recurrences_are_counted_by_cause_category_product_and_team(world: World, chips: dict[str, UUID]) -> None:
    product, cause = make.product(), uuid7()
    first = done(world.ana, world, "3 09:00", "3 10:00", cause_chip=chips["worn"])
    pocket = Pocket(world.ana)
    pocket.say("ticket.close", "3 10:00", ticket=first, cause=cause, chip=chips["worn"], countermeasure="New rollers")
    pocket.sync("3 10:00")
    again: dict[str, Any] = {"again": cause, "category": chips["machine"], "product": product.pk}
    done(world.ana, world, "5 09:00", "5 10:00", cause_chip=chips["worn"], **again)
    figures = asked(world.eva)
    assert figures["again_by_cause"] == [{"id": str(chips["worn"]), "tickets": 2, "recurrences": 1}]
    assert figures["again_by_category"] == [
        {"id": str(chips["machine"]), "tickets": 1, "recurrences": 1},
        {"id": None, "tickets": 1, "recurrences": 0},
    ]
    assert figures["again_by_product"][0] == {"id": str(product.pk), "tickets": 1, "recurrences": 1}
    assert figures["again_by_team"] == [{"id": str(world.ana.team_id), "tickets": 2, "recurrences": 1}]


def test_each_counts_what_they_see(world: World) -> None:
    done(world.ana, world, "3 09:00", "3 10:00")
    done(world.carl, world, "3 09:00", "3 10:00", customer=world.paper.pk)
    assert [asked(member)["tickets"] for member in (world.ana, world.carl, world.eva)] == [1, 1, 2]


def test_what_is_older_than_a_year_or_withdrawn_is_left_out(world: World) -> None:
    done(world.ana, world, "3 09:00", "3 10:00")
    pocket, id = Pocket(world.ana), uuid7()
    pocket.say("ticket.open", "4 09:00", ticket=id, customer=world.steel.pk, text="No, it does not")
    pocket.say("ticket.withdraw", "4 09:01", ticket=id)
    pocket.sync("4 09:02")
    assert asked(world.eva)["tickets"] == 1
    with it_is("3 09:00") as traveller:
        traveller.shift(366 * 24 * 3600)
        assert signed_in(world.eva).get(f"{API}tickets/figures/").json()["tickets"] == 0


def test_the_timeline_explains_every_minute(world: World) -> None:
    with it_is("3 08:00"):
        promise(world.ada)
    pocket, id = Pocket(world.ana), uuid7()
    pocket.say("ticket.open", "3 08:30", ticket=id, customer=world.steel.pk, text="It stands still")
    pocket.say("ticket.wait", "3 10:00", ticket=id, waits_for="customer")
    pocket.say("ticket.resume", "3 11:30", ticket=id)
    pocket.say("ticket.solve", "3 13:15", ticket=id)
    pocket.sync("3 13:15")
    with it_is("3 16:00"):
        (resolution,) = signed_in(world.eva).get(f"{API}tickets/{id}/timeline/").json()["clocks"]
    shown = [(one["kind"], one["start"], one["end"]) for one in resolution["spans"]]
    minutes = ["08:30", "09:00", "10:00", "11:30", "12:00", "13:00", "13:15"]
    kinds = ["closed", "counted", "paused", "counted", "closed", "counted"]
    times = [clock.to_text(at(f"3 {minute}")) for minute in minutes]
    assert shown == list(zip(kinds, times, times[1:], strict=False))
    assert (resolution["allowance_s"], resolution["used_s"], resolution["is_missed"]) == (7200, 6300, False)


def test_a_ticket_of_others_has_no_timeline(world: World) -> None:
    id = done(world.ana, world, "3 09:00", "3 10:00")
    assert signed_in(world.carl).get(f"{API}tickets/{id}/timeline/").status_code == 404
