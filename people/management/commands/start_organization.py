"""manage.py start_organization NAME EMAIL: a new organization with its first administrator."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from core import tenancy
from core.errors import Problem
from people import actions
from people.models import Member, User
from sync import changes
from sync.changes import Actor


class Command(BaseCommand):
    help = "Makes an organization and the member who administers it. The code by mail signs them in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("email")
        parser.add_argument("--member-name", default="", help="The administrator's own name.")
        parser.add_argument("--password", help="Without one, the six-digit code by mail signs in.")
        parser.add_argument("--time-zone", default="Asia/Seoul")
        parser.add_argument("--language", default="ko", choices=["ko", "en"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["time_zone"] not in available_timezones():
            raise CommandError(f"There is no time zone {options['time_zone']!r}.")
        try:
            validate_email(options["email"].strip())
        except ValidationError:
            raise CommandError(f"{options['email']!r} is no address that a code could be sent to.") from None
        if User.objects.filter(email=options["email"].strip().lower()).exists():
            raise CommandError("That address signs in somebody already.")
        organization = actions.found_organization(
            options["name"], time_zone=options["time_zone"], language=options["language"]
        )
        try:
            with tenancy.acting_in(organization.pk), changes.unit("member.add", by=Actor(None, "command")) as unit:
                actions.add_member(
                    unit,
                    email=options["email"],
                    password=options["password"],
                    name=options["member_name"] or options["email"].split("@")[0],
                    role=Member.Role.MANAGER,
                    job=Member.Job.MANAGEMENT,
                    is_admin=True,
                )
        except Problem as problem:
            raise CommandError(problem.code.message) from None
        self.stdout.write(f"{organization.name}: {organization.pk}")
