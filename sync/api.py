"""The four messages: hello, push, pull and stream. A lean ASGI app beside Django, for the hot path."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import orjson
from django.db import Error as StorageError
from django.http import HttpRequest

from core import clock, errors, tenancy
from core.errors import Problem
from sync import asgi, envelope, inbox, limits, replicas, session, stream
from sync import pull as pulls
from sync.asgi import Receive, Scope, Send
from sync.models import Counter, Replica
from sync.rates import rates
from sync.session import Identity

logger = logging.getLogger(__name__)

PREFIX = "/api/sync/v1/"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers one request under /api/sync/v1/."""
    try:
        await _answer(scope, receive, send)
    except asgi.Gone:
        return
    except Problem as problem:
        await asgi.answer_problem(send, problem)
    except StorageError:
        logger.exception("storage failed under %s", scope["path"])
        await asgi.answer_problem(send, Problem(errors.UNAVAILABLE))
    except Exception:
        logger.exception("a mistake of ours under %s", scope["path"])
        await asgi.answer_problem(send, Problem(errors.BROKEN))


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    name = scope["path"].removeprefix(PREFIX).strip("/")
    if name == "stream":
        await stream.answer(scope, receive, send)
        return
    handle = HANDLERS.get(name)
    if handle is None:
        raise Problem(errors.NOT_FOUND)
    if scope["method"] != "POST":
        raise Problem(errors.METHOD_NOT_ALLOWED)
    body = await asgi.read_body(scope, receive)
    await asgi.answer(send, await asgi.in_thread(_handle, handle, session.request_from(scope), body))


def _handle(handle: Callable[[Identity, HttpRequest, bytes], bytes], request: HttpRequest, body: bytes) -> bytes:
    identity = session.identify(request)
    session.check_csrf(request)
    rates.spend(identity.member_id)
    with tenancy.acting_in(identity.organization_id):
        return handle(identity, request, body)


def _check_organization(identity: Identity, message: Any) -> None:
    if message.org != identity.organization_id:
        raise Problem(errors.NOT_FOUND)


def hello(identity: Identity, request: HttpRequest, body: bytes) -> bytes:
    message = envelope.read(body, envelope.Hello)
    envelope.check_hello(message)
    _check_organization(identity, message)
    replica = replicas.greet(message, identity.member_id, request.META.get("HTTP_USER_AGENT", ""))
    counter = Counter.objects.get(pk=identity.organization_id)
    return orjson.dumps(
        {
            "epoch": counter.epoch,
            "head": {"seq": counter.seq, "tag": counter.tag},
            "limits": limits.as_json(),
            "device_state": replica.state,
            **pulls.standing(replica),
        }
    )


def push(identity: Identity, request: HttpRequest, body: bytes) -> bytes:
    message = envelope.read(body, envelope.Push)
    envelope.check_push(message)
    _check_organization(identity, message)
    known = replicas.find(message.replica, identity.member_id)
    replica = inbox.receive(known, message.first_n, message.entries, envelope.sent_at(message))
    return orjson.dumps(
        {
            "received_n": replica.received_n,
            "chain": replica.chain,
            "server_time": clock.to_text(clock.now()),
            "limits": limits.as_json(),
            "commands": [],
        }
    )


def pull(identity: Identity, request: HttpRequest, body: bytes) -> bytes:
    message = envelope.read(body, envelope.Pull)
    envelope.check_pull(message)
    _check_organization(identity, message)
    replica = replicas.find(message.replica, identity.member_id)
    replicas.require_active(replica)
    answer = pulls.pull(replica, message.cursor, message.max_bytes)
    Replica.objects.filter(pk=replica.pk).update(last_contact_at=clock.now())
    return answer


HANDLERS: dict[str, Callable[[Identity, HttpRequest, bytes], bytes]] = {"hello": hello, "push": push, "pull": pull}
