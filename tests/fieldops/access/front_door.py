"""What a client asks the front door: who is asking, how fresh the work is, how the addresses are described."""

from __future__ import annotations

from typing import Any

REST = """
                                             nobody ana carl mia jun eva ada olga gone root
GET    api/v1/csrf/                             200 200 200  200 200 200 200 200  200  200
GET    api/v1/me/                               401 200 200  200 200 200 200 200  403  403
PATCH  api/v1/me/                               401 200 200  200 200 200 200 200  403  403
GET    api/v1/freshness/                        401 403 403  200 403 200 200 200  403  403
GET    api/v1/schema/                           401 200 200  200 200 200 200 200  403  403
GET    api/v1/docs/                             401 200 200  200 200 200 200 200  403  403
"""

BODIES: dict[str, dict[str, Any]] = {
    "PATCH api/v1/me/": {"language": "en"},
}
