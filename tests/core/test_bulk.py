"""Inserts that go around Django's own: what they promise must hold on both databases."""

from __future__ import annotations

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from core import bulk, clock
from core.errors import Problem
from core.ids import uuid7
from core.models import insert
from customers.models import Customer
from sync.models import Effect, Tick
from tests import factories as make
from tests.conftest import World
from visits.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_values_come_back_as_they_went_in(world: World) -> None:
    ids = [uuid7() for _ in range(3)]
    bulk.insert(Effect, ("entry_id", "sha"), ((id, "ab" * 32) for id in ids), same=_same(world, seq=7))
    found = Effect.objects.filter(entry_id__in=ids)
    assert {(one.entry_id, one.sha, one.seq, one.organization_id) for one in found} == {
        (id, "ab" * 32, 7, world.organization.pk) for id in ids
    }


def test_more_rows_than_one_statement_takes_go_in_several(world: World) -> None:
    ids = [uuid7() for _ in range(bulk.MOST_ROWS + 1)]
    with CaptureQueriesContext(connection) as queries:
        bulk.insert(Effect, ("entry_id", "sha"), ((id, "") for id in ids), same=_same(world, seq=1))
    assert len(queries) == 2
    assert Effect.objects.filter(entry_id__in=ids).count() == len(ids)


def test_no_rows_are_no_statement(world: World) -> None:
    with CaptureQueriesContext(connection) as queries:
        bulk.insert(Effect, ("entry_id", "sha"), [], same=_same(world, seq=1))
    assert len(queries) == 0


def test_a_row_that_is_there_gets_the_columns_to_update_and_keeps_the_others(world: World) -> None:
    id = uuid7()
    key = ("organization_id", "entry_id")
    bulk.insert(Effect, ("entry_id", "sha"), [(id, "first")], same=_same(world, seq=1))
    bulk.insert(Effect, ("entry_id", "sha"), [(id, "second")], same=_same(world, seq=2), unique=key, update=("seq",))
    found = Effect.objects.get(entry_id=id)
    assert (found.sha, found.seq) == ("first", 2)


def test_a_column_that_is_forgotten_is_a_mistake_and_not_an_empty_value(world: World) -> None:
    with pytest.raises(ValueError, match="tag"):
        bulk.insert(Tick, ("seq",), [(1,)], same={"organization_id": world.organization.pk, "at": clock.now()})


def test_a_new_row_is_saved_whole_and_known_as_saved(world: World) -> None:
    made = Customer(name="Sejong Glass", territory=world.north)
    insert(made, field="id")
    made.name = "Sejong Glass Works"
    made.save()  # an update: a second insert would fail
    assert Customer.objects.get(pk=made.pk).name == "Sejong Glass Works"


def test_an_id_that_another_row_has_is_taken_and_the_transaction_goes_on(world: World) -> None:
    with pytest.raises(Problem) as refused:
        insert(Customer(id=world.steel.pk, name="Again", territory=world.north), field="customer")
    assert (refused.value.code.name, refused.value.params) == ("id_taken", {"field": "customer"})
    assert Customer.objects.get(pk=world.steel.pk).name == "Daehan Steel"


def test_an_id_is_taken_for_every_organization(world: World) -> None:
    from_elsewhere = make.organization("Elsewhere")
    with make.acting(from_elsewhere):
        territory = make.territory()
        with pytest.raises(Problem) as refused:
            insert(Customer(id=world.steel.pk, name="Mine", territory=territory), field="id")
    assert refused.value.code.name == "id_taken"


def _same(world: World, *, seq: int) -> dict[str, object]:
    return {"organization_id": world.organization.pk, "seq": seq}


def test_a_row_found_by_its_key_is_the_row_that_a_query_finds(world: World) -> None:
    visit = make.logged(world.ana, world.steel, note="a note", minutes=20)
    found, queried = Visit.objects.by_id(visit.pk), Visit.objects.get(pk=visit.pk)
    assert found is not None
    assert model_to_dict(found) == model_to_dict(queried)
    assert (found.flags, found.logged_at, found.closed_at) == (queried.flags, queried.logged_at, queried.closed_at)
    assert not found._state.adding


def test_a_row_of_another_organization_is_not_found_by_its_key(world: World) -> None:
    elsewhere = make.organization("Elsewhere")
    with make.acting(elsewhere):
        assert Customer.objects.by_id(world.steel.pk) is None
