"""The four messages: hello, push, pull and stream. A lean ASGI app beside Django, for the hot path."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.conf import settings
from django.db import Error as StorageError
from django.http import HttpRequest

from core import clock, errors, faults, tenancy
from core.errors import Problem
from sync import asgi, digests, envelope, inbox, limits, replicas, session, stream
from sync import pull as pulls
from sync.asgi import Receive, Scope, Send
from sync.models import Counter, Replica
from sync.rates import rates
from sync.session import Identity

logger = logging.getLogger(__name__)

PREFIX = "/api/sync/v1/"


COOKIE_SECONDS = 400 * 24 * 3600  # as long as browsers keep any


@dataclass(frozen=True)
class Reply:
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


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
    reply = await asgi.in_thread(_handle, handle, session.request_from(scope), body)
    await asgi.answer(send, reply.body, headers=reply.headers)


def _handle(handle: Callable[[Identity, HttpRequest, bytes], Reply], request: HttpRequest, body: bytes) -> Reply:
    identity = session.identify(request)
    session.check_csrf(request)
    rates.spend(identity.member_id)
    with tenancy.acting_in(identity.organization_id):
        return handle(identity, request, body)


def _check_organization(identity: Identity, message: Any) -> None:
    if message.org != identity.organization_id:
        raise Problem(errors.NOT_FOUND)


def hello(identity: Identity, request: HttpRequest, body: bytes) -> Reply:
    message = envelope.read(body, envelope.Hello)
    envelope.check_hello(message)
    _check_organization(identity, message)
    cookie = _cookie_of(identity)
    former_key = request.COOKIES.get(cookie)
    replica = replicas.greet(message, identity, request.META.get("HTTP_USER_AGENT", ""), former_key)
    counter = Counter.objects.get(pk=identity.organization_id)
    answer = {
        "epoch": counter.epoch,
        "head": {"seq": counter.seq, "tag": counter.tag},
        "limits": limits.as_json(),
        "device_state": Replica.State.REVOKED if identity.is_deposit_only else replica.state,
        **pulls.standing(replica),
        "commands": _commands(identity, replica, message),
    }
    return Reply(orjson.dumps(answer), {"set-cookie": _set_cookie(cookie, replica.key)})


def _commands(identity: Identity, replica: Replica, message: envelope.Hello) -> list[dict[str, Any]]:
    """What the phone should do or know: forget everything, fetch streams anew, say what its storage took along."""
    if identity.is_deposit_only or replica.state == Replica.State.REVOKED:
        return [{"command": "wipe"}]
    found: list[dict[str, Any]] = []
    if replica.lost_written_n > replica.lost_received_n:
        found.append({"command": "lost", "written": replica.lost_written_n, "received": replica.lost_received_n})
    if message.digests is not None:
        streams = digests.differing(replica, message.digests)
        found += [{"command": "refetch", "streams": streams}] if streams else []
    return found


def _cookie_of(identity: Identity) -> str:
    """A witness that outlives the page's own storage. One for each member, since members may share a phone."""
    return f"replica_{identity.member_id.hex[-12:]}"


def _set_cookie(name: str, key: str) -> str:
    secure = "; Secure" if settings.HTTPS else ""
    return f"{name}={key}; Path={PREFIX}; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Strict{secure}"


def push(identity: Identity, request: HttpRequest, body: bytes) -> Reply:
    message = envelope.read(body, envelope.Push)
    envelope.check_push(message)
    _check_organization(identity, message)
    known = replicas.find(message.replica, identity.member_id)
    replicas.keep_out(known, identity)
    replica = inbox.receive(known, message.first_n, message.entries, envelope.sent_at(message))
    faults.reach(faults.AFTER_STORED)
    answer = {
        "received_n": replica.received_n,
        "chain": replica.chain,
        "server_time": clock.to_text(clock.now()),
        "limits": limits.as_json(),
        "commands": [],
    }
    return Reply(orjson.dumps(answer))


def pull(identity: Identity, request: HttpRequest, body: bytes) -> Reply:
    message = envelope.read(body, envelope.Pull)
    envelope.check_pull(message)
    _check_organization(identity, message)
    session.require_reading(identity)
    replica = replicas.find(message.replica, identity.member_id)
    replicas.require_active(replica)
    answer = pulls.pull(replica, message.cursor, message.max_bytes, message.refetch)
    Replica.objects.filter(pk=replica.pk).update(last_contact_at=clock.now())
    return Reply(answer)


HANDLERS: dict[str, Callable[[Identity, HttpRequest, bytes], Reply]] = {"hello": hello, "push": push, "pull": pull}
