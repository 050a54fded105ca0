"""Histories by chance: a seed gives a mood, and the mood gives operations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from tests.simulation.cast import ANA, CARL, EVA
from tests.simulation.door import CRASH_POINTS, HANG, STORAGE
from tests.simulation.network import DOUBLED, FAULTS, OK, SILENT_FAULTS
from tests.simulation.world import Op

PHONES = 4
SHORTEST, LONGEST = 120, 280


@dataclass
class Mood:
    """How rough one history is. A calm one has none of these."""

    fault: float = 0.0  # share of messages that meet a bad network
    kill: float = 0.0  # share of messages in which the app is killed
    crash: float = 0.0  # share of drains in which the worker dies
    has_poison: bool = False
    has_clones: bool = False
    has_wipes: bool = False
    has_restores: bool = False
    has_compaction: bool = False
    has_months: bool = False


def mood_of(random: Random) -> Mood:
    return Mood(
        fault=random.choice((0.0, 0.1, 0.4)),
        kill=random.choice((0.0, 0.05, 0.2)),
        crash=random.choice((0.0, 0.1, 0.4)),
        has_poison=random.random() < 0.2,
        has_clones=random.random() < 0.35,
        has_wipes=random.random() < 0.2,
        has_restores=random.random() < 0.35,
        has_compaction=random.random() < 0.25,
        has_months=random.random() < 0.35,
    )


def random_history(seed: int) -> list[Op]:
    """The history this seed stands for, for ever."""
    random = Random(f"history {seed}")
    return _Writer(random, mood_of(random)).history(random.randint(SHORTEST, LONGEST))


def calm_history(seed: int) -> list[Op]:
    """A history without faults, whose end cannot depend on when a message came through."""
    random = Random(f"calm {seed}")
    return _Writer(random, Mood(has_months=True)).history(random.randint(SHORTEST, LONGEST))


def disturbed(history: list[Op], seed: int) -> list[Op]:
    """The same history over a bad network: before a message comes through, it fails, is doubled or comes late."""
    random = Random(f"disturbed {seed}")
    found: list[Op] = []
    for op in history:
        if op[0] in ("push", "pull"):
            while random.random() < 0.4:
                found.append((*op[:2], random.choice(SILENT_FAULTS)))
            found.append((*op[:2], random.choice((OK, DOUBLED))))
        else:
            found.append(op)
        if random.random() < 0.1:
            found.append(("late",))
    return found


class _Writer:
    """Draws one operation after the other, by weight."""

    def __init__(self, random: Random, mood: Mood) -> None:
        self.random = random
        self.mood = mood
        self.made: list[str] = []
        self.phones = PHONES
        table = self._table()
        self._makers = [maker for _, maker in table]
        self._weights = list(accumulate(weight for weight, _ in table))

    def history(self, length: int) -> list[Op]:
        history: list[Op] = []
        while len(history) < length:
            history += self.random.choices(self._makers, cum_weights=self._weights)[0]()
        return history

    def _table(self) -> list[tuple[int, Callable[[], list[Op]]]]:
        mood = self.mood
        return [
            (9, self._make),
            (24, self._switch),
            (5, self._close),
            (3, self._refusal),
            (8, self._decide),
            (2 * mood.has_poison, lambda: [("crash", self._phone(), self._lamp())]),
            (16, lambda: [("push", self._phone(), self._fault(), self._kill())]),
            (18, lambda: [("pull", self._phone(), self._fault(), self._kill())]),
            (3, lambda: [("pull_all", self._phone())]),
            (1, lambda: [("hello", self._phone(), self._fault())]),
            (14, self._work),
            (3, lambda: [("wait", self.random.choice((1, 30, 61))), ("sweep",)]),
            (2 * (mood.crash > 0), lambda: [("wake",)]),
            (1 * (mood.crash > 0), self._trouble),
            (2 * (mood.fault > 0), lambda: [("late",)]),
            (1 * (mood.fault > 0), lambda: [("lose_pokes",)]),
            (2, lambda: [("grant", self._member(), self._territory())]),
            (2, lambda: [("revoke", self._member(), self._territory())]),
            (3, lambda: [("move", self.random.randrange(4), self._territory())]),
            (1, lambda: [("delete", self._lamp())]),
            (2, lambda: [("reopen", self._lamp())]),
            (4, self._paint),
            (3 * mood.has_months, lambda: [("month_passes",)]),
            (2 * mood.has_compaction, lambda: [("compact",)]),
            (2 * mood.has_clones, self._clone),
            (2 * mood.has_wipes, lambda: [("wipe", self._phone())]),
            (3 * mood.has_restores, self._restore),
            (1, lambda: [("power_cut",)]),
        ]

    def _phone(self) -> int:
        return self.random.randrange(self.phones)

    def _member(self) -> int:
        return self.random.choice((ANA, CARL, EVA))

    def _territory(self) -> int:
        return self.random.randrange(2)

    def _lamp(self) -> str:
        """Rather one of the newest, so that work on one lamp overlaps."""
        return self.random.choice(self.made[-6:]) if self.made else "none"

    def _fault(self) -> str:
        return self.random.choice(FAULTS) if self.random.random() < self.mood.fault else OK

    def _kill(self) -> int | None:
        return self.random.randrange(3) if self.random.random() < self.mood.kill else None

    def _make(self) -> list[Op]:
        self.made.append(f"lamp {len(self.made) + 1}")
        return [("make", self._phone(), self.made[-1], self.random.randrange(4))]

    def _switch(self) -> list[Op]:
        """Often several at once: a phone that has been without a signal has a queue."""
        phone, times = self._phone(), self.random.choice((1, 1, 2, 4))
        return [("switch", phone, self._lamp(), self.random.random() < 0.5) for _ in range(times)]

    def _close(self) -> list[Op]:
        return [("close", self._phone(), self._lamp())]

    def _refusal(self) -> list[Op]:
        """One phone closes a lamp while another one, without a signal, goes on about it."""
        lamp, first, second = self._lamp(), self._phone(), self._phone()
        late = [("switch", second, lamp, self.random.random() < 0.5) for _ in range(self.random.randint(1, 3))]
        return [
            *[("pull_all", second), ("close", first, lamp), ("push_all", first), ("work_all",)],
            *[*late, ("push_all", second), ("work_all",), ("pull_all", second)],
            *self.random.choice(([], [("reopen", lamp)])),
        ]

    def _decide(self) -> list[Op]:
        """What a person may do about a parked entry, on any phone that happens to hold one."""
        verb = self.random.choice(("retry", "discard", "supersede"))
        return [(verb, phone, self.random.randrange(3)) for phone in range(self.phones)]

    def _work(self) -> list[Op]:
        crash_at = self.random.choice(CRASH_POINTS) if self.random.random() < self.mood.crash else None
        return [("work", crash_at)]

    def _trouble(self) -> list[Op]:
        """A worker oversleeps its lease, or the database is away for longer than an entry has attempts."""
        late: list[Op] = [("wait", 61), ("sweep",)]
        first: list[Op] = [("push", self._phone())]
        if self.random.random() < 0.5:
            return [*first, ("work", HANG), *late, ("work_all",), ("wake",)]
        return [*first, *[("work", STORAGE), *late] * 3]

    def _paint(self) -> list[Op]:
        lamp = self._lamp()
        return [self.random.choice((("paint", lamp), ("painted", lamp, self.random.choice(("red", "blue")))))]

    def _clone(self) -> list[Op]:
        self.phones += 1
        return [("clone", self.random.randrange(PHONES))]

    def _restore(self) -> list[Op]:
        """A backup, a restore, or one right after the other with work in between that only a phone remembers."""
        restore = ("restore", self.random.random() < 0.3)
        phone = self._phone()
        told: list[Op] = [("push_all", phone), ("backup",), *self._paint(), ("work_all",), ("pull_all", phone), restore]
        stories: tuple[list[Op], ...] = ([("backup",)], [restore], [restore], told)
        return self.random.choice(stories)
