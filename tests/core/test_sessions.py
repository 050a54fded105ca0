"""Sessions: what was shut out stays out, whoever else has read the session before."""

from __future__ import annotations

import pytest

from core import tenancy
from core.api import DEPOSIT_ONLY
from core.sessions import SessionStore
from sync import session
from sync.models import Replica
from tests.asgi import sign_in
from tests.conftest import World, build_cast
from tests.phone import Phone
from tests.rest import API, signed_in


@pytest.mark.both_databases
def test_a_request_under_way_does_not_take_it_back(world: World) -> None:
    key = sign_in(world.ana.user)
    under_way = SessionStore(key)
    under_way["seen"] = "something"
    session.limit_to_deposits(key)
    under_way.save()
    stored = SessionStore(key)
    assert (stored[DEPOSIT_ONLY], stored["seen"]) == (True, "something")


@pytest.mark.django_db(transaction=True)
def test_the_phone_in_hand_is_out_although_this_is_its_first_request_today() -> None:
    """The session is renewed once a day, and saved when the request is over: after the phone was revoked."""
    world = build_cast()
    client = signed_in(world.ana)
    with tenancy.acting_in(world.organization.pk):
        phone = Phone(world.ana).replica
        Replica.objects.update(session_key=client.session.session_key)
    assert client.post(f"{API}phones/{phone.pk}/revoke/").status_code == 200
    assert client.get(f"{API}customers/").json()["code"] == "device_revoked"


@pytest.mark.both_databases
def test_a_session_that_was_shut_out_does_not_open_the_admin(world: World) -> None:
    """An operator's lost phone is a lost phone too."""
    user = world.ada.user
    user.is_staff = user.is_superuser = True
    user.save()
    client = signed_in(world.ada)
    assert client.get("/admin/").status_code == 200
    assert client.session.session_key is not None
    session.limit_to_deposits(client.session.session_key)
    answer = client.get("/admin/")
    assert (answer.status_code, answer.headers["location"]) == (302, "/admin/login/?next=/admin/")
