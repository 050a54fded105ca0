"""What administrators set up by REST: chips, business calendars and promises. Everybody reads them."""

from __future__ import annotations

from typing import Any

import pytest

from core import tenancy
from core.ids import uuid7
from customers import actions as customer_actions
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.customers.screens import ANY, add, change, read, refused, remove
from tests.phone import Phone, projection
from tests.rest import API, ids_of, signed_in
from tests.tickets.stage import ALL_DAY
from tickets.models import BusinessCalendar, Chip, SlaPolicy, Ticket

pytestmark = pytest.mark.both_databases

NINE, NOON, ONE, SIX = 9 * 60, 12 * 60, 13 * 60, 18 * 60
MONDAY = [[0, NINE, NOON], [0, ONE, SIX]]
NOUNS = ("chips", "business_calendars", "sla_policies")


def proper(noun: str, **values: Any) -> dict[str, Any]:
    """A row that can be, but for what is given."""
    rest: dict[str, dict[str, Any]] = {
        "chips": {"sort": "cause", "name": "Worn out"},
        "business_calendars": {"name": "Weekdays", "slots": MONDAY},
        "sla_policies": {"response_minutes": 60},
    }
    return {"id": str(uuid7()), **rest[noun], **values}


def set_up() -> dict[str, Any]:
    """One row of each."""
    calendar = make.calendar(name="Nine to six")
    return {
        "chips": make.chip("fix", "New seal"),
        "business_calendars": calendar,
        "sla_policies": make.policy(calendar=calendar.pk),
    }


# --- All three ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_set_up_comes_to_every_phone_and_leaves_it_again(world: World, noun: str) -> None:
    phones = [Phone(member) for member in (world.ana, world.carl, world.eva)]
    extra = {"calendar": str(make.calendar().pk)} if noun == "sla_policies" else {}
    answer = add(world.ada, noun, **proper(noun, **extra))
    assert answer.status_code == 201, answer.content
    shown = answer.json()
    shape = {"chips": "chip", "business_calendars": "business_calendar", "sla_policies": "sla_policy"}[noun]
    for phone in phones:
        phone.pull()
        assert phone.holds(shape, shown["id"]) == {name: value for name, value in shown.items() if name != "rv"}
        assert read(phone.member, f"{noun}/{shown['id']}").json() == shown
    assert remove(world.ada, f"{noun}/{shown['id']}").status_code == 204
    for phone in phones:
        phone.pull()
        assert phone.holds(shape, shown["id"]) is None
        assert phone.contents() == projection(phone.member)
        assert read(phone.member, f"{noun}/{shown['id']}").status_code == 404


def test_only_administrators_set_up(world: World) -> None:
    no = (403, "not_permitted", None)
    for noun, row in set_up().items():
        for member in (world.ana, world.mia, world.jun, world.eva):
            assert refused(add(member, noun, **proper(noun))) == no
            assert refused(change(member, f"{noun}/{row.pk}", name="Mine")) == no
            assert refused(remove(member, f"{noun}/{row.pk}")) == no
            assert str(row.pk) in ids_of(signed_in(member).get(f"{API}{noun}/"))


