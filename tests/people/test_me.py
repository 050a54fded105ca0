"""What a phone asks first: its token, and who it belongs to."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from people.models import Member, User
from tests import factories as make
from tests.conftest import World
from tests.people.visitor import ME, Visitor
from tests.rest import signed_in


def test_whoever_is_not_signed_in_is_told_so(db: None) -> None:
    answer = APIClient().get(ME)
    assert (answer.status_code, answer.json()["code"]) == (401, "auth_required")
    assert answer["Content-Type"] == "application/problem+json"


def test_me_is_the_member_and_the_organization_in_their_shapes(world: World) -> None:
    answer = signed_in(world.ana).get(ME).json()
    assert answer == {
        "member": {
            "id": str(world.ana.pk),
            "name": "Ana",
            "role": "rep",
            "job": "sales",
            "is_admin": False,
            "is_active": True,
            "team": str(world.team.pk),
            "territories": [str(world.north.pk)],
        },
        "organization": {
            "id": str(world.organization.pk),
            "name": "Steel and Paper Services",
            "time_zone": "Asia/Seoul",
            "currency": "KRW",
            "language": "ko",
        },
        "email": "ana@example.com",
        "language": "ko",
    }


def test_a_person_sets_their_own_language_and_nobody_elses(world: World) -> None:
    answer = signed_in(world.ana).patch(ME, {"language": "en"})
    assert (answer.status_code, answer.json()["language"]) == (200, "en")
    assert set(User.objects.filter(language="en").values_list("email", flat=True)) == {"ana@example.com"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"language": "de"}, "choice"),
        ({"language": 1}, "field_type"),
        ({"language": None}, "field_required"),
        ({}, "field_required"),
        ({"language": "en", "role": "executive"}, "field_not_allowed"),
        ({"language": "en", "email": "eva@example.com"}, "field_not_allowed"),
        ([], "field_type"),
    ],
)
def test_nothing_else_can_be_set_about_oneself(world: World, body: object, code: str) -> None:
    answer = signed_in(world.ana).patch(ME, body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not User.objects.filter(language="en").exists()


def test_an_operator_without_a_membership_is_nobody_here(world: World) -> None:
    operator = User.objects.create_superuser("root@example.com", "a long password")
    client = APIClient()
    client.force_login(operator)
    assert client.get(ME).json()["code"] == "no_member"


def test_the_token_is_given_to_anybody_and_kept_in_a_cookie(db: None) -> None:
    visitor = Visitor()
    answer = visitor.client.get("/api/v1/csrf/")
    assert answer.status_code == 200
    assert len(answer.json()["csrf"]) == 64
    assert "csrftoken" in answer.cookies


def test_a_change_without_the_token_is_refused(world: World) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(world.ana.user)
    answer = client.patch(ME, {"language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_stale")


def test_a_change_with_the_token_goes_through(world: World) -> None:
    visitor = Visitor()
    visitor.client.force_login(world.ana.user)
    assert visitor.send("PATCH", ME, {"language": "en"}).status_code == 200


def test_a_right_taken_away_is_gone_with_the_next_request(world: World) -> None:
    client = signed_in(world.ada)
    assert client.get(ME).json()["member"]["is_admin"]
    Member.objects.filter(pk=world.ada.pk).update(is_admin=False)
    assert client.post("/api/v1/territories/", {"name": "East"}).status_code == 403


def test_a_member_of_two_territories_lists_both(world: World) -> None:
    both = make.member("Both", territories=[world.north, world.south])
    listed = signed_in(both).get(ME).json()["member"]["territories"]
    assert listed == sorted([str(world.north.pk), str(world.south.pk)])
