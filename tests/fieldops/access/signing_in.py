"""Signing in and out, which a package answers."""

from __future__ import annotations

from typing import Any

# A member who was switched off may still sign in and out: the session gives no right to anything else.
SIGN_IN = """
                                                         nobody ana carl mia jun eva ada olga gone root
GET    _allauth/browser/v1/config                           200 200 200  200 200 200 200 200  200  200
GET    _allauth/browser/v1/auth/session                     401 200 200  200 200 200 200 200  200  200
DELETE _allauth/browser/v1/auth/session                     401 401 401  401 401 401 401 401  401  401
POST   _allauth/browser/v1/auth/login                       400 400 400  400 400 400 400 400  400  400
POST   _allauth/browser/v1/auth/signup                      403 409 409  409 409 409 409 409  409  409
POST   _allauth/browser/v1/auth/reauthenticate              401 400 400  400 400 400 400 400  400  400
POST   _allauth/browser/v1/auth/code/request                401 200 200  200 200 200 200 200  200  200
POST   _allauth/browser/v1/auth/code/resend                 409 409 409  409 409 409 409 409  409  409
POST   _allauth/browser/v1/auth/code/confirm                409 409 409  409 409 409 409 409  409  409
POST   _allauth/browser/v1/account/password/change          401 400 400  400 400 400 400 400  400  400
GET    _allauth/browser/v1/auth/sessions                    401 200 200  200 200 200 200 200  200  200
DELETE _allauth/browser/v1/auth/sessions                    401 400 400  400 400 400 400 400  400  400
"""

# What the sign-in package offers and FieldOps does not.
CLOSED = """
_allauth/browser/v1/auth/password/request
_allauth/browser/v1/auth/password/reset
_allauth/browser/v1/auth/email/verify
_allauth/browser/v1/auth/email/verify/resend
_allauth/browser/v1/auth/phone/verify
_allauth/browser/v1/auth/phone/verify/resend
_allauth/browser/v1/account/email
_allauth/browser/v1/account/phone
"""

BODIES: dict[str, dict[str, Any]] = {
    "POST _allauth/browser/v1/auth/login": {"email": "stranger@example.com", "password": "not the right one"},
    "POST _allauth/browser/v1/auth/signup": {"email": "stranger@example.com", "password": "a long password 1"},
    "POST _allauth/browser/v1/auth/code/request": {"email": "stranger@example.com"},
    "POST _allauth/browser/v1/auth/code/confirm": {"code": "123456"},
}
