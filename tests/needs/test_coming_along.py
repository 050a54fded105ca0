"""What becomes of a joining when its visit is over, or will not be; and who has seen it with their own eyes."""

from __future__ import annotations

from typing import Any

import pytest

from core import tenancy
from needs import actions, coming_along
from needs.coming_along import settle_joinings
from needs.models import Joining, Need, Tally
from people.actions import change_member
from people.models import Member
from tests import factories as make
from tests.conftest import World
from tests.phone import Phone
from visits import actions as visit_actions
from visits.models import Visit

pytestmark = pytest.mark.both_databases


@pytest.fixture
def need(world: World) -> Need:
    return make.sorted_need(world.jun, world.steel, "Quieter pumps", heard_by=world.ana)


@pytest.fixture
def visit(world: World) -> Visit:
    return make.planned(world.ana, world.steel)


def do(by: Member | None, action: Any, **values: Any) -> None:
    with make.writing(by) as unit:
        action(unit, **values)


def ask(world: World, visit: Visit, need: Need | None = None, *, is_accepted: bool = True) -> Joining:
    joining = make.joining(world.jun, visit, need=None if need is None else need.pk)
    if is_accepted:
        do(world.ana, actions.accept_joining, joining=joining.pk)
    return joining


def log(world: World, visit: Visit) -> None:
    do(world.ana, visit_actions.log_visit, visit=visit.pk, customer=visit.customer_id, outcome="progress")


def miss(world: World, visit: Visit) -> None:
    with make.writing() as unit:
        visit_actions.miss_visit(unit, Visit.objects.get(pk=visit.pk))


def cancel(world: World, visit: Visit) -> None:
    do(world.ana, visit_actions.cancel_visit, visit=visit.pk)


def withdraw(world: World, visit: Visit) -> None:
    do(world.ana, visit_actions.withdraw_visit, visit=visit.pk)


def arrive(world: World, visit: Visit) -> None:
    do(world.ana, visit_actions.arrive, visit=visit.pk, customer=visit.customer_id)


def log_and_withdraw(world: World, visit: Visit) -> None:
    log(world, visit)
    withdraw(world, visit)


def nothing(world: World, visit: Visit) -> None:
    pass


@pytest.mark.parametrize(
    ("is_accepted", "happened", "became"),
    [
        (True, nothing, "accepted"),
        (True, arrive, "accepted"),
        (True, log, "went"),
        (True, cancel, "off"),
        (True, miss, "off"),
        (True, withdraw, "off"),
        (True, log_and_withdraw, "off"),
        (False, nothing, "asked"),
        (False, arrive, "off"),
        (False, log, "off"),
        (False, cancel, "off"),
        (False, miss, "off"),
        (False, withdraw, "off"),
    ],
)
def test_what_becomes_of_it(world: World, visit: Visit, is_accepted: bool, happened: Any, became: str) -> None:
    joining = ask(world, visit, is_accepted=is_accepted)
    happened(world, visit)
    assert settle_joinings() == (0 if became in Joining.OPEN_STATES else 1)
    settled = Joining.objects.get(pk=joining.pk)
    assert (settled.state, settled.closed_at is None) == (became, became in Joining.OPEN_STATES)
    assert settle_joinings() == 0


def test_what_was_refused_or_taken_back_is_left_alone(world: World, visit: Visit) -> None:
    refused = make.joining(world.jun, visit)
    do(world.ana, actions.refuse_joining, joining=refused.pk)
    taken_back = make.joining(world.eva, visit)
    do(world.eva, actions.withdraw_joining, joining=taken_back.pk)
    log(world, visit)
    assert settle_joinings() == 0
    assert set(Joining.objects.values_list("state", flat=True)) == {"refused", "withdrawn"}


def test_both_phones_hear_of_it(world: World, visit: Visit) -> None:
    joining = ask(world, visit)
    log(world, visit)
    settle_joinings()
    for member in (world.ana, world.jun):
        phone = Phone(member)
        phone.pull()
        held = phone.holds("joining", joining.pk)
        assert held is not None
        assert held["state"] == "went"


