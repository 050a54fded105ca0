"""What no table can say."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from core import clock, tenancy
from core.ids import uuid7
from customers.importing import FIELDS, import_file
from needs import actions, coming_along, telling
from needs.models import Joining, Milestone, Need
from sync.changes import Actor
from tests import factories as make
from tests.fieldops.acts.entries import Json
from tests.fieldops.acts.tried import Act, take
from tests.fieldops.scene import Scene
from tests.phone import Phone
from tickets import actions as ticket_actions
from tickets import watching
from tickets.models import Cause
from visits import overdue


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
    take([("PATCH", "customers/{paper}/", {"territory": "{north}"})])(scene)


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
    take([("PATCH", "customers/{steel}/", {"territory": "{south}"})])(scene)
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
