"""One answer to "may see", for what people wrote: after any history, REST and phones agree within the horizon.

Closed facts leave a phone when their month is long over, some phones earlier than others; by REST they stay.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
import time_machine
from hypothesis import HealthCheck, example, given, settings

from core import clock
from tests import factories as make
from tests.conftest import World
from tests.customers.histories import History, Step, pick, steps, undone
from visits import actions
from visits.models import Comment, Commitment, Visit

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
NOUNS = ("visit", "commitment", "comment")
# Every phone holds this month and the one before of whatever its member may see.
SHORTEST_MONTHS = 2


class Work(History):
    """On top of what happens to customers and rights, people plan, log, promise and comment; and time goes by."""

    NAMES: ClassVar[tuple[str, ...]] = (
        "plan",
        "log",
        "promise",
        "say",
        "log_plan",
        "cancel",
        "keep",
        "withdraw",
        "unsay",
    )

    def __init__(self, world: World, traveller: time_machine.Traveller) -> None:
        super().__init__(world)
        self.traveller = traveller
        self.visits: list[Visit] = [make.planned(world.ana, world.steel), make.logged(world.carl, world.paper)]
        self.promises: list[Commitment] = [make.commitment(world.ana, world.steel, visit=self.visits[0].pk)]
        self.comments: list[Comment] = [make.comment(world.carl, self.visits[0])]

    def later(self, one: int, other: int) -> None:
        """Up to seven weeks."""
        self.traveller.shift(timedelta(days=7 * other))

    def plan(self, one: int, other: int) -> None:
        self.visits.append(make.planned(pick(self.people, one), pick(self.customers, other)))

    def log(self, one: int, other: int) -> None:
        self.visits.append(make.logged(pick(self.people, one), pick(self.customers, other)))

    def promise(self, one: int, other: int) -> None:
        visit = pick(self.visits, other)
        self.promises.append(make.commitment(pick(self.people, one), visit.customer, visit=visit.pk))

    def say(self, one: int, other: int) -> None:
        self.comments.append(make.comment(pick(self.people, one), pick(self.visits, other)))

    def log_plan(self, one: int, other: int) -> None:
        visit = pick(self.visits, other)
        with make.writing(visit.member) as unit:
            actions.log_visit(unit, visit=visit.pk, customer=visit.customer_id, outcome="no_change")

    def cancel(self, one: int, other: int) -> None:
        visit = pick(self.visits, other)
        with make.writing(visit.member) as unit:
            actions.cancel_visit(unit, visit=visit.pk)

    def withdraw(self, one: int, other: int) -> None:
        visit = pick(self.visits, other)
        with make.writing(visit.member) as unit:
            actions.withdraw_visit(unit, visit=visit.pk)

    def keep(self, one: int, other: int) -> None:
        promise = pick(self.promises, other)
        with make.writing(promise.member) as unit:
            actions.keep_commitment(unit, commitment=promise.pk)

    def unsay(self, one: int, other: int) -> None:
        said = pick(self.comments, other)
        with make.writing(said.member) as unit:
            actions.withdraw_comment(unit, comment=said.pk)


def long_closed() -> set[str]:
    """Rows that some phone may have let go already."""
    recent = clock.months_back(clock.month_of(clock.now(), "Asia/Seoul"), SHORTEST_MONTHS)
    closed = [(row.pk, row.closed_at) for model in (Visit, Commitment) for row in model.objects.all()]
    closed += [(said.pk, said.visit.closed_at) for said in Comment.objects.select_related("visit")]
    return {str(pk) for pk, at in closed if at and clock.month_of(at, "Asia/Seoul") not in recent}


@given(history=steps((*Work.NAMES, *Work.NAMES, *History.NAMES, *History.RIGHTS, "later", "pull"), at_most=14))
@example(history=[("pull", 1, 0), ("move", 0, 1), ("log_plan", 0, 0), ("move", 0, 0), ("pull", 1, 0), ("keep", 0, 0)])
@example(history=[("later", 0, 7), ("log_plan", 0, 0), ("later", 0, 7), ("pull", 0, 0), ("withdraw", 0, 1)])
@example(history=[("say", 3, 1), ("role", 3, 0), ("pull", 3, 0), ("move", 1, 0), ("remove", 1, 0), ("unsay", 0, 1)])
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_rest_shows_what_the_phone_holds_whatever_was_done(world: World, history: list[Step]) -> None:
    with time_machine.travel(NOW, tick=False) as traveller, undone():
        work = Work(world, traveller)
        work.happens(history)
        old = long_closed()
        for member in work.people:
            for noun in NOUNS:
                shown, held = work.shown(member, noun), work.held(member, noun)
                recent = {id: row for id, row in shown.items() if id not in old}
                assert held.items() >= recent.items(), f"{noun}s of {member.name} that the phone does not hold"
                assert shown.items() >= held.items(), f"{noun}s of {member.name} that REST does not show"


def test_what_is_long_closed_leaves_the_phone_and_stays_to_be_read(world: World) -> None:
    """So the horizon is really met above: an executive's phone holds two months, a rep's thirteen."""
    with time_machine.travel(NOW, tick=False) as traveller:
        work = Work(world, traveller)
        visit = make.logged(world.ana, world.steel)
        work.happens([("later", 0, 7), ("later", 0, 7)])
        assert str(visit.pk) in long_closed()
        assert str(visit.pk) in work.shown(world.ana, "visit")
        assert str(visit.pk) in work.held(world.ana, "visit")
        assert str(visit.pk) in work.shown(world.jun, "visit")
        assert str(visit.pk) not in work.held(world.jun, "visit")
