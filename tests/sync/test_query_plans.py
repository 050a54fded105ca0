"""What a unit asks at its close must cost by what it touched, not by how much the organization has."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.conftest import World

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plans; the indexes are the same")
def test_texts_and_places_of_touched_rows_are_found_by_their_ids(world: World) -> None:
    visit = make.logged(world.ana, world.steel)
    with CaptureQueriesContext(connection) as queries, make.writing(world.ana) as unit:
        unit.record(visit)
        unit.record(world.steel)
    asked = [query["sql"] for query in queries if _reads_text_or_log(query["sql"])]
    assert len(asked) == 4  # two shapes, and of each the texts and the places
    for sql in asked:
        assert "row_id=?" in _plan(sql), sql


def _reads_text_or_log(sql: str) -> bool:
    return sql.startswith("SELECT") and ('FROM "sync_rowtext"' in sql or 'FROM "sync_log"' in sql)


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return " ".join(str(row[3]) for row in cursor.fetchall())