def test_another_organization_sees_nothing_of_it(world: World, otto: Member) -> None:
    rows = set_up()
    with tenancy.acting_in(otto.organization_id):
        olga = make.member("Olga", is_admin=True)
    for noun, row in rows.items():
        assert ids_of(signed_in(olga).get(f"{API}{noun}/")) == []
        for answer in (
            read(olga, f"{noun}/{row.pk}"),
            change(olga, f"{noun}/{row.pk}"),
            remove(olga, f"{noun}/{row.pk}"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert refused(add(olga, "sla_policies", **proper("sla_policies", calendar=rows["business_calendars"].pk))) == (
        404,
        "not_found",
        "calendar",
    )


@pytest.mark.parametrize("noun", NOUNS)
def test_a_change_needs_the_newest_version(world: World, noun: str) -> None:
    row, ada = set_up()[noun], signed_in(world.ada)
    address = f"{API}{noun}/{row.pk}/"
    first, late = (
        [{"response_minutes": 30}, {"response_minutes": 40}]
        if noun == "sla_policies"
        else [{"name": "First"}, {"name": "Late"}]
    )
    version = ada.get(address)["ETag"]
    assert ada.patch(address, first, format="json").status_code == 428
    assert ada.patch(address, first, format="json", headers={"If-Match": version}).status_code == 200
    stale = ada.patch(address, late, format="json", headers={"If-Match": version})
    assert (stale.status_code, stale.json()["code"]) == (412, "version_stale")
    same = ada.patch(address, first, format="json", headers=ANY)
    assert (same.status_code, same.json()["code"]) == (400, "nothing_changed")
    assert ada.delete(address).status_code == 428


@pytest.mark.parametrize("noun", NOUNS)
def test_an_id_belongs_to_one_row(world: World, noun: str) -> None:
    row = set_up()[noun]
    extra = {"calendar": str(make.calendar().pk), "severity": "low"} if noun == "sla_policies" else {}
    assert refused(add(world.ada, noun, **proper(noun, id=row.pk, **extra))) == (409, "id_taken", "id")


# --- Chips ----------------------------------------------------------------------------------------------


def test_a_name_of_a_chip_is_taken_once_in_its_sort(world: World, otto: Member) -> None:
    taken = (409, "name_taken", "name")
    with tenancy.acting_in(otto.organization_id):
        make.chip("cause", "Worn out")
    chip = make.chip("cause", "Worn out")
    assert refused(add(world.ada, "chips", **proper("chips", name=" Worn out "))) == taken
    assert add(world.ada, "chips", **proper("chips", sort="category")).status_code == 201, "of another sort"
    other = make.chip("cause", "Dry")
    assert refused(change(world.ada, f"chips/{other.pk}", name="Worn out")) == taken
    assert change(world.ada, f"chips/{chip.pk}", name="Worn out", place=3).json()["place"] == 3
    remove(world.ada, f"chips/{chip.pk}")
    assert change(world.ada, f"chips/{other.pk}", name="Worn out").status_code == 200


def test_chips_come_by_sort_and_place_and_can_be_asked_for_by_sort(world: World) -> None:
    names = {sort: [make.chip(sort, f"{sort} {n}").name for n in range(2)] for sort in ("category", "cause", "fix")}
    last = make.chip("fix", "fix first", place=0)
    assert [chip.place for chip in Chip.objects.filter(sort="cause").order_by("place")] == [0, 1]
    ana = signed_in(world.ana)
    shown = ana.get(f"{API}chips/", {"sort": "cause"}).json()["results"]
    assert [row["name"] for row in shown] == names["cause"]
    everything = [row["name"] for row in ana.get(f"{API}chips/").json()["results"]]
    assert everything == [*names["category"], *names["cause"], names["fix"][0], last.name, names["fix"][1]]


def test_a_chip_that_is_removed_stays_on_its_tickets(world: World) -> None:
    chip = make.chip("category")
    ticket = make.ticket(world.ana, world.steel, category=chip.pk)
    remove(world.ada, f"chips/{chip.pk}")
    assert read(world.ana, f"tickets/{ticket.pk}").json()["category"] == str(chip.pk)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"name": ""}, "field_required", "name"),
        ({"name": "   "}, "field_required", "name"),
        ({"name": "1" * 61}, "too_long", "name"),
        ({"name": "a\x00"}, "bad_characters", "name"),
        ({"sort": "colour"}, "choice", "sort"),
        ({"sort": None}, "field_required", "sort"),
        ({"place": -1}, "out_of_range", "place"),
        ({"place": 10_001}, "out_of_range", "place"),
        ({"place": "1"}, "field_type", "place"),
        ({"id": "12"}, "bad_id", "id"),
        ({"organization": str(uuid7())}, "field_not_allowed", "organization"),
    ],
)
def test_a_chip_that_cannot_be_is_refused_by_field(world: World, values: dict[str, Any], code: str, field: str) -> None:
    assert refused(add(world.ada, "chips", **proper("chips", **values))) == (400, code, field)
    assert not Chip.objects.exists()


def test_the_sort_of_a_chip_stays(world: World) -> None:
    chip = make.chip("cause")
    assert refused(change(world.ada, f"chips/{chip.pk}", sort="fix")) == (400, "field_not_allowed", "sort")


# --- Calendars ------------------------------------------------------------------------------------------


def test_a_calendar_has_the_organizations_time_zone_and_no_holidays_unless_it_says_so(world: World) -> None:
    shown = add(world.ada, "business_calendars", **proper("business_calendars")).json()
    told = {name: shown[name] for name in ("time_zone", "country", "days_off", "days_on", "slots")}
    assert told == {"time_zone": "Asia/Seoul", "country": "", "days_off": [], "days_on": [], "slots": MONDAY}


def test_a_calendar_says_days_off_and_days_on_once_and_in_order(world: World) -> None:
    days = ["2026-12-31", "2026-05-01", "2026-12-31"]
    values = {"time_zone": "America/New_York", "country": "KR", "days_off": days, "days_on": ["2026-10-09"]}
    shown = add(world.ada, "business_calendars", **proper("business_calendars", **values)).json()
    assert {name: shown[name] for name in values} == {**values, "days_off": ["2026-05-01", "2026-12-31"]}


@pytest.mark.parametrize(
    ("slots", "kept"),
    [
        ([[0, NINE, NOON], [0, NOON, SIX]], [[0, NINE, SIX]]),
        ([[4, ONE, SIX], [0, ONE, SIX], [0, NINE, NOON]], [[0, NINE, NOON], [0, ONE, SIX], [4, ONE, SIX]]),
        ([[0, 0, 24 * 60], [1, 0, 24 * 60]], [[0, 0, 24 * 60], [1, 0, 24 * 60]]),
        ([[0, 0, 1], [0, 1, 2], [0, 2, 3]], [[0, 0, 3]]),
        ([[6, 24 * 60 - 1, 24 * 60]], [[6, 24 * 60 - 1, 24 * 60]]),
    ],
)
def test_slots_are_kept_in_order_and_touching_ones_are_joined(
    world: World, slots: list[list[int]], kept: list[list[int]]
) -> None:
    added = add(world.ada, "business_calendars", **proper("business_calendars", slots=slots))
    assert (added.status_code, added.json()["slots"]) == (201, kept)
    other = make.calendar()
    assert change(world.ada, f"business_calendars/{other.pk}", slots=slots).json()["slots"] == kept


