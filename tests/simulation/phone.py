"""The phone: writes offline, sends what it wrote, and keeps a base that follows the server page by page.

It knows nothing of the server but its messages. All it remembers lies in its store, so an app that was
killed goes on with a new ``Phone`` over the same store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from tests.simulation import pages
from tests.simulation.digests import digest
from tests.simulation.entries import PARKED, Entry, Fields, Json, Key, chain_after, hex128, uuid7, write_text
from tests.simulation.lamps import Deed, Overlay
from tests.simulation.messages import Lost, NewReplica, Problem, Transport, is_problem
from tests.simulation.rules import ALL, Rules
from tests.simulation.store import Loss, Store
from tests.simulation.versions import written

FORKED = frozenset({"replica_forked", "unknown_replica"})
_START = 1_795_000_000_000  # milliseconds: ids sort by the phone's own count of minutes from here


class Phone:
    """One member's phone. Every method that talks raises ``messages.NoAnswer`` when it got none."""

    def __init__(
        self,
        store: Store,
        transport: Transport,
        *,
        organization: str,
        member: str,
        random: Random,
        overlays: Mapping[str, Overlay],
        rules: Rules = ALL,
    ) -> None:
        self.store = store
        self.transport = transport
        self.organization = organization
        self.member = member
        self.random = random
        self.overlays = overlays
        self.rules = rules
        self._drawn: tuple[object, object, object] = (None, None, None)
        self._view: dict[Key, Fields] = {}

    # --- writing ------------------------------------------------------------------------------

    def new_id(self) -> str:
        """For a row this phone makes."""
        return uuid7(self.random, _START + len(self.store.entries) * 60_000)

    def write(self, kind: str, args: Json, *rows: Key, refs: tuple[Key, ...] = (), seen: Json | None = None) -> str:
        """Appends an entry about these rows, of which the first will show its effect, and returns its id."""
        return self._append(kind, args, rows, self._open_on((*rows, *refs)), seen=seen)

    def write_before(self, ahead: str, id: str, kind: str, args: Json, *rows: Key) -> str:
        """A mistake of an app: the entry of this id rests on ``ahead`` as well, which is not written yet."""
        return self._append(kind, args, rows, (*self._open_on(rows), ahead), id=id)

    def retry(self, id: str) -> str:
        return self._append("entry.retry", {"entry": id})

    def discard(self, id: str) -> str:
        return self._append("entry.discard", {"entry": id})

    def supersede(self, id: str, args: Json) -> str:
        """Replaces a parked entry by the same with other arguments.

        The new one takes the old one's place: it rests on what that one rested on, and not on what was
        written about the row since, because all of that waits for this very place to be settled.
        """
        old = next(entry for entry in self.store.entries if entry.id == id)
        open_ones = [entry for entry in self.store.entries if entry.id in old.after and self.is_open(entry.id)]
        behind = self._resting_on(id) if self.rules.frees_its_place else frozenset()
        after = tuple(entry.id for entry in open_ones if entry.id not in behind)
        return self._append(old.kind, args, old.rows, after, supersedes=id)

    def _resting_on(self, id: str) -> frozenset[str]:
        """Open entries that rest on this one, themselves or by way of others. Where it is in a circle, so does it."""
        found, behind = {id}, frozenset[str]()
        while found != behind:
            behind = frozenset(found)
            found |= {e.id for e in self.store.entries if self.is_open(e.id) and not behind.isdisjoint(e.after)}
        return behind

    def _append(
        self,
        kind: str,
        args: Json,
        rows: tuple[Key, ...] = (),
        after: tuple[str, ...] = (),
        supersedes: str | None = None,
        seen: Json | None = None,
        id: str | None = None,
    ) -> str:
        entries = self.store.entries
        id = id or self.new_id()
        text = write_text(id, kind, *written(kind, args, self.store.app), len(entries), after, supersedes, seen)
        chain = chain_after(self.store.chain_at(len(entries)), text)
        self.store.save(entries=(*entries, Entry(id, kind, args, after, supersedes, seen, rows, text, chain)))
        return id

    # --- what it shows ------------------------------------------------------------------------

    def is_open(self, id: str) -> bool:
        """Whether an entry has no final answer yet: unsent, sent, or parked."""
        answer = self.store.answers.get(id)
        return answer is None or answer.state == PARKED

    def _open_on(self, rows: tuple[Key, ...]) -> tuple[str, ...]:
        """What a new entry about these rows rests on."""
        about = frozenset(rows)
        return tuple(e.id for e in self.store.entries if not about.isdisjoint(e.rows) and self.is_open(e.id))

    def parked(self) -> list[Entry]:
        answers = self.store.answers
        return [entry for entry in self.store.entries if entry.id in answers and answers[entry.id].state == PARKED]

    def view(self) -> dict[Key, Fields]:
        """What the screens show: base plus the overlays of entries that have not come back yet. To be read only.

        Stored values are replaced, never changed, so the same ones are drawn as they were drawn before.
        """
        store = self.store
        drawn = (store.base, store.entries, store.fallen)
        if all(new is old for new, old in zip(drawn, self._drawn, strict=True)):
            return self._view
        shown = {key: row.fields for key, row in store.base.items()}
        for entry in store.entries:
            overlay = None if entry.id in store.fallen else self.overlays.get(entry.kind)
            if overlay is not None:
                overlay(shown, entry.rows, Deed(entry.id, self.member, entry.args, "", entry.seen or {}, self.rules))
        self._drawn, self._view = drawn, shown
        return shown

    def waiting(self) -> int:
        """How many entries the server is not known to hold."""
        return len(self.store.entries) - self.store.acked

    # --- talking ------------------------------------------------------------------------------

    def hello(self) -> None:
        store = self.store
        message: Json = {
            "pending": {"count": self.waiting(), "max_n": len(store.entries)},
            "lost": store.loss._asdict(),
        }
        if store.is_at_head and self.rules.digests:
            message["digests"] = {"cursor": store.cursor, "streams": self._digests()}
        answer = self._ask("hello", proto=1, app="1.0.0", **message)
        store.save(is_greeted=True, max_entries=answer["limits"]["max_entries"], loss=Loss())
        self._heed_standing(answer)
        if answer["device_state"] == "revoked":
            self._leave()
        else:
            store.save(is_out=False, refetch=_to_refetch(answer["commands"]))

    def _digests(self) -> dict[str, tuple[int, str]]:
        """What the base holds of each stream."""
        versions: dict[str, list[str]] = {}
        for row in self.store.base.values():
            for stream in row.streams:
                versions.setdefault(stream, []).append(row.rv)
        return {stream: digest(found) for stream, found in versions.items()}

    def _leave(self) -> None:
        """Reported lost: it hands in what it holds, and forgets the rest. Let in again, it hears all answers anew."""
        store = self.store
        if self.rules.forget_when_shut_out:
            heard: Json = {"answers": {}, "fallen": frozenset()}
            store.save(is_out=True, base={}, cursor=None, is_at_head=False, refetch=(), **heard)
        else:
            store.save(is_out=True)

    def push(self) -> bool:
        """Sends one batch of what waits. Returns whether there was any."""
        self._greet()
        store = self.store
        batch = store.entries[store.acked : store.acked + store.max_entries]
        if not batch:
            return False
        answer = self._ask(
            "push",
            proto=1,
            sent_at="2026-11-24T03:31:00.000Z",
            first_n=store.acked + 1,
            entries=[entry.text for entry in batch],
        )
        self._heed_standing(answer)
        return True

    def pull(self) -> bool:
        """Fetches one page and applies it. Returns whether there are more."""
        store = self.store
        self._greet()
        if store.is_out:
            self.hello()  # whether it was let in again
        if store.is_out:
            return False
        more = {"refetch": list(store.refetch)} if store.refetch else {}
        answer = self._ask("pull", cursor=store.cursor, **more)
        self._heed_standing(answer)
        if answer["answer"] != "page":
            self._start_again()
            return True
        pages.apply(store, answer, self.rules)
        return bool(answer["more"])

    def _greet(self) -> None:
        if not self.store.is_greeted:
            self.hello()

    def _ask(self, name: str, **message: Any) -> Json:
        answer = self.transport(name, {"org": self.organization, "replica": self.store.replica, **message})
        if is_problem(answer):
            self._mind(Problem(answer))
        if "received_n" not in answer:
            raise Lost  # a captive portal answers 200 too
        return answer

    def _mind(self, problem: Problem) -> None:
        """Acts on the code of a refusal, never on the bare status."""
        if problem.code in FORKED:
            self._take_new_replica()
            raise NewReplica
        if problem.code == "gap":
            self._reopen(problem.answer["expected_n"] - 1)
        elif problem.code == "bad_cursor":
            self._start_again()
        elif problem.code == "device_revoked":
            self._leave()
        raise problem

    # --- numbers ------------------------------------------------------------------------------

    def _heed_standing(self, answer: Json) -> None:
        """Compares what the server holds of this replica with what the phone wrote. Raises NewReplica."""
        store, received_n = self.store, answer["received_n"]
        if received_n > len(store.entries):
            if self.rules.received_n_check:
                self._take_new_replica()
                raise NewReplica
        elif self.rules.chain and store.chain_at(received_n).hex() != answer["chain"]:
            self._take_new_replica()
            raise NewReplica
        if received_n < store.acked:
            self._reopen(received_n)
        elif received_n > store.acked:
            store.save(acked=received_n)

    def _reopen(self, received_n: int) -> None:
        """The server forgot what it had acknowledged: those entries wait again, and show again."""
        store = self.store
        if not self.rules.reopening or received_n >= store.acked:
            return
        unknown = {entry.id for entry in store.entries[received_n:]}
        answers = {id: answer for id, answer in store.answers.items() if id not in unknown}
        store.save(acked=received_n, answers=answers, fallen=store.fallen - unknown)

    def _take_new_replica(self) -> None:
        """Another phone writes under this name: everything is sent again under a new one.

        The chain does not name the replica, so the journal keeps its numbers and its hashes.
        """
        self.store.save(
            replica=hex128(self.random),
            is_greeted=False,
            acked=0,
            answers={},
            fallen=frozenset(),
            cursor=None,
            is_at_head=False,
            refetch=(),
            generation=self.store.generation + 1,
        )

    # --- starting again --------------------------------------------------------------------------------

    def _start_again(self) -> None:
        """Reads everything anew; the old rows stay on screen until the new ones are complete."""
        store = self.store
        values: Json = {"cursor": None, "is_at_head": False, "refetch": ()}
        if self.rules.new_generation:
            values["generation"] = store.generation + 1
        if self.rules.forget_answers:
            # They may be of a history that is gone, and their numbers say nothing in this one. (The tags that would
            # tell may be forgotten by now, so "reset" is no promise that it is the same one.)
            values |= {"answers": {}, "fallen": frozenset()}
        store.save(**values)


def _to_refetch(commands: Iterable[Json]) -> tuple[str, ...]:
    return tuple(name for command in commands for name in command.get("streams", ()))
