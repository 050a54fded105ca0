"""Units of work: what is written is logged, numbered last and rung after the commit; what fails leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from core import clock, faults
from core.errors import NOTHING_CHANGED, Problem
from core.ids import uuid7
from customers.actions import change_customer
from customers.models import Customer
from sync import changes
from sync.changes import MOST_CHANGES, Actor, Unit, UnitError
from sync.models import Audit, Counter, Log, RowText, Tick
from sync.registry import registry
from tests.conftest import World
from tests.lamps import actions
from tests.lamps import factories as put
from tests.lamps.models import House, Key, Lamp
from tests.sync.conftest import BLUE, RED, Street
from tests.sync.valkey import Bell

pytestmark = pytest.mark.both_databases

TABLES: tuple[type[models.Model], ...] = (Counter, Tick, RowText, Log, Audit, House, Lamp, Customer)
Places = dict[str, tuple[int, bool]]


class Fails(Exception):
    """Whatever went wrong in a unit."""


def head() -> int:
    return Counter.objects.get().seq


def places(row: models.Model) -> Places:
    """Where a row is logged: stream, number, and whether it is to be seen there."""
    logged = Log.objects.filter(row_id=row.pk).values_list("stream", "seq", "is_put")
    return {stream: (seq, is_put) for stream, seq, is_put in logged}


def text_of(row: models.Model) -> RowText:
    return RowText.objects.get(row_id=row.pk)


def everything() -> list[list[dict[str, Any]]]:
    """All that a unit may write, to be compared with what was there before."""
    return [list(model._base_manager.order_by("pk").values()) for model in TABLES]


# --- Numbers --------------------------------------------------------------------------------------


def test_a_unit_takes_one_number_however_much_it_changes(street: Street) -> None:
    before = head()
    lamps = put.lamps(street.ana, street.red, 3)
    assert head() == before + 1
    assert {seq for lamp in lamps for seq, _ in places(lamp).values()} == {before + 1}
    assert Audit.objects.get(seq=before + 1).rows == [["lamp", str(lamp.pk)] for lamp in lamps]


def test_the_number_is_taken_when_all_work_is_done_and_only_the_log_is_left(street: Street) -> None:
    """I5: whatever could make it wait for another unit comes before, so numbers become visible in order."""
    with CaptureQueriesContext(connection) as queries:
        put.lamp(street.ana, street.red)
    said = [query["sql"] for query in queries.captured_queries]
    taken = [index for index, text in enumerate(said) if text.startswith("UPDATE sync_counter")]
    assert len(taken) == 1
    before, after = said[: taken[0]], said[taken[0] + 1 :]
    assert _writes(before) == {Lamp._meta.db_table, RowText._meta.db_table}
    assert _writes(after) == {Tick._meta.db_table, Log._meta.db_table, Audit._meta.db_table}
    assert not [text for text in after if "FOR UPDATE" in text]


def _writes(said: list[str]) -> set[str]:
    """The tables these statements write to."""
    words = [text.replace('"', "").split() for text in said]
    found = {one[2] for one in words if one[:2] == ["INSERT", "INTO"]}
    return found | {one[1] for one in words if one[0] == "UPDATE"}


def test_every_number_has_a_tag_of_its_own(street: Street) -> None:
    for _ in range(5):
        put.lamp(street.ana, street.red)
    counter, ticks = Counter.objects.get(), list(Tick.objects.order_by("seq"))
    assert [tick.seq for tick in ticks] == list(range(1, counter.seq + 1))
    assert ticks[-1].tag == counter.tag
    assert len({tick.tag for tick in ticks}) == len(ticks)
    assert all(len(tick.tag) == 16 for tick in ticks)


# --- Texts and places -----------------------------------------------------------------------------


def test_the_stored_text_is_what_the_shape_renders_to_the_letter(street: Street) -> None:
    lamp = put.lamp(street.ana, street.red, "노란색 \N{ELECTRIC LIGHT BULB}")
    put.switched(street.ben, lamp)
    for shape, row in (("house", street.red), ("lamp", lamp)):
        kind = registry.shapes[shape]
        rendered = orjson.dumps(kind.render(kind.fetch([row.pk])[0])).decode()
        assert text_of(row).text == rendered
        assert text_of(row).anchor == street.red.pk


def test_another_text_has_another_version_and_the_same_text_the_same(street: Street) -> None:
    lamp = put.lamp(street.ana, street.red)
    first = text_of(lamp).rv
    put.switched(street.ana, lamp)
    second = text_of(lamp).rv
    with put.writing() as unit:
        unit.record(lamp)
    assert first != second == text_of(lamp).rv


def test_a_row_is_logged_once_in_each_of_its_streams(street: Street) -> None:
    lamp = put.lamp(street.ana, street.red)
    made = head()
    assert places(lamp) == {f"h:{RED}/base": (made, True), f"m:{street.ana.pk}/base": (made, True)}
    put.switched(street.ben, lamp)
    assert places(lamp) == {f"h:{RED}/base": (made + 1, True), f"m:{street.ana.pk}/base": (made + 1, True)}


def test_a_row_that_leaves_a_stream_is_logged_as_gone_there(street: Street) -> None:
    lamp = put.lamp(street.ana, street.red)
    put.closed(street.ana, lamp)
    closed, month = head(), clock.month_of(clock.now(), "Asia/Seoul")
    mine = f"m:{street.ana.pk}"
    assert places(lamp) == {
        f"h:{RED}/base": (closed, False),
        f"{mine}/base": (closed, False),
        f"h:{RED}/{month}": (closed, True),
        f"{mine}/{month}": (closed, True),
    }


def test_a_row_that_is_deleted_is_gone_everywhere(street: Street) -> None:
    lamp = put.lamp(street.ana, street.red)
    put.deleted(street.ana, lamp)
    assert set(places(lamp).values()) == {(head(), False)}


def test_a_row_that_returns_to_a_stream_is_seen_there_again(street: Street) -> None:
    lamp = put.lamp(street.ana, street.red)
    put.closed(street.ana, lamp)
    with put.writing() as unit:
        actions.reopen(unit, lamp=lamp.pk)
    assert {stream for stream, (_, is_put) in places(lamp).items() if is_put} == {
        f"h:{RED}/base",
        f"m:{street.ana.pk}/base",
    }


def test_a_row_that_renders_the_same_is_logged_nowhere_anew(street: Street) -> None:
    lamp = put.lamp(street.ana, street.red)
    before = places(lamp), text_of(lamp).rv
    with put.writing() as unit:
        unit.record(lamp)
    assert (places(lamp), text_of(lamp).rv) == before


# --- Moves ----------------------------------------------------------------------------------------


def test_a_move_takes_every_row_of_the_anchor_along_by_period(street: Street) -> None:
    opened, closed = put.lamp(street.ana, street.red), put.lamp(street.ben, street.red)
    put.closed(street.ben, closed)
    month = clock.month_of(clock.now(), "Asia/Seoul")
    rvs = [text_of(row).rv for row in (opened, closed)]
    put.moved(street.red, BLUE)
    moved = head()
    for row, period in ((street.red, "base"), (opened, "base"), (closed, month)):
        found = places(row)
        assert found[f"h:{RED}/{period}"] == (moved, False)
        assert found[f"h:{BLUE}/{period}"] == (moved, True)
    assert [text_of(row).rv for row in (opened, closed)] == rvs


def test_a_move_leaves_the_other_scopes_of_a_row_alone(street: Street) -> None:
    lamp = put.lamp(street.ana, street.red)
    made = head()
    put.moved(street.red, BLUE)
    assert places(lamp)[f"m:{street.ana.pk}/base"] == (made, True)


def test_a_move_leaves_what_hangs_on_another_anchor_alone(street: Street) -> None:
    other = put.lamp(street.ana, put.house(RED))
    before = places(other)
    put.moved(street.red, BLUE)
    assert places(other) == before


# --- What fails -----------------------------------------------------------------------------------


def _in_the_middle(unit: Unit) -> None:
    raise Fails


def _in_a_savepoint(unit: Unit) -> None:
    with unit.savepoint():
        raise Fails


def _when_numbered(unit: Unit) -> None:
    def write(seq: int) -> set[str]:
        raise Fails

    unit.when_numbered(write)


@pytest.mark.parametrize("fail", [_in_the_middle, _in_a_savepoint, _when_numbered])
def test_a_unit_that_fails_leaves_nothing(street: Street, fail: Callable[[Unit], None]) -> None:
    lamp = put.lamp(street.ana, street.red)
    before = everything()
    with pytest.raises(Fails), put.writing(street.ana) as unit:  # noqa: PT012  (the unit is what must not end well)
        actions.make(unit, lamp=uuid7(), anchor=street.red.pk, colour="white")
        actions.switch(unit, lamp=lamp.pk, on=True)
        actions.move_house(unit, street.red, BLUE)
        fail(unit)
    assert everything() == before


def test_a_unit_that_fails_at_the_very_commit_leaves_nothing(street: Street) -> None:
    before = everything()
    with pytest.raises(actions.Crash), faults.armed(faults.BEFORE_COMMIT, actions.raise_crash):
        put.lamp(street.ana, street.red)
    assert everything() == before


def test_the_number_of_a_unit_that_failed_is_given_to_the_next(street: Street) -> None:
    before = head()
    with pytest.raises(actions.Crash), faults.armed(faults.BEFORE_COMMIT, actions.raise_crash):
        put.lamp(street.ana, street.red)
    put.lamp(street.ana, street.red)
    assert head() == before + 1


def test_a_failed_savepoint_is_forgotten_and_the_rest_is_kept(street: Street) -> None:
    kept, lost = uuid7(), uuid7()
    with put.writing(street.ana) as unit:
        _make(unit, street, kept)
        _fail_after(unit, lambda: _make(unit, street, lost))
    _assert_only(kept, lost)


def test_what_succeeded_inside_a_savepoint_that_fails_is_forgotten_too(street: Street) -> None:
    kept, lost = uuid7(), uuid7()

    def inner() -> None:
        with unit.savepoint():
            _make(unit, street, lost)

    with put.writing(street.ana) as unit:
        _make(unit, street, kept)
        _fail_after(unit, inner)
    _assert_only(kept, lost)


def test_what_failed_inside_a_savepoint_that_succeeds_is_forgotten_alone(street: Street) -> None:
    kept, lost = uuid7(), uuid7()
    with put.writing(street.ana) as unit, unit.savepoint():
        _make(unit, street, kept)
        _fail_after(unit, lambda: _make(unit, street, lost))
    _assert_only(kept, lost)


def test_moves_and_answers_of_a_failed_savepoint_are_forgotten(street: Street) -> None:
    lamp = put.lamp(street.ana, street.red)
    before = places(lamp)
    numbered: list[int] = []

    def inner() -> None:
        actions.move_house(unit, street.red, BLUE)
        unit.when_numbered(lambda seq: set(numbered.append(seq) or ()))  # type: ignore[func-returns-value]

    with put.writing(street.ana) as unit:
        _make(unit, street, uuid7())
        _fail_after(unit, inner)
    assert places(lamp) == before
    assert numbered == []


def _make(unit: Unit, street: Street, lamp: UUID) -> None:
    actions.make(unit, lamp=lamp, anchor=street.red.pk, colour="white")


def _fail_after(unit: Unit, act: Callable[[], None]) -> None:
    with pytest.raises(Problem), unit.savepoint():  # noqa: PT012  (the savepoint is what must not end well)
        act()
        raise Problem(NOTHING_CHANGED)


def _assert_only(kept: UUID, lost: UUID) -> None:
    assert list(Lamp.objects.values_list("pk", flat=True)) == [kept]
    assert not Log.objects.filter(row_id=lost).exists()
    assert not RowText.objects.filter(row_id=lost).exists()
    assert Audit.objects.get(seq=head()).rows == [["lamp", str(kept)]]


# --- What is no change ----------------------------------------------------------------------------


def test_a_unit_in_which_nothing_changed_writes_nothing(street: Street) -> None:
    before = everything()
    with put.writing(street.ana):
        pass
    assert everything() == before


def test_an_action_that_finds_nothing_to_change_writes_nothing(world: World) -> None:
    before = everything()
    with pytest.raises(Problem, match="nothing in it"), put.writing() as unit:
        change_customer(unit, customer=world.steel.pk, name=world.steel.name)
    assert everything() == before


# --- Mistakes in the program ----------------------------------------------------------------------


def test_nothing_can_be_recorded_in_a_unit_that_is_over(street: Street) -> None:
    lamp = put.lamp(street.ana, street.red)
    with put.writing(street.ana) as unit:
        pass
    with pytest.raises(UnitError):
        unit.record(lamp)
    with pytest.raises(Fails), put.writing(street.ana) as failed:
        raise Fails
    with pytest.raises(UnitError):
        failed.record(lamp)


def test_units_never_nest(street: Street) -> None:
    with pytest.raises(RuntimeError, match="durable"), put.writing(), put.writing():
        pass


def test_a_row_without_a_shape_cannot_be_recorded(street: Street) -> None:
    key = Key.objects.get(member=street.ana)
    with pytest.raises(UnitError, match="Key has no shape"), put.writing() as unit:
        unit.record(key)


def test_a_unit_takes_so_many_changes_and_no_more(street: Street) -> None:
    put.lamps(street.ana, street.red, MOST_CHANGES)
    before = everything()
    with pytest.raises(UnitError, match="at most"):
        put.lamps(street.ana, street.red, MOST_CHANGES + 1)
    assert everything() == before


def test_an_organization_without_a_counter_cannot_be_written_in(street: Street) -> None:
    Counter.objects.all().delete()
    with pytest.raises(UnitError, match="no counter"):
        put.lamp(street.ana, street.red)


# --- News -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_news_ring_after_the_commit_and_name_the_streams_that_changed(street: Street, heard: Bell) -> None:
    heard.heard()
    too_early: list[Any] = []
    with faults.armed(faults.BEFORE_COMMIT, lambda: too_early.extend(heard.heard())):
        put.lamp(street.ana, street.red)
    assert too_early == []
    streams = sorted([f"h:{RED}/base", f"m:{street.ana.pk}/base"])
    assert heard.heard() == [{"org": str(street.organization.pk), "seq": head(), "streams": streams}]


@pytest.mark.django_db(transaction=True)
def test_a_move_rings_where_rows_leave_and_where_they_arrive(street: Street, heard: Bell) -> None:
    put.lamp(street.ana, street.red)
    heard.heard()
    put.moved(street.red, BLUE)
    assert [ring["streams"] for ring in heard.heard()] == [[f"h:{BLUE}/base", f"h:{RED}/base"]]


@pytest.mark.django_db(transaction=True)
def test_what_failed_or_changed_nothing_rings_nobody(street: Street, heard: Bell) -> None:
    lamp = put.lamp(street.ana, street.red)
    heard.heard()
    with pytest.raises(actions.Crash), faults.armed(faults.BEFORE_COMMIT, actions.raise_crash):
        put.switched(street.ana, lamp)
    with changes.unit("test", by=Actor(None, "command")) as unit:
        unit.record(lamp)
    assert heard.heard() == []
