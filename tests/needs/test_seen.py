"""One answer to "may see", for what customers want: after any history, REST and phones agree within the horizon.

Needs become everybody's when they are sorted and are grouped and answered; customers, territories and rights change
under them; what is closed leaves a phone when its month is long over, and by REST it stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
import time_machine
from hypothesis import HealthCheck, example, given, settings

from core import clock, tenancy
from core.errors import NOT_FOUND, Problem
from needs import actions, coming_along, telling
from needs.models import Answer, Asking, Joining, Milestone, Need, Question, Reply, Theme, Voice
from notices import actions as notice_actions
from notices.models import Notification
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.customers.histories import History, Step, pick, steps, undone
from visits import actions as visit_actions
from visits.models import Visit

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
NOUNS = (
    "theme",
    "need",
    "tally",
    "voice",
    "question",
    "asking",
    "answer",
    "joining",
    "reply",
    "notification",
    "preference",
    "visit",
    "comment",
)
# Of these a step picks one that is there.
PICKED = (Voice, Question, Asking, Joining, Reply, Notification)
# Every phone holds this month and the one before of whatever its member may see.
SHORTEST_MONTHS = 2


class Talk(History):
    """On top of what happens to customers and rights, people hear of needs, sort, group and answer them, ask, come
    along and are told; and time goes by."""

    NAMES: ClassVar[tuple[str, ...]] = (
        "hear",
        "hear_again",
        "watch",
        "unsay",
        "sort",
        "group",
        "ungroup",
        "place",
        "ask",
        "answer",
        "unask",
        "plan",
        "ask_along",
        "say_yes",
        "say_no",
        "stay_home",
        "finish",
        "settle",
        "advance",
        "tell",
        "close",
        "read",
        "choose",
        "retheme",
    )

    def __init__(self, world: World, traveller: time_machine.Traveller) -> None:
        super().__init__(world)
        self.traveller = traveller
        self.themes: list[Theme] = [make.theme(world.jun)]
        self.needs: list[Need] = [
            make.need(world.ana, world.steel),
            make.sorted_need(world.jun, world.paper, heard_by=world.carl),
        ]
        self.visits: list[Visit] = [make.planned(world.ana, world.steel), make.planned(world.carl, world.paper)]
        make.comment(world.mia, self.visits[0])
        self.made: dict[Any, list[Any]] = {model: [] for model in PICKED}
        self._note_what_was_made()

    def happen(self, name: str, one: int, other: int) -> None:
        super().happen(name, one, other)
        self._note_what_was_made()

    def _note_what_was_made(self) -> None:
        """In the same order in every run: ids are random within a millisecond."""
        customers = [customer.pk for customer in self.customers]
        for model, known in self.made.items():
            new = model.objects.exclude(pk__in=[row.pk for row in known])
            known.extend(sorted(new, key=lambda row: customers.index(getattr(row, "customer_id", customers[0]))))

    def later(self, one: int, other: int) -> None:
        """Up to seven weeks."""
        self.traveller.shift(timedelta(days=7 * other))

    # --- hearing ------------------------------------------------------------------------------------

    def hear(self, one: int, other: int) -> None:
        self.needs.append(make.need(pick(self.people, one), pick(self.customers, other)))

    def hear_again(self, one: int, other: int) -> None:
        make.need(pick(self.people, one), pick(self.customers, one + other), need=pick(self.needs, other).pk)

    def watch(self, one: int, other: int) -> None:
        need = pick(self.needs, other).pk if other & 1 else None
        make.observation(pick(self.people, one), pick(self.customers, other), need=need)

    def unsay(self, one: int, other: int) -> None:
        voice = self._one(Voice, other)
        with make.writing(voice.member) as unit:
            actions.withdraw_voice(unit, voice=voice.pk)

    # --- sorting ------------------------------------------------------------------------------------

    def sort(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            actions.change_need(unit, need=pick(self.needs, other).pk, title=f"Title {one}", theme=self.themes[0].pk)

    def retheme(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            if other & 1:
                actions.remove_theme(unit, theme=self.themes[0].pk)
            else:
                actions.restore_theme(unit, theme=self.themes[0].pk)

    def group(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            actions.merge_need(unit, need=pick(self.needs, one).pk, into=pick(self.needs, other).pk)

    def ungroup(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            actions.unmerge_need(unit, need=pick(self.needs, one).pk)
        self._announce()

    def place(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            actions.place_voice(unit, voice=self._one(Voice, one).pk, need=pick(self.needs, other).pk)

    # --- questions, coming along --------------------------------------------------------------------

    def ask(self, one: int, other: int) -> None:
        engineer = self.world.ada if one & 1 else self.world.jun
        make.question(engineer, pick(self.needs, one), pick(self.customers, other), pick(self.customers, other + 1))

    def answer(self, one: int, other: int) -> None:
        make.answer(pick(self.people, one), self._one(Asking, other))

    def unask(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            actions.withdraw_question(unit, question=self._one(Question, other).pk)

    def plan(self, one: int, other: int) -> None:
        self.visits.append(make.planned(pick(self.people, one), pick(self.customers, other)))

    def ask_along(self, one: int, other: int) -> None:
        make.joining(pick(self.people, one), pick(self.visits, other), need=self.needs[-1].pk)

    def say_yes(self, one: int, other: int) -> None:
        joining = self._one(Joining, other)
        with make.writing(joining.visit.member) as unit:
            actions.accept_joining(unit, joining=joining.pk)

    def say_no(self, one: int, other: int) -> None:
        joining = self._one(Joining, other)
        with make.writing(joining.visit.member) as unit:
            actions.refuse_joining(unit, joining=joining.pk)

    def stay_home(self, one: int, other: int) -> None:
        joining = self._one(Joining, other)
        with make.writing(joining.member) as unit:
            actions.withdraw_joining(unit, joining=joining.pk)

    def finish(self, one: int, other: int) -> None:
        visit = pick(self.visits, other)
        with make.writing(visit.member) as unit:
            visit_actions.log_visit(unit, visit=visit.pk, customer=visit.customer_id, outcome="progress")

    def settle(self, one: int, other: int) -> None:
        coming_along.settle_joinings()

    # --- answering ----------------------------------------------------------------------------------

    def advance(self, one: int, other: int) -> None:
        step = pick((actions.accept_need, actions.build_need, _decline), one)
        with make.writing(self.world.ada) as unit:
            step(unit, need=pick(self.needs, other).pk)
        self._announce()

    def tell(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            actions.tell_reply(unit, reply=self._one(Reply, other).pk)

    def close(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            actions.answer_reply(unit, reply=self._one(Reply, other).pk, value=pick(("solved", "not_yet"), one))

    def read(self, one: int, other: int) -> None:
        note = self._one(Notification, other)
        with make.writing(note.member) as unit:
            notice_actions.read_notification(unit, notification=note.pk)

    def choose(self, one: int, other: int) -> None:
        make.preference(pick(self.people, one), mails={"need.stage": pick(("none", "digest"), other)})

    def _announce(self) -> None:
        for milestone in Milestone.objects.filter(announced_at=None).order_by("need", "number"):
            telling.announce(tenancy.require_id(), milestone.pk)

    def _one(self, model: Any, number: int) -> Any:
        """One of the rows there are, as it is by now; without any the step does not happen."""
        rows = self.made[model]
        if not rows:
            raise Problem(NOT_FOUND)
        return model.objects.get(pk=pick(rows, number).pk)


def _decline(unit: Any, *, need: Any) -> Need:
    return actions.decline_need(unit, need=need, reason="Too rare")


def long_closed() -> set[str]:
    """Rows that some phone may have let go already."""
    recent = clock.months_back(clock.month_of(clock.now(), "Asia/Seoul"), SHORTEST_MONTHS)
    models: Iterable[Any] = (Voice, Asking, Answer, Joining, Reply, Notification, Visit)
    closed = [(row.pk, row.closed_at) for model in models for row in model.objects.all()]
    closed += [(said.pk, visit.closed_at) for visit in Visit.objects.all() for said in visit.comments.all()]
    return {str(pk) for pk, at in closed if at and clock.month_of(at, "Asia/Seoul") not in recent}


def compare(talk: Talk, members: Iterable[Member]) -> None:
    old = long_closed()
    for member in members:
        for noun in NOUNS:
            shown, held = talk.shown(member, noun), talk.held(member, noun)
            recent = {id: row for id, row in shown.items() if id not in old}
            assert held.items() >= recent.items(), f"{noun}s of {member.name} that the phone does not hold"
            assert shown.items() >= held.items(), f"{noun}s of {member.name} that REST does not show"


@given(history=steps((*Talk.NAMES, *Talk.NAMES, *History.NAMES, *History.RIGHTS, "later", "pull"), at_most=16))
@example(history=[("pull", 1, 0), ("move", 0, 1), ("sort", 0, 0), ("pull", 0, 0), ("move", 0, 0), ("group", 0, 1)])
@example(
    history=[("advance", 0, 1), ("advance", 1, 1), ("move", 1, 0), ("pull", 1, 0), ("close", 1, 0), ("tell", 0, 0)]
)
@example(history=[("ask", 0, 0), ("pull", 3, 0), ("role", 3, 0), ("answer", 0, 1), ("later", 0, 7), ("unask", 0, 0)])
@example(
    history=[
        ("ask_along", 3, 0),
        ("say_yes", 0, 0),
        ("move", 0, 1),
        ("pull", 3, 0),
        ("role", 3, 0),
        ("finish", 0, 0),
        ("settle", 0, 0),
        ("later", 0, 7),
    ]
)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_rest_shows_what_the_phone_holds_whatever_was_done(world: World, history: list[Step]) -> None:
    with time_machine.travel(NOW, tick=False) as traveller, undone():
        talk = Talk(world, traveller)
        talk.happens(history)
        compare(talk, talk.people)


# In an order in which each of them is possible.
ALL_STEPS: list[Step] = [
    *[("hear", 0, 0), ("hear_again", 1, 1), ("watch", 3, 0), ("sort", 0, 0), ("place", 0, 1), ("unsay", 0, 1)],
    *[("ask", 0, 0), ("answer", 0, 0), ("unask", 0, 0)],
    *[("plan", 0, 0), ("ask_along", 3, 0), ("say_yes", 0, 0), ("finish", 0, 0), ("settle", 0, 0)],
    *[("ask_along", 3, 1), ("say_no", 0, 1), ("ask_along", 3, 1), ("stay_home", 0, 2)],
    *[("advance", 0, 1), ("advance", 1, 1), ("tell", 0, 0), ("close", 0, 0), ("read", 0, 0), ("choose", 0, 0)],
    *[("group", 0, 1), ("ungroup", 0, 0), ("retheme", 0, 1), ("retheme", 0, 0)],
]


def test_every_step_can_happen(world: World) -> None:
    """So that a history is not made of steps that are refused."""
    assert {name for name, *_ in ALL_STEPS} == set(Talk.NAMES)
    with time_machine.travel(NOW, tick=False) as traveller:
        talk = Talk(world, traveller)
        for name, one, other in ALL_STEPS:
            getattr(talk, name)(one, other)
            talk.happen("pull", 0, 0)
        talk.happens([])
        compare(talk, talk.people)


def test_what_is_long_closed_leaves_the_phone_and_stays_to_be_read(world: World) -> None:
    """So the horizon is really met above: an engineer's phone holds two months, a rep's thirteen."""
    with time_machine.travel(NOW, tick=False) as traveller:
        talk = Talk(world, traveller)
        voice = str(Voice.objects.get(need=talk.needs[0]).pk)
        talk.happens([("later", 0, 7), ("later", 0, 7)])
        assert voice in long_closed()
        assert voice in talk.held(world.ana, "voice")
        assert voice in talk.shown(world.jun, "voice")
        assert voice not in talk.held(world.jun, "voice")
        assert str(talk.needs[0].pk) in talk.held(world.jun, "need"), "a need is never closed"
