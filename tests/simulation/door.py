"""The door behind which a server stands: the model's here, the real one by an adapter of the same form.

A door is made for one history, with a cast it must set up first: the organization, its territories, the
anchors standing in them, and the members with role and territories. The kinds of ``kinds.py`` must have the
effects written there. Of the shape ``lamp`` the phone and the checks read is_on, is_closed, label, price,
group (what it hangs under), hung (how many hang under it), is_shown, switches (how often it was switched) and
touched_by (the ids of all entries that took effect on it, in that order), of ``clash`` all that ``edits.py`` gives it;
other fields and other shapes are compared as they come.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple, Protocol

from tests.simulation.cast import Cast
from tests.simulation.entries import Fields, Json, Key
from tests.simulation.messages import Browser
from tests.simulation.rules import Rules

# Where a worker can be stopped within the first unit of a drain.
BEFORE_COUNT = "before_count"  # nothing committed
AFTER_COUNT = "after_count"  # the attempt is committed, the effect is not
BEFORE_COMMIT = "before_commit"  # all of the effect was written, nothing of it committed
AFTER_COMMIT = "after_commit"  # the effect is committed, the lease not given back
HANG = "hang"  # like after_count, but the worker lives and goes on at ``wake``, long after its lease
STORAGE = "storage"  # the database fails under the effect, and the worker survives to say so
CRASH_POINTS = (BEFORE_COUNT, AFTER_COUNT, BEFORE_COMMIT, AFTER_COMMIT, HANG, STORAGE)


# What somebody who answers for others may do with their parked entries.
RETRY, DISCARD, RETURN, APPLY = "retry", "discard", "return", "apply"
DECISIONS = (RETRY, DISCARD, RETURN, APPLY)


class InboxRow(NamedTuple):
    """One stored entry and the server's answer to it. ``state`` is "received" until it was judged."""

    replica: str
    n: int
    entry_id: str
    entry: Json
    state: str
    code: str | None
    attempts: int
    seq: int  # of its answer, 0 when it never had one
    waits_on: str | None  # the entry it waits for, where it was told to wait
    member: str  # whose replica it is
    is_accepted: bool  # a person let it in, or applied it
    is_behalf: bool  # a person applied it, with other arguments

    @property
    def kind(self) -> str:
        return str(self.entry["kind"])

    @property
    def supersedes(self) -> str | None:
        found: str | None = self.entry.get("supersedes")
        return found


class EditRow(NamedTuple):
    """A shared field that an entry changed."""

    lamp: str
    field: str
    before: object
    after: object
    entry_id: str
    member: str


class Hanging(NamedTuple):
    """A lamp as committed: the one it hangs under, and how many it says hang under it."""

    group: str | None
    hung: int


class Evidence(NamedTuple):
    """What the last checks read. Everything is as committed."""

    inbox: list[InboxRow]
    effects: list[str]  # the entry id of every effect key
    audit: list[str]  # the entry id of every audit row of an effect
    acts: list[str]  # the entry id of every audit row of an act of somebody who applied it for its writer
    lamps: dict[str, Fields]  # every lamp as a shape, deleted ones too
    clashes: dict[str, Fields]  # every clash as a shape
    edits: list[EditRow]  # in the order of commits
    numbers: list[int]  # the number of every unit, in the order of commits
    version: int  # of what the server understands, as in ``versions.py``


