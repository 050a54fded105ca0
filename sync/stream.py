"""Live news by server-sent events: "there is something up to N in these streams", and nothing else.

One Redis subscription per process, and each frame is written once for all listeners who may hear the
same names. Every twenty seconds one round of queries asks whether the listeners may still listen.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import orjson
import redis.asyncio
from django.apps import apps
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from core import clock, errors, tenancy
from core.api import DEPOSIT_ONLY
from core.errors import Problem
from sync import asgi, envelope, news, replicas, session
from sync import pull as pulls
from sync.asgi import Receive, Scope, Send
from sync.errors import BAD_ENVELOPE
from sync.models import Counter, Replica

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 15.0
CHECK_SECONDS = 20.0
MOST_PER_MEMBER = 5
MOST_WAITING = 64  # frames for one listener that does not read
QUIET_SECONDS, ANSWER_SECONDS = 15.0, 5.0  # when Redis is asked whether it is there, and how long it may take to say so
_HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Listener:
    """One open connection: what it may hear, and what it has not been told yet."""

    def __init__(self, identity: session.Identity, replica_id: int, streams: frozenset[str]) -> None:
        self.identity = identity
        self.replica_id = replica_id
        self.streams = streams
        self.frames: list[bytes] = []
        self.is_ended = False
        self.woken = asyncio.Event()

    def tell(self, data: bytes) -> None:
        if len(self.frames) >= MOST_WAITING:
            self.frames, data = [], LOOK  # nobody reads: one word stands for all that was missed
        self.frames.append(data)
        self.woken.set()

    def end(self) -> None:
        self.is_ended = True
        self.woken.set()

    async def next_frames(self) -> bytes:
        """Whatever there is to say, or a heartbeat when there was nothing for a while."""
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                await self.woken.wait()
        except TimeoutError:
            return b": still here\n\n"
        self.woken.clear()
        frames, self.frames = self.frames, []
        return b"".join(frames)


def frame(seq: int, streams: Iterable[str]) -> bytes:
    return b"data: " + orjson.dumps({"seq": seq, "streams": list(streams)}) + b"\n\n"


LOOK = frame(0, ())  # there may be something, nobody knows what: a phone pulls


class Hub:
    """All listeners of this process, found by the stream they hear."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self._by_stream: dict[tuple[UUID, str], set[Listener]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def add(self, listener: Listener) -> None:
        same = [one for one in self.listeners if one.identity.member_id == listener.identity.member_id]
        if len(same) >= MOST_PER_MEMBER:
            raise Problem(errors.RATE_LIMITED)
        self.listeners.add(listener)
        self._index(listener)
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._subscribe()), asyncio.create_task(self._check())]

    def remove(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        self._unindex(listener)

    def retune(self, listener: Listener, streams: frozenset[str]) -> None:
        """What the listener may hear has changed: from now on, and its phone is told to look."""
        if streams != listener.streams:
            self._unindex(listener)
            listener.streams = streams
            self._index(listener)
            listener.tell(LOOK)

    def _index(self, listener: Listener) -> None:
        for name in listener.streams:
            self._by_stream.setdefault((listener.identity.organization_id, name), set()).add(listener)

    def _unindex(self, listener: Listener) -> None:
        for name in listener.streams:
            hearing = self._by_stream.get((listener.identity.organization_id, name), set())
            hearing.discard(listener)
            if not hearing:
                self._by_stream.pop((listener.identity.organization_id, name), None)

    def spread(self, message: dict[str, Any]) -> None:
        """Gives each listener the names it may hear; equal sets of names share one frame."""
        organization_id = UUID(message["org"])
        heard: dict[Listener, list[str]] = {}
        for name in message["streams"]:
            for listener in self._by_stream.get((organization_id, name), ()):
                heard.setdefault(listener, []).append(name)
        frames: dict[tuple[str, ...], bytes] = {}
        for listener, names in heard.items():
            key = tuple(names)
            if key not in frames:
                frames[key] = frame(message["seq"], names)
            listener.tell(frames[key])

    async def _subscribe(self) -> None:
        """Listens for ever; after a broken connection everyone is told to look, since rings were missed."""
        pause = 0.2
        while True:
            try:
                client = redis.asyncio.Redis.from_url(
                    settings.NEWS_REDIS_URL, socket_connect_timeout=1, socket_timeout=ANSWER_SECONDS
                )
                async with client, client.pubsub() as channel:
                    await channel.subscribe(news.CHANNEL)
                    async for message in _messages(channel):
                        self._hear(message)
                        pause = 0.2
            except Exception as error:  # noqa: BLE001  (whatever it is, a process that went deaf would stay so)
                logger.warning("news are away (%s); trying again in %s s", error, pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)

    def _hear(self, message: dict[str, Any]) -> None:
        if (
            message["type"] == "subscribe"
        ):  # only from now on does Redis ring us: told earlier, they might look too early
            for listener in self.listeners:
                listener.tell(LOOK)
        elif message["type"] == "message":
            self.spread(orjson.loads(message["data"]))

    async def _check(self) -> None:
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            try:
                await self.check_now()
            except Exception:  # a failed round must not end the rounds
                logger.exception("could not check who may still listen")

    async def check_now(self) -> None:
        """Ends whoever may not listen any more, and retunes the others to what they may read now."""
        current = list(self.listeners)
        allowed = await asgi.in_thread(_allowed, [(one.identity, one.replica_id) for one in current])
        for listener in current:
            if listener not in self.listeners:
                continue  # it left while we asked: found by its streams again, it would be told things for ever
            streams = allowed.get((listener.identity.session_key, listener.replica_id))
            if streams is None:
                listener.end()
            else:
                self.retune(listener, streams)


async def _messages(channel: Any) -> AsyncIterator[dict[str, Any]]:
    """What the channel says, for ever. Raises TimeoutError when it is silent even when asked: it is gone, unnoticed."""
    while True:
        message = await channel.get_message(timeout=QUIET_SECONDS)
        if message is None:
            await channel.ping()
            message = await channel.get_message(timeout=ANSWER_SECONDS)
        if message is None:
            raise TimeoutError("no answer")
        yield message


hub = Hub()


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    """Streams until the phone goes or may not listen any more. Raises before the first byte only."""
    if scope["method"] != "GET":
        raise Problem(errors.METHOD_NOT_ALLOWED)
    query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()}
    listener = await asgi.in_thread(_open, session.request_from(scope), query)
    hub.add(listener)
    gone = asyncio.create_task(_until_gone(receive, listener))
    try:
        # Asked only now that rings reach it: one between the two would have been missed.
        listener.tell(frame(await asgi.in_thread(_head, listener.identity.organization_id), []))
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        while not listener.is_ended:
            data = await listener.next_frames()
            await send({"type": "http.response.body", "body": data, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    except OSError:
        pass  # the phone went while we wrote
    finally:
        gone.cancel()
        hub.remove(listener)


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()


def _open(request: Any, query: dict[str, str]) -> Listener:
    identity = session.identify(request)
    session.require_reading(identity)
    try:
        organization_id = UUID(query.get("org", ""))
    except ValueError:
        raise Problem(BAD_ENVELOPE, field="org") from None
    key = query.get("replica", "")
    envelope.check_replica_key(key)
    if organization_id != identity.organization_id:
        raise Problem(errors.NOT_FOUND)
    with tenancy.acting_in(organization_id):
        replica = replicas.find(key, identity.member_id)
        replicas.require_active(replica)
        return Listener(identity, replica.pk, _heard_by(replica))


def _head(organization_id: UUID) -> int:
    return Counter.objects.get(pk=organization_id).seq


def _heard_by(replica: Replica) -> frozenset[str]:
    return pulls.allowed_streams(replica) | {news.replica_stream(replica.key)}


def _allowed(asked: list[tuple[session.Identity, int]]) -> dict[tuple[str, int], frozenset[str]]:
    """What each session may hear now on its replica; one that is missing may hear nothing any more."""
    alive = _alive([identity for identity, _ in asked])
    Member = apps.get_model("people", "Member")
    active = set(
        Member.everywhere.filter(
            pk__in={identity.member_id for identity, _ in asked}, is_active=True, user__is_active=True
        ).values_list("pk", flat=True)
    )
    entitled = [(one.session_key, id) for one, id in asked if one.session_key in alive and one.member_id in active]
    found = Replica.everywhere.filter(pk__in={id for _, id in entitled}, state=Replica.State.ACTIVE)
    heard: dict[int, frozenset[str]] = {}
    for replica in found.select_related("member__organization"):
        with tenancy.acting_in(replica.organization_id):
            heard[replica.pk] = _heard_by(replica)
    return {(key, id): heard[id] for key, id in entitled if id in heard}


def _alive(identities: Iterable[session.Identity]) -> set[str]:
    """The sessions that still stand. A new password leaves the others' rows in place, but ends them."""
    user_ids = {identity.session_key: identity.user_id for identity in identities}
    users = get_user_model()._default_manager.in_bulk(set(user_ids.values()))
    found = Session.objects.filter(session_key__in=user_ids, expire_date__gt=clock.now())
    return {one.session_key for one in found if _is_of(users.get(user_ids[one.session_key]), one.get_decoded())}


def _is_of(user: Any, data: dict[str, Any]) -> bool:
    """As Django asks it on every request. One that may only hand in hears nothing."""
    if user is None or data.get(SESSION_KEY) != str(user.pk):
        return False
    if data.get(DEPOSIT_ONLY):
        return False
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(data.get(HASH_SESSION_KEY, ""), one) for one in hashes)
