"""Many phones, and one with much to say: how it goes, and what it costs."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import psutil

from fieldops.installation import wait_until
from tests.faults.measure import Result
from tests.faults.pace import percentile
from tests.faults.phone import FAILURES, LinePhone
from tests.faults.proxy import CUT_ANSWER, CUT_REQUEST, NO_ANSWER, PASS, TWICE, Proxy, Step
from tests.faults.rig import Rig
from tests.faults.rows import row

AWAY = timedelta(hours=72)
MOST_GROWN_MB = 150
GREED = 8  # requests that a broken phone sends at once
EASY = {"FIELDOPS_DRAIN_SECONDS": "15", "FIELDOPS_SWEEP_SECONDS": "15"}  # as by default: here the time is what counts


# --- F25, F26 ----------------------------------------------------------------------------------------


@row("F25", "72 h offline, 2,000 entries, flaky line", settings=EASY, shared=True)
def f25(rig: Rig) -> Result:
    """I2, I6, I21. A drain or page that takes the whole queue at once would show in the memory."""
    rig.start()
    many = 200 if rig.is_quick else 2000
    far, *others = rig.crowd(6, customers=3, lines=1)
    return_home(rig, far, others, many)
    figure = (
        f"{many} entries in {rig.seconds:.0f} s, {len(rig.lines[0].done)} requests of which {bad(rig.lines[0])} bad"
    )
    return rig.result(f"{figure}; peak {rig.peaks}", holds=rig.grown_mb < MOST_GROWN_MB)


def return_home(rig: Rig, far: LinePhone, others: list[LinePhone], many: int) -> None:
    far.ago = AWAY
    rig.send(others, rounds=1)
    rig.settle(others)
    with measuring_memory(rig):
        far.work(many)
        rig.lines[0].script = flaky(rig)
        sending = threading.Thread(target=rig.send, args=[others], kwargs={"rounds": 10, "entries": 2})
        sending.start()
        far.line.patience = 5.0
        began = time.monotonic()
        wait_until(far.contact, 300)
        sending.join()
        rig.settle([phone for phone in rig.phones if phone not in rig.silent])
        rig.seconds = time.monotonic() - began


def flaky(rig: Rig) -> Iterator[Step]:
    """Every other push meets with something."""
    while True:
        tenths = rig.random.randrange(10)
        yield rig.random.choice([PASS, PASS, PASS, CUT_REQUEST(tenths), CUT_ANSWER(tenths), NO_ANSWER, TWICE])


def bad(line: Proxy) -> int:
    return sum(step != PASS for step in line.done)


@row("F26", "territory move, role drop, user disabled during F25", settings=EASY, shared=True)
def f26(rig: Rig) -> Result:
    """I7, I18, I19. A right that is asked for when the phone writes, and not when the server judges, would let the
    disabled one's entries in; a stream that is dropped without its rows would leave them on a phone."""
    rig.start()
    far, dropped, disabled, *others = rig.crowd(6, customers=3, lines=1)
    member_of = dict(zip(rig.phones, rig.members, strict=True))
    rig.server.inside("change_member", member_of[dropped], {"role": "engineer", "territories": []})  # reads everything
    rig.send([dropped, disabled, *others], rounds=1)
    rig.settle([dropped, disabled, *others])
    said, sent = dict(disabled.notes), disabled.n
    disabled.work(100 if rig.is_quick else 500)
    rig.silent = [disabled]
    rig.shut_out.add(member_of[disabled])
    change = threading.Thread(target=change_rights, args=[rig, member_of[dropped], member_of[disabled]])
    change.start()
    return_home(rig, far, [dropped, *others], 200 if rig.is_quick else 600)
    change.join()
    came_in = wait_until(lambda: delivered(disabled), 60)
    rig.settle([far, dropped, *others])
    disabled.notes = said  # what it wrote since waits for somebody to let it in
    parks = disabled.n - sent
    wait_until(lambda: rig.server.inside("parked_of", disabled.ids) == parks, 60)  # no phone hears of these answers
    parked = rig.server.inside("parked_of", disabled.ids)
    seen = rig.server.inside("seen_by", member_of[dropped])
    beyond = sum(f"{shape} {id}" not in seen for shape, id in dropped.rows)
    figure = f"{parked} of {parks} entries of the disabled parked; {beyond} of {len(dropped.rows)} rows out of scope"
    return rig.result(figure, parks=parks, holds=came_in and parked == parks and not beyond)


