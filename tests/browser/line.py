"""A line that writes down which rows pulls have brought, whatever became of the browser that had asked for them.

    with Line(server.port) as line:
        ... a browser at line.base_url ...
        line.brought

It runs in a thread of its own and carries one request per connection, as the answer comes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections import Counter
from types import TracebackType

HOST = "127.0.0.1"
CHUNK = 65_536
# The line asks for plain answers, each until the server hangs up: then it need not understand them to pass them on.
REPLACED = (b"connection:", b"accept-encoding:")

Version = tuple[str, str, str]  # of a row: its shape, its id, its rv


class Line:
    """``brought``: how often each version of a row has come, counting whole answers, taken or not."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.brought: Counter[Version] = Counter()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def again(self) -> int:
        """How many rows came that had come before as they are."""
        return self.brought.total() - len(self.brought)

    def __enter__(self) -> Line:
        self._thread.start()
        # From outside of it: Playwright has a loop running in this thread already.
        begun = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._serve, HOST, 0), self._loop)
        self._server = begun.result(10)
        self.base_url = f"http://{HOST}:{self._server.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        going = asyncio.all_tasks() - {asyncio.current_task()}
        for task in going:
            task.cancel()
        await asyncio.gather(*going, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A browser opens connections that it never uses, and hangs up when it is killed. The server may be away.
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            request = await _message(reader)
            gone = asyncio.create_task(reader.read())  # the browser says no more: it can only hang up
            answered = asyncio.create_task(self._carry(request, writer))
            try:
                await asyncio.wait({gone, answered}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                gone.cancel()
                answered.cancel()
        writer.close()

    async def _carry(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        reader, out = await asyncio.open_connection(HOST, self.target)
        answer = bytearray()
        try:
            out.write(request)
            await out.drain()
            while data := await reader.read(CHUNK):
                writer.write(data)
                answer += data
                await writer.drain()
        finally:  # a browser that has all it was promised hangs up before the server does
            out.close()
            if request.split(b" ", 2)[1].endswith(b"/pull"):
                self.brought.update(_rows(bytes(answer)))


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = [line for line in head[:-4].split(b"\r\n") if not line.lower().startswith(REPLACED)]
    lengths = [line.split(b":")[1] for line in lines if line.lower().startswith(b"content-length:")]
    body = await reader.readexactly(int(lengths[0])) if lengths else b""
    return b"\r\n".join([*lines, b"Connection: close", b"", b""]) + body


def _rows(answer: bytes) -> list[Version]:
    """Those of a whole page; of anything else none."""
    head, _, body = answer.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    if b" 200 " not in head.split(b"\r\n")[0] or not lengths or len(body) != int(lengths[0]):
        return []
    return [(row["t"], row["id"], row["rv"]) for row in json.loads(body)["rows"]]
