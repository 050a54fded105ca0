"""What is open to everybody: it tells nothing of anybody."""

from __future__ import annotations

# ``shell`` is every address that is a screen.
PUBLIC = """
                                             nobody ana carl mia jun eva ada olga gone root
GET    healthz                                  200 200 200  200 200 200 200 200  200  200
GET    readyz                                   503 503 503  503 503 503 503 503  503  503
GET    visits/of-today                          200 200 200  200 200 200 200 200  200  200
GET    api/v1/nowhere/                          404 404 404  404 404 404 404 404  404  404
GET    _allauth/app/v1/auth/login               404 404 404  404 404 404 404 404  404  404
"""
