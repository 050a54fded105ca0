"""The four messages: who may send them, for whose organization, and from whose phone.

The app answers from threads, so everything here commits.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings

from core import tenancy
from sync import api, stream
from sync.models import Replica
from sync.rates import rates
from tests.asgi import Answer, answer_to
from tests.fieldops.access.rows import read
from tests.fieldops.scene import ACTORS, Scene

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

# ``lost`` is Ana on a phone that was revoked, ``gone`` a member who was switched off: they may hand their work in, and
# read nothing any more.
# ``own`` is the sender's own phone and organization; ``of-ana`` Ana's phone, in the sender's own organization, where
# another organization does not know it; ``for-ours`` a message that names our organization, whoever sends it.
MESSAGES = """
                         nobody ana carl mia jun eva ada olga gone root lost
POST   push/own             401 200 200  200 200 200 200 200  200  401  200
POST   pull/own             401 200 200  200 200 200 200 200  403  401  403
GET    stream/own           401 200 200  200 200 200 200 200  403  401  403
POST   hello/own            401 200 200  200 200 200 200 200  200  401  200
POST   push/of-ana          401 200 403  403 403 403 403 409  403  401  200
POST   pull/of-ana          401 200 403  403 403 403 403 409  403  401  200
GET    stream/of-ana        401 200 403  403 403 403 403 409  403  401  200
POST   hello/of-ana         401 200 403  403 403 403 403 200  403  401  200
POST   push/for-ours        401 200 200  200 200 200 200 404  200  401  200
POST   pull/for-ours        401 200 200  200 200 200 200 404  403  401  403
GET    stream/for-ours      401 200 200  200 200 200 200 404  403  401  403
POST   hello/for-ours       401 200 200  200 200 200 200 404  200  401  200
"""
TABLE = read(MESSAGES)
SENDERS = (*ACTORS, "lost")
BODIES: dict[str, dict[str, Any]] = {
    "hello": {"proto": 1, "app": "1.0.0", "pending": {"count": 0, "max_n": 0}},
    "push": {"proto": 1, "sent_at": "2026-11-24T03:31:00.123Z", "first_n": 1, "entries": []},
    "pull": {"cursor": None},
}


@dataclass
class Sender:
    cookie: str
    organization: str
    replica: str


@pytest.fixture
def scene(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(stream, "hub", stream.Hub())  # a process of its own: listeners belong to one event loop
    return scene


@pytest.fixture
def senders(scene: Scene) -> dict[str, Sender]:
    ours, theirs = scene.world.organization.pk, scene.olga.organization_id
    found = {}
    for name in SENDERS:
        user = scene.users["ana" if name == "lost" else name]
        member = getattr(user, "member", None)
        organization = theirs if name == "olga" else ours
        key = secrets.token_hex(16)
        if member is not None:
            with tenancy.acting_in(organization):
                Replica.objects.create(member=member, key=key, state="revoked" if name == "lost" else "active")
        cookie = scene.cookies["ana" if name == "lost" else name] or ""
        found[name] = Sender(cookie, str(organization), key)
    return found


def send(sender: Sender, method: str, name: str, organization: str, replica: str) -> Answer:
    """One message with the page's token; a stream hangs up as soon as it has heard something."""
    rates.buckets.clear()
    token = secrets.token_hex(16)
    cookies = f"{settings.CSRF_COOKIE_NAME}={token}; {settings.SESSION_COOKIE_NAME}={sender.cookie}"
    headers = {"host": "localhost", "cookie": cookies, "x-csrftoken": token, "content-type": "application/json"}
    scope = {
        "type": "http",
        "method": method,
        "path": f"{api.PREFIX}{name}",
        "query_string": f"org={organization}&replica={replica}".encode(),
        "headers": [(key.encode(), value.encode()) for key, value in headers.items()],
    }
    body = json.dumps({"org": organization, "replica": replica, **BODIES.get(name, {})}).encode()
    return asyncio.run(listen(scope) if name == "stream" and method == "GET" else answer_to(scope, body))


async def listen(scope: dict[str, Any]) -> Answer:
    heard: list[dict[str, Any]] = []
    has_heard = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await has_heard.wait()
        return {"type": "http.disconnect"}

    async def hear(message: dict[str, Any]) -> None:
        heard.append(message)
        if message["type"] == "http.response.body":
            has_heard.set()

    await api.app(scope, receive, hear)
    headers = {name.decode(): value.decode() for name, value in heard[0]["headers"]}
    return Answer(heard[0]["status"], headers, b"".join(message["body"] for message in heard[1:]))


def test_every_message_has_its_row() -> None:
    """In each of the three ways to name an organization and a phone."""
    said = {(row.method, row.address) for row in TABLE}
    names = [("POST", name) for name in api.HANDLERS] + [("GET", "stream")]
    assert said == {(method, f"{name}/{way}") for method, name in names for way in ("own", "of-ana", "for-ours")}


def test_everybody_gets_what_the_table_says(scene: Scene, senders: dict[str, Sender]) -> None:
    found: dict[str, dict[str, int]] = {}
    for row in TABLE:
        name, way = row.address.split("/")
        found[row.name] = {}
        for actor, sender in senders.items():
            organization = senders["ana"].organization if way == "for-ours" else sender.organization
            replica = senders["ana"].replica if way == "of-ana" else sender.replica
            found[row.name][actor] = send(sender, row.method, name, organization, replica).status
    assert found == {row.name: row.expected for row in TABLE}


def test_an_organization_of_others_is_answered_as_one_that_does_not_exist(senders: dict[str, Sender]) -> None:
    """B10: equal to the byte."""
    ana, theirs = senders["ana"], senders["olga"].organization
    for method, name in (("POST", "hello"), ("POST", "push"), ("POST", "pull"), ("GET", "stream")):
        foreign = send(ana, method, name, theirs, ana.replica)
        nothing = send(ana, method, name, "01938e5c-0000-7000-8000-000000000000", ana.replica)
        assert foreign == nothing
        assert (foreign.status, foreign.code) == (404, "not_found")


def test_every_other_method_and_name_is_refused(senders: dict[str, Sender]) -> None:
    ana = senders["ana"]
    taken = {"stream": {"GET"}, **{name: {"POST"} for name in api.HANDLERS}}
    for name, own in {**taken, "nowhere": set(), "": set(), "hello/more": set()}.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"} - own:
            answer = send(ana, method, name, ana.organization, ana.replica)
            assert answer.status == (405 if name in taken else 404), (method, name)
            assert answer.headers["content-type"] == "application/problem+json"
