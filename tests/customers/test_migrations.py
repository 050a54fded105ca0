"""Migrations that move data."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core import tenancy
from customers.models import Site
from tests import factories as make
from tests.conftest import World

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


def migrate(name: str | None) -> None:
    """To this migration of the room, or to the newest of all: rooms above go back with it."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes() if name is None else [("customers", name)])


@pytest.fixture
def first_schema() -> Iterator[None]:
    migrate("0001_first")
    yield
    migrate(None)


def test_half_a_place_becomes_none_and_a_whole_one_stays(cast: World, first_schema: None) -> None:
    with tenancy.acting_in(cast.organization.pk):
        half, other, whole = (make.site(cast.steel) for _ in range(3))
        Site.objects.filter(pk=half.pk).update(latitude=None)
        Site.objects.filter(pk=other.pk).update(longitude=None)
        migrate("0003_half_a_place_is_none")
        places = {site.pk: (site.latitude, site.longitude) for site in Site.objects.all()}
    assert places[half.pk] == places[other.pk] == (None, None)
    assert places[whole.pk] == (whole.latitude, whole.longitude)
