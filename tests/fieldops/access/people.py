"""The room of people: the organization and its members, teams and territories."""

from __future__ import annotations

from typing import Any

REST = """
                                             nobody ana carl mia jun eva ada olga gone root
GET    api/v1/organizations/                    401 200 200  200 200 200 200 200  403  403
GET    api/v1/organizations/{organization}/     401 200 200  200 200 200 200 404  403  403
PATCH  api/v1/organizations/{organization}/     401 403 403  403 403 403 200 404  403  403
GET    api/v1/members/                          401 200 200  200 200 200 200 200  403  403
POST   api/v1/members/                          401 403 403  403 403 403 201 404  403  403
GET    api/v1/members/{ben}/                    401 200 200  200 200 200 200 404  403  403
PATCH  api/v1/members/{ben}/                    401 403 403  403 403 403 200 404  403  403
GET    api/v1/teams/                            401 200 200  200 200 200 200 200  403  403
POST   api/v1/teams/                            401 403 403  403 403 403 201 404  403  403
GET    api/v1/teams/{team}/                     401 200 200  200 200 200 200 404  403  403
PATCH  api/v1/teams/{team}/                     401 403 403  403 403 403 200 404  403  403
GET    api/v1/territories/                      401 200 200  200 200 200 200 200  403  403
POST   api/v1/territories/                      401 403 403  403 403 403 201 201  403  403
GET    api/v1/territories/{north}/              401 200 200  200 200 200 200 404  403  403
PATCH  api/v1/territories/{north}/              401 403 403  403 403 403 200 404  403  403
"""

BODIES: dict[str, dict[str, Any]] = {
    "PATCH api/v1/organizations/{organization}/": {"name": "Renamed"},
    "POST api/v1/members/": {"email": "n@example.com", "name": "Nora", "team": "{team}", "territories": ["{north}"]},
    "PATCH api/v1/members/{ben}/": {"name": "Benno", "team": "{team}", "territories": ["{north}", "{south}"]},
    "POST api/v1/teams/": {"name": "East team", "lead": "{ben}"},
    "PATCH api/v1/teams/{team}/": {"lead": "{ben}"},
    "POST api/v1/territories/": {"name": "East"},
    "PATCH api/v1/territories/{north}/": {"name": "Far North"},
}
