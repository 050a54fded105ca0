"""What a session is good for: the page's token, no other client, and when it ends."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from people.models import Member
from tests.conftest import World
from tests.people.visitor import AUTH, ME, MORNING, PASSWORD, Visitor

pytestmark = pytest.mark.usefixtures("nothing_counted")


@pytest.mark.parametrize("address", ["login", "code/request", "code/confirm", "signup"])
def test_nothing_is_posted_without_the_pages_token(world: World, address: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(f"{AUTH}{address}", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_stale")


def test_the_token_of_another_site_is_refused(ana: Member) -> None:
    visitor = Visitor(origin="https://elsewhere.example")
    answer = visitor.sign_in("ana@example.com", PASSWORD)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_stale")


def test_a_session_token_in_a_header_signs_nobody_in(ana: Member) -> None:
    visitor = Visitor()
    visitor.sign_in("ana@example.com", PASSWORD)
    key = visitor.client.cookies[settings.SESSION_COOKIE_NAME].value
    for address in (ME, f"{AUTH}session"):
        assert Client().get(address, headers={"X-Session-Token": key}).status_code == 401


@pytest.mark.parametrize("address", ["config", "auth/session", "auth/login", "auth/code/request"])
def test_the_client_for_other_apps_is_off(world: World, address: str) -> None:
    body = json.dumps({"email": "ana@example.com", "password": PASSWORD})
    for method in ("GET", "POST"):
        answer = Client().generic(method, f"/_allauth/app/v1/{address}", body, content_type="application/json")
        assert answer.status_code == 404, method


def test_logging_out_ends_the_session_everywhere(ana: Member) -> None:
    visitor, copy = Visitor(), Client()
    visitor.sign_in("ana@example.com", PASSWORD)
    copy.cookies[settings.SESSION_COOKIE_NAME] = visitor.client.cookies[settings.SESSION_COOKIE_NAME].value
    assert copy.get(ME).status_code == 200
    assert visitor.sign_out().status_code == 401
    assert not visitor.is_signed_in
    assert copy.get(ME).status_code == 401


def test_a_new_password_ends_the_other_sessions(ana: Member) -> None:
    here, there = Visitor(), Visitor()
    for visitor in (here, there):
        visitor.sign_in("ana@example.com", PASSWORD)
    answer = here.send(
        "POST",
        "/_allauth/browser/v1/account/password/change",
        {"current_password": PASSWORD, "new_password": "east of the river"},
    )
    assert answer.status_code == 200
    assert here.is_signed_in
    assert not there.is_signed_in


@pytest.mark.parametrize("password", ["short", "password123", "ana@example.com", "1234567890"])
def test_a_weak_password_is_refused(ana: Member, password: str) -> None:
    visitor = Visitor()
    visitor.sign_in("ana@example.com", PASSWORD)
    body = {"current_password": PASSWORD, "new_password": password}
    assert visitor.send("POST", "/_allauth/browser/v1/account/password/change", body).status_code == 400


def test_a_session_lives_thirty_days_from_the_last_day_it_was_used(ana: Member) -> None:
    visitor = Visitor()
    with time_machine.travel(MORNING, tick=False) as clock:
        visitor.sign_in("ana@example.com", PASSWORD)
        for _ in range(3):
            clock.shift(timedelta(days=29))
            assert visitor.is_signed_in
        clock.shift(timedelta(days=31))
        assert not visitor.is_signed_in


def test_a_session_is_written_once_a_day(ana: Member) -> None:
    visitor = Visitor()
    with time_machine.travel(MORNING, tick=False) as clock:
        visitor.sign_in("ana@example.com", PASSWORD)
        visitor.me()
        assert settings.SESSION_COOKIE_NAME not in visitor.me().cookies
        clock.shift(timedelta(days=1))
        assert settings.SESSION_COOKIE_NAME in visitor.me().cookies
        assert settings.SESSION_COOKIE_NAME not in visitor.me().cookies
