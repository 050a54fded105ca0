"""Customers by REST: who may write what where, what is refused by field, and what a moved one takes along."""

from __future__ import annotations

import unicodedata
from typing import Any
from uuid import uuid4

import pytest

from core import tenancy
from core.ids import uuid7
from customers.models import Customer
from people import actions as people_actions
from people.models import Member
from sync.models import Audit, Counter
from tests import factories as make
from tests.conftest import World
from tests.customers.screens import add, change, read, refused, same_words
from tests.phone import Phone, projection
from tests.rest import API, signed_in

pytestmark = pytest.mark.both_databases


# --- Adding ---------------------------------------------------------------------------------------


def test_a_rep_adds_a_customer_in_an_own_territory(world: World) -> None:
    """With the id that the phone made, and on the phones of the territory."""
    phone = Phone(world.ben)
    phone.pull()
    values = {"name": " Glass ", "external_id": "C-1", "segment": "A", "phone": "02-1", "memo": " As\nagreed "}
    answer = add(world.ana, "customers", id=uuid7(), territory=world.north.pk, **values)
    assert answer.status_code == 201
    shown = answer.json()
    assert answer["ETag"] == f'"{shown["rv"]}"'
    assert {name: shown[name] for name in values} == {**values, "name": "Glass"}
    phone.pull()
    assert phone.holds("customer", shown["id"]) == {name: value for name, value in shown.items() if name != "rv"}
    assert phone.contents() == projection(world.ben)


def test_an_id_is_made_when_none_is_sent_and_one_in_capitals_is_taken(world: World) -> None:
    """B36."""
    first, second = (add(world.ana, "customers", name="Glass", territory=world.north.pk).json() for _ in range(2))
    assert first["id"] != second["id"]
    id = uuid7()
    shown = add(world.ana, "customers", id=str(id).upper(), name="Wood", territory=str(world.north.pk).upper()).json()
    assert (shown["id"], shown["territory"]) == (str(id), str(world.north.pk))


def test_an_id_is_given_once_whoever_has_it(world: World, otto: Member) -> None:
    with tenancy.acting_in(otto.organization_id):
        theirs = make.customer(otto.territories.get(), "Theirs")
    for taken in (world.steel, world.paper, theirs):
        answer = add(world.ana, "customers", id=taken.pk, name="Glass", territory=world.north.pk)
        assert refused(answer) == (409, "id_taken", "id")
    assert Customer.everywhere.get(pk=theirs.pk).name == "Theirs"


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"name": ""}, "field_required", "name"),
        ({"name": " \t "}, "field_required", "name"),
        ({"name": None}, "field_required", "name"),
        ({"name": 12}, "field_type", "name"),
        ({"name": ["Glass"]}, "field_type", "name"),
        ({"name": "가" * 201}, "too_long", "name"),
        ({"external_id": "1" * 81}, "too_long", "external_id"),
        ({"segment": "1" * 81}, "too_long", "segment"),
        ({"phone": "1" * 41}, "too_long", "phone"),
        ({"memo": "1" * 4001}, "too_long", "memo"),
        ({"name": "Gla\x00ss"}, "bad_characters", "name"),
        ({"memo": "\ud800"}, "bad_characters", "memo"),
        ({"memo": "\u202eexe.txt"}, "bad_characters", "memo"),
        ({"territory": "north"}, "bad_id", "territory"),
        ({"territory": None}, "field_required", "territory"),
        ({"id": "1"}, "bad_id", "id"),
    ],
)
def test_a_customer_that_cannot_be_is_refused_by_field(
    world: World, values: dict[str, Any], code: str, field: str
) -> None:
    """B22, B24, B29 and B30: made anew or changed, by the same words."""
    answer = add(world.ana, "customers", **{"name": "Glass", "territory": str(world.north.pk), **values})
    assert refused(answer)[1:] == (code, field)
    if field != "id":
        assert refused(change(world.ana, f"customers/{world.steel.pk}", **values))[1:] == (code, field)
    assert not Customer.objects.exclude(pk__in=[world.steel.pk, world.paper.pk]).exists()


def test_what_is_too_long_says_how_long_it_may_be_and_every_wrong_field_is_named(world: World) -> None:
    answer = add(world.ana, "customers", name="1" * 201, phone=1).json()
    assert (answer["code"], answer["field"], answer["max"]) == ("too_long", "name", 200)
    assert {error["field"]: error["code"] for error in answer["errors"]} == {
        "name": "too_long",
        "phone": "field_type",
        "territory": "field_required",
    }


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_stored_in_one_writing_and_may_hold_marks_of_direction(world: World, form: Any) -> None:
    """B31, and B30 the other way round: a name is shown isolated, so its marks can do no harm."""
    name = unicodedata.normalize(form, "강남\u202b초등학교\u202c")
    assert add(world.ana, "customers", name=name, territory=world.north.pk).json()["name"] == "강남\u202b초등학교\u202c"


