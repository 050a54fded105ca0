"""Is it alive, and can it do its work? Ready means: entries that phones bring would be judged now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from core import clock
from sync import sweeper
from sync.redis import news_client

WORKER_SILENT_AFTER = timedelta(seconds=60)
UNSETTLED_TOO_LONG = timedelta(minutes=5)


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 when a part is missing or entries have waited too long; the body says which."""
    checks: dict[str, Any] = {"database": _database(), "redis": _redis()}
    if checks["database"]["is_ok"]:
        checks["worker"] = _recent(sweeper.last_beat())
        checks["entries"] = _unsettled(sweeper.oldest_unsettled())
    is_ready = all(check["is_ok"] for check in checks.values())
    return JsonResponse({"is_ready": is_ready, **checks}, status=200 if is_ready else 503)


def _database() -> dict[str, Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return {"is_ok": True}
    except DatabaseError:
        return {"is_ok": False}


def _redis() -> dict[str, Any]:
    try:
        broker = redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
        return {"is_ok": bool(broker.ping() and news_client().ping())}
    except (redis.RedisError, OSError):
        return {"is_ok": False}


def _recent(last_beat: datetime | None) -> dict[str, Any]:
    if last_beat is None:
        return {"is_ok": False, "last_seen_s": None}
    age = clock.now() - last_beat
    return {"is_ok": age < WORKER_SILENT_AFTER, "last_seen_s": round(age.total_seconds())}


def _unsettled(oldest: datetime | None) -> dict[str, Any]:
    if oldest is None:
        return {"is_ok": True, "oldest_unsettled_s": 0}
    age = clock.now() - oldest
    return {"is_ok": age < UNSETTLED_TOO_LONG, "oldest_unsettled_s": round(age.total_seconds())}
