"""What had happened before, by name: a ticket that Ana opened at the steel works, and what hangs on it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from core import clock, tenancy
from core.models import Row
from customers import actions as customer_actions
from customers.models import Customer
from people import actions as people_actions
from people.models import Member
from tests import factories as make
from tests.visits import stage as visits
from tickets import actions
from tickets.models import Alarm, Cause, Step, Ticket

FAST = timedelta(hours=3)
ALL_DAY = [(day, 0, 24 * 60) for day in range(7)]


class Stage(visits.Stage):
    """The cast, and a ticket of Ana's. Jun is the engineer, Mia the manager."""

    # --- rows -----------------------------------------------------------------------------------

    def make_press(self) -> Row:
        return make.asset(self.world.steel)

    def make_paper_press(self) -> Row:
        return make.asset(self.world.paper)

    def make_removed_asset(self) -> Row:
        asset = make.asset(self.world.steel)
        with make.writing(self.world.ada) as unit:
            return customer_actions.remove(unit, asset)

    def make_category(self) -> Row:
        return make.chip("category", "Leak")

    def make_worn(self) -> Row:
        """A chip of causes."""
        return make.chip("cause", "Worn out")

    def make_seal(self) -> Row:
        """A chip of fixes."""
        return make.chip("fix", "New seal")

    def make_removed_category(self) -> Row:
        return _taken_off("category")

    def make_removed_cause_chip(self) -> Row:
        return _taken_off("cause")

    def make_removed_fix_chip(self) -> Row:
        return _taken_off("fix")

    def make_log(self) -> Row:
        """A visit of Ana's to the steel works, where it was solved."""
        return make.logged(self.world.ana, self.world.steel)

    def make_other(self) -> Row:
        """Another ticket, at another customer, told by Ana."""
        return make.ticket(self.world.ana, self.world.paper, "It jams")

    def make_withdrawn_other(self) -> Row:
        ticket = make.ticket(self.world.ana, self.world.steel, "No, it does not")
        with make.writing(self.world.ana) as unit:
            return actions.withdraw_ticket(unit, ticket=ticket.pk)

    def make_third(self) -> Row:
        """One more at the steel works."""
        return make.ticket(self.world.ana, self.world.steel, "It leaks again")

    def make_other_cause(self) -> Row:
        """Another one, of the same customer."""
        return self._cause(self.world.steel)

    def make_paper_cause(self) -> Row:
        return self._cause(self.world.paper)

    def make_foreign_ticket(self) -> UUID:
        return self._abroad_tickets["ticket"]

    def make_foreign_message(self) -> UUID:
        return self._abroad_tickets["message"]

    def make_foreign_help(self) -> UUID:
        return self._abroad_tickets["help"]

    def make_foreign_cause(self) -> UUID:
        return self._abroad_tickets["cause"]

    def make_foreign_category(self) -> UUID:
        return self._abroad_tickets["category"]

    def make_foreign_worn(self) -> UUID:
        return self._abroad_tickets["worn"]

    def make_foreign_seal(self) -> UUID:
        return self._abroad_tickets["seal"]

    def make_foreign_asset(self) -> UUID:
        return self._abroad_tickets["asset"]

    def make_foreign_step(self) -> UUID:
        return self._abroad_tickets["step"]

    @cached_property
    def _abroad_tickets(self) -> dict[str, UUID]:
        """Rows of another organization."""
        otto = self.otto
        with tenancy.acting_in(otto.organization_id):
            customer = make.customer(otto.territories.get())
            ticket = make.ticket(otto, customer)
            rows = {
                "ticket": ticket,
                "step": Step.objects.get(ticket=ticket),
                "message": make.message(otto, ticket),
                "help": make.help(otto, ticket, make.member(role="engineer")),
                "cause": make.cause(otto, make.ticket(otto, customer)),
                "asset": make.asset(customer),
                "category": make.chip("category"),
                "worn": make.chip("cause"),
                "seal": make.chip("fix"),
            }
            return {name: row.pk for name, row in rows.items()}

    # --- days, which stand as names do --------------------------------------------------------------

    def make_yesterday(self) -> date:
        return _in_days(-1)

    def make_today(self) -> date:
        return _in_days(0)

    def make_tomorrow(self) -> date:
        return _in_days(1)

    def make_in_five_days(self) -> date:
        return _in_days(5)

    def make_in_ninety_days(self) -> date:
        return _in_days(90)

    def make_last_day(self) -> date:
        """As far ahead as anything is watched."""
        return _in_days(5 * 366)

    def make_day_after_that(self) -> date:
        return _in_days(5 * 366 + 1)

    # --- what had happened ----------------------------------------------------------------------

    def given_opened(self) -> None:
        ticket = make.ticket(self.world.ana, self.world.steel, "It leaks")
        self.keep(ticket=ticket, opening=Step.objects.get(ticket=ticket))

    def given_led(self) -> None:
        """Ben leads Ana's team."""
        self.given_opened()
        with make.writing() as unit:
            people_actions.change_team(unit, self.world.team, lead=self.world.ben.pk)

    def given_taken(self) -> None:
        self.given_opened()
        make.step(self.world.ana, self._ticket, "take")

    def given_taken_by_ben(self) -> None:
        self.given_opened()
        make.step(self.world.ben, self._ticket, "take")

    def given_waiting(self) -> None:
        self.given_opened()
        make.step(self.world.ana, self._ticket, "wait", waits_for="parts")

    def given_waiting_for_ben(self) -> None:
        self.given_taken_by_ben()
        make.step(self.world.ben, self._ticket, "wait", waits_for="customer")

    def given_solved(self) -> None:
        self.given_opened()
        make.step(self.world.ana, self._ticket, "solve", resolution="A new seal")

    def given_solved_by_ben(self) -> None:
        self.given_taken_by_ben()
        make.step(self.world.ben, self._ticket, "solve", resolution="A new seal")

    def given_closed(self) -> None:
        self.given_opened()
        self.keep(cause=make.cause(self.world.ana, self._ticket))

    def given_finding(self) -> None:
        """Closed, while nobody knows yet why."""
        self.given_opened()
        self.keep(cause=make.cause(self.world.ana, self._ticket, is_finding=True))

    def given_proved(self) -> None:
        """It stayed away."""
        self.given_closed()
        with make.writing() as unit:
            actions.prove_cause(unit, Cause.objects.get(pk=self.id("cause")))

    def given_reopened(self) -> None:
        self.given_closed()
        make.step(self.world.ana, self._ticket, "reopen")

    def given_withdrawn(self) -> None:
        self.given_opened()
        make.step(self.world.ana, self._ticket, "withdraw")

    def given_known(self) -> None:
        """It happened before: its cause is watched."""
        self.keep(cause=self._cause(self.world.steel))
        self.given_opened()

    def given_long_ago(self) -> None:
        """It happened before, and the window is over since yesterday."""
        self.given_known()
        yesterday = _in_days(-1)
        Cause.objects.filter(pk=self.id("cause")).update(watch_from=yesterday, watch_until=yesterday)

    def given_again(self) -> None:
        """It is the same again."""
        self.given_known()
        with make.writing(self.world.ana) as unit:
            actions.say_again(unit, ticket=self.id("ticket"), cause=self.id("cause"))

    def given_again_solved(self) -> None:
        self.given_again()
        make.step(self.world.ana, self._ticket, "solve", resolution="A new seal")

    def given_part(self) -> None:
        """Part of another one."""
        self.given_opened()
        other = self.id("other")
        with make.writing(self.world.ana) as unit:
            actions.change_ticket(unit, ticket=self.id("ticket"), part_of=other)

    def given_circle(self) -> None:
        """Two others became parts of each other: as two transactions do that both look before either is done."""
        self.given_opened()
        for name, above in (("other", "third"), ("third", "other")):
            Ticket.objects.filter(pk=self.id(name)).update(part_of=self.id(above))

    def given_watched(self) -> None:
        self.given_opened()
        with make.writing(self.world.ana) as unit:
            actions.watch_ticket(unit, ticket=self.id("ticket"))

    def given_linked(self) -> None:
        self.given_opened()
        other = self.id("other")
        with make.writing(self.world.ana) as unit:
            actions.link_tickets(unit, ticket=self.id("ticket"), other=other)

    def given_late(self) -> None:
        """What was promised of it has been broken, and Ana was told."""
        make.policy(calendar=make.calendar(slots=ALL_DAY).pk, response_minutes=None, resolution_minutes=60)
        opened_at = clock.now() - timedelta(hours=2)
        with make.writing(self.world.ana, at=opened_at, received_at=opened_at) as unit:
            ticket = actions.open_ticket(unit, ticket=self.id("ticket"), customer=self.world.steel.pk, text="It leaks")
        with make.writing() as unit:
            actions.raise_alarm(unit, ticket)
        assert Alarm.objects.filter(ticket=ticket).exists()

    def given_acknowledged(self) -> None:
        self.given_late()
        with make.writing(self.world.ana) as unit:
            actions.acknowledge_alarm(unit, ticket=self.id("ticket"))

    def given_in_doubt(self) -> None:
        """Solved by the clock of Ana's phone, which was three hours fast."""
        self.given_opened()
        self._solve_with_a_fast_clock(self.world.ana)

    def given_in_doubt_by_mia(self) -> None:
        self.given_opened()
        self._solve_with_a_fast_clock(self.world.mia)

    def given_in_doubt_and_led(self) -> None:
        self.given_led()
        self._solve_with_a_fast_clock(self.world.ana)

    def given_written(self) -> None:
        self.given_opened()
        self.keep(message=make.message(self.world.ana, self._ticket))

    def given_unwritten(self) -> None:
        self.given_written()
        with make.writing(self.world.ana) as unit:
            actions.withdraw_message(unit, message=self.id("message"))

    def given_asked(self) -> None:
        """Jun is asked for help."""
        self.given_opened()
        self.keep(help=make.help(self.world.ana, self._ticket, self.world.jun))

    def given_answered(self) -> None:
        self.given_asked()
        with make.writing(self.world.jun) as unit:
            actions.answer_help(unit, help=self.id("help"), answer="The blue one")

    def given_unasked(self) -> None:
        self.given_asked()
        with make.writing(self.world.ana) as unit:
            actions.withdraw_help(unit, help=self.id("help"))

    def given_asked_and_withdrawn(self) -> None:
        """Somebody is asked about what then was no ticket at all."""
        self.given_asked()
        make.step(self.world.ana, self._ticket, "withdraw")

    def _solve_with_a_fast_clock(self, member: Member) -> None:
        skew_ms = -round(FAST.total_seconds() * 1000)
        with make.writing(member, at=clock.now() + FAST, skew_ms=skew_ms, door="phone") as unit:
            actions.solve_ticket(unit, ticket=self.id("ticket"), resolution="A new seal")
        step = Step.objects.get(ticket=self.id("ticket"), event="solved")
        assert step.is_in_review
        self.keep(step=step)

    def _cause(self, customer: Customer) -> Cause:
        return make.cause(self.world.jun, make.ticket(self.world.jun, customer, "It leaked"))

    @property
    def _ticket(self) -> Ticket:
        found: Ticket = Ticket.objects.get(pk=self.id("ticket"))
        return found


def _in_days(count: int) -> date:
    today: date = clock.today_in("Asia/Seoul")
    return today + timedelta(days=count)


def _taken_off(sort: str) -> Row:
    chip = make.chip(sort)
    with make.writing() as unit:
        return actions.remove_row(unit, chip)
