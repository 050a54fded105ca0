"""Security headers on every answer, outermost: the sync app and the static files never pass Django's middleware."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

App = Callable[..., Awaitable[None]]

_COMMON = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "geolocation=(self), camera=(self), microphone=(self), payment=(), usb=()",
    "x-frame-options": "DENY",
}
_BASE_POLICY = (
    "default-src 'self'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_TRUSTED_TYPES = "; require-trusted-types-for 'script'; trusted-types svelte-trusted-html fieldops-urls default"
# The operator's pages and the API documentation come from packages that set HTML by script.
_WITHOUT_TRUSTED_TYPES = ("/admin/", "/api/v1/docs/")


def policy_for(path: str) -> str:
    return _BASE_POLICY if path.startswith(_WITHOUT_TRUSTED_TYPES) else _BASE_POLICY + _TRUSTED_TYPES


def _headers_for(path: str, status: int) -> list[tuple[bytes, bytes]]:
    found = {**_COMMON, "content-security-policy": policy_for(path)}
    if settings.HTTPS:
        found["strict-transport-security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    if path.startswith("/assets/") and status < 400:
        found["cache-control"] = "public, max-age=31536000, immutable"  # names carry a hash of the content
    elif path.startswith(("/api/", "/_allauth/", "/assets/")):  # a file that is missing may come with an update
        found["cache-control"] = "no-store"
    return [(name.encode(), value.encode()) for name, value in found.items()]


def with_headers(app: App) -> App:
    """The same app, every answer of which carries the headers."""

    async def wrapped(scope: dict[str, Any], receive: Any, send: Any) -> None:
        async def send_with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                ours = _headers_for(scope["path"], message["status"])
                names = {name for name, _ in ours}
                theirs = [pair for pair in message.get("headers", []) if pair[0].lower() not in names]
                message = {**message, "headers": [*theirs, *ours]}
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped
