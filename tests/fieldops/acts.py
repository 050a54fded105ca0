"""Everything that changes what phones hold, as a table: each act is tried on the scene of tests/fieldops/scene.py.

What stands in braces is the id of a row of the scene; a name nobody has is an id that is free.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine

from core import clock, tenancy
from core.ids import uuid7
from customers.importing import FIELDS, import_file
from needs import actions, coming_along, telling
from needs.models import Joining, Milestone, Need
from people.models import Member
from sync.changes import Actor
from tests import factories as make
from tests.conftest import World
from tests.fieldops.access_table import REST, Row, read
from tests.fieldops.knocking import knock_for_good
from tests.fieldops.scene import MEMBERS, Ids, Scene
from tests.phone import Phone
from tickets import actions as ticket_actions
from tickets import watching
from tickets.models import Cause
from visits import overdue

Json = dict[str, Any]
Act = Callable[[Scene], None]
Step = tuple[str, str, Json]

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

# Several steps by REST, all of them by the administrator.
DEEDS: dict[str, dict[str, list[Step]]] = {}
DEEDS["customers"] = {
    "a customer changes territory": [("PATCH", "customers/{steel}/", {"territory": "{south}"})],
    "a customer changes territory and comes back": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("PATCH", "customers/{steel}/", {"territory": "{north}"}),
    ],
    "two customers change places": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("PATCH", "customers/{paper}/", {"territory": "{north}"}),
    ],
    "a customer changes territory, and what hangs on it changes after it": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("PATCH", "sites/{gate}/", {"name": "Back gate"}),
        ("POST", "commitments/{promise}/keep/", {}),
    ],
    "a customer changes territory and is removed": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("DELETE", "customers/{steel}/", {}),
    ],
    "a customer is removed and comes back with what went with it": [
        ("DELETE", "contacts/{park}/", {}),
        ("DELETE", "customers/{steel}/", {}),
        ("POST", "customers/{steel}/restore/", {}),
    ],
    "a site is made and removed before anybody has seen it": [
        ("POST", "sites/", {"id": "{new_site}", "customer": "{steel}", "name": "Shed"}),
        ("DELETE", "sites/{new_site}/", {}),
    ],
    "a customer comes back to where it was before": [
        ("POST", "customers/{removed_customer}/restore/", {}),
        ("PATCH", "customers/{removed_customer}/", {"territory": "{south}"}),
    ],
    "an asset is made, moves with its customer, and loses the site it stood at": [
        ("POST", "assets/", {"asset": "{new_asset}", "customer": "{steel}", "site": "{gate}", "serial": "SN-9"}),
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("DELETE", "sites/{gate}/", {}),
        ("PATCH", "assets/{new_asset}/", {"notes": "In the yard"}),
    ],
    "a product is no longer offered": [("PATCH", "products/{pump}/", {"is_active": False})],
}
DEEDS["needs"] = {
    "a need that nobody sorted goes with its customer, and then is for everybody": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("PATCH", "needs/{unsorted}/", {"title": "Silent pumps"}),
        ("PATCH", "customers/{steel}/", {"territory": "{north}"}),
    ],
    "a question is asked where a customer then moves away from": [
        ("PATCH", "customers/{paper}/", {"territory": "{north}"}),
        ("POST", "answers/", {"answer": "{new_answer}", "asking": "{paper_asking}", "value": "no"}),
        ("POST", "questions/{question}/withdraw/", {}),
    ],
    "a theme is removed and comes back with its needs": [
        ("PATCH", "needs/{need}/", {"theme": "{theme}"}),
        ("POST", "themes/{theme}/remove/", {}),
        ("POST", "themes/{theme}/restore/", {}),
    ],
    "needs are put together over two levels, and taken apart in the middle": [
        ("POST", "needs/{need}/merge/", {"into": "{unsorted}"}),
        ("POST", "needs/{unsorted}/merge/", {"into": "{paper_unsorted}"}),
        ("POST", "needs/{unsorted}/unmerge/", {}),
    ],
    "a reply to a customer of another territory is told and answered": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("POST", "replies/{reply}/tell/", {}),
        ("POST", "replies/{reply}/answer/", {"value": "not_yet"}),
    ],
}
DEEDS["tickets"] = {
    "a ticket goes with its customer, and whoever works on it keeps it": [
        ("POST", "tickets/{ticket}/assign/", {"assignee": "{ana}"}),
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("POST", "messages/", {"message": "{new_message}", "ticket": "{ticket}", "audience": "internal", "text": "Ok"}),
    ],
    "a ticket is given to whoever does not see its customer, and taken away again": [
        ("POST", "tickets/{ticket}/assign/", {"assignee": "{carl}"}),
        ("POST", "tickets/{ticket}/assign/", {"assignee": None}),
    ],
    "a colleague elsewhere is asked, and the ticket is solved and closed": [
        ("POST", "helps/", {"help": "{new_help}", "ticket": "{ticket}", "engineer": "{carl}", "text": "Which seal?"}),
        ("POST", "tickets/{ticket}/solve/", {"resolution": "A new seal"}),
        ("POST", "tickets/{ticket}/close/", {"cause": "{new_cause}", "text": "Worn", "countermeasure": "A new seal"}),
    ],
    "what is closed is opened again, and its messages with it": [
        ("POST", "tickets/{closed}/reopen/", {}),
        ("POST", "tickets/{closed}/take/", {}),
    ],
    "the same happens again, and was nothing": [
        ("POST", "tickets/", {"ticket": "{new_ticket}", "customer": "{steel}", "text": "Again", "again": "{cause}"}),
        ("POST", "tickets/{new_ticket}/withdraw/", {}),
    ],
    "what is promised to a customer goes with it": [
        ("PATCH", "customers/{steel}/", {"territory": "{south}"}),
        ("PATCH", "sla_policies/{policy}/", {"resolution_minutes": 30}),
    ],
    "what an organization begins with": [
        ("DELETE", "chips/{category}/", {}),
        ("DELETE", "chips/{paper_category}/", {}),
        ("POST", "tickets/start/", {}),
    ],
}
DEEDS["people"] = {
    "a territory is switched off": [("PATCH", "territories/{south}/", {"is_active": False})],
    "a territory is made and given away": [
        ("POST", "territories/", {"id": "{east}", "name": "East"}),
        ("PATCH", "members/{carl}/", {"territories": ["{south}", "{east}"]}),
        ("PATCH", "customers/{steel}/", {"territory": "{east}"}),
    ],
    "a rep is given a second territory": [("PATCH", "members/{ana}/", {"territories": ["{north}", "{south}"]})],
    "a rep is given another territory": [("PATCH", "members/{ana}/", {"territories": ["{south}"]})],
    "a rep loses every territory": [("PATCH", "members/{ana}/", {"territories": []})],
    "a territory is taken and given back": [
        ("PATCH", "members/{ana}/", {"territories": []}),
        ("PATCH", "members/{ana}/", {"territories": ["{north}"]}),
    ],
    "a rep becomes an engineer": [("PATCH", "members/{carl}/", {"role": "engineer"})],
    "an engineer becomes a rep": [("PATCH", "members/{jun}/", {"role": "rep", "territories": ["{south}"]})],
    "an executive becomes a manager": [("PATCH", "members/{eva}/", {"role": "manager"})],
    "a manager becomes a rep": [("PATCH", "members/{mia}/", {"role": "rep"})],
    "a rep is made administrator": [("PATCH", "members/{carl}/", {"is_admin": True})],
    "a rep leads a team": [("PATCH", "teams/{team}/", {"lead": "{carl}"})],
    "a manager changes team": [("PATCH", "members/{mia}/", {"team": None})],
    "a team wins a member": [("PATCH", "members/{carl}/", {"team": "{team}"})],
    "a team loses its members": [
        ("PATCH", "members/{ana}/", {"team": None}),
        ("PATCH", "members/{ben}/", {"team": None}),
    ],
    "a member is switched off": [("PATCH", "members/{ben}/", {"is_active": False})],
    "the organization moves to another time zone": [
        ("PATCH", "organizations/{organization}/", {"time_zone": "Asia/Tokyo"})
    ],
}


# One's own, and in no shape; and what an organization begins with, which this one has already.
ABOUT_NO_ROW = ("api/v1/me/", "api/v1/tickets/start/")


def rest_acts() -> dict[str, tuple[str, Act]]:
    """Every verb of the access table with whoever may do it, but for those that are about no row of their address."""
    rows = [row for row in read(REST) if row.method != "GET" and row.address not in ABOUT_NO_ROW]
    return {row.name: (row.address.split("/")[2], _knock(row)) for row in rows}


def _knock(row: Row) -> Act:
    actor = next(name for name in MEMBERS if row.expected[name] < 300)

    def act(scene: Scene) -> None:
        answer = knock_for_good(scene, actor, row)
        assert answer.status_code == row.expected[actor], answer.content

    return act


def entry_acts() -> dict[str, Act]:
    return {kind: _say(kind, args) for kind, args in ENTRIES.items()}


def _say(kind: str, args: Json) -> Act:
    def act(scene: Scene) -> None:
        phone = Phone(_writer(kind, scene.world))
        entry = phone.write(kind, **fill(args, _ids(scene)))
        phone.sync()
        assert phone.answer_to(entry) == ("applied", None)

    return act


def _writer(kind: str, world: World) -> Member:
    if kind in BY_MIA:
        return world.mia
    return world.jun if kind in BY_JUN else world.ana


def deed_acts(about: str) -> dict[str, Act]:
    return {claim: _take(steps) for claim, steps in DEEDS[about].items()}


def _take(steps: list[Step]) -> Act:
    def act(scene: Scene) -> None:
        ids = _ids(scene)
        for method, address, body in steps:
            path = fill(address, ids)
            answer = scene.ask("ada", method, f"/api/v1/{path}", json.dumps(fill(body, ids)).encode())
            assert answer.status_code < 300, answer.content

    return act


def fill(value: Any, ids: Ids) -> Any:
    """The same with ids for names. A name that is not known yet is the same free id wherever it stands."""
    text = json.dumps(value)
    return json.loads(re.sub(r"\{(\w+)\}", lambda name: str(ids.setdefault(name[1], uuid7())), text))


def _ids(scene: Scene) -> Ids:
    return {**scene.ours, **{name: getattr(scene.world, name).pk for name in MEMBERS}}


# --- What no table can say --------------------------------------------------------------------------


def entry_retry(scene: Scene) -> None:
    """A comment that came before its visit is parked, and goes in when its author tries again."""
    ana, visit = Phone(scene.world.ana), uuid7()
    said = ana.write("comment.add", comment=uuid7(), visit=visit, text="Early")
    ana.sync()
    assert ana.answer_to(said) == ("parked", "not_found")
    ana.write("visit.log", visit=visit, customer=scene.ours["steel"], outcome="progress")
    ana.write("entry.retry", entry=said)
    ana.sync()
    assert ana.answer_to(said) == ("applied", None)


def entry_discard(scene: Scene) -> None:
    """What rested on a parked entry goes in when that one is given up."""
    ana = Phone(scene.world.ana)
    wrong = ana.write("visit.cancel", visit=uuid7())
    visit: Json = {"visit": uuid7(), "customer": scene.ours["steel"], "outcome": "progress"}
    resting = ana.write("visit.log", **visit, after=[wrong])
    ana.sync()
    assert ana.answer_to(resting) == ("parked", "waits_for")
    ana.write("entry.discard", entry=wrong)
    ana.sync()
    assert ana.answer_to(resting) == ("applied", None)


def a_plan_is_spoken_of_and_then_logged(scene: Scene) -> None:
    """The comment goes to the month of its visit, although only the visit changed."""
    carl = scene.world.carl
    with tenancy.acting_in(carl.organization_id):
        visit = make.planned(carl, scene.world.paper)
        make.comment(scene.world.ana, visit)
    phone = Phone(carl)
    phone.write("visit.log", visit=visit.pk, customer=scene.world.paper.pk, outcome="progress")
    phone.sync()


def a_visit_is_taken_back_with_its_promises(scene: Scene) -> None:
    step = {"commitment": uuid7(), "step": "quote", "due_on": "2026-12-01"}
    visit: Json = {"visit": uuid7(), "customer": scene.ours["steel"]}
    ana = Phone(scene.world.ana)
    ana.write("visit.log", **visit, outcome="progress", next_step=step)
    ana.sync()  # in one unit with what follows, the promise would be recorded as made
    ana.write("visit.withdraw", visit=visit["visit"])
    ana.sync()


def a_stranger_works_where_a_customer_then_moves_in(scene: Scene) -> None:
    """Ana holds her own visit to the South for herself first, and then for her territory as well."""
    ana = Phone(scene.world.ana)
    ana.write("visit.log", visit=uuid7(), customer=scene.ours["paper"], outcome="progress")
    ana.sync()
    _take([("PATCH", "customers/{paper}/", {"territory": "{north}"})])(scene)


def a_plan_is_missed(scene: Scene) -> None:
    ana = scene.world.ana
    with tenancy.acting_in(ana.organization_id):
        make.planned(ana, scene.world.steel, planned_for=clock.today_in("Asia/Seoul") - timedelta(days=9))
    assert overdue.miss_overdue() == 1


def a_need_is_built_and_everybody_hears_of_it(scene: Scene) -> None:
    """The job makes replies, commitments and notifications; then it was a mistake, and they are taken back."""
    with tenancy.acting_in(scene.world.organization.pk):
        need = Need.objects.get(pk=str(scene.ours["accepted"]))
        make.need(scene.world.carl, scene.world.paper, need=need.pk)
        for act in (actions.build_need, actions.accept_need):
            with make.writing(scene.world.jun) as unit:
                act(unit, need=need.pk)
            telling.announce(scene.world.organization.pk, Milestone.objects.filter(need=need).latest("number").pk)


def _ben_comes_along(scene: Scene) -> tuple[Phone, Joining]:
    """On a visit of Ana's to a customer who then moves to the South: he sees it for no other reason any more."""
    world = scene.world
    with tenancy.acting_in(world.organization.pk):
        visit = make.planned(world.ana, world.steel)
        make.comment(world.ada, visit)
        joining = make.joining(world.ben, visit, need=scene.ours["need"])
    _take([("PATCH", "customers/{steel}/", {"territory": "{south}"})])(scene)
    ana = Phone(world.ana)
    ana.write("joining.accept", joining=joining.pk)
    ana.sync()
    return ana, joining


def somebody_comes_along(scene: Scene) -> None:
    ana, joining = _ben_comes_along(scene)
    ana.write("visit.log", visit=joining.visit_id, customer=scene.ours["steel"], outcome="progress")
    ana.sync()
    assert coming_along.settle_joinings() == 1


def somebody_does_not_come_along_after_all(scene: Scene) -> None:
    _, joining = _ben_comes_along(scene)
    ben = Phone(scene.world.ben)
    ben.write("joining.withdraw", joining=joining.pk)
    ben.sync()


def a_file_of_customers_is_taken_in(scene: Scene) -> None:
    """One customer is new in a new territory, one changes name and place, one is moved to another territory."""
    lines = [
        "external_id,name,territory,address,latitude,longitude",
        "C-1,Daehan Steel,North,,,",
        "C-2,Hanil Paper,South,,,",
    ]
    _import(scene, lines)
    lines[1:] = ["C-1,Daehan Steel Works,North,Gate 2,37.5,127.0", "C-2,Hanil Paper,North,,,", "C-3,Glass,East,,,"]
    _import(scene, lines)


def _import(scene: Scene, lines: list[str]) -> None:
    columns = {name: (name,) for name in FIELDS}
    with tenancy.acting_in(scene.world.organization.pk):
        *_, report = import_file("\n".join(lines).encode(), columns, Actor(None, "command"))
    assert report.refused() == []