def test_many_are_settled_over_several_units_in_every_organization(
    world: World, otto: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coming_along, "UNIT_ROWS", 2)
    for _ in range(5):
        visit = make.planned(world.ana, world.steel)
        ask(world, visit)
        log(world, visit)
    with tenancy.acting_in(otto.organization_id):
        customer, guest = make.customer(otto.territories.get()), make.member(role="engineer")
        theirs = make.joining(guest, make.planned(otto, customer))
        do(otto, visit_actions.cancel_visit, visit=theirs.visit_id)
    with tenancy.acting_in(None):
        assert settle_joinings() == 6
    assert set(Joining.everywhere.values_list("state", flat=True)) == {"went", "off"}


# --- Who has seen it ------------------------------------------------------------------------------------


def witnesses(need: Need) -> list[str]:
    ids = Tally.objects.get(pk=need.pk).witnesses
    return sorted(Member.objects.filter(pk__in=ids).values_list("name", flat=True))


def test_whoever_went_along_for_it_has_seen_it(world: World, need: Need, visit: Visit) -> None:
    ask(world, visit, need)
    assert witnesses(need) == []
    log(world, visit)
    settle_joinings()
    assert witnesses(need) == ["Jun"]


def test_whoever_was_to_go_along_and_did_not_has_not(world: World, need: Need, visit: Visit) -> None:
    ask(world, visit, need)
    cancel(world, visit)
    settle_joinings()
    assert witnesses(need) == []


def test_so_has_whoever_was_there_when_it_was_told_on_site(world: World, need: Need, visit: Visit) -> None:
    """Jun went for something else; what Ana heard there he heard as well. She only heard it."""
    ask(world, visit)
    log(world, visit)
    make.need(world.ana, world.steel, need=need.pk, visit=visit.pk)
    assert witnesses(need) == ["Jun"]


def test_not_whoever_was_on_the_telephone(world: World, need: Need) -> None:
    call = make.planned(world.ana, world.steel, channel="phone")
    ask(world, call)
    log(world, call)
    make.need(world.ana, world.steel, need=need.pk, visit=call.pk)
    assert witnesses(need) == []


def test_so_has_whoever_says_that_they_saw_it(world: World, need: Need) -> None:
    make.need(world.ben, world.steel, need=need.pk, how="seen")
    make.need(world.carl, world.paper, need=need.pk, how="inferred")
    make.observation(world.eva, world.steel, need=need.pk)
    assert witnesses(need) == ["Ben", "Eva"]


def test_what_was_seen_of_a_need_counts_in_its_group(world: World, need: Need, visit: Visit) -> None:
    other = make.need(world.carl, world.paper)
    ask(world, visit, other)
    log(world, visit)
    settle_joinings()
    do(world.jun, actions.merge_need, need=other.pk, into=need.pk)
    assert (witnesses(need), witnesses(other)) == (["Jun"], ["Jun"])
    do(world.jun, actions.unmerge_need, need=other.pk)
    assert (witnesses(need), witnesses(other)) == ([], ["Jun"])


# --- The visit itself -----------------------------------------------------------------------------------


def test_whoever_comes_along_sees_a_visit_to_a_customer_they_do_not_see(world: World) -> None:
    """Ben asked when he still had the North; then it was taken from him."""
    visit = make.planned(world.ana, world.steel)
    make.comment(world.mia, visit)
    joining = make.joining(world.ben, visit)
    with make.writing() as unit:
        change_member(unit, world.ben, territories=[world.south.pk])
    phone = Phone(world.ben)
    phone.pull()
    assert (phone.holds("visit", visit.pk), phone.all("comment")) == (None, [])
    do(world.ana, actions.accept_joining, joining=joining.pk)
    phone.pull()
    held = phone.holds("visit", visit.pk)
    assert held is not None
    assert held["participants"] == [str(world.ben.pk)]
    assert len(phone.all("comment")) == 1
    do(world.ben, actions.withdraw_joining, joining=joining.pk)
    phone.pull()
    assert (phone.holds("visit", visit.pk), phone.all("comment")) == (None, [])


def test_two_ask_and_each_is_answered(world: World, visit: Visit) -> None:
    first, second = make.joining(world.jun, visit), make.joining(world.eva, visit)
    do(world.ana, actions.accept_joining, joining=first.pk)
    do(world.ana, actions.refuse_joining, joining=second.pk)
    assert list(Visit.objects.get(pk=visit.pk).participants.all()) == [world.jun]
