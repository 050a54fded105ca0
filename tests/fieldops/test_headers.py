"""Security headers on every answer there is, through the whole ASGI app: pages, errors, files, data, messages.

What is expected stands here in full: a policy that is compared with itself would never be found weaker.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from fieldops import asgi, urls
from fieldops.processes import BASE_DIR
from tests.asgi import Answer, Browser
from tests.conftest import build_cast
from tests.people.visitor import Visitor

POLICY = (
    "default-src 'self'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
TRUSTED_TYPES = "; require-trusted-types-for 'script'; trusted-types svelte-trusted-html fieldops-urls default"
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "geolocation=(self), camera=(self), microphone=(self), payment=(), usb=()",
    "x-frame-options": "DENY",
}
FILES = {
    "index.html": "<!doctype html>",
    "sw.js": "self.addEventListener('fetch', () => {});",
    "manifest.webmanifest": "{}",
    "assets/app-1a2b3c4d.js": "export {};",
}
FOR_EVER = "public, max-age=31536000, immutable"


def _breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a mistake with the word hush in it")


# A urlconf of its own, with two addresses that break.
urlpatterns = [path("api/v1/broken/", _breaks), path("broken", _breaks), *urls.urlpatterns]
handler404, handler500 = urls.handler404, urls.handler500


@dataclass
class Asking:
    application: Callable[..., Any]

    def __call__(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        return asyncio.run(self._answer(path, method, {"host": "localhost", **headers}))

    async def _answer(self, path: str, method: str, headers: dict[str, str]) -> Answer:
        sent: list[dict[str, Any]] = []
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": raw}

        request = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict[str, Any]:
            if not request:
                await asyncio.Event().wait()  # nobody hangs up
            return request.pop()

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.application({**scope, "server": ("localhost", 80)}, receive, send)
        start, *rest = sent
        names = [name.decode() for name, _ in start["headers"]]
        assert len(set(names) - {"set-cookie"}) == len([name for name in names if name != "set-cookie"]), names
        found = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], found, b"".join(message.get("body", b"") for message in rest))


@pytest.fixture
def ask(tmp_path: Path, settings: Any) -> Iterator[Asking]:
    """The app as it would start now, with a client of four files."""
    for name, text in FILES.items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
    settings.CLIENT_DIR = settings.WHITENOISE_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = False  # it knows its files from the start, as it does in earnest
    settings.ROOT_URLCONF = __name__
    as_it_was = dict(vars(asgi))
    yield Asking(importlib.reload(asgi).application)
    vars(asgi).update(as_it_was)


def check(answer: Answer, *, with_trusted_types: bool = True) -> None:
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    expected = POLICY + TRUSTED_TYPES if with_trusted_types else POLICY
    assert answer.headers["content-security-policy"] == expected
    assert "strict-transport-security" not in answer.headers  # it would lock a machine without a certificate out


# --- Answers that need no database ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/visits/today", 200),
        ("/healthz", 200),
        ("/sw.js", 200),
        ("/manifest.webmanifest", 200),
        ("/assets/app-1a2b3c4d.js", 200),
        ("/static/admin/css/base.css", 200),
        ("/assets/gone-1a2b3c4d.js", 404),
        ("/nowhere.txt", 404),
        ("/api/v1/nowhere/", 404),
        ("/api/v1/me/", 401),
        ("/api/v1/csrf/", 200),
        ("/api/sync/v1/nowhere", 404),
        ("/api/sync/v1/hello", 405),
        ("/api/sync/v1/stream", 401),
        ("/broken", 500),
        ("/api/v1/broken/", 500),
    ],
)
def test_every_answer_carries_every_header(ask: Asking, address: str, status: int) -> None:
    answer = ask(address)
    assert answer.status == status
    check(answer)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"])
def test_so_does_the_answer_to_every_method(ask: Asking, method: str) -> None:
    for address in ("/", "/healthz", "/sw.js", "/api/v1/me/", "/api/sync/v1/push"):
        check(ask(address, method=method))


def test_a_name_that_is_not_ours_is_refused_with_every_header(ask: Asking) -> None:
    answer = ask("/healthz", host="elsewhere.example")
    assert answer.status == 400
    check(answer)


@pytest.mark.parametrize("address", ["/broken", "/api/v1/broken/"])
def test_a_mistake_of_ours_is_told_without_its_inside(ask: Asking, address: str) -> None:
    answer = ask(address)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.code == "broken"
    assert b"hush" not in answer.body
    assert b"Traceback" not in answer.body


# --- What may be kept ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/api/v1/csrf/", "no-store"),
        ("/api/v1/me/", "no-store"),
        ("/api/v1/broken/", "no-store"),
        ("/_allauth/nowhere", "no-store"),
        ("/api/sync/v1/hello", "no-store"),
        ("/", "no-cache"),
        ("/visits/today", "no-cache"),
        ("/sw.js", "max-age=0, public"),
        ("/manifest.webmanifest", "max-age=0, public"),
        ("/assets/app-1a2b3c4d.js", FOR_EVER),
    ],
)
def test_data_is_never_kept_and_only_hashed_names_are_kept_for_long(ask: Asking, address: str, kept: str) -> None:
    assert ask(address).headers["cache-control"] == kept


def test_a_file_that_is_not_there_is_not_kept_for_ever(ask: Asking) -> None:
    """It may come with the next update, under this very name, and nobody would ever see it."""
    assert ask("/assets/gone-1a2b3c4d.js").headers["cache-control"] == "no-store"


# --- Files -----------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("error:StreamingHttpResponse")
def test_a_file_comes_whole_in_part_or_not_at_all(ask: Asking) -> None:
    """By ASGI, which cannot send an open file on: Django would gather it in a thread, and warn."""
    assert ask("/visits/today").body == FILES["index.html"].encode()
    script = FILES["sw.js"].encode()
    whole = ask("/sw.js")
    assert (whole.status, whole.body) == (200, script)
    assert whole.headers["content-type"].startswith("text/javascript")
    assert whole.headers["content-length"] == str(len(script))
    part = ask("/sw.js", range="bytes=5-20")
    assert (part.status, part.body) == (206, script[5:21])
    known = ask("/sw.js", if_none_match=whole.headers["etag"])
    assert (known.status, known.body) == (304, b"")
    asked = ask("/sw.js", method="HEAD")
    assert (asked.status, asked.body, asked.headers["content-length"]) == (200, b"", str(len(script)))


# --- Answers to members ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_answers_to_members_carry_them_too(ask: Asking) -> None:
    cast = build_cast()
    cookie = Browser(cast.ana.user).headers["cookie"]
    for address in ("/api/v1/me/", "/api/v1/customers/", "/api/v1/schema/", "/_allauth/browser/v1/auth/session"):
        answer = ask(address, cookie=cookie)
        assert answer.status == 200, address
        check(answer)
        assert answer.headers["cache-control"] == "no-store"
    for address in ("/api/v1/docs/", "/admin/login/"):
        check(ask(address, cookie=cookie), with_trusted_types=False)


# --- Cookies, and the wire when there is a certificate ---------------------------------------------------------


@cache
def settings_with_https() -> dict[str, Any]:
    """What the settings become when the installation says that it has a certificate."""
    code = (
        "import json; from fieldops import settings as s; "
        "print(json.dumps({n: v for n, v in vars(s).items() if n == 'HTTPS' or '_COOKIE_' in n or 'HSTS' in n}))"
    )
    environment = {**os.environ, "FIELDOPS_HTTPS": "true"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def cookies_of_a_sign_in(names: tuple[str, str]) -> SimpleCookie:
    """Both cookies as the browser gets them, the token's and the session's."""
    cast = build_cast()
    cast.ana.user.set_password("a long password")
    cast.ana.user.save()
    visitor = Visitor()
    assert visitor.sign_in("ana@example.com", "a long password").status_code == 200
    assert set(names) <= visitor.client.cookies.keys()
    return visitor.client.cookies


def test_cookies_are_for_this_site_and_the_session_for_no_script(db: None) -> None:
    cookies = cookies_of_a_sign_in(("session", "csrftoken"))
    for name in ("session", "csrftoken"):
        assert (cookies[name]["samesite"], cookies[name]["path"], cookies[name]["domain"]) == ("Lax", "/", "")
    assert cookies["session"]["httponly"]
    assert int(cookies["session"]["max-age"]) == 30 * 24 * 3600


def test_with_a_certificate_cookies_are_bound_to_this_very_host(db: None, settings: Any) -> None:
    """A name that begins with __Host- is taken by browsers only when it is secure, for all paths and for no domain."""
    for name, value in settings_with_https().items():
        setattr(settings, name, value)
    cookies = cookies_of_a_sign_in(("__Host-session", "__Host-csrf"))
    for name in ("__Host-session", "__Host-csrf"):
        assert cookies[name]["secure"]
        assert (cookies[name]["samesite"], cookies[name]["path"], cookies[name]["domain"]) == ("Lax", "/", "")
    assert cookies["__Host-session"]["httponly"]


@pytest.mark.parametrize("address", ["/", "/sw.js", "/api/v1/me/", "/api/sync/v1/hello", "/broken"])
def test_with_a_certificate_every_answer_asks_for_it_from_now_on(ask: Asking, settings: Any, address: str) -> None:
    for name, value in settings_with_https().items():
        setattr(settings, name, value)
    assert ask(address).headers["strict-transport-security"] == "max-age=31536000"
