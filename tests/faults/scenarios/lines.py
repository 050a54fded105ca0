"""Bad lines between phones and the server."""

from __future__ import annotations

import itertools
import time
from hashlib import sha256

from fieldops.installation import wait_until
from tests.faults.installations import POSTGRESQL, SQLITE
from tests.faults.measure import Result
from tests.faults.phone import LinePhone
from tests.faults.proxy import (
    CUT_ANSWER,
    CUT_REQUEST,
    HOLD,
    LATE,
    NO_ANSWER,
    NOISE,
    PASS,
    PORTAL_PAGE,
    TWICE,
    WRONG_BODY,
    Step,
)
from tests.faults.rig import Rig
from tests.faults.rows import row


@row("F14", "request doubled, reordered, truncated at each tenth", quick=(SQLITE, POSTGRESQL), shared=True)
def f14(rig: Rig) -> Result:
    """I13. Two phones of equal hand, one on a clean line: a server that took a late or a second copy for new, or half
    a request for a whole one, would leave another history behind than the clean run's."""
    rig.start()
    bad, clean = rig.crowd(2, lines=1)
    clean.random.seed(7)
    bad.random.seed(7)
    bad.line.patience = 2.0
    steps = [CUT_REQUEST(tenths) for tenths in range(10)] + [TWICE, NO_ANSWER, LATE, TWICE, LATE]
    for step in steps:
        rig.lines[0].script = iter([step])
        bad.work(3)
        clean.work(3)
        bad.contact()
        clean.contact()
        bad.contact()
    came_through = wait_until(lambda: sum(step != PASS for step in rig.lines[0].done) == len(steps), 20)
    rig.settle()
    same = history(bad) == history(clean)
    figure = f"{len(steps)} bad requests, state {history(bad)[:8]}, clean run {history(clean)[:8]}"
    return rig.result(figure, holds=same and came_through)


def history(phone: LinePhone) -> str:
    """What the server made of all that this phone wrote, in the order of its writing; ids and times left out."""
    answers = [phone.answer_to(id)[0] for id in phone.ids]
    held = [phone.holds("visit", visit) or {} for visit in phone.notes]
    kept = [[fields.get(name) for name in ("state", "outcome", "note", "channel")] for fields in held]
    return sha256(repr((answers, kept)).encode()).hexdigest()


@row("F15", "response truncated, wrong body, captive portal 200 HTML", quick=(SQLITE,), shared=True)
def f15(rig: Rig) -> Result:
    """I2. A phone or harness that took any 200 for an acknowledgement would empty its queue too early."""
    rig.start()
    phone, _ = rig.crowd(2, lines=1)
    line, kept = rig.lines[0], []
    steps = [CUT_ANSWER(tenths) for tenths in range(10)] + [NOISE, WRONG_BODY, PORTAL_PAGE]
    for step in steps:
        phone.work(3)
        before = phone.unsent
        line.script = repeated(step)
        phone.contact()
        kept.append(phone.unsent == before)
        line.script = iter(())
        phone.contact()
    rig.settle()
    return rig.result(f"queue unchanged {sum(kept)} of {len(steps)} times", holds=all(kept))


@row("F16", "half-open connection", shared=True)
def f16(rig: Rig) -> Result:
    """I2. A phone that waits without end for an answer, or asks again beside it, would show no retry or two at once.
    The line holds for half a minute instead of ten, and patience is 10 s instead of 25 s."""
    rig.start()
    phone, _ = rig.crowd(2, lines=1)
    line, held_for = rig.lines[0], 15.0 if rig.is_quick else 30.0
    phone.work(5)
    line.script = repeated(HOLD)
    began, tries = time.monotonic(), list[float]()
    while time.monotonic() - began < held_for:
        tries.append(time.monotonic())
        phone.contact()
    tries.append(time.monotonic())
    line.script = iter(())
    took = rig.settle()
    longest = max(later - former for former, later in itertools.pairwise(tries))
    figure = f"held {held_for:.0f} s for 600; a try every {longest:.0f} s, {line.most_at_once} at once; "
    return rig.result(f"{figure}settled {took:.0f} s after it", holds=longest < 60 and line.most_at_once == 1)


def repeated(step: Step) -> itertools.repeat[Step]:
    return itertools.repeat(step)
