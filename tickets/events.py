"""What people are notified of in this room, with its line in a mail."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, ngettext

from notices.events import Event, Mail

Params = dict[str, Any]


def _assigned(params: Params) -> str:
    return gettext('%(customer)s: "%(text)s" is yours.') % params


def _solved(params: Params) -> str:
    return gettext('%(customer)s: "%(text)s" is solved.') % params


def _reopened(params: Params) -> str:
    return gettext('%(customer)s: "%(text)s" is open again.') % params


def _message(params: Params) -> str:
    return gettext("%(member)s about %(customer)s: %(said)s") % params


def _due_soon(params: Params) -> str:
    if params["clock"] == "response":
        return gettext('%(customer)s waits for an answer to "%(text)s": it is due soon.') % params
    return gettext('%(customer)s: "%(text)s" is due soon.') % params


def _late(params: Params) -> str:
    if params["clock"] == "response":
        return gettext('%(customer)s still waits for an answer to "%(text)s": it is late.') % params
    return gettext('%(customer)s: "%(text)s" is late.') % params


def _help_asked(params: Params) -> str:
    return gettext("%(member)s asks for help at %(customer)s: %(said)s") % params


def _help_answered(params: Params) -> str:
    return gettext("%(member)s answers: %(said)s") % params


def _cause_back(params: Params) -> str:
    sentence = ngettext(
        '%(customer)s: "%(text)s" happened again, %(count)d time by now.',
        '%(customer)s: "%(text)s" happened again, %(count)d times by now.',
        params["count"],
    )
    return sentence % params


def _cause_proved(params: Params) -> str:
    return gettext('%(customer)s: "%(text)s" has stayed away.') % params


def _finding_due(params: Params) -> str:
    return gettext('%(customer)s: the cause of "%(text)s" was to be found by now.') % params


EVENTS = [
    Event("ticket.assigned", _assigned, Mail.AT_ONCE),
    Event("ticket.solved", _solved),
    Event("ticket.reopened", _reopened, Mail.AT_ONCE),
    Event("ticket.message", _message),
    Event("ticket.due_soon", _due_soon, Mail.AT_ONCE),
    Event("ticket.late", _late, Mail.AT_ONCE),
    Event("help.asked", _help_asked, Mail.AT_ONCE),
    Event("help.answered", _help_answered, Mail.AT_ONCE),
    Event("cause.back", _cause_back, Mail.AT_ONCE),
    Event("cause.proved", _cause_proved),
    Event("cause.finding_due", _finding_due, Mail.AT_ONCE),
]
