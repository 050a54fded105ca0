"""How signing in differs from allauth's own way: nobody signs up, and codes are six digits."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: Any) -> bool:
        """Logins are made by an administrator of the organization."""
        return False

    def generate_login_code(self) -> str:
        """Six digits: what a person can carry from a mail to a phone. Three tries, five minutes."""
        return f"{secrets.randbelow(1_000_000):06d}"
