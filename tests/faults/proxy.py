"""A bad line: a TCP proxy in front of the web server that does to each request what a script says.

    with Proxy(server.port) as line:
        line.script = iter([CUT_REQUEST(3), PASS, TWICE])
        ... requests to line.base_url ...

It runs in a thread of its own and carries one request per connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any

HOST = "127.0.0.1"
PORTAL = b"<!doctype html><title>Free Wi-Fi</title><form action=/accept><button>I accept</button></form>"
GARBAGE = b"\x15\x03\x01\x00\x02\x02\x28" * 9
FOREIGN = b'{"ok":true,"received_n":"all of it"}'


@dataclass(frozen=True)
class Step:
    """What becomes of one request. ``tenths`` is how much of it, or of its answer, comes through."""

    what: str
    tenths: int = 10


PASS, HOLD, TWICE, LATE, NOISE, PORTAL_PAGE, WRONG_BODY, NO_ANSWER = (
    Step(what) for what in ("pass", "hold", "twice", "late", "noise", "portal", "wrong", "no answer")
)


def CUT_REQUEST(tenths: int) -> Step:
    return Step("cut request", tenths)


def CUT_ANSWER(tenths: int) -> Step:
    return Step("cut answer", tenths)


class Proxy:
    """``script`` gives a step for each request whose path ends with ``only``; the rest, and what follows, passes."""

    def __init__(self, port: int, *, only: str = "/push") -> None:
        self.target = port
        self.only = only
        self.script: Iterator[Step] = iter(())
        self.done: list[Step] = []
        self.at_once = self.most_at_once = 0
        self._loop = asyncio.new_event_loop()
        self._passed = asyncio.Event()
        self._going: set[asyncio.Task[Any]] = set()  # a loop alone does not keep a task whose phone has gone
        self._server = self._loop.run_until_complete(asyncio.start_server(self._serve, HOST, 0))
        self.base_url = f"http://{HOST}:{self._server.sockets[0].getsockname()[1]}"
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        while going := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in going:
                task.cancel()
            await asyncio.gather(*going, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if task := asyncio.current_task():
            self._going.add(task)
            task.add_done_callback(self._going.discard)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            request = await _message(reader)
            path = request.split(b" ", 2)[1].decode()
            step = next(self.script, PASS) if path.endswith(self.only) else PASS
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            gone = asyncio.create_task(reader.read())  # the phone says no more: it can only hang up
            try:
                await self._do(step, request, writer, gone)
            finally:
                gone.cancel()
                self.at_once -= 1
                self.done.append(step)
        writer.transport.abort() if writer.transport.get_write_buffer_size() else writer.close()

    async def _do(self, step: Step, request: bytes, writer: asyncio.StreamWriter, gone: asyncio.Task[bytes]) -> None:
        part = len(request) * step.tenths // 10
        match step.what:
            case "hold":  # half open on both sides: the server waits for the rest, the phone for its answer
                await self._forward(request[: len(request) // 2], until=gone)
            case "cut request":
                await self._forward(request[:part], until=None)
            case "late":  # comes through when a later request has, and nobody listens any more
                self._passed.clear()
                await gone
                await self._passed.wait()
                await self._forward(request)
            case "noise" | "portal" | "wrong":
                await _send(writer, _answers(step.what))
            case "no answer":
                await self._forward(request)
            case "twice":
                await asyncio.gather(self._forward(request), self._relay(request, writer))
            case _:
                await self._relay(request, writer, step.tenths if step.what == "cut answer" else 10)

    async def _relay(self, request: bytes, writer: asyncio.StreamWriter, tenths: int = 10) -> None:
        answer = await self._forward(request)
        await _send(writer, answer[: len(answer) * tenths // 10])
        self._passed.set()

    async def _forward(self, data: bytes, *, until: asyncio.Task[bytes] | str | None = "answered") -> bytes:
        """Sends it to the server. Its answer; nothing when the line is cut, at once or when ``until`` has ended."""
        reader, writer = await asyncio.open_connection(HOST, self.target)
        try:
            writer.write(data)
            await writer.drain()
            if isinstance(until, asyncio.Task):
                await until
            return await reader.read() if until == "answered" else b""
        finally:
            writer.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One request whole, asking the server to close when it has answered."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = [line for line in head[:-4].split(b"\r\n") if not line.lower().startswith(b"connection:")]
    lengths = [line.split(b":")[1] for line in lines if line.lower().startswith(b"content-length:")]
    body = await reader.readexactly(int(lengths[0])) if lengths else b""
    return b"\r\n".join([*lines, b"Connection: close", b"", b""]) + body


def _answers(what: str) -> bytes:
    if what == "noise":
        return GARBAGE
    kind, body = (b"text/html", PORTAL) if what == "portal" else (b"application/json", FOREIGN)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
    return head % (kind, len(body)) + body


async def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await writer.drain()
