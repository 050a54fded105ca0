"""Ids sort by the moment they were made; versions and tags are random, so that none returns after a restore."""

from __future__ import annotations

import re
import threading
import time
import uuid
from datetime import UTC, datetime

import time_machine

from core.ids import random_hex64, uuid7

THREADS, EACH = 8, 2000


def milliseconds(id: uuid.UUID) -> int:
    return id.int >> 80


def test_an_id_is_a_uuid_of_version_7() -> None:
    """RFC 9562, 5.7: whoever reads it elsewhere may rely on these bits."""
    for _ in range(1000):
        id = uuid7()
        assert (id.version, id.variant) == (7, uuid.RFC_4122)
        assert str(id)[14] == "7"
        assert str(id)[19] in "89ab"


def test_an_id_begins_with_the_millisecond_it_was_made_in() -> None:
    before = time.time_ns() // 1_000_000
    id = uuid7()
    assert before <= milliseconds(id) <= time.time_ns() // 1_000_000
    with time_machine.travel(datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC), tick=False):
        assert str(uuid7()).startswith("017f22e2-79b0-7")  # the example of RFC 9562, appendix A.6


def test_ids_sort_by_the_millisecond_they_were_made_in() -> None:
    """As UUIDs, as texts and as bytes: databases sort them one way or another."""
    made = []
    for second in (0, 1, 2, 60, 3600, 86_400 * 365, 86_400 * 365 * 300):
        with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC).timestamp() + second, tick=False):
            made.append(uuid7())
    assert made == sorted(made) == sorted(made, key=str) == sorted(made, key=lambda id: id.bytes)


def test_ids_of_one_moment_differ_in_random_bits() -> None:
    with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC), tick=False):
        made = [uuid7() for _ in range(2000)]
    assert len({milliseconds(id) for id in made}) == 1
    random_bits = [(id.int >> 64 & 0xFFF) << 62 | id.int & (1 << 62) - 1 for id in made]
    seen_set = [sum(bits >> place & 1 for bits in random_bits) for place in range(74)]
    assert all(700 < count < 1300 for count in seen_set), "a bit that hardly changes"


def test_no_two_threads_make_the_same() -> None:
    found: list[list[uuid.UUID]] = []
    start = threading.Barrier(THREADS)

    def make() -> None:
        start.wait()
        found.append([uuid7() for _ in range(EACH)])

    threads = [threading.Thread(target=make) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id for made in found for id in made}) == THREADS * EACH


def test_a_version_is_sixteen_hex_digits_that_do_not_return() -> None:
    made = {random_hex64() for _ in range(10_000)}
    assert len(made) == 10_000
    assert all(re.fullmatch(r"[0-9a-f]{16}", text) for text in made)
