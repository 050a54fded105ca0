"""People, teams, territories and the organization by REST: everybody reads them, administrators change them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from core import tenancy
from core.ids import uuid7
from people import actions
from people.models import Member, Organization, Territory, User
from sync.models import Audit, Counter
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone, projection
from tests.rest import API, ids_of, signed_in

pytestmark = pytest.mark.both_databases


@pytest.fixture
def ada(world: World) -> APIClient:
    return signed_in(world.ada)


def change(client: APIClient, address: str, **values: Any) -> Any:
    """With the newest version, as a screen that has just read the row."""
    version = client.get(f"{API}{address}/")["ETag"]
    return client.patch(f"{API}{address}/", values, headers={"If-Match": version})


def refused(answer: Any) -> tuple[int, str, str | None]:
    problem = answer.json()
    return answer.status_code, problem["code"], problem.get("field")


# --- Members --------------------------------------------------------------------------------------------


def test_an_administrator_adds_a_member_who_can_sign_in(world: World, ada: APIClient) -> None:
    body = {
        "id": str(uuid7()),
        "email": "New@Example.com",
        "name": "  Nora ",
        "role": "rep",
        "job": "technical",
        "team": str(world.team.pk),
        "territories": [str(world.south.pk), str(world.north.pk)],
    }
    answer = ada.post(f"{API}members/", body)
    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["id"], shown["name"], shown["job"], shown["is_admin"]) == (body["id"], "Nora", "technical", False)
    assert shown["territories"] == sorted(body["territories"])
    assert signed_in(Member.objects.get(pk=shown["id"])).get(f"{API}me/").json()["email"] == "new@example.com"


def test_a_new_member_is_on_every_phone(world: World, ada: APIClient) -> None:
    phone = Phone(world.carl)
    phone.pull()
    id = ada.post(f"{API}members/", {"email": "new@example.com", "name": "Nora"}).json()["id"]
    phone.pull()
    assert phone.holds("member", id) is not None
    assert phone.contents() == projection(world.carl)


def test_an_address_signs_in_one_member_in_any_case(world: World, ada: APIClient) -> None:
    answer = ada.post(f"{API}members/", {"email": "BEN@example.com", "name": "Ben"})
    assert refused(answer) == (409, "address_taken", "email")


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"email": "nobody"}, "field_type", "email"),
        ({"email": ""}, "field_required", "email"),
        ({"name": ""}, "field_required", "name"),
        ({"name": "   "}, "field_required", "name"),
        ({"name": "a" * 81}, "too_long", "name"),
        ({"name": "a\x00"}, "bad_characters", "name"),
        ({"role": "king"}, "choice", "role"),
        ({"is_admin": "yes"}, "field_type", "is_admin"),
        ({"team": "north"}, "bad_id", "team"),
        ({"team": str(uuid4())}, "not_found", "team"),
        ({"territories": [str(uuid4())]}, "choice", "territories"),
        ({"territories": ["north"]}, "bad_id", "territories.0"),
        ({"territories": "north"}, "field_type", "territories"),
        ({"is_staff": True}, "field_not_allowed", "is_staff"),
        ({"password": "x"}, "field_not_allowed", "password"),
        ({"organization": str(uuid4())}, "field_not_allowed", "organization"),
    ],
)
def test_a_member_that_cannot_be_is_refused_by_field(
    ada: APIClient, values: dict[str, Any], code: str, field: str
) -> None:
    answer = ada.post(f"{API}members/", {"email": "new@example.com", "name": "Nora", **values})
    assert refused(answer)[1:] == (code, field)
    assert not User.objects.filter(email="new@example.com").exists()


def test_every_wrong_field_is_named_at_once(ada: APIClient) -> None:
    answer = ada.post(f"{API}members/", {"email": 1, "name": "a" * 81, "role": "king"})
    assert {error["field"] for error in answer.json()["errors"]} == {"email", "name", "role"}


def test_a_name_may_hold_marks_of_direction_and_is_stored_as_one_writing(ada: APIClient) -> None:
    name = "\u202b\u1100\u1161\u11bc\u202c"
    shown = ada.post(f"{API}members/", {"email": "new@example.com", "name": name}).json()
    assert shown["name"] == "\u202b\uac15\u202c"


def test_rights_change_and_hold_at_once(world: World, ada: APIClient) -> None:
    ana = signed_in(world.ana)
    assert ana.get(f"{API}customers/{world.paper.pk}/").status_code == 404
    assert change(ada, f"members/{world.ana.pk}", role="engineer").status_code == 200
    assert ana.get(f"{API}customers/{world.paper.pk}/").status_code == 200


def test_a_granted_territory_comes_with_all_that_is_old_in_it(world: World, ada: APIClient) -> None:
    """T22: not only what is newer than the phone's cursor."""
    phone, visit = Phone(world.ana), make.logged(world.carl, world.paper)
    phone.pull()
    assert phone.holds("customer", world.paper.pk) is None
    change(ada, f"members/{world.ana.pk}", territories=[str(world.north.pk), str(world.south.pk)])
    phone.pull()
    assert phone.holds("customer", world.paper.pk) is not None
    assert phone.holds("visit", visit.pk) is not None
    assert phone.contents() == projection(world.ana)


