"""The room of notices: notifications, and who wants to hear of what."""

from __future__ import annotations

from typing import Any

REST = """
                                             nobody ana carl mia jun eva ada olga gone root
GET    api/v1/notifications/                    401 200 200  200 200 200 200 200  403  403
GET    api/v1/notifications/{notification}/     401 200 404  404 404 404 404 404  403  403
POST   api/v1/notifications/{notification}/read/     401 200 404 404 404 404 404 404 403 403
POST   api/v1/notifications/{notification}/read_all/ 401 200 404 404 404 404 404 404 403 403
GET    api/v1/preferences/                      401 200 200  200 200 200 200 200  403  403
POST   api/v1/preferences/                      401 201 201  201 201 201 201 201  403  403
GET    api/v1/preferences/{ana}/                401 200 404  404 404 404 404 404  403  403
"""

BODIES: dict[str, dict[str, Any]] = {
    "POST api/v1/preferences/": {"mails": {"reply.due": "none"}, "digest_at": "08:00"},
}
