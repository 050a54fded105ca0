"""Live news by server-sent events: "there is something up to N in these streams", and nothing else.

One Redis subscription per process, and each frame is written once for all listeners who may hear the
same names. Every twenty seconds one round of queries asks whether the listeners may still listen.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import orjson
import redis.asyncio
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session

from core import clock, errors, tenancy
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
            listener.tell(frame(0, []))

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
                client = redis.asyncio.Redis.from_url(settings.NEWS_REDIS_URL, socket_connect_timeout=1)
                async with client, client.pubsub() as channel:
                    await channel.subscribe(news.CHANNEL)
                    for listener in self.listeners:
                        listener.tell(frame(0, []))
                    pause = 0.2
                    async for message in channel.listen():
                        if message["type"] == "message":
                            self.spread(orjson.loads(message["data"]))
            except (redis.RedisError, OSError) as error:
                logger.warning("news are away (%s); trying again in %s s", error, pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)

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
            streams = allowed.get((listener.identity.session_key, listener.replica_id))
            if streams is None:
                listener.end()
            else:
                self.retune(listener, streams)


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
    try:
        organization_id = UUID(query["org"])
        key = query["replica"]
    except (KeyError, ValueError):
        raise Problem(BAD_ENVELOPE, field="org") from None
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
    keys = {identity.session_key for identity, _ in asked}
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now()).values_list("session_key", flat=True)
    )
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