def test_a_territory_taken_away_leaves_the_phone(world: World, ada: APIClient) -> None:
    phone = Phone(world.ana)
    phone.pull()
    change(ada, f"members/{world.ana.pk}", territories=[])
    phone.pull()
    assert phone.holds("customer", world.steel.pk) is None
    assert phone.contents() == projection(world.ana)


def test_a_member_who_is_switched_off_is_out(world: World, ada: APIClient) -> None:
    ana = signed_in(world.ana)
    change(ada, f"members/{world.ana.pk}", is_active=False)
    assert refused(ana.get(f"{API}me/"))[:2] == (403, "no_member")


def test_entries_of_a_member_who_was_switched_off_are_parked(world: World, ada: APIClient) -> None:
    phone = Phone(world.ana)
    phone.write("visit.log", visit=uuid7(), customer=world.steel.pk, outcome="progress")
    phone.push()
    change(ada, f"members/{world.ana.pk}", is_active=False)
    phone.drain()
    assert phone.states() == ["parked"]


def test_somebody_must_remain_who_administers(world: World, ada: APIClient) -> None:
    assert refused(change(ada, f"members/{world.ada.pk}", is_admin=False))[:2] == (409, "last_admin")
    assert refused(change(ada, f"members/{world.ada.pk}", is_active=False))[:2] == (409, "last_admin")
    assert Member.objects.get(pk=world.ada.pk).is_admin


def test_the_second_administrator_may_step_down(world: World, ada: APIClient) -> None:
    change(ada, f"members/{world.eva.pk}", is_admin=True)
    assert change(ada, f"members/{world.ada.pk}", is_admin=False).status_code == 200


def test_a_change_that_changes_nothing_says_so(world: World, ada: APIClient) -> None:
    assert refused(change(ada, f"members/{world.ana.pk}", name="Ana"))[:2] == (400, "nothing_changed")


def test_a_change_without_a_version_or_with_an_old_one_is_refused(world: World, ada: APIClient) -> None:
    address = f"{API}members/{world.ana.pk}/"
    old = ada.get(address)["ETag"]
    assert refused(ada.patch(address, {"name": "Anna"}))[:2] == (428, "version_required")
    assert ada.patch(address, {"name": "Anna"}, headers={"If-Match": old}).status_code == 200
    assert refused(ada.patch(address, {"name": "Ann"}, headers={"If-Match": old}))[:2] == (412, "version_stale")
    assert Member.objects.get(pk=world.ana.pk).name == "Anna"


def test_nobody_else_adds_or_changes_people(world: World) -> None:
    for member in (world.ana, world.mia, world.jun, world.eva):
        client = signed_in(member)
        assert client.post(f"{API}members/", {"email": "new@example.com", "name": "Nora"}).status_code == 403
        assert change(client, f"members/{member.pk}", is_admin=True).status_code == 403
    assert Member.objects.filter(is_admin=True).count() == 1


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "Ada Ana Ben Carl Eva Jun Mia"),
        ("role=rep", "Ana Ben Carl"),
        ("role=rep&job=sales&is_active=true", "Ana Ben Carl"),
        ("job=rnd", "Jun"),
        ("is_active=false", ""),
    ],
)
def test_members_can_be_filtered_and_come_by_name(world: World, query: str, names: str) -> None:
    answer = signed_in(world.ana).get(f"{API}members/?{query}")
    assert [row["name"] for row in answer.json()["results"]] == names.split()


def test_members_can_be_asked_for_by_team(world: World) -> None:
    ids = ids_of(signed_in(world.ana).get(f"{API}members/?team={world.team.pk}"))
    assert set(ids) == {str(member.pk) for member in (world.ana, world.ben, world.mia)}


def test_a_team_of_another_organization_is_no_choice(world: World, otto: Member, ada: APIClient) -> None:
    with tenancy.acting_in(otto.organization_id):
        theirs, place = make.team("Theirs"), otto.territories.get()
    for body in ({"team": str(theirs.pk)}, {"territories": [str(place.pk)]}):
        foreign = ada.post(f"{API}members/", {"email": "new@example.com", "name": "Nora", **body})
        missing = {name: str(uuid4()) if name == "team" else [str(uuid4())] for name in body}
        nobody = ada.post(f"{API}members/", {"email": "new@example.com", "name": "Nora", **missing})
        assert (foreign.status_code, foreign.content) == (nobody.status_code, nobody.content)


