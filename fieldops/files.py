"""The client's files, and those of the operator's pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class FilesMiddleware(WhiteNoiseMiddleware):
    """Hands a file over whole. WhiteNoise hands on an open one, which only WSGI can send bit by bit: under ASGI Django
    gathers all of it first, in a thread of its own, and warns."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        body = b""
        if found.file is not None:  # as it is for HEAD, and for who has the file already
            with found.file:
                body = found.file.read()
        answer = HttpResponse(body, status=int(found.status))
        del answer["Content-Type"]  # Django's guess; WhiteNoise knows
        for name, value in found.headers:
            answer[name] = value
        return answer