def a_promise_is_broken_further(scene: Scene) -> None:
    """The lead and the executives hear of it as well."""
    with time_machine.travel(clock.now() + timedelta(hours=6), tick=False):
        assert watching.raise_alarms(scene.world.organization.pk) >= 1


def a_cause_has_stayed_away(scene: Scene) -> None:
    with tenancy.acting_in(scene.world.organization.pk), make.writing() as unit:
        ticket_actions.prove_cause(unit, Cause.objects.get(pk=str(scene.ours["cause"])))


OTHER_ACTS: dict[str, Act] = {
    "a promise is broken further": a_promise_is_broken_further,
    "a cause has stayed away": a_cause_has_stayed_away,
    "entry.retry": entry_retry,
    "entry.discard": entry_discard,
    "a plan is spoken of and then logged": a_plan_is_spoken_of_and_then_logged,
    "a visit is taken back with its promises": a_visit_is_taken_back_with_its_promises,
    "a stranger works where a customer then moves in": a_stranger_works_where_a_customer_then_moves_in,
    "a plan is missed": a_plan_is_missed,
    "a need is built and everybody hears of it": a_need_is_built_and_everybody_hears_of_it,
    "somebody comes along": somebody_comes_along,
    "somebody does not come along after all": somebody_does_not_come_along_after_all,
    "a file of customers is taken in": a_file_of_customers_is_taken_in,
}
