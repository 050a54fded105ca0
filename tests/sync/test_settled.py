"""The answers to a phone's entries travel in its pulls, never before the rows they are about."""

from __future__ import annotations

from typing import Any

import pytest

from core.ids import uuid7
from sync.limits import MAX_ROWS
from tests.lamps import factories as put
from tests.lamps.phone import APPLIED, LampPhone
from tests.sync.conftest import RED, Street

pytestmark = pytest.mark.both_databases

Json = dict[str, Any]


def test_an_answer_comes_once(street: Street, ana: LampPhone) -> None:
    ana.made(street.red)
    ana.push()
    ana.drain()
    page = ana.pull_page()
    assert [(answer["n"], answer["state"]) for answer in page["settled"]] == [(1, "applied")]
    ana.apply(page)
    assert ana.pull_page()["settled"] == []


def test_a_lost_page_brings_its_answers_again(street: Street, ana: LampPhone) -> None:
    ana.made(street.red)
    ana.push()
    ana.drain()
    assert ana.pull_page()["settled"] == ana.pull_page()["settled"] != []


def test_answers_go_to_the_phone_that_asked_and_to_no_other(street: Street, ana: LampPhone) -> None:
    second, ben = LampPhone(street.ana), LampPhone(street.ben)
    ana.made(street.red)
    ana.push()
    ana.drain()
    for other in (second, ben):
        assert other.pull_page()["settled"] == []


def test_an_entry_that_is_put_back_in_line_is_answered_again_with_a_greater_number(
    street: Street, ana: LampPhone
) -> None:
    house = uuid7()
    entry = ana.make(uuid7(), house)
    ana.sync()
    first = ana.settled[entry]
    put.house(RED, id=house)
    ana.retry(entry)
    ana.sync()
    assert (first["state"], ana.answer_to(entry)) == ("parked", APPLIED)
    assert ana.settled[entry]["seq"] > first["seq"]


def test_an_entry_in_line_again_has_no_answer_for_a_phone_that_starts_anew(street: Street, ana: LampPhone) -> None:
    entry = ana.make(uuid7(), uuid7())
    ana.sync()
    second = LampPhone(street.ana)
    second.retry(entry)
    second.push()
    second.drain()
    assert ana.pull_page(cursor=None)["settled"] == []


def test_an_answer_never_comes_before_its_row(street: Street, ana: LampPhone) -> None:
    ana.pull()
    lamps = {}
    for _ in range(8):
        lamp = ana.made(street.red)
        lamps[ana.entry_id(ana.n)] = lamp
        ana.push()
        ana.drain()
        put.lamp(street.ben, street.red)
    heard: set[str] = set()
    while True:
        ana.apply(page := ana.pull_page(max_bytes=1))
        heard |= {answer["id"] for answer in page["settled"]}
        assert all(ana.holds("lamp", lamps[entry]) for entry in heard)
        if not page["more"]:
            break
    assert heard == set(lamps)


def test_a_page_brings_a_thousand_answers_at_most_and_none_is_left_out(ana: LampPhone) -> None:
    count = MAX_ROWS + 60
    for number in range(count):
        ana.append(f"no entry {number}")
    ana.push(batch=500)
    ana.drain()
    pages: list[list[Json]] = []
    has_more = True
    while has_more:
        page = ana.pull_page()
        ana.apply(page)
        pages.append(page["settled"])
        has_more = page["more"]
    assert max(map(len, pages)) <= MAX_ROWS
    assert [answer["n"] for answers in pages for answer in answers] == list(range(1, count + 1))
