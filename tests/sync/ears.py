"""Listeners in this process: the real app, with a phone's ear at the other end of each stream.

The app's loop runs in a thread beside the test, so that the test itself reads from top to bottom.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from fieldops.installation import wait_until
from sync import api, news, stream
from tests.asgi import Browser
from tests.phone import Phone

PATIENCE = 15.0
LOOK = {"seq": 0, "streams": []}
_ENOUGH = -1  # the number of a ring of our own

Result = TypeVar("Result")
Frame = dict[str, Any]


class Ear:
    """One open stream. ``welcome`` is what it was told on connecting, ``heard`` what came since the last time."""

    def __init__(self, phone: Phone, browser: Browser) -> None:
        self.phone = phone
        self.browser = browser
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""
        self.welcome: list[Frame] = []
        self.has_heard, self.is_over = threading.Event(), threading.Event()
        self.is_gone, self.may_read = asyncio.Event(), asyncio.Event()
        self.may_read.set()

    async def listen(self, query: str) -> None:
        try:
            await api.app(self.browser.scope("GET", "stream", query), self._receive, self._send)
        finally:
            self.has_heard.set()
            self.is_over.set()

    async def _receive(self) -> dict[str, Any]:
        await self.is_gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        """As a server whose buffers are full: it waits until the client takes something off the line."""
        await self.may_read.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message["body"]
            self.has_heard.set()

    @property
    def code(self) -> str:
        return str(json.loads(self.body)["code"])

    @property
    def frames(self) -> list[Frame]:
        """Everything it was ever told."""
        parts = self.body.split(b"\n\n")
        return [json.loads(part.removeprefix(b"data: ")) for part in parts if part.startswith(b"data: ")]

    def heard(self) -> list[Frame]:
        """What it was told since the last time. A ring of our own behind it says that nothing more is under way."""
        before = self._ends()
        organization: Any = self.phone.member.organization_id
        news.ring(organization, _ENOUGH, [news.replica_stream(self.phone.key)])
        assert wait_until(lambda: len(self._ends()) > len(before), PATIENCE), "it has gone deaf"
        start = before[-1] + 1 if before else 0
        return self.frames[start : self._ends()[-1]]

    def _ends(self) -> list[int]:
        return [index for index, frame in enumerate(self.frames) if frame["seq"] == _ENOUGH]


class Ears:
    """A server process, as far as its streams go."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._listening: list[Future[None]] = []
        self._is_tuned = False

    def open(self, phone: Phone, browser: Browser | None = None, *, is_tuned: bool = True) -> Ear:
        """Returns when the stream hears (``is_tuned`` false: when it was told its head), or was refused."""
        ear = Ear(phone, browser or Browser(phone.member.user))
        self._listening.append(asyncio.run_coroutine_threadsafe(ear.listen(query_of(phone)), self._loop))
        assert ear.has_heard.wait(PATIENCE)
        if ear.status == 200 and is_tuned:
            if not self._is_tuned:  # the first makes the process subscribe, and is told to look when it has
                assert wait_until(lambda: LOOK in ear.frames, PATIENCE)
                self._is_tuned = True
            ear.welcome = ear.heard()
        return ear

    def hang_up(self, ear: Ear) -> None:
        self.call(ear.is_gone.set)
        self.read_on(ear)
        assert ear.is_over.wait(PATIENCE)

    def stop_reading(self, ear: Ear) -> None:
        self.call(ear.may_read.clear)

    def read_on(self, ear: Ear) -> None:
        self.call(ear.may_read.set)

    def check_now(self) -> None:
        self.run(stream.hub.check_now())

    def run(self, doing: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(PATIENCE)

    def call(self, what: Callable[[], object]) -> None:
        """Does it in the loop, where alone its events may be touched, and returns when it is done."""

        async def doing() -> None:
            what()

        self.run(doing())

    def close(self) -> None:
        self.run(_end_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _end_all() -> None:
    """Asked again when it went unheard: a client that is just losing its patience may swallow it."""
    while others := [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]:
        for task in others:
            task.cancel()
        await asyncio.wait(others, timeout=1)


def query_of(phone: Phone) -> str:
    return f"org={phone.member.organization_id}&replica={phone.key}"
