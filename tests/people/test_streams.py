"""One answer to "may see": what REST shows a member and what the member's phone holds are the same rows.

For any organization hypothesis can think of: roles, teams, leads, grants, authors, participants, and
facts closed at any time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock, tenancy
from core.models import Row
from customers.models import Contact, Customer, Site
from fieldops.urls import router
from people.models import Member, Organization, Team, Territory, User
from sync.registry import Streams, registry
from tests import factories as make
from visits.models import Comment, Commitment, Visit

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
PLACES, PEOPLE = 3, 6
# Days since a fact was closed: today, last month, and on both sides of two, three and thirteen months. None: open.
AGES = st.sampled_from([None, 0, 20, 40, 70, 100, 350, 500])
ROUTED: list[Any] = [viewset for _, viewset, _ in router.registry if hasattr(viewset, "shape")]
VIEWSETS: dict[str, Any] = {viewset.shape: viewset for viewset in ROUTED}
# Every phone holds at least so many months of whatever its member may see.
SHORTEST_MONTHS = 2

people = st.fixed_dictionaries(
    {
        "role": st.sampled_from(Member.Role.values),
        "is_admin": st.sampled_from([False, False, False, True]),
        "team": st.sampled_from([None, 0, 1]),
        "territories": st.sets(st.integers(0, PLACES - 1)),
    }
)
facts = st.fixed_dictionaries(
    {
        "place": st.integers(0, PLACES - 1),
        "by": st.integers(0, PEOPLE - 1),
        "with_": st.sets(st.integers(0, PEOPLE - 1), max_size=2),
        "speaks": st.integers(0, PEOPLE - 1),
        "promises": st.integers(0, PEOPLE - 1),
        "closed": AGES,
        "kept": AGES,
    }
)
worlds = st.fixed_dictionaries(
    {
        "people": st.lists(people, min_size=PEOPLE, max_size=PEOPLE),
        "leads": st.lists(st.sampled_from([None, *range(PEOPLE)]), min_size=2, max_size=2),
        "facts": st.lists(facts, min_size=1, max_size=6),
    }
)


@given(world=worlds)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_rest_and_phones_agree_on_what_a_member_may_see(db: None, world: dict[str, Any]) -> None:
    with time_machine.travel(NOW, tick=False), _undone(), tenancy.acting_in(_build(world)):
        readable = {member: _readable(member) for member in Member.objects.select_related("user")}
        for shape in VIEWSETS:
            streams, old = _streams(shape), _long_closed(shape)
            for member, names in readable.items():
                who, shown, held = f"{member.role} {member.name}", _shown(member, shape), _held(names, streams)
                assert held <= shown, f"the phone of {who} holds a {shape} that REST does not show"
                assert shown - old <= held, f"REST shows {who} a {shape} that the phone does not hold"


def _shown(member: Member, shape: str) -> set[UUID]:
    """By REST: what the viewset itself takes its rows from."""
    viewset = VIEWSETS[shape]()
    viewset.request, viewset.action = SimpleNamespace(user=member.user), "list"
    return set(viewset.seen().values_list("pk", flat=True))


def _readable(member: Member) -> frozenset[str]:
    return registry.streams_of(member, clock.month_of(clock.now(), "Asia/Seoul"))


def _held(readable: frozenset[str], streams: Streams) -> set[UUID]:
    """On the phone: the rows whose streams meet the member's."""
    return {id for id, names in streams.items() if names & readable}


def _streams(shape: str) -> Streams:
    return registry.shapes[shape].streams(_all(shape))


def _long_closed(shape: str) -> set[UUID]:
    """Rows that some phone may already have let go: closed before the months that every phone holds."""
    recent = clock.months_back(clock.month_of(clock.now(), "Asia/Seoul"), SHORTEST_MONTHS)
    return {row.pk for row in _all(shape) if (at := _closed_at(row)) and clock.month_of(at, "Asia/Seoul") not in recent}


def _closed_at(row: Row) -> datetime | None:
    fact = row.visit if isinstance(row, Comment) else row
    return getattr(fact, "closed_at", None)


