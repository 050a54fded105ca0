"""A phone at the head says what it holds, stream by stream; what differs it fetches anew, and nothing flickers away."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from core import clock
from people.models import Member
from sync import digests
from sync.models import Counter, Replica, Tick
from sync.registry import registry
from tests.lamps import factories as put
from tests.lamps.phone import LampPhone
from tests.phone import projection
from tests.sync.conftest import BLUE, Street

pytestmark = pytest.mark.both_databases


def said_by(phone: LampPhone) -> dict[str, Any]:
    versions: dict[str, list[str]] = defaultdict(list)
    for held in phone.rows.values():
        for stream in held.streams:
            versions[stream].append(held.rv)
    streams = {stream: digests.digest(found) for stream, found in versions.items()}
    return {"cursor": phone.cursor, "streams": digests.as_said(streams)}


def to_refetch(phone: LampPhone) -> list[str]:
    """What the server answers to a hello with digests."""
    message = {"proto": 1, "app": "test", "pending": {"count": 0, "max_n": phone.n}, "digests": said_by(phone)}
    status, answer = phone.send("hello", message)
    assert status == 200
    return [name for command in answer["commands"] for name in command.get("streams", ())]


def _streams_of(member: Member) -> frozenset[str]:
    return registry.streams_of(member, clock.month_of(clock.now(), "Asia/Seoul"))


def refetch(phone: LampPhone, streams: list[str]) -> None:
    page = phone.pull_page(refetch=streams)
    phone.apply(page)
    phone.pull()


def test_a_phone_that_holds_what_it_should_has_nothing_to_fetch(street: Street, ana: LampPhone) -> None:
    put.lamps(street.ben, street.red, 5)
    ana.pull()
    assert to_refetch(ana) == []


def test_a_row_that_is_missing_comes_again(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ben, street.red)
    ana.pull()
    del ana.rows[("lamp", str(lamp.pk))]
    found = to_refetch(ana)
    assert found
    refetch(ana, found)
    assert ana.contents() == projection(ana.member)
    assert to_refetch(ana) == []
    assert Replica.objects.get(pk=ana.replica.pk).differences == len(found)


def test_the_only_row_of_a_stream_is_missed_too(street: Street, ana: LampPhone) -> None:
    """Nothing on the phone tells it the name of that stream any more."""
    lamp = put.lamp(street.ana, street.blue)  # which she reads because she made it
    ana.pull()
    del ana.rows[("lamp", str(lamp.pk))]
    refetch(ana, to_refetch(ana))
    assert ana.contents() == projection(ana.member)


def test_a_cursor_of_a_lost_history_is_not_compared(street: Street, ana: LampPhone) -> None:
    """The next pull tells the phone to start anew; its rows are not damaged."""
    put.lamp(street.ben, street.red)
    ana.pull()
    ana.rows.popitem()
    Tick.objects.filter(organization=street.organization).update(tag="00000000000000aa")
    Counter.objects.filter(organization=street.organization).update(tag="00000000000000aa")
    assert to_refetch(ana) == []


def test_a_row_that_should_not_be_there_goes(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ben, street.red)
    ana.pull()
    ghost = ana.rows[("lamp", str(lamp.pk))]
    ana.rows[("lamp", "ghost")] = type(ghost)("00000000000000aa", ghost.fields, set(ghost.streams))
    refetch(ana, to_refetch(ana))
    assert ana.contents() == projection(ana.member)


def test_an_old_version_is_noticed(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.ben, street.red)
    ana.pull()
    ana.rows[("lamp", str(lamp.pk))].rv = "00000000000000aa"
    refetch(ana, to_refetch(ana))
    assert ana.contents() == projection(ana.member)
    assert to_refetch(ana) == []


def test_what_changed_since_the_phone_looked_is_no_difference(street: Street, ana: LampPhone) -> None:
    put.lamp(street.ben, street.red)
    ana.pull()
    put.lamp(street.ben, street.red)
    assert to_refetch(ana) == []


def test_a_phone_that_is_catching_up_is_not_compared(street: Street, ana: LampPhone) -> None:
    put.lamps(street.ben, street.red, 5)
    put.key(street.ana, BLUE)
    put.lamp(street.carl, street.blue)
    ana.apply(ana.pull_page(max_bytes=1))
    assert to_refetch(ana) == []


def test_streams_that_are_not_ones_own_are_never_compared(street: Street, ana: LampPhone) -> None:
    """The answer would tell whether there is anything in them."""
    put.lamp(street.carl, street.blue)
    ana.pull()
    said = said_by(ana)
    said["streams"] = {name: [7, "0" * 16] for name in _streams_of(street.carl)}
    own = set(_streams_of(street.ana))
    _, answer = ana.send("hello", {"proto": 1, "app": "test", "digests": said})
    named = {name for command in answer["commands"] for name in command.get("streams", ())}
    assert named <= own


@pytest.mark.parametrize("cursor", ["", "x", "AAAA"])
def test_digests_without_a_true_cursor_are_passed_over(ana: LampPhone, cursor: str) -> None:
    ana.pull()
    said = {**said_by(ana), "cursor": cursor}
    status, answer = ana.send("hello", {"proto": 1, "app": "test", "digests": said})
    assert (status, answer["commands"]) == (200, [])


def test_a_stream_to_fetch_anew_that_one_may_not_read_is_just_not_there(street: Street, ana: LampPhone) -> None:
    lamp = put.lamp(street.carl, street.blue)
    ana.pull()
    refetch(ana, list(_streams_of(street.carl)))
    assert ana.holds("lamp", lamp.pk) is None
    assert ana.contents() == projection(ana.member)
