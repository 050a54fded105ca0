"""How often somebody may try to sign in, or ask for a code."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from people.models import Member
from tests.conftest import World
from tests.people.visitor import MORNING, PASSWORD, Visitor

pytestmark = pytest.mark.usefixtures("nothing_counted")


def test_the_sixth_wrong_password_for_an_address_is_not_even_looked_at(ana: Member) -> None:
    for _ in range(5):
        assert Visitor().sign_in("ana@example.com", "wrong").status_code == 400
    answer = Visitor().sign_in("ana@example.com", PASSWORD)
    assert answer.status_code != 200
    assert answer.json()["errors"][0]["code"] == "too_many_login_attempts"


def test_the_limit_ends_after_five_minutes(ana: Member) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        for _ in range(6):
            Visitor().sign_in("ana@example.com", "wrong")
        clock.shift(timedelta(minutes=6))
        assert Visitor().sign_in("ana@example.com", PASSWORD).status_code == 200


def test_an_address_gets_three_codes_a_minute(ana: Member) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        answers = [Visitor().ask_for_code("ana@example.com").status_code for _ in range(4)]
        assert answers == [401, 401, 401, 400]
        assert len(mail.outbox) == 3
        clock.shift(timedelta(seconds=61))
        assert Visitor().ask_for_code("ana@example.com").status_code == 401


def test_the_limit_is_the_same_for_an_address_nobody_has(ana: Member) -> None:
    with time_machine.travel(MORNING, tick=False):
        answers = [Visitor().ask_for_code("nobody@example.com") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 400]
    assert answers[-1].json()["errors"][0]["code"] == "too_many_login_attempts"


def test_a_forwarded_address_that_nobody_vouches_for_gives_no_more_tries(ana: Member) -> None:
    """No proxy is trusted by default, so the header is the visitor's own invention."""
    with time_machine.travel(MORNING, tick=False):
        answers = [
            Visitor(x_forwarded_for=f"10.0.0.{number}").sign_in(f"nobody{number}@example.com", "wrong")
            for number in range(11)
        ]
    assert [answer.json()["errors"][0]["code"] for answer in answers] == [
        *["email_password_mismatch"] * 10,
        "too_many_login_attempts",
    ]


def fail_at_the_operators_page() -> int:
    page = Client()
    return page.post("/admin/login/", {"username": "root@example.com", "password": "wrong"}).status_code


def test_the_operators_page_is_locked_after_five_failures(world: World) -> None:
    assert [fail_at_the_operators_page() for _ in range(6)] == [200, 200, 200, 200, 429, 429]


def test_wrong_passwords_in_the_app_do_not_lock_the_operators_page(ana: Member) -> None:
    for _ in range(5):
        Visitor().sign_in("ana@example.com", "wrong")
    assert fail_at_the_operators_page() == 200
