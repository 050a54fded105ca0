"""Every kind of entry, by everybody, about everybody's rows: pushed and drained as a phone and a worker do it.

Rights are asked when an entry is applied, not when it is received: what was taken away meanwhile is gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest

from core import tenancy
from core.ids import uuid7
from customers import actions as customer_actions
from customers.models import Customer
from needs.models import Voice
from people import actions as people_actions
from people.models import Member, Team
from sync.models import InboxEntry, RowText
from sync.registry import registry
from tests import factories as make
from tests.conftest import World
from tests.fieldops.desk_of_needs import NOUNS as NEEDS
from tests.fieldops.desk_of_needs import NeedsDesk
from tests.fieldops.desk_of_tickets import NOUNS as TICKETS
from tests.fieldops.desk_of_tickets import TicketsDesk
from tests.fieldops.kinds_table import (
    ARGUMENTS,
    CHANGES,
    MAKES,
    NEW,
    OF_NOBODY,
    PLACES,
    WRITERS,
    Cell,
    read,
    without_row,
)
from tests.lamps import is_made_up
from tests.phone import Phone
from tickets.models import Ticket
from visits.entries import KINDS as VISIT_KINDS
from visits.models import Visit

pytestmark = pytest.mark.both_databases

MADE = read(MAKES)
CHANGED = read(CHANGES)
ALONE = read(OF_NOBODY)


class Desk:
    """Makes the row that a case speaks of, afresh for every case."""

    def __init__(self, world: World, otto: Member) -> None:
        self.world = world
        self.dan = make.member("Dan", territories=[world.south])
        self.otto = otto
        self.here = _desks()
        self._phones: dict[UUID, Phone] = {}
        with tenancy.acting_in(otto.organization_id):
            self.far = make.customer(otto.territories.get())
            self.abroad = _desks()

    def arguments(self, cell: Cell, writer: Member) -> dict[str, Any]:
        kind, whose = cell
        about = self._about(kind, whose, writer)
        return {**about, **ARGUMENTS.get(kind, {})}

    def _about(self, kind: str, whose: str, writer: Member) -> dict[str, Any]:
        if whose == NEW:
            return {} if kind == "preference.set" else {"theme": uuid7(), "name": f"Dust {uuid7()}"}
        return self._place(kind, whose) if whose in PLACES else self._row(kind, whose, writer)

    def _place(self, kind: str, place: str) -> dict[str, Any]:
        noun = kind.split(".")[0]
        customer = {"south": self.world.paper, "abroad": self.far}.get(place, self.world.steel)
        owner = {"south": self.dan, "abroad": self.otto}.get(place, self.world.ben)
        if noun in self.here:
            return self._new(kind, place, owner, customer)
        id = self._of(self.world.ben, self.world.steel, noun, kind) if place == "taken" else uuid7()
        if noun != "comment":
            return {noun: id, "customer": customer.pk}
        return {"comment": id, "visit": self._of(owner, customer, "visit", kind)}

    def _new(self, kind: str, place: str, owner: Member, customer: Customer) -> dict[str, Any]:
        """Abroad everything it names lies abroad."""
        noun = kind.split(".")[0]
        id = self.here[noun].taken(kind, owner, customer) if place == "taken" else uuid7()
        desk = (self.abroad if place == "abroad" else self.here)[noun]
        with tenancy.acting_in(owner.organization_id):
            return desk.new(kind, id, customer, owner)

    def _row(self, kind: str, whose: str, writer: Member) -> dict[str, Any]:
        steel, paper = self.world.steel, self.world.paper
        owners = {"own": (writer, steel), "bens": (self.world.ben, steel), "dans": (self.dan, paper)}
        noun = kind.split(".")[0]
        owner, customer = owners.get(whose, (self.otto, self.far))
        if noun not in self.here:
            return {noun: self._of(owner, customer, noun, kind)}
        desk = (self.abroad if whose == "theirs" else self.here)[noun]
        with tenancy.acting_in(owner.organization_id):
            named = "until" if kind == "notification.read_all" else noun
            row = desk.row(kind, owner, customer)
            return {named: row, **desk.beside(kind, customer, row)}

    def _of(self, member: Member, customer: Customer, noun: str, kind: str) -> UUID:
        """A row of this member's, in a state that the kind needs."""
        with tenancy.acting_in(member.organization_id):
            if noun == "entry":
                return self._parked_entry(member)
            if noun in {"customer", "site", "contact", "asset"}:
                return self._shared_row(customer, noun, is_removed=kind.endswith(".restore"))
            if noun == "conflict":
                return make.conflict(member, customer).pk
            if noun == "commitment":
                return make.commitment(member, customer).pk
            is_open = kind in {"visit.cancel", "visit.arrive", "visit.log"}
            visit = make.planned(member, customer) if is_open else make.logged(member, customer)
            return visit.pk if noun == "visit" else make.comment(member, visit).pk

    def _shared_row(self, customer: Customer, noun: str, *, is_removed: bool) -> UUID:
        """A new one beside the customer or at it: other cases need theirs as they are."""
        row: Any = make.customer(customer.territory) if noun == "customer" else getattr(make, noun)(customer)
        if is_removed:
            with make.writing() as unit:
                customer_actions.remove(unit, row)
        found: UUID = row.pk
        return found

    def _parked_entry(self, member: Member) -> UUID:
        """It is parked with all the others, by ``park``."""
        phone = self._phones.get(member.pk) or self._phones.setdefault(member.pk, Phone(member))
        return UUID(phone.write("visit.cancel", visit=uuid7()))

    def park(self) -> None:
        for phone in self._phones.values():
            phone.push()
            phone.drain()


