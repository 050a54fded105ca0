"""T8: what phones had been told is stored, and the restored backup does not hold, they send again."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.ids import uuid7
from sync.models import Effect
from tests import factories as make
from tests.conftest import World
from tests.fieldops.backing_up import back_up, restore
from tests.phone import Phone, projection
from visits.models import Visit

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("own_data_folder")]


def phones_of(world: World) -> list[Phone]:
    """Five, two of them Ana's, each with work that the server has applied."""
    phones = [Phone(member) for member in (world.ana, world.ana, world.ben, world.carl, world.mia)]
    for phone in phones:
        log(phone, world, 2)
        phone.sync()
    return phones


def log(phone: Phone, world: World, count: int) -> list[str]:
    """Writes visits. Returns their ids."""
    visits = [uuid7() for _ in range(count)]
    for visit in visits:
        phone.write("visit.log", visit=visit, customer=world.steel.pk, outcome="progress", note="x")
    return list(map(str, visits))


def is_right(phone: Phone) -> bool:
    return phone.contents() == projection(phone.member)


@pytest.mark.parametrize("each", [1, 4])
def test_t8_what_was_acknowledged_after_the_backup_is_found_again_and_nothing_twice(
    world: World, file: Path, each: int
) -> None:
    """I15."""
    phones = phones_of(world)
    back_up(file)
    written = [visit for phone in phones for visit in log(phone, world, each)]
    for phone in phones:
        phone.sync()
    assert Visit.objects.count() == 10 + len(written)
    restore(file)
    assert Visit.objects.count() == 10
    for phone in phones:
        phone.sync()
    for phone in phones:
        phone.pull()
        assert is_right(phone)
        assert {state for state, _ in map(phone.answer_to, phone.settled)} == {"applied"}
    assert Visit.objects.filter(pk__in=written).count() == len(written) == 5 * each
    assert Visit.objects.count() == Effect.objects.count() == 10 + len(written)


def test_i14_a_cursor_of_the_lost_history_gets_no_page(world: World, file: Path) -> None:
    """Not even one that was given before the backup, although its number and tag are known."""
    [ana, *_] = phones_of(world)
    early = ana.cursor
    back_up(file)
    make.customer(world.north)
    ana.pull()
    restore(file)
    make.customer(world.north)
    for cursor in (early, ana.cursor):
        assert ana.pull_page(cursor=cursor)["answer"] == "diverged"
    ana.pull()
    assert is_right(ana)


def test_a_phone_that_has_something_to_send_sends_the_lost_part_first(world: World, file: Path) -> None:
    [ana, *_] = phones_of(world)
    back_up(file)
    lost = log(ana, world, 3)
    ana.sync()
    restore(file)
    new = log(ana, world, 2)
    ana.push()  # learns of the gap
    ana.sync()
    assert Visit.objects.filter(pk__in=[*lost, *new]).count() == 5
    assert ana.states() == ["applied"] * 7
    assert is_right(ana)


def test_f21_a_phone_that_the_backup_does_not_know_registers_anew_and_sends_everything(
    world: World, file: Path
) -> None:
    back_up(file)
    late = Phone(world.ben)
    written = log(late, world, 4)
    late.sync()
    former = late.key
    restore(file)
    late.pull()
    late.sync()
    assert late.key != former
    assert Visit.objects.filter(pk__in=written).count() == Visit.objects.count() == 4
    assert is_right(late)


def test_what_was_received_and_not_judged_when_the_backup_was_made_is_judged_after_it(world: World, file: Path) -> None:
    [ana, *_] = phones_of(world)
    log(ana, world, 1)
    ana.push()
    back_up(file)
    ana.drain()
    ana.pull()
    restore(file)
    ana.drain()
    ana.pull()
    assert ana.states() == ["applied"] * 3
    assert is_right(ana)


def test_rows_that_only_the_lost_history_had_leave_the_phones(world: World, file: Path) -> None:
    [ana, *_] = phones_of(world)
    back_up(file)
    gone = make.customer(world.north)
    ana.pull()
    assert ana.holds("customer", gone.pk)
    restore(file)
    ana.pull()
    assert ana.holds("customer", gone.pk) is None
    assert is_right(ana)


def test_a_second_restore_of_the_same_backup_is_as_good_as_the_first(world: World, file: Path) -> None:
    [ana, ben, *_] = phones_of(world)
    back_up(file)
    written = log(ana, world, 2) + log(ben, world, 2)
    for _ in range(2):
        ana.sync()
        ben.sync()
        restore(file)
    for phone in (ana, ben):
        phone.sync()
    ana.pull()
    assert Visit.objects.filter(pk__in=written).count() == 4
    assert is_right(ana)
