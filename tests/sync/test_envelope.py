"""The envelope through the real ASGI app: what is wrong with a message is said by a code, and nothing is stored.

B1 to B18 are the numbers of the list of bad inputs; the same faults inside an entry are in tests/sync/test_drain.py.
The app answers from threads, so every test here commits; tables are walked inside one test for that reason.
"""

from __future__ import annotations

import gzip
import json
import secrets
import time
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from core.errors import Problem
from core.ids import uuid7
from people.models import Member, User
from sync import limits, session
from sync.models import InboxEntry, Replica
from sync.rates import BURST, PER_SECOND, Rates, rates
from tests import factories as make
from tests.asgi import Answer, Browser
from tests.sync.conftest import Street

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

Json = dict[str, Any]
Refusal = tuple[int, str]
MEGABYTE = 1_000_000
MESSAGES = ("hello", "push", "pull")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass
class Caller:
    """A browser and the messages its phone would send."""

    browser: Browser
    organization_id: str
    key: str

    def message(self, name: str = "push", **values: Any) -> Json:
        rest: dict[str, Json] = {
            "hello": {"proto": 1, "app": "1.0.0", "pending": {"count": 0, "max_n": 0}},
            "push": {"proto": 1, "sent_at": "2026-11-24T03:31:00.123Z", "first_n": 1, "entries": ["{}"]},
            "pull": {"cursor": None},
        }
        return {"org": self.organization_id, "replica": self.key, **rest[name], **values}

    def post(self, name: str = "push", **values: Any) -> Answer:
        return self.browser.post(name, self.message(name, **values))

    def raw(self, body: bytes, **headers: str | None) -> Answer:
        return self.browser.post("push", body, **headers)


def called_by(member: Member, key: str | None = None) -> Caller:
    return Caller(Browser(member.user), str(member.organization_id), key or secrets.token_hex(16))


@pytest.fixture
def caller(street: Street) -> Caller:
    """Ana's, with a replica that has said hello."""
    found = called_by(street.ana)
    assert found.post("hello").status == 200
    return found


def refusal(answer: Answer) -> Refusal:
    return answer.status, answer.code


def named(answer: Answer, field: str) -> tuple[int, str, Any]:
    """Status, code and one parameter of a refusal."""
    found = answer.json
    return answer.status, found.get("code", "not refused"), found.get(field)


def test_a_proper_message_is_answered(caller: Caller) -> None:
    answer = caller.post("push")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json["received_n"] == 1
    assert answer.json["limits"] == limits.as_json()


def test_hello_names_history_limits_and_state(caller: Caller) -> None:
    answer = caller.post("hello").json
    assert set(answer["head"]) == {"seq", "tag"}
    assert len(answer["epoch"]) == len(answer["head"]["tag"]) == 16
    assert (answer["device_state"], answer["commands"]) == ("active", [])
    assert answer["limits"] == limits.as_json()


def test_a_refusal_is_a_problem_document_that_no_cache_may_keep(caller: Caller) -> None:
    answer = caller.raw(b"")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert {"type", "title", "status", "code"} <= set(answer.json)
    assert answer.json["status"] == answer.status == 400


# --- What is not JSON -----------------------------------------------------------------------------

NOT_JSON: dict[bytes, int] = {  # body: where it stops making sense
    b"": 0,  # B1
    b'{"proto": 1, "org"': 18,  # B2
    b'{"proto": 1,}': 12,
    b"[]": 0,  # B3
    b'"text"': 0,
    b"null": 0,
    b'{"proto": 1, "proto": 1}': 0,  # B4
    b'{"proto": NaN}': 0,
    b'{"proto": -Infinity}': 0,
    b'{"proto": 1e400}': 0,
    b'{"a":' * 100_000: 0,
}


def test_what_is_not_a_json_object_is_bad_json_with_its_place(caller: Caller) -> None:
    """B1, B2, B3, B4."""
    found = {body: named(caller.raw(body), "offset") for body in NOT_JSON}
    assert found == {body: (400, "bad_json", offset) for body, offset in NOT_JSON.items()}


