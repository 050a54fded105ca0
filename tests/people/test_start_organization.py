"""manage.py start_organization: a company and the person who administers it."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from core import tenancy
from people.models import Member, Organization, User
from sync.models import Counter
from tests.people.visitor import Visitor, newest_code
from tests.phone import Phone

pytestmark = pytest.mark.both_databases


def start(*words: str, **options: str) -> str:
    out = io.StringIO()
    call_command("start_organization", *words, stdout=out, **options)
    return out.getvalue()


def test_a_new_organization_has_its_administrator_and_its_counter(db: None) -> None:
    said = start("온교실", "Ada@Example.com", member_name="Ada", password="a long password")
    organization = Organization.objects.get()
    assert said == f"온교실: {organization.pk}\n"
    assert (organization.time_zone, organization.language) == ("Asia/Seoul", "ko")
    assert Counter.objects.filter(pk=organization.pk).exists()
    member = Member.everywhere.get()
    assert (member.name, member.role, member.is_admin, member.user.email) == ("Ada", "manager", True, "ada@example.com")


def test_the_administrator_signs_in_with_the_password(db: None) -> None:
    start("Harbour", "ada@example.com", password="a long password", language="en", time_zone="Europe/London")
    visitor = Visitor()
    visitor.sign_in("ada@example.com", "a long password")
    assert visitor.me().json()["organization"]["time_zone"] == "Europe/London"


def test_without_a_password_the_code_by_mail_signs_in(db: None) -> None:
    start("Harbour", "ada@example.com")
    assert not User.objects.get().has_usable_password()
    visitor = Visitor()
    visitor.ask_for_code("ada@example.com")
    assert visitor.confirm(newest_code()).status_code == 200
    assert visitor.me().json()["member"]["name"] == "ada"


def test_the_first_phone_holds_organization_and_member(db: None) -> None:
    start("Harbour", "ada@example.com")
    member = Member.everywhere.get()
    with tenancy.acting_in(member.organization_id):
        phone = Phone(member)
        phone.pull()
    assert {shape for shape, _ in phone.rows} == {"organization", "member"}


@pytest.mark.parametrize(
    ("words", "options", "said"),
    [
        (("Second", "ADA@example.com"), {}, "address signs in somebody"),
        (("Second", "eve"), {}, "'eve' is no address"),
        (("Second", "eve@example.com"), {"time_zone": "Mars/Base"}, "no time zone 'Mars/Base'"),
    ],
)
def test_what_cannot_be_is_said_and_leaves_nothing_behind(
    db: None, words: tuple[str, str], options: dict[str, str], said: str
) -> None:
    start("First", "ada@example.com")
    with pytest.raises(CommandError, match=said):
        start(*words, **options)
    assert [organization.name for organization in Organization.objects.all()] == ["First"]
