"""The two apps behind one door: sync messages go to the lean app, everything else to Django."""

from __future__ import annotations

import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldops.settings")
_django = get_asgi_application()

from fieldops.headers import with_headers  # noqa: E402  (needs the settings that the line above loads)
from sync import api as sync_api  # noqa: E402


async def _by_path(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "http" and scope["path"].startswith(sync_api.PREFIX):
        await sync_api.app(scope, receive, send)
    else:
        await _django(scope, receive, send)


application = with_headers(_by_path)
