"""What had happened before, by name: Ana's work in some state, and rows of others."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from uuid import UUID

from core import tenancy
from core.models import Row
from customers import actions as customer_actions
from people import actions as people_actions
from people.models import Member
from tests import both_doors
from tests import factories as make
from tests.conftest import World, build_stranger
from visits import actions
from visits.models import Visit

DUE = date(2026, 12, 1)


class Stage(both_doors.Stage):
    """The cast, and Ana's work in some state."""

    # --- rows -----------------------------------------------------------------------------------

    def make_ana(self) -> Row:
        return self.world.ana

    def make_ben(self) -> Row:
        return self.world.ben

    def make_carl(self) -> Row:
        return self.world.carl

    def make_jun(self) -> Row:
        return self.world.jun

    def make_ada(self) -> Row:
        return self.world.ada

    def make_mia(self) -> Row:
        return self.world.mia

    def make_eva(self) -> Row:
        return self.world.eva

    def make_left(self) -> Row:
        """An engineer who was switched off."""
        left = make.member("Lee", role="engineer")
        with make.writing() as unit:
            people_actions.change_member(unit, left, is_active=False)
        return left

    def make_steel(self) -> Row:
        return self.world.steel

    def make_gate(self) -> Row:
        return self.world.gate

    def make_paper(self) -> Row:
        return self.world.paper

    def make_paper_mill(self) -> Row:
        return make.site(self.world.paper, name="Mill")

    def make_yard(self) -> Row:
        """A site of the steel works without coordinates."""
        return make.site(self.world.steel, name="Yard", latitude=None, longitude=None)

    def make_park(self) -> Row:
        return make.contact(self.world.steel)

    def make_paper_contact(self) -> Row:
        return make.contact(self.world.paper)

    def make_pump(self) -> Row:
        return make.product(name="Pump")

    def make_closed_product(self) -> Row:
        return make.product(name="Old pump", is_active=False)

    def make_removed_customer(self) -> Row:
        return _removed(make.customer(self.world.north, "Gone"))

    def make_removed_site(self) -> Row:
        return _removed(make.site(self.world.steel, name="Torn down"))

    def make_removed_contact(self) -> Row:
        return _removed(make.contact(self.world.steel))

    def make_removed_product(self) -> Row:
        return _removed(make.product())

    def make_foreign_customer(self) -> UUID:
        return self._abroad["customer"]

    def make_foreign_visit(self) -> UUID:
        return self._abroad["visit"]

    def make_foreign_commitment(self) -> UUID:
        return self._abroad["commitment"]

    def make_foreign_comment(self) -> UUID:
        return self._abroad["comment"]

    @cached_property
    def otto(self) -> Member:
        return build_stranger()

    @cached_property
    def _abroad(self) -> dict[str, UUID]:
        """Rows of another organization."""
        otto = self.otto
        with tenancy.acting_in(otto.organization_id):
            customer = make.customer(otto.territories.get())
            visit, commitment = make.logged(otto, customer), make.commitment(otto, customer)
            rows = {
                "customer": customer,
                "visit": visit,
                "commitment": commitment,
                "comment": make.comment(otto, visit),
            }
            return {name: row.pk for name, row in rows.items()}

    def make_paper_visit(self) -> Row:
        """A visit of Ana's to another customer."""
        return make.logged(self.world.ana, self.world.paper)

    # --- what had happened ----------------------------------------------------------------------

    def given_planned(self) -> None:
        self.keep(visit=make.planned(self.world.ana, self.world.steel))

    def given_arrived(self) -> None:
        self.given_planned()
        with make.writing(self.world.ana) as unit:
            actions.arrive(unit, visit=self.id("visit"), customer=self.id("steel"))

    def given_logged(self) -> None:
        self.keep(visit=make.logged(self.world.ana, self.world.steel, note="As agreed"))

    def given_promised(self) -> None:
        self.keep(commitment=make.commitment(self.world.ana, self.world.steel, due_on=DUE))

    def given_kept(self) -> None:
        self.given_promised()
        with make.writing(self.world.ana) as unit:
            actions.keep_commitment(unit, commitment=self.id("commitment"))

    def given_withdrawn(self) -> None:
        """A logged visit with a commitment, taken back."""
        step = {"commitment": self.id("commitment"), "step": "quote", "due_on": DUE}
        self.keep(visit=make.logged(self.world.ana, self.world.steel, next_step=step))
        with make.writing(self.world.ana) as unit:
            actions.withdraw_visit(unit, visit=self.id("visit"))

    def given_cancelled(self) -> None:
        self.given_planned()
        with make.writing(self.world.ana) as unit:
            actions.cancel_visit(unit, visit=self.id("visit"))

    def given_missed(self) -> None:
        self.given_planned()
        with make.writing() as unit:
            actions.miss_visit(unit, Visit.objects.get(pk=self.id("visit")))

    def given_commented(self) -> None:
        self.given_logged()
        self.keep(comment=make.comment(self.world.ana, Visit.objects.get(pk=self.id("visit"))))

    def given_comment_withdrawn(self) -> None:
        self.given_commented()
        with make.writing(self.world.ana) as unit:
            actions.withdraw_comment(unit, comment=self.id("comment"))

    def given_led_team(self) -> None:
        """A commitment of Ana's, whose team Ben leads."""
        self.given_promised()
        _lead(self.world.ben, self.world)


def _removed(row: Row) -> Row:
    with make.writing() as unit:
        return customer_actions.remove(unit, row)


def _lead(member: Member, world: World) -> None:
    with make.writing() as unit:
        people_actions.change_team(unit, world.team, lead=member.pk)