class ServerDoor(Protocol):
    """Everything a history asks of a server."""

    def answer(self, browser: Browser, member: str, message: str, body: Json) -> Json:
        """Answers "hello", "push" or "pull" from this member's browser, with a message or with a problem.

        ``cookie`` in the answer is for the browser. May raise ``messages.Lost`` when no answer came.
        """
        ...

    # --- workers ---

    def take_poke(self) -> str | None:
        """Takes the oldest poke from the broker: the replica that should be drained, or None."""
        ...

    def lose_pokes(self) -> None:
        """The broker forgets everything."""
        ...

    def drain(self, replica: str, crash_at: str | None) -> None:
        """One drain of this replica, stopped at one of CRASH_POINTS within its first unit if told so.

        A server that cannot be hung may treat HANG as AFTER_COUNT, and ``wake`` as nothing.
        """
        ...

    def wake(self) -> None:
        """The oldest hung worker goes on where it stood."""
        ...

    def sweep(self) -> None:
        """Pokes every replica with entries to judge, no live lease and no pause to keep."""
        ...

    def wait(self, seconds: int) -> None:
        """Moves the server's clock."""
        ...

    def pass_month(self) -> None:
        """Moves the server's clock into the next month."""
        ...

    def pass_half_a_year(self) -> None:
        """Moves the server's clock by 200 days."""
        ...

    # --- administrators, each in a unit of work of its own; unknown ids change nothing ---

    def grant(self, member: str, territory: str) -> None: ...

    def revoke(self, member: str, territory: str) -> None: ...

    def move(self, anchor: str, territory: str) -> None:
        """Takes the anchor, and every lamp that hangs on it, to another territory."""
        ...

    def delete(self, lamp: str) -> None: ...

    def reopen(self, lamp: str) -> None:
        """A closed lamp is open again, and returns from its month to base."""
        ...

    def begin_painting(self) -> int:
        """Opens a unit that takes its time. A server with one writer at a time may do everything later."""
        ...

    def finish_painting(self, unit: int, lamp: str, colour: str) -> None:
        """Paints the lamp in the unit opened before, and commits it."""
        ...

    # --- whoever answers for others ---

    def shut_out(self, replica: str) -> bool:
        """Revokes a phone and its session. Returns whether there is such a phone."""
        ...

    def accept_all(self, replica: str) -> None:
        """Lets in what this phone handed in after it, or its member, was shut out."""
        ...

    def set_active(self, member: str, *, is_active: bool) -> None:
        """Switches a member off, or on again."""
        ...

    def decide(self, verb: str, index: int) -> None:
        """Does one of DECISIONS with one of all parked entries; nothing when there is none.

        Before one is applied, its arguments are ``mending.mended``. Where that is refused, nothing has happened.
        """
        ...

    # --- operators ---

    def backup(self) -> None:
        """Copies the database; the last copy is the one that counts."""
        ...

    def restore(self, *, has_new_epoch: bool) -> None:
        """Goes back to the copy. Without a new epoch the operator forgot the script.

        The script keeps out whoever was shut out since; without it they are as they were.
        """
        ...

    def set_version(self, version: int) -> None:
        """Updates the server to this version of ``versions.py``, or rolls it back. The database stays as it is."""
        ...

    def compact(self) -> None:
        """Forgets the removals in the log, and the tags of numbers, that are older than 180 days."""
        ...

    def power_cut(self) -> None:
        """What was not durable is gone."""
        ...

    # --- what the checks read ---

    def head(self) -> int:
        """The organization's newest number."""
        ...

    def received(self, replica: str) -> int:
        """How many entries of this replica the inbox really holds, from 1 without a gap."""
        ...

    def unsettled(self) -> int:
        """How many entries still wait for judgement."""
        ...

    def projection(self, member: str) -> dict[Key, Fields]:
        """Every row this member may hold now, as the shape's fields: worked out afresh, not from the log."""
        ...

    def most_rows(self) -> int:
        """The most rows, or answers, one page may carry: its limit, plus the largest unit, which is never split."""
        ...

    def watched(self, look: Callable[[], None]) -> None:
        """From now on calls ``look`` after every commit that may have changed a lamp."""
        ...

    def hanging(self) -> dict[str, Hanging]:
        """Every lamp as committed, deleted ones too."""
        ...

    def evidence(self) -> Evidence: ...


DoorMaker = Callable[[Cast, Rules, Random], ServerDoor]
