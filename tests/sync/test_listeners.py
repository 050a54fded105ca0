"""Who may listen: refused at the door, told of what they may hear from now on, ended when they may not any more."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from core import clock, tenancy
from people.models import Member, User
from sync import session, stream
from sync.models import Replica
from tests import factories as make
from tests.asgi import Browser, answer_to
from tests.lamps import factories as put
from tests.lamps.models import Key
from tests.lamps.phone import LampPhone
from tests.sync.conftest import BLUE, RED, Street
from tests.sync.ears import LOOK, PATIENCE, Ear, Ears, query_of

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

RED_BASE, BLUE_BASE = f"h:{RED}/base", f"h:{BLUE}/base"
MOST_SECONDS = 30  # I19


# --- Retuned --------------------------------------------------------------------------------------


def test_whoever_loses_a_territory_is_told_to_look_and_hears_of_it_no_more(street: Street, ears: Ears) -> None:
    ben, ana = ears.open(LampPhone(street.ben)), ears.open(LampPhone(street.ana))
    Key.objects.filter(member=street.ben, scope=RED).delete()
    ears.check_now()
    assert (ben.heard(), ana.heard()) == ([LOOK], [])
    put.lamp(street.ana, street.red)
    put.lamp(street.carl, street.blue)
    assert [frame["streams"] for frame in ben.heard()] == [[BLUE_BASE]]


def test_whoever_is_given_a_territory_hears_of_it_from_now_on(street: Street, ears: Ears) -> None:
    ana = ears.open(LampPhone(street.ana))
    put.key(street.ana, BLUE)
    put.lamp(street.carl, street.blue)
    assert ana.heard() == []
    ears.check_now()
    put.lamp(street.carl, street.blue)
    assert [frame["streams"] for frame in ana.heard()] == [[], [BLUE_BASE]]


def test_a_listener_who_left_while_the_round_was_asking_is_forgotten(street: Street, ears: Ears) -> None:
    """Found by its streams again, it would collect news for ever."""
    ears.open(LampPhone(street.ana))
    (listener,) = stream.hub.listeners
    put.key(street.ana, BLUE)
    ears.run(_leave_while_asked(listener))
    assert stream.hub._by_stream == {}


async def _leave_while_asked(listener: stream.Listener) -> None:
    asking = asyncio.create_task(stream.hub.check_now())
    await asyncio.sleep(0)
    stream.hub.remove(listener)
    await asking


# --- Ended ----------------------------------------------------------------------------------------


def switch_member_off(ear: Ear) -> None:
    Member.everywhere.filter(pk=ear.phone.member.pk).update(is_active=False)


def switch_user_off(ear: Ear) -> None:
    User.objects.filter(pk=ear.phone.member.user_id).update(is_active=False)


def sign_out(ear: Ear) -> None:
    Session.objects.get(pk=ear.browser.session_key).delete()


def let_session_run_out(ear: Ear) -> None:
    Session.objects.filter(pk=ear.browser.session_key).update(expire_date=clock.now() - timedelta(seconds=1))


def change_password(ear: Ear) -> None:
    """On another device: the sessions made with the old one are over, though their rows stay."""
    user = User.objects.get(pk=ear.phone.member.user_id)
    user.set_password(secrets.token_hex(16))
    user.save()


def revoke_phone(ear: Ear) -> None:
    Replica.everywhere.filter(key=ear.phone.key).update(state=Replica.State.REVOKED)


def forget_phone(ear: Ear) -> None:
    Replica.everywhere.filter(key=ear.phone.key).delete()


ENDINGS: list[Callable[[Ear], None]] = [
    switch_member_off,
    switch_user_off,
    sign_out,
    let_session_run_out,
    change_password,
    revoke_phone,
    forget_phone,
]


def test_whoever_may_not_listen_any_more_is_ended_and_nobody_else(street: Street, ears: Ears) -> None:
    """I19. None of them gets in again either."""
    opened = [ears.open(LampPhone(make.member())) for _ in ENDINGS]
    ears.check_now()
    for number, end in enumerate(ENDINGS):
        end(opened[number])
        ears.check_now()
        assert opened[number].is_over.wait(PATIENCE), end.__name__
        assert [ear.is_over.is_set() for ear in opened[number + 1 :]] == [False] * (len(ENDINGS) - number - 1)
    session.forget_trust()
    again = [ears.open(ear.phone, ear.browser).status for ear in opened]
    # A member who was switched off may still hand in what the phone holds, so the session is one; it reads nothing.
    assert again == [403, 401, 401, 401, 401, 403, 409]


def test_one_device_that_is_signed_out_ends_only_there(street: Street, ears: Ears) -> None:
    phone = LampPhone(street.ana)
    here, there = ears.open(phone), ears.open(phone)
    sign_out(here)
    ears.check_now()
    assert here.is_over.wait(PATIENCE)
    assert there.heard() == []


def test_the_rounds_go_by_themselves_and_often_enough(
    street: Street, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I19: whoever slips in on a session that is still believed is found by the next round."""
    assert session.TRUST_SECONDS + stream.CHECK_SECONDS < MOST_SECONDS
    monkeypatch.setattr(stream, "CHECK_SECONDS", 0.05)
    ear = ears.open(LampPhone(street.ana))
    sign_out(ear)
    assert ear.is_over.wait(PATIENCE)