def change_rights(rig: Rig, dropped: str, disabled: str) -> None:
    """All customers but one leave the territory, and whoever read everything reads the one they come to."""
    rig.server.inside("change_member", disabled, {"is_active": False})
    rig.server.inside("move_all", rig.world["organization"], rig.world["here"], rig.world["there"])
    rig.server.inside("change_member", dropped, {"role": "rep", "territories": [rig.world["there"]]})


def delivered(phone: LinePhone) -> bool:
    """What it holds is handed in; it reads nothing any more."""
    with contextlib.suppress(Exception):
        phone.push()
    return phone.unsent == 0


@contextlib.contextmanager
def measuring_memory(rig: Rig) -> Iterator[None]:
    """What web and worker hold with all their children, and how much more at the most."""
    before = {part: memory_mb(rig, part) for part in ("web", "worker")}
    peaks = dict(before)

    def look() -> None:
        for part in peaks:
            peaks[part] = max(peaks[part], memory_mb(rig, part))

    stop = rig.meanwhile(look, 0.5)
    try:
        yield
    finally:
        stop()
        rig.peaks = ", ".join(f"{part} {before[part]:.0f} to {peaks[part]:.0f} MB" for part in peaks)
        rig.grown_mb = max(peaks[part] - before[part] for part in peaks)


def memory_mb(rig: Rig, part: str) -> float:
    with contextlib.suppress(psutil.Error):
        parent = psutil.Process(rig.server.children[part].pid)
        return sum(process.memory_info().rss for process in (parent, *parent.children(recursive=True))) / 2**20
    return 0.0


# --- F28 ---------------------------------------------------------------------------------------------


@row("F28", "200 phones reconnect in the same minute", settings=EASY, shared=True, timed=True)
def f28(rig: Rig) -> Result:
    """I9. Without the brake the phone that asks without a pause would make the others wait; a phone that does not heed
    Retry-After would never get through."""
    count, within = (30, 10.0) if rig.is_quick else (200, 60.0)
    rig.start()
    greedy, *phones = rig.crowd(count + 1, customers=10)
    for phone in phones:
        phone.work(5)
    over = threading.Event()
    asking = [threading.Thread(target=ask_without_pause, args=[greedy, over]) for _ in range(GREED)]
    for thread in asking:
        thread.start()
    wait_until(lambda: greedy.line.told_to_wait > 0, 30)  # alone it is fast enough to be told so; later it may not be
    took = reconnect(rig, phones, within)
    over.set()
    for thread in asking:
        thread.join()
    rig.settle()
    p50, p95, p99 = (percentile(took, part) for part in (0.5, 0.95, 0.99))
    told = greedy.line.told_to_wait
    figure = f"settled after p50 {p50:.1f}, p95 {p95:.1f}, p99 {p99:.1f} s; {told} times 429, obeyed"
    return rig.result(figure, holds=told > 0 and len(took) == count and p99 < 60)


def reconnect(rig: Rig, phones: list[LinePhone], within: float) -> list[float]:
    """Each at a moment of its own. How long each took until nothing of its was open."""
    took: list[float] = []

    def go(phone: LinePhone, moment: float) -> None:
        threading.Event().wait(moment)
        began = time.monotonic()
        while time.monotonic() - began < 120:
            if phone.contact():
                took.append(time.monotonic() - began)
                return
            threading.Event().wait(1.0)  # as the real phone does: at most once a second

    threads = [threading.Thread(target=go, args=[phone, rig.random.uniform(0, within)]) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def ask_without_pause(phone: LinePhone, over: threading.Event) -> None:
    """A broken phone asks the same wrong thing again and again; only that it should wait it understands."""
    while not over.is_set():
        with contextlib.suppress(*FAILURES):
            phone.send("pull", {"cursor": "broken"})
        over.wait(max(0.0, phone.line.rests_until - time.monotonic()))
