"""Pulling: pages that never split a number, and rows that come and go with the streams they are seen in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from core.ids import uuid7
from sync.limits import MAX_PAGE_BYTES, MAX_ROWS
from sync.models import Replica
from tests.lamps import actions
from tests.lamps import factories as put
from tests.lamps.models import House, Key
from tests.lamps.phone import LampPhone
from tests.phone import projection
from tests.sync.conftest import BLUE, RED, Street

pytestmark = pytest.mark.both_databases

KOREAN = "강판두께측정불량재확인요청"
Json = dict[str, Any]


def pages_of(phone: LampPhone, **values: Any) -> list[Json]:
    """Pulls to the head and returns the pages, each applied."""
    pages: list[Json] = []
    while not pages or pages[-1]["more"]:
        pages.append(phone.pull_page(**values))
        phone.apply(pages[-1])
    return pages


def holds_exactly_what_it_may(phone: LampPhone) -> bool:
    return phone.contents() == projection(phone.member)


# --- Pages ----------------------------------------------------------------------------------------


def test_a_first_sync_brings_everything_a_member_may_see(street: Street, ana: LampPhone) -> None:
    mine, other = put.lamp(street.carl, street.red), put.lamp(street.carl, street.blue)
    assert ana.pull() == 1
    assert ana.holds("lamp", mine.pk) is not None
    assert ana.holds("lamp", other.pk) is None
    assert holds_exactly_what_it_may(ana)


def test_a_first_sync_says_how_many_rows_it_will_bring(street: Street, ana: LampPhone) -> None:
    put.lamps(street.ana, street.red, 5)
    pages = pages_of(ana, max_bytes=1)
    assert pages[0]["total"] == len(ana.rows)
    assert not any("total" in page for page in pages[1:])


def test_at_the_head_a_page_is_empty(ana: LampPhone) -> None:
    ana.pull()
    page = ana.pull_page()
    assert (page["rows"], page["drop"], page["settled"], page["more"]) == ([], [], [], False)


def test_a_page_never_splits_a_number(street: Street, ana: LampPhone) -> None:
    ana.pull()
    for colour in ("red", "green", "blue"):
        put.lamps(street.ben, street.red, 20, colour)
    colours = [[row["f"]["colour"] for row in page["rows"]] for page in pages_of(ana, max_bytes=1)]
    assert colours == [["red"] * 20, ["green"] * 20, ["blue"] * 20]


def test_a_number_larger_than_a_page_comes_alone_and_whole(street: Street, ana: LampPhone) -> None:
    ana.pull()
    put.lamps(street.ben, street.red, 3, "small")
    for start in range(0, 1200, 400):
        put.lamps(street.ben, street.red, 400, f"{start}")
    put.moved(street.red, "green")
    put.key(street.ana, "green")
    sizes = [len(page["rows"]) for page in pages_of(ana)]
    assert 1204 in sizes  # the house and all that stands in it
    assert holds_exactly_what_it_may(ana)


def test_a_page_carries_a_thousand_rows_at_most(street: Street, ana: LampPhone) -> None:
    ana.pull()
    for _ in range(3):
        _houses(450)
    sizes = [len(page["rows"]) for page in pages_of(ana)]
    assert sizes == [900, 450]
    assert max(sizes) <= MAX_ROWS


def test_a_page_keeps_to_its_bytes_whatever_the_script(street: Street, ana: LampPhone) -> None:
    for _ in range(100):
        put.lamp(street.ana, street.red, KOREAN)
    sizes = [_bytes_of(page["rows"]) for page in pages_of(ana, max_bytes=10_000)]
    assert max(sizes) <= 10_000
    assert min(sizes[:-1]) > 7_000


def test_nobody_gets_more_than_the_server_allows(street: Street, ana: LampPhone) -> None:
    for _ in range(5):
        put.lamps(street.ana, street.red, 85, KOREAN * 15)
    sizes = [_bytes_of(page["rows"]) for page in pages_of(ana, max_bytes=10**9)]
    assert len(sizes) == 2
    assert max(sizes) <= MAX_PAGE_BYTES


def _houses(count: int) -> None:
    with put.writing() as unit:
        for _ in range(count):
            unit.record(House.objects.create(scope=RED))


def _bytes_of(rows: list[Json]) -> int:
    return len(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def test_a_text_comes_once_with_all_its_streams(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ana, street.red)
    rows = [row for row in pages_of(ana)[0]["rows"] if row["t"] == "lamp"]
    assert [(row["id"], sorted(row["s"])) for row in rows] == [
        (str(lamp.pk), [f"h:{RED}/base", f"m:{street.ana.pk}/base"])
    ]


def test_two_phones_hold_the_same_version(street: Street, ana: LampPhone) -> None:
    lamp, ben = put.lamp(street.ana, street.red), LampPhone(street.ben)
    ana.pull()
    ben.pull()
    key = ("lamp", str(lamp.pk))
    assert ana.rows[key].rv == ben.rows[key].rv
    put.switched(street.ben, lamp)
    former = ana.rows[key].rv
    ana.pull()
    assert ana.rows[key].rv != former


# --- Rows that come and go ------------------------------------------------------------------------


def test_a_change_comes_alone(street: Street, ana: LampPhone) -> None:
    first, _ = put.lamp(street.ana, street.red), put.lamp(street.ana, street.red)
    ana.pull()
    put.switched(street.ben, first)
    page = pages_of(ana)[0]
    assert [(row["id"], row["op"], row["f"]["switches"]) for row in page["rows"]] == [(str(first.pk), "put", 1)]


def test_a_closed_lamp_moves_from_base_to_its_month(street: Street, ana: LampPhone) -> None:
    with time_machine.travel("2026-11-30 15:30+00:00", tick=False):  # half past midnight in Seoul, in December
        lamp = put.lamp(street.ana, street.red)
        ana.pull()
        put.closed(street.ana, lamp)
        ana.pull()
        held = ana.rows["lamp", str(lamp.pk)]
        assert held.streams == {f"h:{RED}/2026-12", f"m:{street.ana.pk}/2026-12"}
        assert held.fields["is_closed"]


def test_a_deleted_row_leaves(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ana, street.red)
    ana.pull()
    put.deleted(street.ben, lamp)
    page = pages_of(ana)[0]
    assert [(row["id"], row["op"]) for row in page["rows"]] == [(str(lamp.pk), "rm")]
    assert ana.holds("lamp", lamp.pk) is None


def test_a_row_made_and_deleted_before_a_phone_looks_never_comes(street: Street, ana: LampPhone) -> None:
    ana.pull()
    lamp = put.lamp(street.ben, street.red)
    put.deleted(street.ben, lamp)
    fresh = LampPhone(street.ben)
    for phone in (ana, fresh):
        assert not any(row["op"] == "put" and row["t"] == "lamp" for page in pages_of(phone) for row in page["rows"])
        assert holds_exactly_what_it_may(phone)


def test_a_new_key_opens_what_was_there_before(street: Street) -> None:
    lamps = [put.lamp(street.ana, street.red) for _ in range(3)]
    carl = LampPhone(street.carl)
    carl.pull()
    assert carl.all("lamp") == []
    put.key(street.carl, RED)
    carl.pull()
    assert all(carl.holds("lamp", lamp.pk) for lamp in lamps)
    assert holds_exactly_what_it_may(carl)


def test_news_come_while_a_new_stream_is_still_catching_up(street: Street) -> None:
    for _ in range(10):
        put.lamp(street.ana, street.red)
    carl = LampPhone(street.carl)
    carl.pull()
    put.key(street.carl, RED)
    carl.apply(page := carl.pull_page(max_bytes=1))
    assert page["more"]
    urgent = put.lamp(street.ben, street.blue)
    carl.apply(page := carl.pull_page(max_bytes=1))
    assert carl.holds("lamp", urgent.pk) is not None
    assert page["more"]
    carl.pull(max_bytes=1)
    assert holds_exactly_what_it_may(carl)


def test_a_row_that_changes_while_a_new_stream_catches_up_is_not_lost(street: Street) -> None:
    lamps = [put.lamp(street.ana, street.red) for _ in range(6)]
    carl = LampPhone(street.carl)
    carl.pull()
    put.key(street.carl, RED)
    carl.apply(carl.pull_page(max_bytes=1))
    put.switched(street.ana, lamps[0])  # behind the new stream's place
    put.deleted(street.ana, lamps[1])
    put.switched(street.ana, lamps[5])  # ahead of it
    carl.pull(max_bytes=1)
    assert holds_exactly_what_it_may(carl)


def test_a_lost_key_takes_its_rows_along_but_not_ones_own(street: Street, ana: LampPhone) -> None:
    mine, bens = put.lamp(street.ana, street.red), put.lamp(street.ben, street.red)
    ana.pull()
    Key.objects.filter(member=street.ana).delete()
    page = pages_of(ana)[0]
    assert f"h:{RED}/base" in page["drop"]
    assert ana.holds("lamp", bens.pk) is None
    assert ana.holds("lamp", mine.pk) is not None
    assert holds_exactly_what_it_may(ana)


def test_a_key_given_back_brings_its_rows_back(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ben, street.red)
    ana.pull()
    Key.objects.filter(member=street.ana).delete()
    ana.pull()
    put.key(street.ana, RED)
    ana.pull()
    assert ana.holds("lamp", lamp.pk) is not None


def test_old_months_leave_by_the_organizations_own_calendar(street: Street, ana: LampPhone) -> None:
    with time_machine.travel("2026-11-24 00:00+00:00", tick=False) as clock:
        lamp = put.lamp(street.ben, street.red)
        put.closed(street.ben, lamp)
        ana.pull()
        clock.move_to("2026-12-31 14:59:59+00:00")  # still December in Seoul
        ana.pull()
        assert ana.holds("lamp", lamp.pk) is not None
        clock.move_to("2026-12-31 15:00:00+00:00")
        page = pages_of(ana)[0]
        assert f"h:{RED}/2026-11" in page["drop"]
        assert ana.holds("lamp", lamp.pk) is None
        assert holds_exactly_what_it_may(ana)


# --- Houses that move -----------------------------------------------------------------------------


def test_a_house_that_moves_takes_everything_in_it_along(street: Street, ana: LampPhone) -> None:
    opened, closed = put.lamp(street.ben, street.red), put.lamp(street.ben, street.red)
    put.closed(street.ben, closed)
    carl = LampPhone(street.carl)
    ana.pull()
    carl.pull()
    put.moved(street.red, BLUE)
    ana.pull()
    carl.pull()
    for lamp in (opened, closed):
        assert ana.holds("lamp", lamp.pk) is None
        assert carl.holds("lamp", lamp.pk) is not None
    assert holds_exactly_what_it_may(ana)
    assert holds_exactly_what_it_may(carl)


def test_a_house_that_moves_through_three_scopes_in_one_unit_ends_in_the_last(street: Street) -> None:
    lamp = put.lamp(street.ben, street.red)
    put.key(street.carl, "green")
    phones = [LampPhone(member) for member in (street.ana, street.ben, street.carl)]
    for phone in phones:
        phone.pull()
    with put.writing() as unit:
        for scope in (BLUE, "white", "green"):
            actions.move_house(unit, street.red, scope)
    for phone in phones:
        phone.pull()
        assert holds_exactly_what_it_may(phone), phone.member.name
    assert phones[2].holds("lamp", lamp.pk) is not None


def test_three_houses_that_change_places_in_one_unit_arrive_whole(street: Street) -> None:
    green = put.house("green")
    put.key(street.carl, "green")
    for house in (street.red, street.blue, green):
        put.lamps(street.ben, house, 3)
    phones = [LampPhone(member) for member in (street.ana, street.ben, street.carl)]
    for phone in phones:
        phone.pull()
    with put.writing() as unit:
        for house, scope in ((street.red, BLUE), (street.blue, "green"), (green, RED)):
            actions.move_house(unit, house, scope)
    for phone in phones:
        phone.pull(max_bytes=1)
        assert holds_exactly_what_it_may(phone), phone.member.name


def test_a_house_that_moves_to_where_it_is_loses_nothing(street: Street, ana: LampPhone) -> None:
    put.lamp(street.ben, street.red)
    ana.pull()
    put.moved(street.red, RED)
    ana.pull()
    assert holds_exactly_what_it_may(ana)


def test_a_lamp_switched_in_the_unit_that_moves_its_house_is_seen_where_it_is(street: Street) -> None:
    lamp, carl = put.lamp(street.ben, street.red), LampPhone(street.carl)
    carl.pull()
    with put.writing(street.ben) as unit:
        actions.switch(unit, lamp=lamp.pk, on=True)
        actions.move_house(unit, street.red, BLUE)
    carl.pull()
    held = carl.holds("lamp", lamp.pk)
    assert held is not None
    assert held["switches"] == 1
    assert holds_exactly_what_it_may(carl)


# --- Whoever reads --------------------------------------------------------------------------------


def test_every_phone_holds_exactly_what_its_member_may_see(street: Street) -> None:
    phones = [LampPhone(member) for member in (street.ana, street.ben, street.carl)]
    for round in range(3):
        for phone, house in zip(phones, (street.red, street.blue, street.blue), strict=True):
            lamp = phone.made(house)
            phone.switch(lamp, on=bool(round % 2))
            if round:
                phone.close(lamp)
            phone.push()
            phone.drain()
        put.moved(street.blue, RED if round % 2 else BLUE)
        for phone in phones:
            phone.pull(max_bytes=500)
            assert holds_exactly_what_it_may(phone), (round, phone.member.name)


def test_a_revoked_phone_reads_nothing_and_may_still_hand_its_work_in(ana: LampPhone) -> None:
    Replica.objects.update(state=Replica.State.REVOKED)
    status, answer = ana.send("pull", {"cursor": None})
    assert (status, answer["code"]) == (403, "device_revoked")
    assert ana.hello()["device_state"] == "revoked"
    ana.switch(uuid7())
    assert ana.push_from(1, 1)["received_n"] == 1


def test_a_pull_notes_that_the_phone_was_heard_of(ana: LampPhone, time_passes: Callable[[float], None]) -> None:
    before = ana.replica.last_contact_at
    time_passes(60)
    ana.pull()
    assert (ana.replica.last_contact_at - before).total_seconds() >= 60
