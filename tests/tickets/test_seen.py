"""One answer to "may see", for tickets: after any history, REST and phones agree within the horizon.

Tickets are given to people elsewhere, watched, asked about and closed; customers, territories and rights change under
them; what is closed leaves a phone when its month is long over, and by REST it stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest
import time_machine
from hypothesis import HealthCheck, example, given, settings

from core import clock
from core.errors import NOT_FOUND, Problem
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.customers.histories import History, Step, pick, steps, undone
from tickets import actions, watching
from tickets.models import BusinessCalendar, Cause, Chip, Help, Message, SlaPolicy, Ticket

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
NOUNS = ("chip", "business_calendar", "sla_policy", "ticket", "cause", "message", "help", "notification", "conflict")
# Of these a step picks one that is there.
PICKED = (Ticket, Cause, Message, Help, SlaPolicy)
# Every phone holds this month and the one before of whatever its member may see.
SHORTEST_MONTHS = 2


class Trouble(History):
    """On top of what happens to customers and rights, tickets are opened, given away, solved, closed and come back;
    and time goes by."""

    NAMES: ClassVar[tuple[str, ...]] = (
        "open",
        "give",
        "take_back",
        "wait",
        "solve",
        "solve_too",
        "shut",
        "reopen",
        "withdraw",
        "watch",
        "unwatch",
        "link",
        "again",
        "settle",
        "write",
        "unwrite",
        "call",
        "reply",
        "uncall",
        "promise",
        "unpromise",
        "rechip",
        "pass_days",
    )

    def __init__(self, world: World, traveller: time_machine.Traveller) -> None:
        super().__init__(world)
        self.traveller = traveller
        self.chips: list[Chip] = [make.chip("category")]
        self.hours: BusinessCalendar = make.calendar()
        self.made: dict[Any, list[Any]] = {model: [] for model in PICKED}
        for member, customer in ((world.ana, world.steel), (world.carl, world.paper)):
            ticket = make.ticket(member, customer, category=self.chips[0].pk)
            make.message(member, ticket)
            make.help(member, ticket, world.jun)
            self._note_what_was_made()
        make.cause(world.ana, make.ticket(world.ana, world.steel))
        self._note_what_was_made()

    def happen(self, name: str, one: int, other: int) -> None:
        super().happen(name, one, other)
        self._note_what_was_made()

    def _note_what_was_made(self) -> None:
        """One step makes one row of each noun at most, so that they stand in the same order in every run."""
        for model, known in self.made.items():
            known.extend(model.objects.exclude(pk__in=[row.pk for row in known]))

    def later(self, one: int, other: int) -> None:
        """Up to seven weeks."""
        self.traveller.shift(timedelta(days=7 * other))

    def pass_days(self, one: int, other: int) -> None:
        """What time alone brings about, once a day."""
        watching.watch_causes()

    # --- tickets ------------------------------------------------------------------------------------

    def open(self, one: int, other: int) -> None:
        assignee = pick(self.people, other).pk if other & 1 else None
        make.ticket(pick(self.people, one), pick(self.customers, other), assignee=assignee)

    def give(self, one: int, other: int) -> None:
        self._do("assign", other, assignee=pick(self.people, one).pk)

    def take_back(self, one: int, other: int) -> None:
        self._do("assign", other, assignee=None)

    def wait(self, one: int, other: int) -> None:
        self._do("wait", other, waits_for=pick(("customer", "us", "parts"), one))

    def solve(self, one: int, other: int) -> None:
        make.step(pick(self.people, one), self._one(Ticket, other), "solve", resolution="A new seal")

    def solve_too(self, one: int, other: int) -> None:
        """Whoever knows nothing of the first and says something else."""
        self.solve(one + 1, other)
        make.step(pick(self.people, one), self._one(Ticket, other), "solve", resolution="Oiled")

    def shut(self, one: int, other: int) -> None:
        make.cause(pick(self.people, one), self._one(Ticket, other), is_finding=bool(one & 1))

    def reopen(self, one: int, other: int) -> None:
        self._do("reopen", other)

    def withdraw(self, one: int, other: int) -> None:
        self._do("withdraw", other)

    def watch(self, one: int, other: int) -> None:
        with make.writing(pick(self.people, one)) as unit:
            actions.watch_ticket(unit, ticket=self._one(Ticket, other).pk)

    def unwatch(self, one: int, other: int) -> None:
        with make.writing(pick(self.people, one)) as unit:
            actions.unwatch_ticket(unit, ticket=self._one(Ticket, other).pk)

    def link(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            actions.link_tickets(unit, ticket=self._one(Ticket, one).pk, other=self._one(Ticket, other).pk)

    def again(self, one: int, other: int) -> None:
        with make.writing(pick(self.people, one)) as unit:
            actions.say_again(unit, ticket=self._one(Ticket, other).pk, cause=self._one(Cause, one).pk)

    def settle(self, one: int, other: int) -> None:
        until = self._today() + timedelta(days=other)
        with make.writing(self.world.ada) as unit:
            actions.settle_cause(
                unit, cause=self._one(Cause, one).pk, text="Worn", countermeasure="A new seal", watch_until=until
            )

    # --- what is said of them -----------------------------------------------------------------------

    def write(self, one: int, other: int) -> None:
        make.message(pick(self.people, one), self._one(Ticket, other), audience=pick(("internal", "customer"), one))

    def unwrite(self, one: int, other: int) -> None:
        message = self._one(Message, other)
        with make.writing(message.member) as unit:
            actions.withdraw_message(unit, message=message.pk)

    def call(self, one: int, other: int) -> None:
        make.help(pick(self.people, one), self._one(Ticket, other), pick(self.people, one + other))

    def reply(self, one: int, other: int) -> None:
        with make.writing(pick(self.people, one)) as unit:
            actions.answer_help(unit, help=self._one(Help, other).pk, answer="The blue one")

    def uncall(self, one: int, other: int) -> None:
        help = self._one(Help, other)
        with make.writing(help.member) as unit:
            actions.withdraw_help(unit, help=help.pk)

    # --- what is set up -----------------------------------------------------------------------------

    def promise(self, one: int, other: int) -> None:
        customer = pick(self.customers, other).pk if one & 3 else None
        make.policy(calendar=self.hours.pk, customer=customer)

    def unpromise(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            actions.remove_policy(unit, self._one(SlaPolicy, one))

    def rechip(self, one: int, other: int) -> None:
        with make.writing(self.world.ada) as unit:
            actions.remove_row(unit, self.chips[-1])
        self.chips.append(make.chip("category"))

    def _do(self, verb: str, number: int, **values: Any) -> None:
        make.step(self.world.ada, self._one(Ticket, number), verb, **values)

    def _today(self) -> date:
        return clock.today_in("Asia/Seoul")

    def _one(self, model: Any, number: int) -> Any:
        """One of the rows there are, as it is by now; without any the step does not happen."""
        rows = self.made[model]
        if not rows:
            raise Problem(NOT_FOUND)
        return model.objects.get(pk=pick(rows, number).pk)


def long_closed() -> set[str]:
    """Rows that some phone may have let go already: of a ticket everything that was said of it as well."""
    recent = clock.months_back(clock.month_of(clock.now(), "Asia/Seoul"), SHORTEST_MONTHS)
    closed = [(row.pk, row.closed_at) for model in (Ticket, Cause) for row in model.objects.all()]
    for model in (Message, Help):
        closed += [(row.pk, row.ticket.closed_at) for row in model.objects.select_related("ticket")]
    return {str(pk) for pk, at in closed if at and clock.month_of(at, "Asia/Seoul") not in recent}


def compare(trouble: Trouble, members: Iterable[Member]) -> None:
    old = long_closed()
    for member in members:
        for noun in NOUNS:
            shown, held = trouble.shown(member, noun), trouble.held(member, noun)
            recent = {id: row for id, row in shown.items() if id not in old}
            assert held.items() >= recent.items(), f"{noun}s of {member.name} that the phone does not hold"
            assert shown.items() >= held.items(), f"{noun}s of {member.name} that REST does not show"


@given(history=steps((*Trouble.NAMES, *Trouble.NAMES, *History.NAMES, *History.RIGHTS, "later", "pull"), at_most=16))
@example(history=[("give", 1, 0), ("pull", 1, 0), ("write", 0, 0), ("pull", 1, 0), ("take_back", 0, 0)])
@example(history=[("watch", 2, 0), ("pull", 2, 0), ("move", 0, 1), ("write", 0, 0), ("pull", 2, 0), ("unwatch", 2, 0)])
@example(history=[("call", 0, 1), ("pull", 1, 0), ("reply", 1, 0), ("shut", 0, 1), ("later", 0, 7), ("reopen", 0, 1)])
@example(
    history=[("promise", 1, 0), ("pull", 0, 0), ("move", 0, 1), ("pull", 1, 0), ("unpromise", 0, 0), ("role", 1, 3)]
)
@example(history=[("give", 1, 0), ("solve_too", 0, 0), ("pull", 1, 0), ("shut", 0, 0), ("later", 0, 7), ("pull", 1, 0)])
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_rest_shows_what_the_phone_holds_whatever_was_done(world: World, history: list[Step]) -> None:
    with time_machine.travel(NOW, tick=False) as traveller, undone():
        trouble = Trouble(world, traveller)
        trouble.happens(history)
        compare(trouble, trouble.people)


# In an order in which each of them is possible.
ALL_STEPS: list[Step] = [
    *[("open", 0, 0), ("give", 1, 0), ("take_back", 0, 0), ("wait", 0, 0), ("again", 0, 0), ("solve_too", 0, 0)],
    *[("watch", 2, 0), ("unwatch", 2, 0), ("link", 0, 1), ("solve", 0, 1), ("shut", 0, 1), ("reopen", 0, 1)],
    *[("write", 1, 0), ("unwrite", 0, 0), ("call", 0, 0), ("reply", 1, 0), ("uncall", 0, 1), ("withdraw", 0, 1)],
    *[("promise", 1, 0), ("unpromise", 0, 0), ("rechip", 0, 0), ("settle", 0, 0), ("pass_days", 0, 0)],
]


def test_every_step_can_happen(world: World) -> None:
    """So that a history is not made of steps that are refused."""
    assert {name for name, *_ in ALL_STEPS} == set(Trouble.NAMES)
    with time_machine.travel(NOW, tick=False) as traveller:
        trouble = Trouble(world, traveller)
        for name, one, other in ALL_STEPS:
            getattr(trouble, name)(one, other)
            trouble.happen("pull", 0, 0)
        trouble.happens([])
        compare(trouble, trouble.people)


# --- Who, by name -----------------------------------------------------------------------------------


@pytest.fixture
def trouble(world: World) -> Iterable[Trouble]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield Trouble(world, traveller)


def sees(trouble: Trouble, member: Member, noun: str) -> set[str]:
    """By REST and on the phone: the same."""
    trouble.happens([])
    compare(trouble, [member])
    return set(trouble.held(member, noun))


def test_whoever_works_on_it_sees_it_and_what_is_said_of_it_wherever_the_customer_is(
    world: World, trouble: Trouble
) -> None:
    ticket, carl = trouble.made[Ticket][0], world.carl
    hidden = {noun: sees(trouble, carl, noun) for noun in ("ticket", "message", "help")}
    trouble.happen("give", 1, 0)
    more = {noun: sees(trouble, carl, noun) - hidden[noun] for noun in hidden}
    assert more == {
        "ticket": {str(ticket.pk)},
        "message": {str(row.pk) for row in Message.objects.filter(ticket=ticket)},
        "help": {str(row.pk) for row in Help.objects.filter(ticket=ticket)},
    }
    trouble.happen("take_back", 0, 0)
    assert {noun: sees(trouble, carl, noun) for noun in hidden} == hidden


def test_whoever_watches_it_sees_it_until_they_watch_no_more(world: World, trouble: Trouble) -> None:
    """Wherever its customer goes."""
    ticket, mia = trouble.made[Ticket][0], world.mia
    with make.writing(mia) as unit:
        actions.watch_ticket(unit, ticket=ticket.pk)
    trouble.happen("move", 0, 1)  # steel works to the South
    said = make.message(world.ana, ticket)
    assert str(ticket.pk) in sees(trouble, mia, "ticket")
    assert str(said.pk) in sees(trouble, mia, "message")
    with make.writing(mia) as unit:
        actions.unwatch_ticket(unit, ticket=ticket.pk)
    assert str(ticket.pk) not in sees(trouble, mia, "ticket")
    assert str(said.pk) not in sees(trouble, mia, "message")


def test_whoever_is_asked_sees_the_ticket_and_keeps_the_question(world: World, trouble: Trouble) -> None:
    ticket, carl = trouble.made[Ticket][0], world.carl
    asked = make.help(world.ana, ticket, carl)
    assert str(ticket.pk) in sees(trouble, carl, "ticket")
    with make.writing(carl) as unit:
        actions.unwatch_ticket(unit, ticket=ticket.pk)
    assert str(ticket.pk) not in sees(trouble, carl, "ticket")
    assert str(asked.pk) in sees(trouble, carl, "help"), "it was asked of him"


def test_whoever_reported_it_sees_it_wherever_its_customer_goes(world: World, trouble: Trouble) -> None:
    own = {str(row.pk) for row in Ticket.objects.filter(member=world.ana)}
    trouble.happen("move", 0, 1)  # steel works to the South
    assert sees(trouble, world.ana, "ticket") == own
    cause = str(Cause.objects.get().pk)
    assert cause in sees(trouble, world.ana, "cause"), "she answers for it"
    assert cause in sees(trouble, world.carl, "cause")


def test_what_is_promised_to_one_customer_goes_with_it(world: World, trouble: Trouble) -> None:
    policy = str(make.policy(calendar=trouble.hours.pk, customer=world.steel.pk).pk)
    assert policy in sees(trouble, world.ana, "sla_policy")
    assert policy not in sees(trouble, world.carl, "sla_policy")
    trouble.happen("move", 0, 1)
    assert policy not in sees(trouble, world.ana, "sla_policy")
    assert policy in sees(trouble, world.carl, "sla_policy")


def test_what_is_long_closed_leaves_the_phone_and_stays_to_be_read(world: World, trouble: Trouble) -> None:
    """So the horizon is really met above: an engineer's phone holds two months, a rep's thirteen."""
    ticket = Ticket.objects.get(state="closed")
    said = str(make.message(world.ana, ticket).pk)
    trouble.happens([("later", 0, 7), ("later", 0, 7)])
    for noun, id in (("ticket", str(ticket.pk)), ("message", said)):
        assert id in long_closed()
        assert id in trouble.held(world.ana, noun)
        assert id in trouble.shown(world.jun, noun)
        assert id not in trouble.held(world.jun, noun)
    make.step(world.ada, ticket, "reopen")
    assert said in sees(trouble, world.jun, "message"), "it is open again"