def _all(shape: str) -> list[Any]:
    if shape == "organization":
        return list(Organization.objects.filter(pk=tenancy.require_id()))
    return list(registry.shapes[shape].model.objects.all())


# --- Building ---------------------------------------------------------------------------------------------


@contextmanager
def _undone() -> Iterator[None]:
    """A savepoint that is always rolled back: every example begins with an empty database."""
    savepoint = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(savepoint)


def _build(world: dict[str, Any]) -> UUID:
    """Straight into the tables: which streams a row is in is read from the rows, not from how they came."""
    organization = Organization.objects.create(name="Any")
    with tenancy.acting_in(organization.pk):
        places = [Territory.objects.create(name=f"Place {number}") for number in range(PLACES)]
        teams = [Team.objects.create(name=f"Team {number}") for number in range(2)]
        members = [_member(number, values, teams, places) for number, values in enumerate(world["people"])]
        for team, leader in zip(teams, world["leads"], strict=True):
            team.lead = None if leader is None else members[leader]
            team.save()
        customers = [Customer.objects.create(name=place.name, territory=place) for place in places]
        for customer in customers:
            site = Site.objects.create(customer=customer, name="Gate")
            Contact.objects.create(customer=customer, site=site, name="Ms Park")
        for values in world["facts"]:
            _fact(values, customers, members)
    return organization.pk


def _member(number: int, values: dict[str, Any], teams: list[Team], places: list[Territory]) -> Member:
    user = User.objects.create(email=f"member{number}@example.com")
    team = None if values["team"] is None else teams[values["team"]]
    member = Member.objects.create(
        user=user, name=f"Member {number}", role=values["role"], is_admin=values["is_admin"], team=team
    )
    member.territories.set([places[index] for index in values["territories"]])
    return member


def _fact(values: dict[str, Any], customers: list[Customer], members: list[Member]) -> None:
    customer, author = customers[values["place"]], members[values["by"]]
    written = {"made_at": NOW, "made_offset": 540, "received_at": NOW}
    closed_at, kept_at = _ago(values["closed"]), _ago(values["kept"])
    visit = Visit.objects.create(
        customer=customer,
        member=author,
        state="planned" if closed_at is None else "finished",
        outcome=None if closed_at is None else "progress",
        closed_at=closed_at,
        flags=[],
        **written,
    )
    visit.participants.set([members[index] for index in values["with_"]])
    Comment.objects.create(visit=visit, member=members[values["speaks"]], text="So", **written)
    Commitment.objects.create(
        customer=customer,
        visit=visit,
        member=members[values["promises"]],
        step="quote",
        due_on=NOW.date(),
        state="open" if kept_at is None else "kept",
        closed_at=kept_at,
        **written,
    )


def _ago(days: int | None) -> datetime | None:
    return None if days is None else NOW - timedelta(days=days)


# --- The same by hand ----------------------------------------------------------------------------------------


@pytest.fixture
def organization(db: None) -> Iterator[Organization]:
    found = make.organization()
    with tenancy.acting_in(found.pk):
        yield found


def test_a_participant_sees_the_visit_of_another_territory(organization: Organization) -> None:
    place = make.territory()
    author, guest, stranger = (make.member(territories=[place]), make.member(), make.member())
    visit = make.logged(author, make.customer(place))
    visit.participants.add(guest)
    assert _held(_readable(guest), _streams("visit")) == _shown(guest, "visit") == {visit.pk}
    assert _held(_readable(stranger), _streams("visit")) == _shown(stranger, "visit") == set()


def test_who_comments_keeps_the_comment_without_seeing_the_visit(organization: Organization) -> None:
    place = make.territory()
    visit = make.logged(make.member(territories=[place]), make.customer(place))
    passer_by = make.member()
    said = make.comment(passer_by, visit)
    assert _held(_readable(passer_by), _streams("comment")) == _shown(passer_by, "comment") == {said.pk}
    assert _held(_readable(passer_by), _streams("visit")) == _shown(passer_by, "visit") == set()
