"""Mails about what is unread: at once, but not in quiet hours, or together once a day.

A mail is a convenience and the list in the app the truth: what was read meanwhile is not mailed any more.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext, ngettext

from core import clock, tenancy
from notices import actions, events
from notices.events import Mail
from notices.models import Notification, Preference
from people.models import Member, Organization

logger = logging.getLogger(__name__)
MOST_LINES = 30
MOST_MEMBERS = 200  # in one run


def send_due() -> int:
    """Sends what is due now, over all organizations. Returns how many mails went out.

    When the mail server cannot be reached the run ends: each of the others would only wait for it as well.
    """
    sent = 0
    for id, zone in Organization.objects.values_list("pk", "time_zone"):
        with tenancy.acting_in(id):
            now = clock.now()
            some = sorted(_due_now(now, ZoneInfo(zone)).items())[:MOST_MEMBERS]
            members = Member.objects.select_related("user").in_bulk([member for member, _ in some])
            for member, waiting in some:
                try:
                    sent += _send_to(members[member], waiting, now)
                except OSError:
                    logger.warning("the mail server cannot be reached", exc_info=True)
                    return sent
    return sent


def _due_now(now: datetime, zone: ZoneInfo) -> dict[UUID, list[Notification]]:
    """Active member → what goes out to them now. Whoever has to wait for their digest takes nobody's turn."""
    waiting: dict[UUID, list[Notification]] = defaultdict(list)
    for one in Notification.objects.to_mail(now).filter(member__is_active=True).order_by("made_at", "pk"):
        waiting[one.member_id].append(one)
    preferences = {one.pk: one for one in Preference.objects.filter(pk__in=waiting)}
    found = {id: due(rows, preferences.get(id, Preference()), now, zone) for id, rows in waiting.items()}
    return {id: rows for id, rows in found.items() if rows}


def due(waiting: Sequence[Notification], preference: Preference, now: datetime, zone: ZoneInfo) -> list[Notification]:
    """What goes out now. Whoever gets a digest gets with it what quiet hours held back."""
    local = now.astimezone(zone)
    last_digest = datetime.combine(local.date(), preference.digest_at, zone)
    if last_digest > local:
        last_digest -= timedelta(days=1)
    digest = [one for one in waiting if one.mail == Mail.DIGEST and one.made_at <= last_digest]
    is_quiet = preference.is_quiet(local.time()) and not digest
    return [*([] if is_quiet else [one for one in waiting if one.mail == Mail.AT_ONCE]), *digest]


def _send_to(member: Member, waiting: Sequence[Notification], now: datetime) -> int:
    claimed = actions.claim_mails(member.pk, [one.pk for one in waiting], now)
    if not claimed:
        return 0
    with translation.override(member.user.language):
        message = write(member, claimed)
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPResponseException):
        logger.warning("a mail about %d notifications was refused", len(claimed), exc_info=True)
        return 0  # the claim lapses, and it is tried again
    actions.note_mailed([one.pk for one in claimed], now)
    return 1


def write(member: Member, notifications: Sequence[Notification]) -> EmailMessage:
    """In the language that is active."""
    lines = [_line(one) for one in notifications]
    subject = (
        lines[0]
        if len(lines) == 1
        else ngettext("%(count)d new thing", "%(count)d new things", len(lines)) % {"count": len(lines)}
    )
    shown = [f"- {line}" for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        shown.append(gettext("and %(count)d more") % {"count": len(lines) - MOST_LINES})
    greeting = gettext("Hello %(name)s,") % {"name": member.name}
    ending = gettext("Open FieldOps to see them. Me > Notifications decides what comes by mail, and when.")
    body = "\n\n".join([greeting, "\n".join(shown), ending])
    return EmailMessage(subject, body, to=[member.user.email])


def _line(notification: Notification) -> str:
    """One line, whatever somebody wrote in several: it may become the subject."""
    return " ".join(events.event_named(notification.event).line(notification.params).split())
