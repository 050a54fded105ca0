"""Histories by chance: a seed gives a mood, and the mood gives operations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from random import Random

from tests.simulation.cast import ANA, BEN, CARL, EVA
from tests.simulation.door import APPLY, CRASH_POINTS, DECISIONS, HANG, STORAGE
from tests.simulation.losses import BOTH, WITNESSES
from tests.simulation.moods import Mood, has_groups, mood_of
from tests.simulation.network import DOUBLED, FAULTS, OK, SILENT_FAULTS
from tests.simulation.world import Op

PHONES = 4
SHORTEST, LONGEST = 120, 280
LABELS = ("hall", "yard", "shed", "barn", "loft", "")
PRICES = (1, 2, 3, 4, 5, 0)

# How often by weight, and what makes the operations.
Table = list[tuple[int, Callable[[], list[Op]]]]


def random_history(seed: int) -> list[Op]:
    """The history this seed stands for, for ever."""
    random = Random(f"history {seed}")
    mood = replace(mood_of(random), has_groups=has_groups(seed))
    return _Writer(random, mood).history(random.randint(SHORTEST, LONGEST))


def calm_history(seed: int) -> list[Op]:
    """A history without faults, whose end cannot depend on when a message came through."""
    random = Random(f"calm {seed}")
    mood = Mood(has_months=True, has_edits=True, has_circles=True, has_versions=True, has_groups=has_groups(seed))
    return _Writer(random, mood).history(random.randint(SHORTEST, LONGEST))


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
        table = [*self._written(), *self._happening()]
        self._makers = [maker for _, maker in table]
        self._weights = list(accumulate(weight for weight, _ in table))

    def history(self, length: int) -> list[Op]:
        history: list[Op] = []
        while len(history) < length:
            history += self.random.choices(self._makers, cum_weights=self._weights)[0]()
        return history

    def _written(self) -> Table:
        """What people write and decide."""
        mood = self.mood
        return [
            (9, self._make),
            (24, self._switch),
            (5, self._close),
            (3, self._refusal),
            (8, self._decide),
            (3, lambda: [self._decision(self.random.choice(DECISIONS))]),
            (10 * mood.has_edits, self._edit),
            (5 * mood.has_edits, self._meeting),
            (5 * mood.has_edits, self._resolve),
            (2 * mood.has_poison, lambda: [("crash", self._phone(), self._lamp())]),
            (6 * mood.has_circles, self._circle),
            (9 * mood.has_groups, self._group),
            (6 * mood.has_groups, lambda: [("ungroup", self._phone(), self._lamp())]),
            (4 * mood.has_groups, self._round),
            (4 * mood.has_groups, self._show),
        ]

    def _happening(self) -> Table:
        """What becomes of it: messages, workers, administrators, operators, and trouble."""
        mood = self.mood
        return [
            (8 * mood.has_versions, self._version),
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
            (2 * mood.has_compaction, lambda: [("half_a_year_passes",), *self._paint(), ("compact",)]),
            (2 * mood.has_compaction, lambda: [("compact",)]),
            (2 * mood.has_clones, self._clone),
            (2 * mood.has_wipes, self._wipe),
            (4 * mood.has_outcasts, self._shut_out),
            (3 * mood.has_damage, self._damage),
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

    def _pair(self) -> tuple[str, str]:
        """Two of the newest; now and then a mistake of an app, which names one of them twice."""
        one, other = self.random.sample(self.made[-6:], 2) if len(self.made) > 1 else ("none", "none")
        return (one, one) if self.random.random() < 0.05 else (one, other)

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

    def _edit(self) -> list[Op]:
        label, price = self.random.choice((None, *LABELS)), self.random.choice((None, *PRICES))
        return [("edit", self._phone(), self._lamp(), label, price)]

    def _meeting(self) -> list[Op]:
        """Two phones edit one lamp, and neither has seen what the other one did."""
        lamp, phones = self._lamp(), [self._phone(), self._phone()]
        edits = [("edit", phone, lamp, self.random.choice(LABELS), self.random.choice(PRICES)) for phone in phones]
        return [*[("pull_all", phone) for phone in phones], *edits, ("push_all", phones[0]), ("work_all",)]

    def _resolve(self) -> list[Op]:
        phone, choice = self._phone(), self.random.choice(("keep", "replace"))
        return [("pull_all", phone), ("resolve", phone, self.random.randrange(3), choice)]

    def _group(self) -> list[Op]:
        """Half the time of what the phone has just read."""
        phone = self._phone()
        hung: Op = ("group", phone, *self._pair())
        return self.random.choice(([hung], [("pull_all", phone), hung]))

    def _round(self) -> list[Op]:
        """Two phones hang two lamps under each other, and neither has a signal; sometimes one is taken out after."""
        phones, (lamp, into) = [self._phone(), self._phone()], self._pair()
        hung: list[Op] = [("group", phones[0], lamp, into), ("group", phones[1], into, lamp)]
        known: list[Op] = [op for phone in phones for op in (("push_all", phone), ("work_all",))]
        undone: list[Op] = [("pull_all", phones[0]), ("ungroup", phones[0], lamp), ("push_all", phones[0])]
        return [*[("pull_all", phone) for phone in phones], *hung, *self.random.choice(([], known, [*known, *undone]))]

    def _show(self) -> list[Op]:
        """Often while another phone, without a signal, goes on about it."""
        lamp, first, second = self._lamp(), self._phone(), self._phone()
        shown: list[Op] = [("show", first, lamp), ("push_all", first), ("work_all",)]
        late: list[Op] = [("switch", second, lamp, self.random.random() < 0.5), ("push_all", second)]
        moved: list[Op] = [("move", self.random.randrange(4), self._territory())]
        return self.random.choice((shown[:1], [*late[:1], *shown, *late[1:]], [*late[:1], *moved, *shown, *late[1:]]))

    def _refusal(self) -> list[Op]:
        """One phone closes a lamp while another one, without a signal, goes on about it."""
        lamp, first, second = self._lamp(), self._phone(), self._phone()
        late = [("switch", second, lamp, self.random.random() < 0.5) for _ in range(self.random.randint(1, 3))]
        return [
            *[("pull_all", second), ("close", first, lamp), ("push_all", first), ("work_all",)],
            *[*late, ("push_all", second), ("work_all",), ("pull_all", second)],
            *self.random.choice(([], [("reopen", lamp)], [("reopen", lamp), self._decision(APPLY)])),
        ]

    def _decide(self) -> list[Op]:
        """What a person may do about a parked entry, on any phone that happens to hold one."""
        verb = self.random.choice(("retry", "discard", "supersede"))
        return [(verb, phone, self.random.randrange(3)) for phone in range(self.phones)]

    def _decision(self, verb: str) -> Op:
        """By somebody who answers for others, about any of all parked entries."""
        return ("decide", verb, self.random.randrange(60))

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

    def _wipe(self) -> list[Op]:
        return [("wipe", self._phone(), self.random.choice((BOTH, *WITNESSES)))]

    def _shut_out(self) -> list[Op]:
        """A phone or a member, and what a person decides about the work they hand in."""
        phone, member = self._phone(), self.random.choice((ANA, BEN, CARL))
        stories: tuple[list[Op], ...] = (
            [("shut_out", phone)],
            [("switch_off", member)],
            [("switch_on", member)],
            [("switch_on", member)],
            [("push_all", phone), ("work_all",), ("accept_all", phone)],
            [("accept_all", self._phone()), ("work_all",)],
        )
        return self.random.choice(stories)

    def _damage(self) -> list[Op]:
        """Half the time the phone says hello soon, and mends it."""
        phone = self._phone()
        hurt: Op = ("damage", phone, self.random.randrange(20), self.random.choice(("lost", "changed", "made_up")))
        return self.random.choice(([hurt], [("pull_all", phone), hurt, ("hello", phone), ("pull_all", phone)]))

    def _circle(self) -> list[Op]:
        """Half the time somebody decides about one of it, when it is known to be one."""
        phone, lamps = self._phone(), self.random.sample(self.made[-6:], min(len(self.made), self.random.randint(1, 3)))
        other, lamp = self._phone(), self._lamp()
        round: Op = self.random.choice((("circle", phone, lamps), ("tangle", phone, other, lamp)))
        known: list[Op] = [("push_all", phone), ("push_all", other), ("work_all",), ("pull_all", phone)]
        decided: Op = (self.random.choice(("retry", "discard", "supersede")), phone, self.random.randrange(3))
        return self.random.choice(([round], [round, *known, decided, *known]))

    def _version(self) -> list[Op]:
        """The server is updated and rolled back, and phones keep the newer app."""
        phone, lamp = self._phone(), self._lamp()
        known: list[Op] = [("push_all", phone), ("work_all",), ("pull_all", phone)]
        stories: tuple[list[Op], ...] = (
            [("update",)],
            [("roll_back",)],
            [("new_app", phone)],
            [("new_app", phone), ("switch", phone, lamp, self.random.random() < 0.5)],
            [("new_app", phone), ("blink", phone, lamp)],
            [("update",), ("new_app", phone), ("blink", phone, lamp), *known, ("roll_back",)],
        )
        return self.random.choice(stories)

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
