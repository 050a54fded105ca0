"""The room of sync: what is parked, and the phones."""

from __future__ import annotations

from typing import Any

REST = """
                                             nobody ana carl mia jun eva ada olga gone root
GET    api/v1/parked/                           401 403 403  200 403 403 200 200  403  403
POST   api/v1/parked/{parked}/retry/            401 403 403  204 403 403 204 404  403  403
POST   api/v1/parked/{parked}/return/           401 403 403  204 403 403 204 404  403  403
POST   api/v1/parked/{parked}/discard/          401 403 403  204 403 403 204 404  403  403
POST   api/v1/parked/{parked}/apply/            401 403 403  204 403 403 204 404  403  403
POST   api/v1/parked/import/                    401 403 403  403 403 403 200 404  403  403
GET    api/v1/phones/                           401 200 200  200 200 200 200 200  403  403
POST   api/v1/phones/{phone}/revoke/            401 200 404  200 404 404 200 404  403  403
POST   api/v1/phones/{phone}/accept/            401 403 403  200 403 403 200 404  403  403
"""

BODIES: dict[str, dict[str, Any]] = {
    "POST api/v1/parked/{parked}/return/": {"note": "Which customer?"},
    "POST api/v1/parked/{parked}/discard/": {"note": "Logged twice"},
    "POST api/v1/parked/{parked}/apply/": {"args": {"visit": "{new}", "customer": "{steel}", "outcome": "progress"}},
    "POST api/v1/parked/import/": {
        "format": "fieldops-unsent/1",
        "organization": "{organization}",
        "member": "{ana}",
        "replica": "0123456789abcdef0123456789abcdef",
        "received_n": 0,
        "made_at": "2026-11-26T09:00:00+09:00",
        "entries": [{"n": 1, "chain": None, "entry": "{}"}],
        "parked": [],
    },
}
