"""Live news: who hears what, that it is never more than a ring, and that nobody goes deaf unnoticed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest
import redis

from core import tenancy
from fieldops.installation import wait_until
from sync import news, stream
from sync.models import Counter
from tests.lamps import factories as put
from tests.lamps.phone import LampPhone
from tests.sync.conftest import BLUE, RED, Street, build_street
from tests.sync.ears import LOOK, PATIENCE, Ear, Ears, Frame
from tests.sync.valkey import Valkey

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

RED_BASE, BLUE_BASE = f"h:{RED}/base", f"h:{BLUE}/base"


def head(street: Street) -> int:
    return Counter.objects.get(pk=street.organization.pk).seq


def at_head(street: Street) -> Frame:
    return {"seq": head(street), "streams": []}


def names(frames: list[Frame]) -> list[list[str]]:
    return [frame["streams"] for frame in frames]


# --- On connecting --------------------------------------------------------------------------------


def test_on_connecting_the_head_is_told_once(street: Street, ears: Ears) -> None:
    """And the first of a process is told to look when the process can hear: what rang before that was missed."""
    first = ears.open(LampPhone(street.ana))
    assert first.welcome in ([at_head(street), LOOK], [LOOK, at_head(street)])
    put.lamp(street.ana, street.red)
    assert ears.open(LampPhone(street.ben)).welcome == [at_head(street)]


def test_a_stream_says_what_it_is_and_is_never_kept(street: Street, ears: Ears) -> None:
    ear = ears.open(LampPhone(street.ana))
    assert ear.headers == {"content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no"}


def test_where_a_listener_was_before_means_nothing(street: Street, ears: Ears) -> None:
    """Frames have no id, so no browser names one; one that is made up changes nothing."""
    phone = LampPhone(street.ana)
    first = ears.open(phone)
    put.lamp(street.ana, street.red)
    first.browser.headers["last-event-id"] = "1"
    again = ears.open(phone, first.browser)
    assert again.welcome == [at_head(street)]
    for line in (first.body + again.body).splitlines():
        assert not line.startswith((b"id", b"event", b"retry"))


# --- What is heard --------------------------------------------------------------------------------


def test_news_name_only_the_streams_that_the_listener_may_hear(street: Street, ears: Ears) -> None:
    ana, ben, carl = (ears.open(LampPhone(member)) for member in (street.ana, street.ben, street.carl))
    put.moved(street.red, BLUE)
    number = head(street)
    assert ana.heard() == [{"seq": number, "streams": [RED_BASE]}]
    assert ben.heard() == [{"seq": number, "streams": [BLUE_BASE, RED_BASE]}]
    assert carl.heard() == [{"seq": number, "streams": [BLUE_BASE]}]


def test_what_does_not_concern_a_listener_is_not_heard(street: Street, ears: Ears) -> None:
    carl = ears.open(LampPhone(street.carl))
    put.lamp(street.ana, street.red)
    assert carl.heard() == []


def test_news_carry_no_goods(street: Street, ears: Ears) -> None:
    ear = ears.open(LampPhone(street.ana))
    lamp = put.lamp(street.ana, street.red, "ultramarine")
    (frame,) = ear.heard()
    assert set(frame) == {"seq", "streams"}
    for goods in ("ultramarine", str(lamp.pk), str(street.red.pk)):
        assert goods.encode() not in ear.body


def test_a_phone_hears_that_its_entries_are_settled_and_nobody_else_hears_it(street: Street, ears: Ears) -> None:
    phone, other = LampPhone(street.ana), LampPhone(street.ana)
    own, others = ears.open(phone), ears.open(other)
    phone.append("no entry")
    phone.push()
    phone.drain()
    assert own.heard() == [{"seq": head(street), "streams": [news.replica_stream(phone.key)]}]
    assert others.heard() == []


def test_news_of_another_organization_never_arrive(street: Street, ears: Ears) -> None:
    """I8: although its streams have the same names."""
    other = build_street()
    ours = ears.open(LampPhone(street.ana))
    with tenancy.acting_in(other.organization.pk):
        theirs = ears.open(LampPhone(other.ana))
        put.lamp(other.ana, other.red)
    assert names(theirs.heard()) == [[RED_BASE, f"m:{other.ana.pk}/base"]]
    assert ours.heard() == []
    put.lamp(street.ana, street.red)
    assert names(ours.heard()) == [[RED_BASE, f"m:{street.ana.pk}/base"]]
    assert theirs.heard() == []


def test_one_subscription_serves_all_listeners_of_a_process(street: Street, ears: Ears, valkey: Valkey) -> None:
    for member in (street.ana, street.ben, street.carl):
        for _ in range(3):
            ears.open(LampPhone(member))
    with redis.Redis.from_url(valkey.news_url) as client:
        assert client.pubsub_numsub(news.CHANNEL) == [(news.CHANNEL.encode(), 1)]


def test_whoever_may_hear_the_same_shares_one_frame(street: Street, ears: Ears) -> None:
    """A thousand listeners are told by writing it once."""
    opened = [ears.open(LampPhone(member)) for member in (street.ana, street.ben, street.ben, street.ben)]
    for ear in opened:
        ears.stop_reading(ear)
    ring = {"org": str(street.organization.pk), "seq": 7, "streams": [BLUE_BASE, RED_BASE, "m:nobody/base"]}
    for _ in range(2):  # the first is on its way and stuck, the second waits
        ears.call(lambda: stream.hub.spread(ring))
    told = [listener.frames[0] for listener in stream.hub.listeners]
    assert len(told) == 4
    assert len({id(one) for one in told}) == len(set(told)) == 2


def test_a_stream_is_kept_open_while_there_is_nothing_to_say(
    street: Street, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proxies and phones take a silent connection for a dead one."""
    assert stream.HEARTBEAT_SECONDS <= 30
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.01)
    ear = ears.open(LampPhone(street.ana))
    assert wait_until(lambda: ear.body.count(b": still here\n\n") > 3, PATIENCE)
    put.lamp(street.ana, street.red)
    assert len(ear.heard()) == 1


