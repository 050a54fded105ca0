"""The smallest ASGI plumbing that the four messages need: bodies within limits, answers, threads."""

from __future__ import annotations

import asyncio
import contextvars
import zlib
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import orjson
from django.db import close_old_connections, connection

from core import api, errors
from core.errors import Problem
from sync.errors import BAD_ENCODING, TOO_LARGE
from sync.limits import MAX_BODY_BYTES, as_json

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Result = TypeVar("Result")

THREADS = 8
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="sync")


class Gone(Exception):
    """The phone hung up before its request was whole."""


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    return {name.lower(): value for name, value in scope["headers"]}


async def read_body(scope: Scope, receive: Receive) -> bytes:
    """The body as JSON bytes. Raises unsupported_type, too_large, bad_encoding, or Gone."""
    headers = headers_of(scope)
    if headers.get(b"content-type", b"").split(b";")[0].strip().lower() != b"application/json":
        raise Problem(errors.UNSUPPORTED_TYPE)
    coding = headers.get(b"content-encoding", b"identity").strip().lower()
    if coding not in {b"identity", b"gzip"}:
        raise Problem(errors.UNSUPPORTED_TYPE)
    body = await _collect(receive)
    return _gunzip(body) if coding == b"gzip" else body


async def _collect(receive: Receive) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        part = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY_BYTES:
            raise Problem(TOO_LARGE, limits=as_json())
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _gunzip(body: bytes) -> bytes:
    """Unpacks at most what a message may hold: a bomb is refused after that many bytes, not after a gigabyte."""
    unpack = zlib.decompressobj(wbits=31)
    try:
        plain = unpack.decompress(body, MAX_BODY_BYTES + 1)
    except zlib.error:
        raise Problem(BAD_ENCODING) from None
    if len(plain) > MAX_BODY_BYTES:
        raise Problem(TOO_LARGE, limits=as_json())
    if not unpack.eof:
        raise Problem(BAD_ENCODING)
    return plain


async def in_thread(call: Callable[..., Result], *args: Any) -> Result:
    """Runs database work in a thread of the pool, with a connection that is fit for use."""
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(_threads, context.run, _with_connection, call, *args)


def _with_connection(call: Callable[..., Result], *args: Any) -> Result:
    try:
        return call(*args)
    finally:
        # SQLite connections stay with their thread; pooled ones go back to the pool.
        if connection.vendor != "sqlite":
            close_old_connections()


async def answer(send: Send, body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
    kind = "application/json" if status < 400 else api.PROBLEM_TYPE
    pairs = {"content-type": kind, "content-length": str(len(body)), "cache-control": "no-store", **(headers or {})}
    raw = [(name.encode(), value.encode()) for name, value in pairs.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


async def answer_problem(send: Send, problem: Problem) -> None:
    extra = {"retry-after": "1"} if problem.code.status in {429, 503} else {}
    await answer(send, orjson.dumps(api.problem_body(problem.code, problem.params)), problem.code.status, extra)
