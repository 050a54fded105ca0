"""Nothing is written without the page's token, nor for a page of somebody else's."""

from __future__ import annotations

import json
import re

from django.conf import settings
from django.test import Client

from core.ids import uuid7
from sync.models import Audit
from tests.fieldops.access.rooms import REST
from tests.fieldops.access.rows import Row, read
from tests.fieldops.access.signing_in import SIGN_IN
from tests.fieldops.knocking import fill
from tests.fieldops.scene import Scene

WRITING = [row for row in [*read(REST), *read(SIGN_IN)] if row.method != "GET"]
TOKEN = "a" * 32


def send(scene: Scene, actor: str, row: Row, **headers: str) -> tuple[int, str]:
    """Status and code. The token is in the cookie; whether it is in a header is the test's to say."""
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    client.cookies[settings.SESSION_COOKIE_NAME] = scene.cookies[actor] or ""
    body = re.sub(r'"\{(\w+)\}"', lambda name: f'"{scene.ours.get(name[1]) or uuid7()}"', json.dumps(row.body or {}))
    answer = client.generic(
        row.method, f"/{fill(row.address, scene.ours)}", body, "application/json", headers={"If-Match": "*", **headers}
    )
    return answer.status_code, str(json.loads(answer.content or b"{}").get("code"))


def test_nothing_is_written_without_the_token(scene: Scene) -> None:
    before = Audit.objects.count()
    for row in WRITING:
        assert send(scene, "ada", row) == (403, "csrf_stale"), row.name
    assert Audit.objects.count() == before


def test_nothing_is_written_for_another_page(scene: Scene) -> None:
    """With the token, which another page cannot know: the origin alone is enough to refuse."""
    for row in WRITING:
        foreign = send(scene, "ada", row, **{"X-CSRFToken": TOKEN, "Origin": "https://elsewhere.example"})
        assert foreign == (403, "csrf_stale"), row.name


def test_with_the_token_the_same_is_written(scene: Scene) -> None:
    """So that the two tests above refuse for the reason they name."""
    for row in WRITING:
        if "{new}" in row.name + json.dumps(row.body) and row.expected["ada"] < 300:
            status, code = send(scene, "ada", row, **{"X-CSRFToken": TOKEN, "Origin": "http://testserver"})
            assert status == row.expected["ada"], (row.name, code)


def test_the_token_does_not_sign_anybody_in(scene: Scene) -> None:
    for row in read(REST):
        if row.method != "GET":
            assert send(scene, "nobody", row, **{"X-CSRFToken": TOKEN}) == (401, "auth_required"), row.name
