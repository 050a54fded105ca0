"""The phone's shell: one page for every address that is a screen. Which screen is the phone's own business."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core import api, errors


def shell(request: HttpRequest) -> HttpResponse:
    """index.html, never cached, so that an update is found at once; 503 while the client is not built."""
    if request.method not in {"GET", "HEAD"}:
        return api.problem_http(errors.METHOD_NOT_ALLOWED)
    try:
        page = (settings.CLIENT_DIR / "index.html").read_bytes()
    except FileNotFoundError:
        return HttpResponse("The client is not built: run python3 dev.py run.", status=503, content_type="text/plain")
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