# --- Teams and territories -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("noun", "known"), [("teams", "North team"), ("territories", "North")])
def test_a_name_is_given_once(ada: APIClient, world: World, noun: str, known: str) -> None:
    assert refused(ada.post(f"{API}{noun}/", {"name": known})) == (409, "name_taken", "name")
    made = ada.post(f"{API}{noun}/", {"name": "East"})
    assert made.status_code == 201
    assert refused(change(ada, f"{noun}/{made.json()['id']}", name=known)) == (409, "name_taken", "name")


@pytest.mark.parametrize("noun", ["teams", "territories"])
def test_an_id_is_given_once(ada: APIClient, world: World, noun: str) -> None:
    body = {"id": str(uuid7()), "name": "East"}
    assert ada.post(f"{API}{noun}/", body).status_code == 201
    assert refused(ada.post(f"{API}{noun}/", {**body, "name": "West"})) == (409, "id_taken", "id")


def test_the_same_name_may_be_used_by_another_organization(otto: Member, world: World, ada: APIClient) -> None:
    assert ada.post(f"{API}territories/", {"name": "Far away"}).status_code == 201


def test_a_team_gets_a_lead_and_loses_it_again(world: World, ada: APIClient) -> None:
    assert change(ada, f"teams/{world.team.pk}", lead=str(world.ben.pk)).json()["lead"] == str(world.ben.pk)
    assert change(ada, f"teams/{world.team.pk}", lead=None).json()["lead"] is None
    assert refused(change(ada, f"teams/{world.team.pk}", lead=str(uuid4()))) == (404, "not_found", "lead")


def test_a_new_lead_sees_the_teams_territories_on_the_phone(world: World, ada: APIClient) -> None:
    phone = Phone(world.carl)
    phone.pull()
    change(ada, f"teams/{world.team.pk}", lead=str(world.carl.pk))
    phone.pull()
    assert phone.holds("customer", world.steel.pk) is not None
    assert phone.contents() == projection(world.carl)


def test_a_territory_can_be_closed(world: World, ada: APIClient) -> None:
    assert change(ada, f"territories/{world.south.pk}", is_active=False).json()["is_active"] is False
    assert ids_of(ada.get(f"{API}territories/?is_active=true")) == [str(world.north.pk)]


# --- The organization ------------------------------------------------------------------------------------------


def test_everybody_reads_the_own_organization_and_no_other(world: World, otto: Member) -> None:
    assert ids_of(signed_in(world.ana).get(f"{API}organizations/")) == [str(world.organization.pk)]
    assert signed_in(world.ana).get(f"{API}organizations/{otto.organization_id}/").status_code == 404


def test_the_administrator_changes_its_settings(world: World, ada: APIClient) -> None:
    answer = change(ada, f"organizations/{world.organization.pk}", name="Steel", time_zone="Asia/Tokyo", language="en")
    assert answer.status_code == 200
    assert (answer.json()["time_zone"], answer.json()["currency"]) == ("Asia/Tokyo", "KRW")


@pytest.mark.parametrize("values", [{"time_zone": "Mars/Base"}, {"language": "de"}])
def test_a_setting_that_cannot_be_is_refused(world: World, ada: APIClient, values: dict[str, str]) -> None:
    assert refused(change(ada, f"organizations/{world.organization.pk}", **values))[:2] == (400, "choice")


def test_nobody_makes_or_removes_an_organization_by_rest(world: World, ada: APIClient) -> None:
    assert ada.post(f"{API}organizations/", {"name": "Mine"}).status_code == 405
    assert ada.delete(f"{API}organizations/{world.organization.pk}/").status_code == 405
    assert Organization.objects.count() == 1


# --- Every change leaves its trace --------------------------------------------------------------------------------


def test_a_change_by_rest_leaves_one_audit_row_with_its_number(world: World, ada: APIClient) -> None:
    change(ada, f"territories/{world.south.pk}", name="Deep South")
    audit = Audit.objects.latest("pk")
    assert (audit.verb, audit.member_id, audit.door) == ("territory.change", world.ada.pk, "rest")
    assert audit.seq == Counter.objects.get(pk=world.organization.pk).seq
    assert audit.rows == [["territory", str(world.south.pk)]]


def test_a_refused_change_leaves_no_trace(world: World, ada: APIClient) -> None:
    before = Counter.objects.get(pk=world.organization.pk).seq, Audit.objects.count()
    ada.post(f"{API}territories/", {"name": "North"})
    assert (Counter.objects.get(pk=world.organization.pk).seq, Audit.objects.count()) == before


def test_granting_by_command_keeps_what_was_granted_before(world: World) -> None:
    with make.writing() as unit:
        actions.grant(unit, world.ana, list(Territory.objects.filter(name="South")))
    assert {territory.name for territory in world.ana.territories.all()} == {"North", "South"}