# --- Five and no more -----------------------------------------------------------------------------


def test_a_member_has_so_many_streams_and_one_more_when_one_has_left(street: Street, ears: Ears) -> None:
    """T45: a browser gives up after a refusal, so the phone asks again, and then it has to work."""
    opened = [ears.open(LampPhone(street.ana)) for _ in range(stream.MOST_PER_MEMBER)]
    refused = ears.open(LampPhone(street.ana))
    assert (refused.status, refused.code) == (429, "rate_limited")
    assert int(refused.headers["retry-after"]) >= 1
    assert ears.open(LampPhone(street.ben)).status == 200
    ears.hang_up(opened[0])
    assert ears.open(refused.phone, refused.browser).status == 200
    assert ears.open(opened[0].phone).status == 429


def test_nobody_is_remembered_who_has_left_or_was_refused(street: Street, ears: Ears) -> None:
    opened = [ears.open(LampPhone(street.ana)) for _ in range(stream.MOST_PER_MEMBER + 1)]
    for ear in opened[:-1]:
        ears.hang_up(ear)
    assert stream.hub.listeners == set()
    assert stream.hub._by_stream == {}


# --- Refused --------------------------------------------------------------------------------------


def test_every_refusal_is_a_problem_and_says_which_field(street: Street) -> None:
    phone, of_ben = LampPhone(street.ana), LampPhone(street.ben)
    revoked = LampPhone(street.ana)
    Replica.objects.filter(key=revoked.key).update(state=Replica.State.REVOKED)
    unknown, other = secrets.token_hex(16), make.organization("Elsewhere").pk
    own = street.organization.pk
    with tenancy.acting_in(None):
        cases: list[tuple[str, str, int, str, str | None]] = [
            ("GET", query_of(of_ben), 403, "replica_member_mismatch", None),
            ("GET", query_of(revoked), 403, "device_revoked", None),
            ("GET", f"org={own}&replica={unknown}", 409, "unknown_replica", None),
            ("GET", f"org={other}&replica={phone.key}", 404, "not_found", None),
            ("GET", f"replica={phone.key}", 400, "bad_envelope", "org"),
            ("GET", f"org=ours&replica={phone.key}", 400, "bad_envelope", "org"),
            ("GET", f"org={own}", 400, "bad_envelope", "replica"),
            ("GET", f"org={own}&replica=mine", 400, "bad_envelope", "replica"),
            ("GET", f"org={own}&replica={phone.key.upper()}", 400, "bad_envelope", "replica"),
            ("GET", "", 400, "bad_envelope", "org"),
            ("POST", query_of(phone), 405, "method_not_allowed", None),
            ("HEAD", query_of(phone), 405, "method_not_allowed", None),
        ]
        browser = Browser(street.ana.user)
        for method, query, *expected in cases:
            assert refusal(browser, method, query) == tuple(expected), (method, query)
        for headers in ({"cookie": None}, {"cookie": "session=nobodys"}):
            assert refusal(browser, "GET", query_of(phone), **headers) == (401, "auth_required", None)


def refusal(browser: Browser, method: str, query: str, **headers: str | None) -> tuple[int, str, Any]:
    answer = asyncio.run(answer_to(browser.scope(method, "stream", query, **headers), b""))
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["status"] == answer.status
    return answer.status, answer.code, answer.json.get("field")
