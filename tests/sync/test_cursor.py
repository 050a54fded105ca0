"""Cursors: bound to one replica and to one history. What does not fit is said, and then everything is read anew."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.db.models import Max

from core import tenancy
from core.ids import random_hex64
from sync.models import Counter, Log, Tick
from tests import factories as make
from tests.lamps import factories as put
from tests.lamps.phone import LampPhone
from tests.phone import projection
from tests.sync.conftest import Street

pytestmark = pytest.mark.both_databases

Json = dict[str, Any]
EMPTY: Json = {"cursor": None, "more": True, "drop": [], "rows": [], "settled": []}


@pytest.fixture
def read(street: Street, ana: LampPhone) -> LampPhone:
    """Ana's phone, which has read two lamps and sent one entry."""
    put.lamps(street.ben, street.red, 2)
    ana.made(street.red)
    ana.sync()
    return ana


def refused(phone: LampPhone, cursor: str | None) -> tuple[int, str]:
    status, answer = phone.send("pull", {"cursor": cursor})
    return status, str(answer.get("code", answer.get("answer")))


def head() -> Counter:
    return Counter.objects.get(pk=tenancy.require_id())


# --- Not the replica's own ------------------------------------------------------------------------


def test_an_edited_cursor_is_bad(read: LampPhone) -> None:
    assert read.cursor is not None
    for place in range(0, len(read.cursor) - 4, 7):
        other = "A" if read.cursor[place] != "A" else "B"
        edited = read.cursor[:place] + other + read.cursor[place + 1 :]
        assert refused(read, edited) == (400, "bad_cursor"), place


def test_what_was_never_a_cursor_is_bad(read: LampPhone) -> None:
    assert read.cursor is not None
    for text in ("", "x", "null", "강판", read.cursor[:-9], read.cursor * 2, base64.b64encode(b"\0" * 64).decode()):
        assert refused(read, text) == (400, "bad_cursor"), text


def test_the_cursor_of_another_replica_is_bad(street: Street, read: LampPhone) -> None:
    second = LampPhone(street.ana)
    assert refused(second, read.cursor) == (400, "bad_cursor")


def test_the_cursor_of_another_organization_is_bad(read: LampPhone) -> None:
    elsewhere = make.organization("Elsewhere")
    with tenancy.acting_in(elsewhere.pk):
        stranger = LampPhone(make.member())
        stranger.pull()
    assert refused(read, stranger.cursor) == (400, "bad_cursor")


def test_the_cursor_of_a_twin_in_another_organization_reads_nothing(read: LampPhone) -> None:
    elsewhere = make.organization("Elsewhere")
    with tenancy.acting_in(elsewhere.pk):
        twin = LampPhone(make.member(), key=read.key)
        twin.pull()
    assert refused(read, twin.cursor) == (200, "diverged")


# --- Not of this history --------------------------------------------------------------------------


def restore_to(seq: int, *, tag: str | None = None) -> None:
    """The numbers after ``seq`` are forgotten, as when a backup is put back."""
    Tick.objects.filter(seq__gt=seq).delete()
    Log.objects.filter(seq__gt=seq).delete()
    known = Tick.objects.get(organization_id=tenancy.require_id(), seq=seq)
    if tag is not None:
        Tick.objects.filter(pk=known.pk).update(tag=tag)
    Counter.objects.filter(pk=tenancy.require_id()).update(seq=seq, tag=tag or known.tag)


def test_a_cursor_of_this_history_goes_on(read: LampPhone) -> None:
    assert read.pull_page()["answer"] == "page"


def test_a_cursor_from_the_future_diverged(read: LampPhone) -> None:
    restore_to(head().seq - 1)
    answer = read.pull_page()
    assert {name: answer[name] for name in EMPTY} == EMPTY
    assert answer["answer"] == "diverged"


def test_the_same_number_with_another_tag_is_another_history(read: LampPhone) -> None:
    restore_to(head().seq, tag=random_hex64())
    assert read.pull_page()["answer"] == "diverged"


def test_the_same_number_come_again_is_another_history(street: Street, read: LampPhone) -> None:
    restore_to(head().seq - 1)
    put.lamp(street.ben, street.red)
    assert read.pull_page()["answer"] == "diverged"


def test_another_epoch_is_another_history(read: LampPhone) -> None:
    Counter.objects.update(epoch=random_hex64())
    assert read.pull_page()["answer"] == "diverged"


def test_a_page_cut_from_a_newer_log_diverges_though_its_own_place_is_known(street: Street, ana: LampPhone) -> None:
    """Its rows may have been left out because of changes that are lost now."""
    lamps = [put.lamp(street.ben, street.red) for _ in range(4)]
    put.switched(street.ben, lamps[0])  # moves the first lamp behind the others
    ana.apply(page := ana.pull_page(max_bytes=1))
    assert page["more"]
    restore_to(head().seq - 1)
    assert ana.pull_page()["answer"] == "diverged"


def test_a_lane_that_catches_up_is_of_a_history_too(street: Street) -> None:
    for _ in range(4):
        put.lamp(street.ana, street.red)
    carl = LampPhone(street.carl)
    carl.pull()
    put.key(street.carl, "red")
    carl.apply(carl.pull_page(max_bytes=1))
    newest = Tick.objects.filter(organization_id=tenancy.require_id()).aggregate(newest=Max("seq"))["newest"]
    Tick.objects.filter(seq__lt=newest).update(tag=random_hex64())
    assert carl.pull_page()["answer"] == "diverged"


def test_after_a_divergence_everything_is_read_anew(street: Street, read: LampPhone) -> None:
    lost = put.lamp(street.ben, street.red)
    read.pull()
    restore_to(head().seq - 1)
    lost.delete()
    put.lamp(street.ben, street.red)
    read.pull()
    assert read.contents() == projection(read.member)


# --- In every answer ------------------------------------------------------------------------------


def test_every_answer_to_a_pull_says_what_the_server_holds(street: Street, read: LampPhone) -> None:
    expected = (1, read.chain(1), 1)
    assert _standing(read.pull_page()) == expected
    assert _standing(read.pull_page(cursor=None)) == expected
    Counter.objects.update(epoch=random_hex64())
    assert _standing(read.pull_page()) == expected


def _standing(answer: Json) -> tuple[int, str, int]:
    return answer["received_n"], answer["chain"], answer["settled_n"]