# --- External ids -----------------------------------------------------------------------------------


def test_an_external_id_is_given_once(world: World) -> None:
    taken = (409, "external_id_taken", "external_id")
    mine = add(world.ana, "customers", name="Glass", external_id="C-1", territory=world.north.pk).json()
    assert refused(add(world.ana, "customers", name="G", external_id=" C-1 ", territory=world.north.pk)) == taken
    assert refused(change(world.ana, f"customers/{world.steel.pk}", external_id="C-1")) == taken
    assert change(world.ana, f"customers/{mine['id']}", external_id="C-1", name="Glassworks").status_code == 200
    assert change(world.ana, f"customers/{mine['id']}", external_id="").status_code == 200
    assert change(world.ana, f"customers/{world.steel.pk}", external_id="C-1").status_code == 200


def test_many_may_have_no_external_id_and_another_organization_may_have_the_same(world: World, otto: Member) -> None:
    with tenancy.acting_in(otto.organization_id):
        make.customer(otto.territories.get(), external_id="C-1")
    for external_id in ("C-1", "", ""):
        answer = add(world.ana, "customers", name="Glass", external_id=external_id, territory=world.north.pk)
        assert answer.status_code == 201


# --- Changing -------------------------------------------------------------------------------------------


def test_a_change_without_a_version_or_with_an_old_one_is_refused(world: World) -> None:
    ana, address = signed_in(world.ana), f"{API}customers/{world.steel.pk}/"
    old = ana.get(address)["ETag"]
    assert refused(ana.patch(address, {"name": "Steel"})) == (428, "version_required", None)
    answer = ana.patch(address, {"name": "Steel"}, headers={"If-Match": old})
    assert (answer.status_code, answer["ETag"]) == (200, ana.get(address)["ETag"])
    assert refused(ana.patch(address, {"memo": "x"}, headers={"If-Match": old})) == (412, "version_stale", None)
    assert Customer.objects.get(pk=world.steel.pk).memo == ""
    either = f'"{"0" * 16}", {answer["ETag"]}'
    assert ana.patch(address, {"memo": "y"}, headers={"If-Match": either}).status_code == 200
    assert ana.patch(address, {"memo": "z"}, headers={"If-Match": " * "}).status_code == 200


def test_a_change_touches_what_it_names_and_leaves_one_trace(world: World) -> None:
    before = read(world.ana, f"customers/{world.steel.pk}").json()
    shown = change(world.ana, f"customers/{world.steel.pk}", memo="Ask Kim").json()
    assert shown == {**before, "memo": "Ask Kim", "rv": shown["rv"]}
    assert shown["rv"] != before["rv"]
    audit = Audit.objects.latest("pk")
    assert (audit.verb, audit.member_id, audit.door) == ("customer.change", world.ana.pk, "rest")
    assert audit.rows == [["customer", str(world.steel.pk)]]


def test_a_change_that_changes_nothing_says_so_and_takes_no_number(world: World) -> None:
    seq = Counter.objects.get(pk=world.organization.pk).seq
    for values in ({}, {"name": "Daehan Steel"}, {"name": " Daehan Steel ", "territory": world.north.pk}):
        assert refused(change(world.ana, f"customers/{world.steel.pk}", **values)) == (400, "nothing_changed", None)
    assert Counter.objects.get(pk=world.organization.pk).seq == seq


def test_a_body_that_is_no_object_is_refused(world: World) -> None:
    for body, code in (("[]", "field_type"), ('"name"', "field_type"), ("5", "field_type"), ("null", "field_required")):
        answer = signed_in(world.ana).post(f"{API}customers/", body, content_type="application/json")
        assert refused(answer) == (400, code, "")


# --- Rights -----------------------------------------------------------------------------------------------