@pytest.mark.parametrize(
    ("slots", "code"),
    [
        ([], "no_working_hour"),
        ([[0, NINE, NOON], [0, NOON - 1, SIX]], "slots_overlap"),
        ([[0, NINE, SIX], [0, NOON, ONE]], "slots_overlap"),
        ([[0, NINE, NOON], [0, NINE, NOON]], "slots_overlap"),
        ([[3, ONE, SIX], [0, NINE, NOON], [3, NINE, SIX]], "slots_overlap"),
    ],
)
def test_a_calendar_without_a_working_hour_or_with_overlapping_ones_is_refused(
    world: World, slots: list[list[int]], code: str
) -> None:
    calendar = make.calendar()
    before = BusinessCalendar.objects.get(pk=calendar.pk).slots
    no = (400, code, "slots")
    assert refused(add(world.ada, "business_calendars", **proper("business_calendars", slots=slots))) == no
    answer = change(world.ada, f"business_calendars/{calendar.pk}", slots=slots)
    assert refused(answer) == no
    if code == "slots_overlap":
        assert answer.json()["weekday"] == max(day for day, *_ in slots)
    assert [one.slots for one in BusinessCalendar.objects.all()] == [before]


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"name": ""}, "field_required", "name"),
        ({"name": "1" * 81}, "too_long", "name"),
        ({"slots": None}, "field_required", "slots"),
        ({"slots": "always"}, "field_type", "slots"),
        ({"slots": [[7, NINE, NOON]]}, "out_of_range", "slots.0"),
        ({"slots": [[0, NOON, NINE]]}, "out_of_range", "slots.0"),
        ({"slots": [[0, NINE, NINE]]}, "out_of_range", "slots.0"),
        ({"slots": [[0, NINE, 24 * 60 + 1]]}, "out_of_range", "slots.0.2"),
        ({"slots": [[-1, NINE, NOON]]}, "out_of_range", "slots.0.0"),
        ({"slots": [[0, NINE, "12:00"]]}, "field_type", "slots.0.2"),
        ({"slots": [[0, NINE, 720.5]]}, "out_of_range", "slots.0.2"),
        ({"slots": [[0, minute, minute + 1] for minute in range(0, 170, 2)]}, "too_long", "slots"),
        ({"time_zone": "Asia/Pyeongchang"}, "choice", "time_zone"),
        ({"country": "XX"}, "choice", "country"),
        ({"days_off": ["2026-02-30"]}, "bad_date", "days_off.0"),
        ({"days_on": ["soon"]}, "bad_date", "days_on.0"),
        ({"days_off": "2026-05-01"}, "field_type", "days_off"),
        ({"member": str(uuid7())}, "field_not_allowed", "member"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_by_field(
    world: World, values: dict[str, Any], code: str, field: str
) -> None:
    assert refused(add(world.ada, "business_calendars", **proper("business_calendars", **values))) == (400, code, field)
    assert not BusinessCalendar.objects.exists()


@pytest.mark.parametrize("slot", [[0, NINE], [0, NINE, NOON, ONE], [], "Monday", {}, None, 12])
def test_a_slot_is_a_weekday_and_two_minutes(world: World, slot: Any) -> None:
    answer = add(world.ada, "business_calendars", **proper("business_calendars", slots=[slot]))
    assert refused(answer) == (400, "field_required" if slot is None else "field_type", "slots.0")


def test_a_name_of_a_calendar_is_taken_once(world: World) -> None:
    taken = (409, "name_taken", "name")
    weekdays, nights = make.calendar(name="Weekdays"), make.calendar(name="Nights")
    assert refused(add(world.ada, "business_calendars", **proper("business_calendars"))) == taken
    assert refused(change(world.ada, f"business_calendars/{nights.pk}", name="Weekdays")) == taken
    remove(world.ada, f"business_calendars/{weekdays.pk}")
    assert change(world.ada, f"business_calendars/{nights.pk}", name="Weekdays").status_code == 200


def test_a_calendar_is_kept_while_something_is_promised_in_it(world: World) -> None:
    calendar = make.calendar()
    policy = make.policy(calendar=calendar.pk)
    address = f"business_calendars/{calendar.pk}"
    assert refused(remove(world.ada, address)) == (409, "calendar_in_use", None)
    remove(world.ada, f"sla_policies/{policy.pk}")
    assert remove(world.ada, address).status_code == 204
    assert refused(add(world.ada, "sla_policies", **proper("sla_policies", calendar=calendar.pk))) == (
        409,
        "row_deleted",
        "calendar",
    )


# --- Promises -------------------------------------------------------------------------------------------


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
