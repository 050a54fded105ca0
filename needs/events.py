"""What people are notified of in this room, with its line in a mail."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, ngettext

from needs.models import Need
from notices.events import Event, Mail

Params = dict[str, Any]
Stage = Need.Stage


def _stage(params: Params) -> str:
    sentences = {
        Stage.CONFIRMED: gettext('"%(title)s" was confirmed with the customer.'),
        Stage.ACCEPTED: gettext('"%(title)s" was accepted.'),
        Stage.DECLINED: gettext('"%(title)s" will not be done this time: %(reason)s'),
        Stage.BUILT: gettext('"%(title)s" was built.'),
        Stage.SHOWN: gettext('"%(title)s" was shown to a customer.'),
        Stage.SOLVED: gettext('"%(title)s" is solved: every customer says so.'),
        Stage.NOT_YET: gettext('"%(title)s" is not solved yet: a customer says so.'),
    }
    return sentences[params["stage"]] % _named(params)


def _named(params: Params) -> Params:
    """A need that nobody has sorted has no title."""
    unsorted = gettext("A need to be sorted")
    return params | {name: params[name] or unsorted for name in ("title", "into") if name in params}


def _merged(params: Params) -> str:
    return gettext('"%(title)s" was put together with "%(into)s".') % _named(params)


def _unmerged(params: Params) -> str:
    return gettext('"%(title)s" was taken apart from "%(into)s".') % _named(params)


def _reply_due(params: Params) -> str:
    sentence = ngettext(
        'Tell %(count)d customer what became of "%(title)s".',
        'Tell %(count)d customers what became of "%(title)s".',
        params["count"],
    )
    return sentence % _named(params)


def _reply_answered(params: Params) -> str:
    if params["value"] == "solved":
        return gettext('%(customer)s about "%(title)s": solved.') % _named(params)
    return gettext('%(customer)s about "%(title)s": not yet.') % _named(params)


def _question_asked(params: Params) -> str:
    sentence = ngettext(
        "A question for your next visit to %(count)d customer: %(text)s",
        "A question for your next visits to %(count)d customers: %(text)s",
        params["count"],
    )
    return sentence % params


def _question_answered(params: Params) -> str:
    return gettext("%(customer)s answered: %(text)s") % params


def _joining_asked(params: Params) -> str:
    return gettext("%(member)s would like to come along to %(customer)s.") % params


def _joining_accepted(params: Params) -> str:
    return gettext("%(member)s takes you along to %(customer)s.") % params


def _joining_refused(params: Params) -> str:
    return gettext("%(member)s cannot take you along to %(customer)s.") % params


EVENTS = [
    Event("need.stage", _stage),
    Event("need.merged", _merged),
    Event("need.unmerged", _unmerged),
    Event("reply.due", _reply_due),
    Event("reply.answered", _reply_answered),
    Event("question.asked", _question_asked),
    Event("question.answered", _question_answered, Mail.NONE),
    Event("joining.asked", _joining_asked, Mail.AT_ONCE),
    Event("joining.accepted", _joining_accepted, Mail.AT_ONCE),
    Event("joining.refused", _joining_refused, Mail.AT_ONCE),
]
