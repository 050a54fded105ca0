"""The phone: writes offline, sends what it wrote, and keeps a base that follows the server page by page.

It knows nothing of the server but its messages. All it remembers lies in its store, so an app that was
killed goes on with a new ``Phone`` over the same store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from tests.simulation.entries import FINAL, PARKED, Entry, Fields, Json, Key, chain_after, hex128, uuid7, write_text
from tests.simulation.lamps import Overlay
from tests.simulation.messages import Lost, NewReplica, Problem, Transport, is_problem
from tests.simulation.rules import ALL, Rules
from tests.simulation.store import Answer, BaseRow, Store

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

    # --- writing ------------------------------------------------------------------------------

    def new_id(self) -> str:
        """For a row this phone makes."""
        return uuid7(self.random, _START + len(self.store.entries) * 60_000)

    def write(self, kind: str, args: Json, row: Key) -> str:
        """Appends an entry about this row. Returns its id."""
        return self._append(kind, args, row, self._open_on(row))

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
        after = tuple(other for other in old.after if self.is_open(other))
        return self._append(old.kind, args, old.row, after, supersedes=id)

    def _append(
        self,
        kind: str,
        args: Json,
        row: Key | None = None,
        after: tuple[str, ...] = (),
        supersedes: str | None = None,
    ) -> str:
        entries = self.store.entries
        id = self.new_id()
        text = write_text(id, kind, len(entries), args, after, supersedes)
        chain = chain_after(self.store.chain_at(len(entries)), text)
        self.store.save(entries=(*entries, Entry(id, kind, args, after, supersedes, row, text, chain)))
        return id

    # --- what it shows ------------------------------------------------------------------------

    def is_open(self, id: str) -> bool:
        """Whether an entry has no final answer yet: unsent, sent, or parked."""
        answer = self.store.answers.get(id)
        return answer is None or answer.state == PARKED

    def _open_on(self, row: Key) -> tuple[str, ...]:
        """What a new entry about this row rests on."""
        return tuple(entry.id for entry in self.store.entries if entry.row == row and self.is_open(entry.id))

    def parked(self) -> list[Entry]:
        answers = self.store.answers
        return [entry for entry in self.store.entries if entry.id in answers and answers[entry.id].state == PARKED]

    def view(self) -> dict[Key, Fields]:
        """What the screens show: base plus the overlays of entries that have not come back yet."""
        shown = {key: row.fields for key, row in self.store.base.items()}
        fallen = self.store.fallen
        for entry in self.store.entries:
            overlay = None if entry.id in fallen else self.overlays.get(entry.kind)
            if overlay is None or entry.row is None:
                continue
            fields = overlay(shown.get(entry.row), entry.args, entry.id, self.member)
            if fields is not None:
                shown[entry.row] = fields
        return shown

    def waiting(self) -> int:
        """How many entries the server is not known to hold."""
        return len(self.store.entries) - self.store.acked

    # --- talking ------------------------------------------------------------------------------

    def hello(self) -> None:
        store = self.store
        pending = {"count": self.waiting(), "max_n": len(store.entries)}
        answer = self._ask("hello", proto=1, app="1.0.0", pending=pending)
        store.save(is_greeted=True, max_entries=answer["limits"]["max_entries"])
        self._heed_standing(answer)

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
        self._greet()
        answer = self._ask("pull", cursor=self.store.cursor)
        self._heed_standing(answer)
        if answer["answer"] != "page":
            self._start_again(is_diverged=answer["answer"] == "diverged")
            return True
        self._apply(answer)
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
            self._start_again(is_diverged=False)
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
            generation=self.store.generation + 1,
        )

    # --- pages --------------------------------------------------------------------------------

    def _start_again(self, *, is_diverged: bool) -> None:
        """Reads everything anew; the old rows stay on screen until the new ones are complete."""
        store = self.store
        values: Json = {"cursor": None}
        if self.rules.new_generation:
            values["generation"] = store.generation + 1
        if is_diverged and self.rules.forget_answers:
            # They are of a history that is gone, and their numbers say nothing in this one.
            values |= {"answers": {}, "fallen": frozenset()}
        store.save(**values)

    def _apply(self, page: Json) -> None:
        """One transaction: drops, rows, answers, cursor, and on the last page whatever falls with it."""
        store, is_last = self.store, not page["more"]
        base = self._with_rows(page)
        answers = self._with_answers(page["settled"])
        fallen = store.fallen
        if is_last or not self.rules.overlays_fall_last:
            fallen = fallen.union(id for id, answer in answers.items() if answer.state in FINAL)
        if is_last:
            base = {key: row for key, row in base.items() if row.streams and self._is_current(row)}
        elif not self.rules.rows_leave_last:
            base = {key: row for key, row in base.items() if row.streams}
        if self.rules.cursor_with_data:
            store.save(base=base, answers=answers, fallen=fallen, cursor=page["cursor"])
        else:
            store.save(cursor=page["cursor"])
            store.save(base=base, answers=answers, fallen=fallen)

    def _is_current(self, row: BaseRow) -> bool:
        return row.generation == self.store.generation

    def _with_rows(self, page: Json) -> dict[Key, BaseRow]:
        base = dict(self.store.base)
        if page["drop"]:
            dropped = frozenset(page["drop"])
            base = {key: row._replace(streams=row.streams - dropped) for key, row in base.items()}
        for row in page["rows"]:
            key = (row["t"], row["id"])
            held = base.get(key)
            if row["op"] == "put":
                base[key] = self._put(held, row)
            elif held is not None and self._is_current(held):
                base[key] = held._replace(streams=held.streams.difference(row["s"]))
        return base

    def _put(self, held: BaseRow | None, row: Json) -> BaseRow:
        streams = frozenset(row["s"])
        if held is not None and self._is_current(held):
            streams |= held.streams
        return BaseRow(streams, row["rv"], row["f"], self.store.generation)

    def _with_answers(self, settled: Iterable[Json]) -> dict[str, Answer]:
        """An entry that was settled twice keeps the later answer."""
        answers = dict(self.store.answers)
        for item in settled:
            known = answers.get(item["id"])
            if known is None or item["seq"] > known.seq:
                answers[item["id"]] = Answer(item["state"], item["seq"], item["code"])
        return answers
