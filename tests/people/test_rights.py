"""Who reads which territories, and who answers for whom."""

from __future__ import annotations

from uuid import UUID

import pytest

from core import clock
from people import actions
from people.models import Member, Territory
from people.streams import read_by, territory_scope
from tests import factories as make
from tests.conftest import World

pytestmark = pytest.mark.both_databases

MONTH = "2026-11"


def fresh(member: Member) -> Member:
    """The member as the next request sees it."""
    return Member.objects.get(pk=member.pk)


def lead(member: Member | None, world: World) -> None:
    with make.writing() as unit:
        actions.change_team(unit, world.team, lead=member.pk if member else None)


def ids(*territories: Territory) -> frozenset[UUID]:
    return frozenset(territory.pk for territory in territories)


# --- Territories ------------------------------------------------------------------------------------


def test_a_rep_reads_the_own_territories(world: World) -> None:
    assert world.ana.territories_read() == ids(world.north)


def test_a_rep_without_a_territory_reads_none(world: World) -> None:
    assert make.member("New").territories_read() == frozenset()


@pytest.mark.parametrize("who", ["jun", "eva", "ada"])
def test_engineers_executives_and_administrators_read_all(world: World, who: str) -> None:
    assert getattr(world, who).territories_read() is None


def test_a_rep_who_administers_reads_all(world: World) -> None:
    assert make.member("Admin", is_admin=True).territories_read() is None


def test_a_manager_reads_what_the_own_team_works_in(world: World) -> None:
    assert world.mia.territories_read() == ids(world.north)


def test_a_manager_reads_the_own_territories_too(world: World) -> None:
    manager = make.member("Max", role="manager", team=world.team, territories=[world.south])
    assert manager.territories_read() == ids(world.north, world.south)


def test_a_manager_without_a_team_reads_the_own_territories_only(world: World) -> None:
    assert make.member("Max", role="manager").territories_read() == frozenset()
    assert make.member("Moe", role="manager", territories=[world.south]).territories_read() == ids(world.south)


def test_whoever_leads_a_team_reads_what_it_works_in(world: World) -> None:
    lead(world.carl, world)
    assert fresh(world.carl).territories_read() == ids(world.north, world.south)


def test_a_rep_in_the_team_does_not(world: World) -> None:
    colleague = make.member("Con", team=world.team, territories=[world.south])
    assert colleague.territories_read() == ids(world.south)


def test_a_grant_counts_from_the_next_request_on(world: World) -> None:
    with make.writing() as unit:
        actions.grant(unit, world.ana, [world.south])
    assert fresh(world.ana).territories_read() == ids(world.north, world.south)


# --- Who answers for whom ------------------------------------------------------------------------------


def test_the_lead_answers_for_the_team(world: World) -> None:
    lead(world.ben, world)
    assert fresh(world.ben).leads(fresh(world.ana))
    assert not fresh(world.ben).leads(fresh(world.carl))
    assert not fresh(world.mia).leads(fresh(world.ana))


def test_an_administrator_answers_for_everybody(world: World) -> None:
    assert all(world.ada.leads(member) for member in world.everybody)


def test_nobody_answers_for_a_member_without_a_team(world: World) -> None:
    assert not any(member.leads(world.carl) for member in world.everybody if not member.is_admin)


def test_a_team_without_a_lead_has_nobody_who_answers(world: World) -> None:
    lead(world.ben, world)
    lead(None, world)
    assert not fresh(world.ben).leads(fresh(world.ana))


# --- How far back ---------------------------------------------------------------------------------------


def months_read(member: Member, territory: Territory) -> int:
    scope = territory_scope(territory.pk)
    streams = list(read_by(member, MONTH))
    read = {name.removeprefix(f"{scope}/") for name in streams if name.startswith(f"{scope}/")}
    if not read:
        return 0
    months = read - {"base"}
    assert months == set(clock.months_back(MONTH, len(months)))  # the newest, without a gap
    assert "base" in read
    return len(months)


def test_a_rep_holds_thirteen_months_of_the_own_territories(world: World) -> None:
    assert (months_read(world.ana, world.north), months_read(world.ana, world.south)) == (13, 0)


def test_a_manager_holds_three_months_of_the_teams_territories(world: World) -> None:
    assert (months_read(world.mia, world.north), months_read(world.mia, world.south)) == (3, 0)


@pytest.mark.parametrize("who", ["jun", "eva", "ada"])
def test_who_reads_everything_holds_two_months_of_it(world: World, who: str) -> None:
    member = getattr(world, who)
    assert (months_read(member, world.north), months_read(member, world.south)) == (2, 2)


def test_a_rep_who_administers_holds_thirteen_months_of_the_own_territories(world: World) -> None:
    member = make.member("Admin", is_admin=True, territories=[world.north])
    assert (months_read(member, world.north), months_read(member, world.south)) == (13, 2)


def test_a_rep_who_leads_holds_three_months_of_the_teams_territories(world: World) -> None:
    lead(world.carl, world)
    assert (months_read(fresh(world.carl), world.north), months_read(fresh(world.carl), world.south)) == (3, 13)


def test_everybody_holds_thirteen_months_of_what_they_did(world: World) -> None:
    for member in world.everybody:
        mine = [name for name in read_by(member, MONTH) if name.startswith(f"u:{member.pk}/")]
        assert len(mine) == 14, member.name


def test_nobody_reads_what_another_did_by_their_name(world: World) -> None:
    for member in world.everybody:
        others = {f"u:{other.pk}" for other in world.everybody if other != member}
        assert not any(name.split("/")[0] in others for name in read_by(member, MONTH))
