"""The bad line does what it is told: rows that stand on it would show nothing otherwise."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from fieldops.installation import wait_until
from tests.faults.proxy import (
    CUT_ANSWER,
    CUT_REQUEST,
    FOREIGN,
    HOLD,
    LATE,
    NO_ANSWER,
    NOISE,
    PASS,
    PORTAL,
    PORTAL_PAGE,
    TWICE,
    WRONG_BODY,
    Proxy,
    Step,
)


class Echo(BaseHTTPRequestHandler):
    """Answers with what it was given, and remembers it."""

    seen: list[bytes]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if len(body) < int(self.headers["Content-Length"]):
            return  # half a request is none
        self.seen.append(body)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A phone that hangs up is what these tests are about."""


@pytest.fixture
def seen() -> list[bytes]:
    return []


@pytest.fixture
def line(seen: list[bytes]) -> Iterator[Proxy]:
    handler = type("Remembering", (Echo,), {"seen": seen})
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with Proxy(server.server_address[1]) as proxy:
            yield proxy
        server.shutdown()


def send(line: Proxy, body: bytes = b"work" * 50, path: str = "/push") -> bytes:
    """The answer; nothing when there was none that anybody could read."""
    try:
        return requests.post(line.base_url + path, data=body, timeout=1, headers={"Connection": "close"}).content
    except requests.RequestException:
        return b""


@pytest.mark.parametrize("step", [CUT_REQUEST(5), CUT_ANSWER(5), HOLD, NO_ANSWER, NOISE])
def test_a_request_without_an_answer_is_followed_by_one_that_passes(line: Proxy, step: Step) -> None:
    line.script = iter([step])
    assert send(line) == b""
    assert send(line) == b"work" * 50
    assert wait_until(lambda: line.done == [step, PASS], 5)


@pytest.mark.parametrize("tenths", range(10))
def test_of_a_cut_request_nothing_arrives_whole(line: Proxy, seen: list[bytes], tenths: int) -> None:
    line.script = iter([CUT_REQUEST(tenths)])
    send(line)
    assert wait_until(lambda: len(line.done) == 1, 5)
    assert seen == []


@pytest.mark.parametrize("step", [CUT_ANSWER(0), CUT_ANSWER(9), NO_ANSWER])
def test_a_request_whose_answer_is_lost_has_arrived(line: Proxy, seen: list[bytes], step: Step) -> None:
    line.script = iter([step])
    assert send(line) == b""
    assert wait_until(lambda: len(seen) == 1, 5)


def test_a_doubled_request_arrives_twice_and_is_answered_once(line: Proxy, seen: list[bytes]) -> None:
    line.script = iter([TWICE])
    assert send(line, b"once") == b"once"
    assert wait_until(lambda: seen == [b"once", b"once"], 5)


def test_a_late_request_arrives_behind_the_one_that_was_sent_after_it(line: Proxy, seen: list[bytes]) -> None:
    line.script = iter([LATE])
    assert send(line, b"first") == b""
    assert send(line, b"second") == b"second"
    assert wait_until(lambda: seen == [b"second", b"first"], 5)


@pytest.mark.parametrize(("step", "page"), [(PORTAL_PAGE, PORTAL), (WRONG_BODY, FOREIGN)])
def test_somebody_else_answers_and_nothing_arrives(line: Proxy, seen: list[bytes], step: Step, page: bytes) -> None:
    line.script = iter([step])
    assert send(line) == page
    assert seen == []


def test_what_is_not_meant_passes(line: Proxy) -> None:
    line.script = iter([NOISE])
    assert send(line, b"hello", "/hello") == b"hello"
    assert send(line) == b""


def test_requests_at_the_same_time_are_counted(line: Proxy) -> None:
    line.script = iter([HOLD, HOLD])
    threads = [threading.Thread(target=send, args=[line]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert line.most_at_once == 2