def test_reps_and_managers_write_in_their_territories_and_administrators_everywhere(world: World) -> None:
    """B42. Whose territory it is not reads that it lies outside; what is not seen is not there."""
    outside, no, missing = (403, "out_of_scope", "territory"), (403, "not_permitted", None), (404, "not_found", None)
    done = None
    expected: dict[Member, tuple[Any, ...]] = {
        #          add North, add South, change steel, change paper, steel to the South
        world.ana: (done, outside, done, missing, outside),
        world.mia: (done, outside, done, missing, outside),
        world.carl: (outside, done, missing, done, missing),
        world.jun: (no, no, no, no, no),
        world.eva: (no, no, no, no, no),
        world.ada: (done, done, done, done, done),
    }
    for member, answers in expected.items():
        found = [
            add(member, "customers", name="Glass", territory=world.north.pk),
            add(member, "customers", name="Glass", territory=world.south.pk),
            change(member, f"customers/{world.steel.pk}", memo=member.name),
            change(member, f"customers/{world.paper.pk}", memo=member.name),
            change(member, f"customers/{world.steel.pk}", territory=world.south.pk),
        ]
        assert [None if answer.status_code < 300 else refused(answer) for answer in found] == list(answers), member


def test_who_leads_a_team_writes_in_its_territories_and_who_has_none_nowhere(world: World) -> None:
    idle = make.member("Idle")
    assert refused(add(idle, "customers", name="Glass", territory=world.north.pk))[1] == "out_of_scope"
    with make.writing(world.ada) as unit:
        people_actions.change_team(unit, world.team, lead=world.carl.pk)
    assert add(world.carl, "customers", name="Glass", territory=world.north.pk).status_code == 201
    assert change(world.carl, f"customers/{world.paper.pk}", territory=world.north.pk).status_code == 200


def test_what_is_of_another_organization_is_as_if_it_were_not_there(world: World, otto: Member) -> None:
    """I8: the same words as for what never was."""
    with tenancy.acting_in(otto.organization_id):
        place = otto.territories.get()
        theirs = make.customer(place, "Theirs")
    for client in (world.ana, world.ada):
        foreign = add(client, "customers", name="Glass", territory=place.pk)
        assert refused(foreign) == (404, "not_found", "territory")
        assert same_words(foreign, add(client, "customers", name="Glass", territory=uuid4()))
        assert same_words(read(client, f"customers/{theirs.pk}"), read(client, f"customers/{uuid4()}"))
        mine, none = f"customers/{theirs.pk}", f"customers/{uuid4()}"
        assert same_words(change(client, mine, name="Ours"), change(client, none, name="Ours"))
        moved = change(client, f"customers/{world.steel.pk}", territory=place.pk)
        assert same_words(moved, change(client, f"customers/{world.steel.pk}", territory=uuid4()))
    assert Customer.everywhere.get(pk=theirs.pk).name == "Theirs"


def test_what_lies_in_a_territory_that_is_not_read_is_as_if_it_were_not_there(world: World) -> None:
    for address in (f"customers/{world.paper.pk}", f"customers/{uuid4()}"):
        assert refused(read(world.ana, address)) == (404, "not_found", None)
        assert refused(change(world.ana, address, name="Mine")) == (404, "not_found", None)


# --- Moving -------------------------------------------------------------------------------------------------


def test_a_moved_customer_leaves_one_territorys_phones_and_comes_to_the_others(world: World) -> None:
    """T13 and T21: with its sites, contacts, visits and promises. Who wrote something there keeps that."""
    contact, visit = make.contact(world.steel), make.logged(world.ana, world.steel)
    open_visit, promise = make.planned(world.ben, world.steel), make.commitment(world.ana, world.steel)
    said = make.comment(world.ben, visit)
    phones = {member.name: Phone(member) for member in world.everybody}
    for phone in phones.values():
        phone.pull()
    assert change(world.ada, f"customers/{world.steel.pk}", territory=world.south.pk).status_code == 200
    for phone in phones.values():
        phone.pull()
        assert phone.contents() == projection(phone.member)
    rows = [("customer", world.steel), ("site", world.gate), ("contact", contact), ("visit", visit)]
    rows += [("visit", open_visit), ("commitment", promise), ("comment", said)]
    held = {name: [row for row in rows if phone.holds(row[0], row[1].pk)] for name, phone in phones.items()}
    assert held["Carl"] == held["Eva"] == rows
    assert held["Ana"] == [("visit", visit), ("commitment", promise), ("comment", said)]
    assert held["Ben"] == [("visit", open_visit), ("comment", said)]
    assert held["Mia"] == []


def test_a_customer_that_moves_there_and_back_is_where_it_was(world: World) -> None:
    make.logged(world.ana, world.steel)
    phone = Phone(world.ana)
    phone.pull()
    before = phone.contents()
    for territory in (world.south, world.north):
        change(world.ada, f"customers/{world.steel.pk}", territory=territory.pk)
    phone.pull()
    assert phone.contents() == before == projection(world.ana)
