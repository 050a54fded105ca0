"""An installation, a crowd of phones, and what became of what they wrote.

with site.installation({}, is_shared=False) as server, Rig(server, site, seed=1) as rig:
    rig.start()
    phones = rig.crowd(4)
    ...
    return rig.result("what the matrix asks for")
"""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import TracebackType
from typing import Any

from fieldops.installation import wait_until
from tests.faults.inside import digest
from tests.faults.installations import POSTGRESQL, Installation, Site
from tests.faults.measure import Result, measured
from tests.faults.phone import LineDoor, LinePhone
from tests.faults.proxy import Proxy

SETTLED_WITHIN_SECONDS = 120.0
AT_ONCE = 16  # phones that speak at one moment


class Rig:
    """What a scenario works with."""

    def __init__(self, server: Installation, site: Site, *, seed: int, is_quick: bool = False) -> None:
        self.server = server
        self.site = site
        self.random = random.Random(seed)
        self.is_quick = is_quick
        self.phones: list[LinePhone] = []
        self.lines: list[Proxy] = []
        self.world: dict[str, Any] = {}
        self.silent: list[LinePhone] = []  # phones whose answers are not waited for
        self.peaks, self.grown_mb = "", 0.0
        self.shut_out: set[str] = set()  # members who read nothing any more
        self.seconds = 0.0
        self.is_settled = True
        self._things = contextlib.ExitStack()

    def __enter__(self) -> Rig:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._things.close()

    @property
    def is_postgresql(self) -> bool:
        return self.site.kind == POSTGRESQL

    def start(self, *parts: str) -> None:
        self.server.start(*parts)

    def crowd(
        self, count: int, *, customers: int = 1, lines: int = 0, ago: timedelta = timedelta(0)
    ) -> list[LinePhone]:
        """That many reps of one territory with a phone each; the first ``lines`` of them on a line of their own."""
        self.world = self.server.inside("gather", count, customers)
        addresses = [self.line().base_url if index < lines else self.server.base_url for index in range(count)]
        seeds = [self.random.getrandbits(32) for _ in range(count)]

        def made(index: int) -> LinePhone:
            customer = self.world["customers"][index % customers]
            door = LineDoor(addresses[index], self.world["keys"][index])
            return LinePhone(door, customer, seed=seeds[index], ago=ago)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            self.phones += pool.map(made, range(count))
        return self.phones

    def line(self) -> Proxy:
        line = self._things.enter_context(Proxy(self.server.port))
        self.lines.append(line)
        return line

    def sign_in_again(self) -> None:
        """New sessions for everybody: those of a restored backup, or of half a year ago, are worth nothing."""
        for phone, key in zip(self.phones, self.server.inside("keys_for", self.members), strict=True):
            phone.take_session(key)

    @property
    def members(self) -> list[str]:
        return [str(phone.line.me["member"]["id"]) for phone in self.phones]

    def meanwhile(self, act: Callable[[], object], every: float) -> Callable[[], None]:
        """Does it again and again in a thread until what is returned here is called."""
        over = threading.Event()

        def run() -> None:
            while not over.wait(every):
                act()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()

        def stop() -> None:
            over.set()
            thread.join()

        return stop

    def together(self, act: Callable[[LinePhone], object], phones: Sequence[LinePhone] | None = None) -> list[Any]:
        """All phones do it, each in a thread."""
        chosen = self.phones if phones is None else list(phones)
        with ThreadPoolExecutor(min(AT_ONCE, len(chosen))) as pool:
            return list(pool.map(act, chosen))

    def send(self, phones: Sequence[LinePhone] | None = None, *, rounds: int = 5, entries: int = 4) -> None:
        """Each writes and makes contact once, again and again, whatever comes of it."""

        def go(phone: LinePhone) -> None:
            for _ in range(rounds):
                phone.work(entries)
                phone.contact()

        self.together(go, phones)

    def settle(self, phones: Sequence[LinePhone] | None = None, *, within: float = SETTLED_WITHIN_SECONDS) -> float:
        """Until all is judged and answered, and all stand at the head. Returns how long it took."""
        began = time.monotonic()
        done = self.together(lambda phone: wait_until(phone.contact, within), phones)
        self.seconds = time.monotonic() - began
        self.is_settled = all(done)
        self.together(lambda phone: wait_until(phone.contact, 20), phones)  # others wrote while it stood at the head
        return self.seconds

    def result(self, figure: str = "", *, holds: bool = True, parks: int = 0, is_one_history: bool = True) -> Result:
        """Counted now. Phones of the same member hold the same.

        Of one history nothing that was acknowledged is taken back, be it only until the phone sends it again, and no
        phone has to take another name.
        """
        account = self.server.inside("account", self.world["organization"], sorted(set(self.members)))
        held = zip(self.members, self.phones, strict=True)
        same = [account["projections"][id] == digest(phone.contents()) for id, phone in held if id not in self.shut_out]
        written = list(dict.fromkeys(id for phone in self.phones for id in phone.ids))
        found = measured(
            account,
            created=written,
            acknowledged={id for phone in self.phones for id in phone.acknowledged},
            notes={visit: note for phone in self.phones for visit, note in phone.notes.items()},
            equal=all(same) and self.is_settled,
            seconds=self.seconds,
            parks=parks,
        )
        changes = sum(phone.taken_back + phone.names for phone in self.phones)
        if is_one_history and changes:
            return found.but(f"{figure}; {changes} times acknowledged work was asked for again", holds=False)
        return found.but(figure, holds=holds)