def _desks() -> dict[str, NeedsDesk | TicketsDesk]:
    """By the noun of a kind, in the current organization."""
    needs = NeedsDesk()
    tickets = TicketsDesk(needs.ina)
    return {**dict.fromkeys(NEEDS, needs), **dict.fromkeys(TICKETS, tickets)}


@pytest.fixture
def desk(world: World, otto: Member) -> Desk:
    return Desk(world, otto)


def became(phone: Phone, kind: str, entry: str, args: dict[str, Any]) -> str:
    state, code = phone.answer_to(entry)
    if state != "applied":
        return str(code)
    facts: dict[str, tuple[Any, str]] = {
        "visit": (Visit, "visit"),
        "need.note": (Voice, "voice"),
        "voice": (Voice, "voice"),
        "ticket.open": (Ticket, "ticket"),
    }
    fact = facts.get(kind) or facts.get(kind.split(".")[0])
    if fact is None:
        return "yes"
    model, named = fact
    return "flag" if "outside_territory" in model.objects.get(pk=args[named]).flags else "yes"


# --- The tables are whole ------------------------------------------------------------------------------


def registered() -> set[str]:
    """The kinds of the product: the made-up ones of the tests apart."""
    return {name for name in registry.kinds if not is_made_up(name)}


def test_every_kind_has_its_rows_and_every_row_its_kind() -> None:
    assert without_row(registered()) == set()
    assert {kind.name for kind in VISIT_KINDS} < registered()


def test_a_kind_that_is_added_or_taken_away_is_missed_in_the_table() -> None:
    assert without_row({*registered(), "visit.dance"}) == {"visit.dance"}
    assert without_row(registered() - {"visit.log"}) == {"visit.log"}


# --- What becomes of them ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("table", [MADE, CHANGED, ALONE], ids=["makes", "changes", "of nobody"])
def test_everybodys_entries_become_what_the_table_says(
    desk: Desk, table: dict[Cell, dict[str, str]], name: str
) -> None:
    phone = Phone(getattr(desk.world, name))
    said = [(cell, args := desk.arguments(cell, phone.member), phone.write(cell[0], **args)) for cell in table]
    desk.park()
    phone.sync()
    found = [(cell, became(phone, cell[0], entry, args)) for cell, args, entry in said]
    assert lines(found) == lines((cell, expected[name]) for cell, expected in table.items())


def lines(found: Iterable[tuple[Cell, str]]) -> list[str]:
    return [f"{kind:18}{whose:8}{became}" for (kind, whose), became in found]


OWN_DEEDS = [cell for cell in [*MADE, *CHANGED, *ALONE] if cell[1] in {"north", "own", NEW}]


@pytest.mark.parametrize("name", WRITERS)
def test_a_member_who_was_switched_off_before_the_drain_does_nothing(desk: Desk, name: str) -> None:
    """B43, F26: what is parked stays readable; not one row changes."""
    member = getattr(desk.world, name)
    phone = Phone(member)
    for cell in OWN_DEEDS:
        phone.write(cell[0], **desk.arguments(cell, member))
    desk.park()
    phone.push()
    make.member("Deputy", is_admin=True)  # somebody must remain who administers
    with make.writing() as unit:
        people_actions.change_member(unit, Member.objects.get(pk=member.pk), is_active=False)
    before = all_texts(member)
    phone.drain()
    waiting = InboxEntry.objects.filter(replica=phone.replica)
    assert set(waiting.values_list("state", "code")) == {("parked", "actor_disabled")}
    assert waiting.count() == len(OWN_DEEDS)
    assert all_texts(member) == before


def all_texts(member: Member) -> dict[tuple[str, UUID], str]:
    """Every row of the organization as phones hold it."""
    texts = RowText.objects.filter(organization=member.organization)
    return {(shape, id): text for shape, id, text in texts.values_list("shape", "row_id", "text")}


def test_a_right_taken_away_before_the_drain_is_gone(desk: Desk) -> None:
    """A lead, an administrator and a rep: each entry was allowed when it was written and pushed."""
    world = desk.world
    ben, ada, ana = Member.objects.get(pk=world.ben.pk), world.ada, world.ana
    with make.writing() as unit:
        people_actions.change_team(unit, world.team, lead=ben.pk)
    phones = {member: Phone(member) for member in (ben, ada, ana)}
    promise, other = (make.commitment(ana, world.steel).pk for _ in range(2))
    entries = {
        ben: phones[ben].write("commitment.keep", commitment=promise),
        ada: phones[ada].write("commitment.keep", commitment=other),
        ana: phones[ana].write("visit.log", visit=uuid7(), customer=world.steel.pk, outcome="progress"),
    }
    for phone in phones.values():
        phone.push()
    take_away(world)
    for phone in phones.values():
        phone.drain()
        phone.pull()
    assert phones[ben].answer_to(entries[ben]) == ("parked", "not_permitted")
    assert phones[ada].answer_to(entries[ada]) == ("parked", "not_permitted")
    assert phones[ana].answer_to(entries[ana]) == ("applied", None)
    assert Visit.objects.latest("received_at").flags == ["outside_territory"]


def take_away(world: World) -> None:
    """The lead from Ben, the administration from Ada, the North from Ana."""
    with make.writing() as unit:
        people_actions.change_team(unit, Team.objects.get(pk=world.team.pk), lead=None)
        people_actions.change_member(unit, Member.objects.get(pk=world.eva.pk), is_admin=True)
        people_actions.change_member(unit, Member.objects.get(pk=world.ada.pk), is_admin=False)
        people_actions.change_member(unit, Member.objects.get(pk=world.ana.pk), territories=[world.south.pk])
