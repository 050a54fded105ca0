"""The cast. Ana and Ben work the North, Carl the South; Mia manages the North; Jun is an engineer, Eva the
executive, Ada administers. Otto works for another organization and must never see a thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, connections
from django.test import TransactionTestCase

from core import tenancy
from customers.models import Customer, Site
from people.models import Member, Organization, Team, Territory
from sync import session
from sync.rates import rates
from tests import factories as make
from tests.remembered import Remembered, remember


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pulls and lists read through a second door to the same database: every database test may use both."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        uses_database = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        if mark is not None:
            item.add_marker(pytest.mark.django_db(**{"databases": "__all__", **mark.kwargs}), append=False)
        elif uses_database:
            item.add_marker(pytest.mark.django_db(databases="__all__"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """In this thread both doors are one connection, so that reads see the test's own open transaction.

    Threads and processes that tests start get real doors of their own.
    """
    connections["reader"] = connections["default"]
    TransactionTestCase._fixture_teardown = _empty_tables  # type: ignore[attr-defined]  # Django's stubs lack it
    yield
    pooled: Any = connections.create_connection("reader")
    if pooled.vendor == "postgresql":
        pooled.close_pool()  # what threads left in it would keep the database busy


def _empty_tables(test: TransactionTestCase) -> None:
    """Takes away what a test committed, and leaves what the migrations wrote: Django would write all of it anew, for
    each of the two doors, which takes longer than most tests."""
    kept = {ContentType._meta.db_table, Permission._meta.db_table}
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - kept
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), sorted(tables)))


@dataclass
class World:
    organization: Organization
    north: Territory
    south: Territory
    team: Team
    ana: Member
    ben: Member
    carl: Member
    mia: Member
    jun: Member
    eva: Member
    ada: Member
    steel: Customer  # in the North
    gate: Site  # of the steel works
    paper: Customer  # in the South

    @property
    def everybody(self) -> list[Member]:
        return [self.ana, self.ben, self.carl, self.mia, self.jun, self.eva, self.ada]


@pytest.fixture(autouse=True)
def _fresh_process_state() -> Iterator[None]:
    """What a server process remembers between requests must not pass from one test to the next."""
    session.forget_trust()
    rates.buckets.clear()
    yield
    assert tenancy.current_id() is None, "a test left an organization set"


@pytest.fixture(scope="session")
def _remembered_cast(django_db_setup: None, django_db_blocker: Any) -> Remembered[World]:
    with django_db_blocker.unblock():
        return remember(build_cast)


@pytest.fixture
def cast(_remembered_cast: Remembered[World], db: None) -> World:
    return _remembered_cast.again()


@pytest.fixture
def world(cast: World) -> Iterator[World]:
    """The cast, with their organization current."""
    with tenancy.acting_in(cast.organization.pk):
        yield cast


@pytest.fixture
def otto(db: None) -> Member:
    """A rep of another organization."""
    return build_stranger()


def build_stranger() -> Member:
    other = make.organization("Elsewhere", language="en")
    with tenancy.acting_in(other.pk):
        return make.member("Otto", territories=[make.territory("Far away")], email="otto@example.com")


def build_cast() -> World:
    organization = make.organization("Steel and Paper Services")
    with tenancy.acting_in(organization.pk):
        north, south = make.territory("North"), make.territory("South")
        team = make.team("North team")
        steel, paper = make.customer(north, "Daehan Steel"), make.customer(south, "Hanil Paper")
        return World(
            organization=organization,
            north=north,
            south=south,
            team=team,
            ana=make.member("Ana", territories=[north], team=team, email="ana@example.com"),
            ben=make.member("Ben", territories=[north], team=team, email="ben@example.com"),
            carl=make.member("Carl", territories=[south], email="carl@example.com"),
            mia=make.member("Mia", role="manager", team=team, email="mia@example.com"),
            jun=make.member("Jun", role="engineer", job="rnd", email="jun@example.com"),
            eva=make.member("Eva", role="executive", job="management", email="eva@example.com"),
            ada=make.member("Ada", role="manager", is_admin=True, email="ada@example.com"),
            steel=steel,
            gate=make.site(steel),
            paper=paper,
        )