# --- Not reading ----------------------------------------------------------------------------------


def test_whoever_does_not_read_is_told_to_look_and_costs_no_more_memory(street: Street, ears: Ears) -> None:
    """T45: a stream has no other way to say that something was missed."""
    ear = ears.open(LampPhone(street.ana))
    (listener,) = stream.hub.listeners
    ears.stop_reading(ear)
    ring = {"org": str(street.organization.pk), "seq": 7, "streams": [RED_BASE]}

    def often() -> None:
        for _ in range(100):
            stream.hub.spread(ring)

    for _ in range(100):
        ears.call(often)
    assert 0 < len(listener.frames) <= stream.MOST_WAITING
    ears.read_on(ear)
    missed = ear.heard()
    assert LOOK in missed
    assert len(missed) < 2 * stream.MOST_WAITING
    put.lamp(street.ana, street.red)
    assert names(ear.heard()) == [[RED_BASE, f"m:{street.ana.pk}/base"]]


def test_others_hear_everything_meanwhile(street: Street, ears: Ears) -> None:
    slow, quick = ears.open(LampPhone(street.ana)), ears.open(LampPhone(street.ben))
    ears.stop_reading(slow)
    for _ in range(3):
        put.lamp(street.ana, street.red)
    assert names(quick.heard()) == [[RED_BASE]] * 3


# --- Redis comes and goes -------------------------------------------------------------------------


@pytest.fixture
def mortal(own_valkey: Valkey, news_at: Callable[[Valkey], None], ears: Ears) -> Valkey:
    """The one that news go through."""
    news_at(own_valkey)
    return own_valkey


