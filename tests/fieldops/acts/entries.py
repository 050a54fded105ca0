"""What phones say: every kind of entry, and who writes it."""

from __future__ import annotations

from typing import Any

from people.models import Member
from tests.conftest import World

Json = dict[str, Any]

# What each kind of entry says, written by Ana's phone, by that of Jun, the engineer, or by that of Mia, the manager.
# What entries say of themselves stands in OTHER_ACTS.
ENTRIES: dict[str, Json] = {
    "visit.plan": {"visit": "{new}", "customer": "{steel}", "planned_for": "2026-12-01"},
    "visit.cancel": {"visit": "{planned}"},
    "visit.arrive": {"visit": "{planned}", "customer": "{steel}", "site": "{gate}"},
    "visit.log": {
        "visit": "{arrived}",
        "customer": "{steel}",
        "outcome": "progress",
        "next_step": {"commitment": "{new}", "step": "quote", "due_on": "2026-12-01"},
    },
    "visit.amend": {"visit": "{visit}", "note": "Rather so"},
    "visit.withdraw": {"visit": "{visit}"},
    "commitment.make": {"commitment": "{new}", "customer": "{paper}", "step": "quote", "due_on": "2026-12-01"},
    "commitment.keep": {"commitment": "{promise}"},
    "commitment.move": {"commitment": "{promise}", "due_on": "2026-12-08"},
    "comment.add": {"comment": "{new}", "visit": "{paper_visit}", "text": "Well done"},
    "comment.withdraw": {"comment": "{remark}"},
    "customer.change": {"customer": "{steel}", "segment": "Mills", "seen": {"segment": ""}},
    "customer.restore": {"customer": "{removed_customer}"},
    "site.change": {"site": "{gate}", "access_gate": "Ring twice", "seen": {"access_gate": ""}},
    "site.restore": {"site": "{removed_site}"},
    "contact.change": {"contact": "{park}", "title": "Director", "seen": {"title": ""}},
    "contact.restore": {"contact": "{removed_contact}"},
    "asset.add": {"asset": "{new}", "customer": "{steel}", "site": "{gate}", "tag": "A-17"},
    "asset.change": {"asset": "{press}", "notes": "Third floor", "seen": {"notes": "MARK-OF-OURS"}},
    "asset.remove": {"asset": "{press}"},
    "asset.restore": {"asset": "{removed_asset}"},
    "conflict.resolve": {"conflict": "{conflict}", "choice": "keep"},
    "need.note": {"need": "{new_need}", "voice": "{new_voice}", "customer": "{paper}", "text": "Too loud"},
    "need.change": {"need": "{unsorted}", "title": "Silent pumps", "seen": {"title": ""}},
    "need.take": {"need": "{need}"},
    "need.hand_over": {"need": "{need}", "owner": "{jun}"},
    "need.confirm": {"need": "{need}", "customer": "{steel}"},
    "need.accept": {"need": "{unsorted}"},
    "need.decline": {"need": "{accepted}", "reason": "Too rare"},
    "need.build": {"need": "{accepted}", "customer_text": "It is quiet now."},
    "need.merge": {"need": "{unsorted}", "into": "{need}"},
    "need.unmerge": {"need": "{merged}"},
    "voice.observe": {"voice": "{new_voice}", "customer": "{paper}", "sign": "waits"},
    "voice.amend": {"voice": "{voice}", "importance": 3},
    "voice.withdraw": {"voice": "{voice}"},
    "voice.place": {"voice": "{observation}", "need": "{unsorted}"},
    "theme.add": {"theme": "{new_theme}", "name": "Dust"},
    "theme.rename": {"theme": "{theme}", "name": "Dust"},
    "theme.remove": {"theme": "{theme}"},
    "theme.restore": {"theme": "{removed_theme}"},
    "question.ask": {
        "question": "{new_question}",
        "need": "{unsorted}",
        "text": "How often?",
        "customers": [{"asking": "{one}", "customer": "{steel}"}, {"asking": "{other}", "customer": "{paper}"}],
    },
    "question.withdraw": {"question": "{question}"},
    "asking.answer": {"answer": "{new_answer}", "asking": "{asking}", "value": "yes"},
    "joining.ask": {"joining": "{new_joining}", "visit": "{planned}"},
    "joining.accept": {"joining": "{joining}"},
    "joining.refuse": {"joining": "{joining}"},
    "joining.withdraw": {"joining": "{joining}"},
    "reply.edit": {"reply": "{reply}", "text": "Your pump is quiet now."},
    "reply.tell": {"reply": "{reply}"},
    "reply.answer": {"reply": "{reply}", "value": "solved"},
    "notification.read": {"notification": "{notification}"},
    "notification.read_all": {"until": "{notification}"},
    "preference.set": {"digest_at": "08:00"},
    "ticket.open": {"ticket": "{new_ticket}", "customer": "{paper}", "text": "It jams", "assignee": "{ben}"},
    "ticket.change": {"ticket": "{ticket}", "severity": "high", "seen": {"severity": "normal"}},
    "ticket.take": {"ticket": "{ticket}"},
    "ticket.assign": {"ticket": "{ticket}", "assignee": "{carl}"},
    "ticket.wait": {"ticket": "{ticket}", "waits_for": "customer"},
    "ticket.resume": {"ticket": "{waiting}"},
    "ticket.solve": {"ticket": "{ticket}", "cause_chip": "{worn}", "fix_chip": "{seal}"},
    "ticket.reopen": {"ticket": "{closed}"},
    "ticket.close": {"ticket": "{solved}", "cause": "{new_cause}", "chip": "{worn}", "countermeasure": "A new seal"},
    "ticket.withdraw": {"ticket": "{ticket}"},
    "ticket.watch": {"ticket": "{ticket}"},
    "ticket.unwatch": {"ticket": "{waiting}"},
    "ticket.link": {"ticket": "{ticket}", "other": "{late}"},
    "ticket.unlink": {"ticket": "{ticket}", "other": "{waiting}"},
    "ticket.again": {"ticket": "{ticket}", "cause": "{cause}"},
    "ticket.acknowledge": {"ticket": "{late}"},
    "ticket.review": {"ticket": "{doubted}", "step": "{doubted_step}", "review": "server"},
    "message.write": {"message": "{new_message}", "ticket": "{paper_ticket}", "audience": "customer", "text": "Soon"},
    "message.withdraw": {"message": "{message}"},
    "help.ask": {"help": "{new_help}", "ticket": "{ticket}", "engineer": "{carl}", "text": "Which seal?"},
    "help.answer": {"help": "{help}", "answer": "The blue one"},
    "help.withdraw": {"help": "{help}"},
    "cause.settle": {"cause": "{finding}", "chip": "{worn}", "countermeasure": "A new seal"},
    "cause.change": {
        "cause": "{cause}",
        "countermeasure": "A new seal",
        "seen": {"countermeasure": "A new seal every year"},
    },
}
BY_ANA = {"need.note", "need.confirm"}
BY_JUN = {kind for kind in ENTRIES if kind.startswith(("need.", "theme.", "question."))} - BY_ANA
BY_JUN |= {"voice.place", "joining.ask", "joining.withdraw", "help.answer"}
BY_MIA = {"ticket.review"}


def writer_of(kind: str, world: World) -> Member:
    if kind in BY_MIA:
        return world.mia
    return world.jun if kind in BY_JUN else world.ana