def test_what_is_not_utf_8_is_bad_encoding(caller: Caller) -> None:
    """B5."""
    assert refusal(caller.raw(b'{"proto": "\xff"}')) == (400, "bad_encoding")


def test_two_hundred_levels_are_too_deep(caller: Caller) -> None:
    """B18."""
    nested = json.dumps(caller.message())[:-1] + ', "x": ' + "[" * 200 + "]" * 200 + "}"
    assert refusal(caller.raw(nested.encode())) == (400, "too_deep")


def test_another_content_type_is_unsupported(caller: Caller) -> None:
    """B6."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/jsonp", "", None):
        assert refusal(caller.raw(b"{}", content_type=kind)) == (415, "unsupported_type"), kind


def test_json_may_name_its_charset(caller: Caller) -> None:
    body = json.dumps(caller.message()).encode()
    assert caller.raw(body, content_type="application/json; charset=utf-8").status == 200


def test_another_content_encoding_is_unsupported(caller: Caller) -> None:
    assert refusal(caller.raw(b"{}", content_encoding="br")) == (415, "unsupported_type")


# --- What is too large ----------------------------------------------------------------------------

TOO_LARGE: dict[str, list[str]] = {
    "501 entries": ["x"] * (limits.MAX_ENTRIES + 1),
    "an entry over 64 KB": ["x" * (limits.MAX_ENTRY_BYTES + 1)],
    "an entry over 64 KB of UTF-8": ["강" * (limits.MAX_ENTRY_BYTES // 3 + 1)],
    "more than a megabyte in all": ["x" * 60_000] * 17,
    "more than a body may be": ["x" * 60_000] * 36,
}
AS_LARGE_AS_ALLOWED: dict[str, list[str]] = {
    "500 entries": ["x"] * limits.MAX_ENTRIES,
    "an entry of 64 KB": ["x" * limits.MAX_ENTRY_BYTES],
    "a megabyte that JSON writes twice as long": ["\n" * 62_500] * 16,
}


def test_too_large_is_refused_with_the_limits(caller: Caller) -> None:
    """B7, B17."""
    found = {name: named(caller.post(entries=entries), "limits") for name, entries in TOO_LARGE.items()}
    assert found == {name: (413, "too_large", limits.as_json()) for name in TOO_LARGE}
    assert not InboxEntry.objects.exists()


@pytest.mark.parametrize("size", AS_LARGE_AS_ALLOWED)
def test_as_large_as_allowed_is_stored(caller: Caller, size: str) -> None:
    entries = AS_LARGE_AS_ALLOWED[size]
    assert caller.post("push", entries=entries).json["received_n"] == len(entries)


def test_a_body_may_come_packed(caller: Caller) -> None:
    body = gzip.compress(json.dumps(caller.message()).encode())
    assert caller.raw(body, content_encoding="gzip").json["received_n"] == 1


def test_what_cannot_be_unpacked_is_bad_encoding(caller: Caller) -> None:
    for body in (b"", b"{}", gzip.compress(b"{}")[:-6]):
        assert refusal(caller.raw(body, content_encoding="gzip")) == (400, "bad_encoding"), body


def test_a_bomb_is_refused_without_unpacking_it(caller: Caller) -> None:
    """B8: and memory stays flat."""
    bomb = _bomb(1000)
    assert len(bomb) < limits.MAX_BODY_BYTES
    tracemalloc.start()
    try:
        answer = caller.raw(bomb, content_encoding="gzip")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refusal(answer) == (413, "too_large")
    assert most < 16 * MEGABYTE


def _bomb(megabytes: int) -> bytes:
    """A gzip stream that unpacks to so many megabytes of spaces, about a thousandth of that in size."""
    pack = zlib.compressobj(9, wbits=31)
    first = pack.compress(b" " * MEGABYTE) + pack.flush(zlib.Z_FULL_FLUSH)
    again = pack.compress(b" " * MEGABYTE) + pack.flush(zlib.Z_FULL_FLUSH)
    return first + again * (megabytes - 1)  # after a full flush every block stands for itself


# --- What is not the message ----------------------------------------------------------------------

MISSING = object()
WRONG_FIELDS: list[tuple[str, Json, str]] = [  # message, what is wrong with it, the field that is named
    ("push", {"first_n": 0}, "first_n"),
    ("push", {"first_n": -1}, "first_n"),
    ("push", {"first_n": 1.5}, "first_n"),
    ("push", {"first_n": 2**53}, "first_n"),  # more than a JavaScript number holds exactly
    ("push", {"first_n": 2**63}, "first_n"),
    ("push", {"first_n": 2**64}, "first_n"),
    ("push", {"first_n": "1"}, "first_n"),
    ("push", {"first_n": True}, "first_n"),
    ("push", {"first_n": None}, "first_n"),
    ("push", {"first_n": MISSING}, "first_n"),
    ("push", {"entries": MISSING}, "entries"),
    ("push", {"entries": "x"}, "entries"),
    ("push", {"entries": ["x", {}]}, "entries"),
    ("push", {"org": MISSING}, "org"),
    ("push", {"org": "here"}, "org"),
    ("push", {"proto": MISSING}, "proto"),
    ("push", {"proto": True}, "proto"),
    ("push", {"replica": MISSING}, "replica"),
    ("push", {"replica": "x"}, "replica"),
    ("push", {"replica": "A" * 32}, "replica"),
    ("push", {"sent_at": 1}, "sent_at"),
    ("pull", {"max_bytes": 0}, "max_bytes"),
    ("pull", {"max_bytes": -5}, "max_bytes"),
    ("pull", {"max_bytes": 2**63}, "max_bytes"),
    ("pull", {"cursor": 7}, "cursor"),
    ("hello", {"pending": 3}, "pending"),
    ("hello", {"pending": {"count": -1}}, "pending.count"),
    ("hello", {"pending": {"count": "1"}}, "pending.count"),
    ("hello", {"pending": {"max_n": 2**63}}, "pending.max_n"),
    ("hello", {"app": 1}, "app"),
    ("hello", {"app": "1.0\u0000"}, "app"),
    ("hello", {"app": "\ud800"}, "app"),
]


def test_a_field_of_the_wrong_form_is_named(caller: Caller) -> None:
    """B13 first of all; B48 among the others."""
    for name, wrong, field in WRONG_FIELDS:
        message = {key: value for key, value in caller.message(name, **wrong).items() if value is not MISSING}
        assert named(caller.browser.post(name, message), "field") == (400, "bad_envelope", field), wrong
    assert not InboxEntry.objects.exists()


def test_a_field_nobody_knows_is_no_mistake(caller: Caller) -> None:
    assert caller.post("push", colour="red").status == 200


def test_another_protocol_is_told_to_update(caller: Caller) -> None:
    """B9."""
    for name in ("hello", "push"):
        for proto in (0, 2, "1", None):
            assert named(caller.post(name, proto=proto), "proto") == (426, "proto_unsupported", 1)


# --- Who and where --------------------------------------------------------------------------------


def test_another_organization_is_as_little_there_as_none(caller: Caller) -> None:
    """B10."""
    foreign, none = make.organization("Elsewhere").pk, uuid7()
    for name in MESSAGES:
        theirs, nobodys = caller.post(name, org=str(foreign)), caller.post(name, org=str(none))
        assert refusal(theirs) == (404, "not_found")
        assert theirs.body == nobodys.body


def test_the_replica_of_another_member_is_refused_and_stays_as_it_is(street: Street, caller: Caller) -> None:
    """B11."""
    other = called_by(street.ben, caller.key)
    before = Replica.objects.values().get(key=caller.key)
    for name in MESSAGES:
        assert refusal(other.post(name)) == (403, "replica_member_mismatch")
    assert Replica.objects.values().get(key=caller.key) == before
    assert not InboxEntry.objects.exists()


def test_an_unknown_replica_is_asked_to_say_hello(caller: Caller) -> None:
    """B12."""
    for name in ("push", "pull"):
        assert refusal(caller.post(name, replica="0" * 32)) == (409, "unknown_replica")
    assert Replica.objects.count() == 1


def test_a_gap_names_the_number_expected(caller: Caller) -> None:
    """B14."""
    assert named(caller.post("push", first_n=7), "expected_n") == (409, "gap", 1)
    assert named(caller.post("push", first_n=2, entries=[]), "expected_n") == (409, "gap", 1)


def test_a_fork_names_the_number(caller: Caller) -> None:
    """B15."""
    caller.post("push")
    assert named(caller.post("push", entries=["[]"]), "n") == (409, "replica_forked", 1)


def test_nothing_to_send_changes_nothing(caller: Caller) -> None:
    """B16: and tells the phone how much of it is here, which is why it may well ask."""
    caller.post("push")
    before = Replica.objects.values("received_n", "chain", "settled_n").get(key=caller.key)
    for first_n in (1, 2):
        answer = caller.post("push", first_n=first_n, entries=[])
        assert answer.status == 200
        assert {name: answer.json[name] for name in ("received_n", "chain")} == {
            "received_n": 1,
            "chain": before["chain"],
        }
    assert Replica.objects.values("received_n", "chain", "settled_n").get(key=caller.key) == before
    assert InboxEntry.objects.count() == 1


def test_without_a_session_sign_in_is_asked_for(caller: Caller) -> None:
    for name in MESSAGES:
        for cookie in (None, "session=", "session=nobody", "csrftoken=x"):
            answer = caller.browser.post(name, caller.message(name), cookie=cookie)
            assert refusal(answer) == (401, "auth_required"), (name, cookie)


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda: Session.objects.all().delete(), id="session deleted"),
        pytest.param(lambda: User.objects.update(is_active=False), id="login disabled"),
        pytest.param(lambda: User.objects.update(password="other"), id="password changed"),
    ],
)
def test_whoever_may_no_longer_enter_is_asked_to_sign_in(caller: Caller, end: Callable[[], object]) -> None:
    end()
    session.forget_trust()
    assert refusal(caller.post("push")) == (401, "auth_required")


def test_a_stale_token_or_a_foreign_page_changes_nothing(caller: Caller) -> None:
    for headers in (
        {"x-csrftoken": None},
        {"x-csrftoken": "b" * 32},
        {"x-csrftoken": "short"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ):
        answer = caller.browser.post("push", caller.message(), **headers)
        assert refusal(answer) == (403, "csrf_stale"), headers
    assert not InboxEntry.objects.exists()


def test_the_own_page_is_let_in(caller: Caller) -> None:
    assert caller.browser.post("push", caller.message(), origin="http://localhost").status == 200


# --- Which address by which method, and how often -------------------------------------------------


def test_messages_are_posted_and_news_are_fetched(caller: Caller) -> None:
    allowed = {"hello": "POST", "push": "POST", "pull": "POST", "stream": "GET"}
    for name, only in allowed.items():
        for method in METHODS:
            if method != only:
                answer = caller.browser.ask(method, name, b"{}")
                assert refusal(answer) == (405, "method_not_allowed"), (method, name)


def test_no_other_address_exists(caller: Caller) -> None:
    for name in ("", "grant", "hello/again", "../pull"):
        assert refusal(caller.browser.post(name, {})) == (404, "not_found"), name


def test_whoever_knocks_too_often_is_told_to_wait(street: Street, caller: Caller) -> None:
    rates.buckets[street.ana.pk] = (0.0, float("inf"))
    answer = caller.post("push")
    assert refusal(answer) == (429, "rate_limited")
    assert int(answer.headers["retry-after"]) >= 1


def test_others_may_knock_meanwhile(street: Street, caller: Caller) -> None:
    rates.buckets[street.ben.pk] = (0.0, float("inf"))
    assert caller.post("push").status == 200


def test_so_many_knocks_are_free_and_come_back_with_time() -> None:
    counted, member = Rates(), uuid7()
    for _ in range(int(BURST)):
        counted.spend(member)
    counted.buckets[member] = (0.0, time.monotonic() - 1)
    for _ in range(int(PER_SECOND)):
        counted.spend(member)
    counted.buckets[member] = (0.0, time.monotonic())
    with pytest.raises(Problem, match="Too many"):
        counted.spend(member)
