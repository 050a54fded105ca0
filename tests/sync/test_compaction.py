"""F31: phones that were away for 200 days, while what left their streams was forgotten."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sync import compaction
from sync.models import Counter, Log, Tick
from tests.lamps import factories as put
from tests.lamps.phone import LampPhone
from tests.phone import projection
from tests.sync.conftest import BLUE, Street

pytestmark = pytest.mark.both_databases

DAY = 24 * 3600.0


@pytest.fixture
def later(time_passes: Callable[[float], None]) -> Callable[[float], None]:
    return lambda days: time_passes(days * DAY)


def is_right(phone: LampPhone) -> bool:
    return phone.contents() == projection(phone.member)


def test_a_phone_that_was_away_too_long_starts_anew_and_keeps_nothing_it_should_not(
    street: Street, ana: LampPhone, later: Callable[[float], None]
) -> None:
    gone, kept = (put.lamp(street.ben, street.red) for _ in range(2))
    ana.pull()
    put.deleted(street.ana, gone)
    later(200)
    put.lamp(street.ben, street.red)
    assert compaction.compact() > 0
    assert ana.pull_page()["answer"] == "reset"
    ana.pull()
    assert (ana.holds("lamp", gone.pk), ana.holds("lamp", kept.pk) is not None) == (None, True)
    assert is_right(ana)


def test_what_it_wrote_meanwhile_arrives(street: Street, ana: LampPhone, later: Callable[[float], None]) -> None:
    lamp = put.lamp(street.ben, street.red)
    ana.pull()
    later(200)
    put.lamp(street.ben, street.red)
    compaction.compact()
    entry = ana.switch(lamp.pk)
    ana.sync()
    assert ana.answer_to(entry) == ("applied", None)
    assert is_right(ana)


def test_a_phone_that_stands_at_the_mark_or_above_is_not_sent_back(
    street: Street, ana: LampPhone, later: Callable[[float], None]
) -> None:
    gone = put.lamp(street.ben, street.red)
    put.deleted(street.ana, gone)
    ana.pull()
    later(200)
    put.lamp(street.ben, street.red)
    compaction.compact()
    assert ana.pull_page()["answer"] == "page"
    ana.pull()
    assert is_right(ana)


def test_a_first_sync_that_was_cut_off_long_ago_starts_anew(
    street: Street, ana: LampPhone, later: Callable[[float], None]
) -> None:
    lamps = [put.lamp(street.ben, street.red) for _ in range(4)]
    ana.apply(ana.pull_page(max_bytes=1))
    put.deleted(street.ana, lamps[0])
    later(200)
    put.lamp(street.ben, street.red)
    compaction.compact()
    ana.pull()
    assert is_right(ana)


def test_a_first_sync_of_many_pages_passes_through_numbers_whose_tags_are_forgotten(
    street: Street, later: Callable[[float], None]
) -> None:
    """It would else be told to start anew on every page, for ever: nothing it was given has left since it began."""
    for _ in range(4):
        put.lamp(street.ben, street.red)
    put.deleted(street.ana, put.lamp(street.ben, street.red))
    later(200)
    compaction.compact()
    phone = LampPhone(street.ana)
    assert phone.pull(max_bytes=1) > 4
    assert is_right(phone)


def test_a_stream_granted_later_is_whole_after_a_compaction(
    street: Street, ana: LampPhone, later: Callable[[float], None]
) -> None:
    old = put.lamp(street.carl, street.blue)
    put.deleted(street.ana, put.lamp(street.carl, street.blue))
    later(200)
    put.lamp(street.ben, street.red)
    compaction.compact()
    ana.pull()
    put.key(street.ana, BLUE)
    ana.pull()
    assert ana.holds("lamp", old.pk) is not None
    assert is_right(ana)


def test_half_a_year_is_kept(street: Street, ana: LampPhone, later: Callable[[float], None]) -> None:
    put.deleted(street.ana, put.lamp(street.ben, street.red))
    later(179)
    assert compaction.compact() == 0
    assert Counter.objects.get(pk=street.ana.organization_id).low_water == 0


def test_rows_that_are_to_be_seen_are_never_forgotten_and_the_mark_keeps_its_tag(
    street: Street, later: Callable[[float], None]
) -> None:
    put.lamp(street.ben, street.red)
    put.deleted(street.ana, put.lamp(street.ben, street.red))
    before = set(Log.objects.filter(is_put=True).values_list("pk", flat=True))
    later(200)
    put.lamp(street.ben, street.red)
    compaction.compact()
    mark = Counter.objects.get(pk=street.ana.organization_id).low_water
    assert before <= set(Log.objects.filter(is_put=True).values_list("pk", flat=True))
    assert Tick.objects.filter(organization=street.ana.organization_id).order_by("seq").first().seq == mark  # type: ignore[union-attr]
    assert compaction.compact() == 0