def assert_told_to_look(ear: Ear, known: int = 0) -> None:
    """After so many frames, and after its welcome."""
    known = max(known, len(ear.welcome))
    assert wait_until(lambda: LOOK in ear.frames[known:], PATIENCE)


def test_everybody_is_told_to_look_when_redis_was_killed_and_is_back(
    street: Street, ears: Ears, mortal: Valkey, news_at: Callable[[Valkey], None]
) -> None:
    listeners = [ears.open(LampPhone(member)) for member in (street.ana, street.ben, street.carl)]
    mortal.kill()
    put.lamp(street.ben, street.blue)  # rings nobody
    mortal.start()
    for ear in listeners:
        assert_told_to_look(ear)
    news_at(mortal)
    put.lamp(street.ben, street.blue)
    own = f"m:{street.ben.pk}/base"
    assert [names(ear.heard())[-1] for ear in listeners] == [[], [BLUE_BASE, own], [BLUE_BASE]]


def test_everybody_is_told_to_look_when_only_the_connection_broke(street: Street, ears: Ears, mortal: Valkey) -> None:
    """What rang in between was missed all the same."""
    listeners = [ears.open(LampPhone(member)) for member in (street.ana, street.carl)]
    with redis.Redis.from_url(mortal.news_url) as client:
        client.client_kill_filter(_type="pubsub")
    for ear in listeners:
        assert_told_to_look(ear)
    put.lamp(street.ana, street.red)
    assert names(listeners[0].heard())[-1] == [RED_BASE, f"m:{street.ana.pk}/base"]


def test_a_connection_on_which_nothing_comes_any_more_is_noticed(
    street: Street, ears: Ears, mortal: Valkey, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Half of it is gone, as after a router was switched off: no error ever comes."""
    ear = ears.open(LampPhone(street.ana))
    monkeypatch.setattr(stream, "QUIET_SECONDS", 0.1)
    monkeypatch.setattr(stream, "ANSWER_SECONDS", 0.5)
    assert ear.heard() == []
    assert mortal.child is not None
    os.kill(mortal.child.pid, signal.SIGSTOP)
    try:
        assert wait_until(lambda: "news are away" in caplog.text, PATIENCE)
    finally:
        os.kill(mortal.child.pid, signal.SIGCONT)
    assert_told_to_look(ear)


def test_a_quiet_connection_is_not_taken_for_a_broken_one(
    street: Street, ears: Ears, valkey: Valkey, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is asked whether it is there, and says so."""
    monkeypatch.setattr(stream, "QUIET_SECONDS", 0.01)
    ear = ears.open(LampPhone(street.ana))
    with redis.Redis.from_url(valkey.news_url) as client:

        def asked() -> int:
            return int(client.info("commandstats").get("cmdstat_ping", {}).get("calls", 0))

        before = asked()
        assert wait_until(lambda: asked() > before + 10, PATIENCE)
    assert ear.heard() == []
    assert "news are away" not in caplog.text


def test_a_stream_opens_while_redis_is_away(street: Street, ears: Ears, mortal: Valkey) -> None:
    """The phone pulls on its head, and is told to look when others can be heard again."""
    mortal.kill()
    ear = ears.open(LampPhone(street.ana), is_tuned=False)
    assert ear.frames == [at_head(street)]
    mortal.start()
    assert_told_to_look(ear)


def test_a_ring_that_cannot_be_read_deafens_nobody(street: Street, ears: Ears, valkey: Valkey) -> None:
    ear = ears.open(LampPhone(street.ana))
    with redis.Redis.from_url(valkey.news_url) as client:
        for nonsense in (b"nonsense", b"[]", b'{"org": "nobody", "seq": 1, "streams": []}'):
            known = len(ear.frames)
            client.publish(news.CHANNEL, nonsense)
            assert_told_to_look(ear, known)
    put.lamp(street.ana, street.red)
    assert names(ear.heard())[-1] == [RED_BASE, f"m:{street.ana.pk}/base"]
