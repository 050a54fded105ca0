"""manage.py seed_demo: the demo organizations, once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from fieldops import demo


class Command(BaseCommand):
    help = "Makes the demo organizations when they are not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        if demo.seed():
            for who, email, password in demo.logins():
                self.stdout.write(f"  {email}  {password}  ({who})")
        else:
            self.stdout.write("The demo is there already.")
