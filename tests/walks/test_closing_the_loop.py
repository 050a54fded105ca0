"""What three customers asked for, from three phones without a signal to their answers, with real workers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from core.ids import uuid7
from tests.http_door import HttpPhone
from tests.walks.demo import come_in, pulled

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240), pytest.mark.both_databases]

REPS = ("minsu", "seoyeon", "jihun")
ANSWERS = {"minsu": "solved", "seoyeon": "solved", "jihun": "not_yet"}


def owed(phone: HttpPhone, need: str) -> list[dict[str, Any]]:
    return [reply for reply in phone.all("reply") if reply["need"] == need]


def figures(phone: HttpPhone) -> dict[str, Any]:
    found: dict[str, Any] = phone.door.get("/api/v1/needs/figures/").json()  # type: ignore[attr-defined]
    return found


def notified(phone: HttpPhone, event: str, need: str) -> int:
    return sum((one["event"], one["row"]) == (event, need) for one in phone.all("notification"))


def test_what_three_customers_asked_for_is_built_and_their_own_answers_close_the_loop(
    phone_of: Callable[[str], HttpPhone],
) -> None:
    reps = {key: phone_of(key) for key in REPS}
    engineer = phone_of("dohyun")
    before = figures(engineer)

    # Each hears it at a customer of their own, in words of their own.
    needs = {key: str(uuid7()) for key in REPS}
    customers = {key: phone.all("customer")[-1]["id"] for key, phone in reps.items()}
    for key, phone in reps.items():
        text = f"{key}: 수업 중에 소리가 너무 커요"
        phone.write("need.note", need=needs[key], voice=uuid7(), customer=customers[key], text=text, importance=2)
        come_in(phone)

    # The engineer finds all three in the inbox, sees that they are one, and builds it.
    assert pulled(engineer, lambda: all(engineer.holds("need", id) for id in needs.values()))
    head, *others = needs.values()
    engineer.write("need.change", need=head, title="더 조용하게", seen={"title": ""})
    for other in others:
        engineer.write("need.merge", need=other, into=head)
    engineer.write("need.take", need=head)
    engineer.write("need.accept", need=head)
    engineer.write("need.build", need=head, customer_text="이제 조용합니다.")
    come_in(engineer)
    engineer.pull()
    tally = engineer.holds("tally", head)
    assert tally is not None
    assert (tally["customers"], tally["reporters"], tally["voices"]) == (3, 3, 3)

    # Each of them has one customer to tell, one commitment for the next visit there, and one message about it.
    for key, phone in reps.items():
        assert pulled(phone, partial(notified, phone, "reply.due", head))
        (reply,) = owed(phone, head)
        assert (reply["customer"], reply["state"], reply["text"]) == (customers[key], "to_tell", "이제 조용합니다.")
        commitment = phone.holds("commitment", reply["commitment"])
        assert commitment is not None
        assert (commitment["customer"], commitment["state"]) == (customers[key], "open")
        assert notified(phone, "reply.due", head) == 1

    # They go there, tell it and write down the answer, all without a signal.
    for key, phone in reps.items():
        (reply,) = owed(phone, head)
        visit = uuid7()
        phone.write("visit.log", visit=visit, customer=customers[key], outcome="progress")
        phone.write("reply.tell", reply=reply["id"], visit=visit)
        phone.write("reply.answer", reply=reply["id"], value=ANSWERS[key], line="직접 들어 보셨어요")
        come_in(phone)

    assert pulled(engineer, lambda: (engineer.holds("need", head) or {})["stage"] == "not_yet")
    assert pulled(engineer, lambda: notified(engineer, "reply.answered", head) == len(REPS))
    tally = engineer.holds("tally", head)
    assert tally is not None
    assert (tally["to_tell"], tally["told"], tally["solved"], tally["not_yet"]) == (0, 0, 2, 1)
    after = figures(engineer)
    grown = {name: after[name] - before[name] for name in ("told", "answered", "solved")}
    assert grown == {"told": 3, "answered": 3, "solved": 2}
