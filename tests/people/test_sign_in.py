"""Signing in through the headless package: by password, or by six digits from a mail. Nobody signs up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail

from people.models import Member, User
from tests import factories as make
from tests.conftest import World
from tests.people.visitor import AUTH, MORNING, PASSWORD, Visitor, another, newest_code

pytestmark = pytest.mark.usefixtures("nothing_counted")


def code_of(member: Member, visitor: Visitor) -> str:
    visitor.ask_for_code(member.user.email)
    return newest_code()


# --- By password ----------------------------------------------------------------------------------


def test_a_password_signs_in(ana: Member) -> None:
    visitor = Visitor()
    assert visitor.sign_in("ana@example.com", PASSWORD).status_code == 200
    assert visitor.me().json()["member"]["id"] == str(ana.pk)


def test_an_address_may_be_written_in_any_case(ana: Member) -> None:
    visitor = Visitor()
    assert visitor.sign_in("Ana@Example.COM", PASSWORD).status_code == 200


def test_a_wrong_password_does_not(ana: Member) -> None:
    visitor = Visitor()
    assert visitor.sign_in("ana@example.com", "south of the river").status_code == 400
    assert not visitor.is_signed_in


def test_a_member_without_a_password_cannot_use_one(world: World) -> None:
    visitor = Visitor()
    for guess in ("", "None", "!"):
        assert visitor.sign_in("ben@example.com", guess).status_code == 400


def test_a_login_that_was_switched_off_does_not_sign_in(ana: Member) -> None:
    User.objects.filter(pk=ana.user.pk).update(is_active=False)
    visitor = Visitor()
    assert visitor.sign_in("ana@example.com", PASSWORD).status_code != 200
    assert not visitor.is_signed_in


def test_a_member_who_left_reads_nothing(ana: Member) -> None:
    Member.objects.filter(pk=ana.pk).update(is_active=False)
    visitor = Visitor()
    visitor.sign_in("ana@example.com", PASSWORD)
    answer = visitor.me()
    assert (answer.status_code, answer.json()["code"]) == (403, "no_member")


def test_a_member_who_leaves_is_out_with_the_next_request(ana: Member) -> None:
    visitor = Visitor()
    visitor.sign_in("ana@example.com", PASSWORD)
    Member.objects.filter(pk=ana.pk).update(is_active=False)
    assert visitor.me().status_code == 403


def test_the_session_is_a_new_one_after_signing_in(ana: Member) -> None:
    """Whoever planted a session in this browser does not come along."""
    visitor = Visitor()
    visitor.ask_for_code("ben@example.com")  # leaves a session of a stranger
    planted = visitor.client.cookies[settings.SESSION_COOKIE_NAME].value
    visitor.sign_in("ana@example.com", PASSWORD)
    assert visitor.client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_the_session_cookie_is_no_business_of_scripts_or_other_sites(ana: Member) -> None:
    visitor = Visitor()
    visitor.sign_in("ana@example.com", PASSWORD)
    cookie = visitor.client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


# --- By code --------------------------------------------------------------------------------------


def test_six_digits_by_mail_sign_in(ana: Member) -> None:
    visitor = Visitor()
    answer = visitor.ask_for_code("ana@example.com")
    assert answer.status_code == 401
    assert {"id": "login_by_code", "is_pending": True} in answer.json()["data"]["flows"]
    assert mail.outbox[-1].to == ["ana@example.com"]
    assert visitor.confirm(newest_code()).status_code == 200
    assert visitor.is_signed_in


def test_the_mail_speaks_the_language_of_the_person(ana: Member) -> None:
    code_of(ana, Visitor())
    assert "로그인 코드" in mail.outbox[-1].subject
    User.objects.filter(pk=ana.user.pk).update(language="en")
    code_of(ana, Visitor())
    assert "sign-in code" in mail.outbox[-1].subject


def test_a_code_is_six_digits_also_when_it_begins_with_zeros(ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda limit: 42)
    assert code_of(ana, Visitor()) == "000042"


def test_a_wrong_code_does_not_sign_in(ana: Member) -> None:
    visitor = Visitor()
    assert visitor.confirm(another(code_of(ana, visitor))).status_code == 400
    assert not visitor.is_signed_in


def test_the_right_code_counts_after_two_wrong_ones(ana: Member) -> None:
    visitor = Visitor()
    code = code_of(ana, visitor)
    for _ in range(2):
        visitor.confirm(another(code))
    assert visitor.confirm(code).status_code == 200


def test_after_three_wrong_codes_the_right_one_is_worthless(ana: Member) -> None:
    visitor = Visitor()
    code = code_of(ana, visitor)
    for _ in range(3):
        assert visitor.confirm(another(code)).status_code == 400
    assert visitor.confirm(code).status_code == 409
    assert not visitor.is_signed_in


@pytest.mark.parametrize(("minutes", "status"), [(4.9, 200), (5.1, 409)])
def test_a_code_lives_five_minutes(ana: Member, minutes: float, status: int) -> None:
    visitor = Visitor()
    with time_machine.travel(MORNING, tick=False) as clock:
        code = code_of(ana, visitor)
        clock.shift(timedelta(minutes=minutes))
        assert visitor.confirm(code).status_code == status


def test_a_code_works_once(ana: Member) -> None:
    visitor, thief = Visitor(), Visitor()
    code = code_of(ana, visitor)
    visitor.confirm(code)
    assert thief.confirm(code).status_code == 409
    visitor.sign_out()
    assert visitor.confirm(code).status_code == 409


def test_a_code_is_worth_nothing_in_another_browser(ana: Member) -> None:
    code, thief = code_of(ana, Visitor()), Visitor()
    thief.ask_for_code("ben@example.com")
    mine = newest_code()
    assert code != mine
    assert thief.confirm(code).status_code == 400


def test_a_new_code_replaces_the_old_one(ana: Member) -> None:
    visitor = Visitor()
    old, new = code_of(ana, visitor), code_of(ana, visitor)
    if old != new:
        assert visitor.confirm(old).status_code == 400
    assert visitor.confirm(new).status_code == 200


# --- Nobody learns who is known here ------------------------------------------------------------------


def same(one: Any, other: Any) -> bool:
    assert (one.status_code, one.content) == (other.status_code, other.content)
    assert set(one.headers) == set(other.headers)
    assert set(one.cookies) == set(other.cookies)
    return True


def test_a_wrong_password_and_an_unknown_address_answer_alike(ana: Member) -> None:
    assert same(Visitor().sign_in("ana@example.com", "wrong"), Visitor().sign_in("nobody@example.com", "wrong"))


def test_a_code_for_a_known_and_for_an_unknown_address_answer_alike(ana: Member) -> None:
    known, unknown = Visitor(), Visitor()
    assert same(known.ask_for_code("ana@example.com"), unknown.ask_for_code("nobody@example.com"))
    code = newest_code_to("ana@example.com")
    for _ in range(4):
        assert same(known.confirm(another(code)), unknown.confirm(another(code)))


def newest_code_to(address: str) -> str:
    mine = [message for message in mail.outbox if message.to == [address]]
    mail.outbox[:] = [*mail.outbox, *mine]
    return newest_code()


def test_an_unknown_address_is_told_so_by_mail_and_gets_no_code(ana: Member) -> None:
    Visitor().ask_for_code("nobody@example.com")
    (message,) = mail.outbox
    assert message.to == ["nobody@example.com"]
    assert not any(character.isdigit() for character in str(message.body))


def test_a_member_of_one_organization_is_as_unknown_as_anybody_in_another(ana: Member, otto: Member) -> None:
    assert same(Visitor().sign_in("otto@example.com", "wrong"), Visitor().sign_in("nobody@example.com", "wrong"))


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", "auth/password/request"),
        ("POST", "auth/password/reset"),
        ("POST", "auth/email/verify"),
        ("POST", "auth/phone/verify"),
        ("GET", "account/email"),
        ("POST", "account/email"),
        ("PATCH", "account/email"),
        ("DELETE", "account/email"),
        ("POST", "account/phone"),
    ],
)
def test_what_nobody_needs_is_closed(ana: Member, method: str, address: str) -> None:
    """Addresses are the administrator's; whoever forgot a password signs in by the code."""
    visitor = Visitor()
    visitor.sign_in("ana@example.com", PASSWORD)
    answer = visitor.send(method, f"/_allauth/browser/v1/{address}", {"email": "otto@example.com", "key": "x"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_nobody_signs_up(world: World) -> None:
    body = {"email": "new@example.com", "password": PASSWORD}
    assert Visitor().send("POST", f"{AUTH}signup", body).status_code == 403
    assert not User.objects.filter(email="new@example.com").exists()


def test_an_address_signs_in_one_person_only(world: World) -> None:
    with pytest.raises(Exception, match="address signs in somebody"):
        make.member("Ana again", email="ANA@example.com")
