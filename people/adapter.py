"""How signing in differs from allauth's own way: nobody signs up, and codes are six digits."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils import translation

from people.models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: Any) -> bool:
        """Logins are made by an administrator of the organization."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person it goes to, not of whoever asked."""
        known = User.objects.filter(email=email.lower()).values_list("language", flat=True)
        with translation.override(known.first() or translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def format_email_subject(self, subject: str) -> str:
        """As written: allauth would put the host's name in front."""
        return subject

    def generate_login_code(self) -> str:
        """Six digits: what a person can carry from a mail to a phone. Three tries, five minutes."""
        return f"{secrets.randbelow(1_000_000):06d}"
