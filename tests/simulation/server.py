"""The model server: the messages' doorway, workers and operators, over the state."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.simulation import phones
from tests.simulation.answers import WAITING
from tests.simulation.cast import Cast
from tests.simulation.changes import Changes
from tests.simulation.digests import differing
from tests.simulation.door import EditRow, Evidence, Hanging, InboxRow
from tests.simulation.drain import Workers
from tests.simulation.entries import NO_CHAIN, Fields, Json, Key, chain_after, hex64
from tests.simulation.limits import Limits
from tests.simulation.messages import Browser
from tests.simulation.office import Office
from tests.simulation.pull import BadCursor, pull
from tests.simulation.rules import Rules
from tests.simulation.state import RECEIVED, InboxEntry, Replica, State

DAY = 86_400
KEPT = 180 * DAY  # how long removals are remembered


class ModelServer(Office):
    """A ``door.ServerDoor`` over nothing but dictionaries."""

    def __init__(self, cast: Cast, rules: Rules, random: Random, limits: Limits | None = None) -> None:
        self.random = random
        self.limits = limits or Limits()
        self.organization = cast.organization
        changes = Changes(rules, random)
        super().__init__(changes, Workers(changes, self.limits, rules), State.of(cast, epoch=hex64(random)), rules)
        self.saved: State | None = None
        unit = self.changes.open(self.state)
        unit.members = dict(self.state.members)
        self.changes.commit(unit)

    # --- messages -----------------------------------------------------------------------------

    def answer(self, browser: Browser, member: str, message: str, body: Json) -> Json:
        if body["org"] != self.organization:
            return _problem(404, "not_found")
        is_out = phones.is_out(self.state, browser, member)
        if message == "pull" and is_out and self.rules.shut_out_reads_nothing:
            return _problem(403, "device_revoked")
        replica = self.state.replicas.get(body["replica"])
        if replica is None and message != "hello":
            return _problem(409, "unknown_replica")
        if replica is not None and replica.member != member:
            return _problem(403, "replica_member_mismatch")
        if replica is None or message == "hello":
            return self._hello(browser, member, body, is_out=is_out)
        return self._push(replica, body) if message == "push" else self._pull(replica, body)

    def _hello(self, browser: Browser, member: str, body: Json, *, is_out: bool) -> Json:
        """Registers the phone, and says what it should do or know."""
        replica = phones.greet(self.state, browser, member, body, self.rules)
        limits = {"max_entries": self.limits.max_entries, "max_rows": self.limits.max_rows}
        is_out = is_out or replica.is_revoked
        return {
            "epoch": self.state.epoch,
            "head": {"seq": self.state.seq, "tag": self.state.tag},
            "limits": limits,
            "device_state": "revoked" if is_out else "active",
            **_standing(replica),
            "commands": [{"command": "wipe"}] if is_out else self._commands(replica, body),
            "cookie": replica.key,
        }

    def _commands(self, replica: Replica, body: Json) -> list[Json]:
        found: list[Json] = []
        if replica.loss is not None:
            written, received = replica.loss
            found.append({"command": "lost", "written": written, "received": received})
        if "digests" in body:
            streams = differing(self.state, replica, body["digests"], self.workers.month, self.rules)
            found += [{"command": "refetch", "streams": streams}] if streams else []
        return found

    def _push(self, replica: Replica, body: Json) -> Json:
        """Stores what is new of these entries and says what is held now."""
        if replica.is_revoked and not self.rules.deposit:
            return _problem(403, "device_revoked")
        first_n, texts, held = body["first_n"], body["entries"], len(replica.inbox)
        if first_n > held + 1:
            return _problem(409, "gap", expected_n=held + 1)
        known = max(0, min(len(texts), held + 1 - first_n))
        if self.rules.chain:
            for n, text in enumerate(texts[:known], start=first_n):
                if replica.inbox[n - 1].text != text:
                    return _problem(409, "replica_forked", n=n)
        if texts[known:]:
            self._receive(replica, texts[known:])
        return _standing(replica)

    def _receive(self, replica: Replica, texts: list[str]) -> None:
        for text in texts:
            entry = InboxEntry(replica.key, len(replica.inbox) + 1, text)
            replica.inbox.append(entry)
            replica.chain = chain_after(replica.chain, text)
            self.state.index(entry)
        if not self.rules.durable_receipt:
            replica.not_durable += len(texts)
        self.workers.pokes.append(replica.key)

    def _pull(self, replica: Replica, body: Json) -> Json:
        if replica.is_revoked and self.rules.shut_out_reads_nothing:
            return _problem(403, "device_revoked")
        try:
            page = pull(self.state, replica, body, self.workers.month, self.limits.max_rows, self.rules)
        except BadCursor:
            return _problem(400, "bad_cursor")
        return {**page, **_standing(replica)}

    # --- workers ------------------------------------------------------------------------------

    def take_poke(self) -> str | None:
        return self.workers.pokes.pop(0) if self.workers.pokes else None

    def lose_pokes(self) -> None:
        self.workers.pokes.clear()

    def drain(self, replica: str, crash_at: str | None) -> None:
        self.workers.drain(self.state, replica, crash_at)

    def wake(self) -> None:
        self.workers.wake()

    def sweep(self) -> None:
        self.workers.sweep(self.state)

    def wait(self, seconds: int) -> None:
        self.changes.now += seconds

    def pass_month(self) -> None:
        self.workers.month += 1
        self.changes.now += 30 * DAY

    def pass_half_a_year(self) -> None:
        self.workers.month += 7
        self.changes.now += 200 * DAY

    # --- operators ----------------------------------------------------------------------------

    def backup(self) -> None:
        self.saved = self.state.copy()

    def restore(self, *, has_new_epoch: bool) -> None:
        if self.saved is None:
            return
        replaced, self.state = self.state, self.saved.copy()
        self.workers.hung.clear()
        if has_new_epoch:
            self.state.epoch = hex64(self.random)
            if self.rules.out_is_out:
                unit = self.changes.open(self.state)
                unit.members = phones.keep_out(self.state, replaced, self.rules)
                self.changes.commit(unit)

    def set_version(self, version: int) -> None:
        self.workers.version = version

    def compact(self) -> None:
        """The newest number that is old enough stays as the mark: whoever stands there has seen all removals."""
        state = self.state
        old = [seq for seq, at in state.committed_at.items() if at < self.changes.now - KEPT]
        mark = max(old, default=0)
        if mark <= state.low_water:
            return
        for stream, rows in state.log.items():
            state.log[stream] = {key: placed for key, placed in rows.items() if placed.is_put or placed.seq > mark}
        state.ticks = {seq: tag for seq, tag in state.ticks.items() if seq >= mark}
        state.low_water = mark

    def power_cut(self) -> None:
        self.lose_pokes()
        for replica in self.state.replicas.values():
            if replica.not_durable:
                self._forget(replica, len(replica.inbox) - replica.not_durable)

    def _forget(self, replica: Replica, n: int) -> None:
        for entry in replica.inbox[n:]:
            self.state.forget(entry)
        del replica.inbox[n:]
        replica.not_durable, replica.chain = 0, NO_CHAIN
        for entry in replica.inbox:
            replica.chain = chain_after(replica.chain, entry.text)

    # --- what the checks read -----------------------------------------------------------------

    def head(self) -> int:
        return self.state.seq

    def received(self, replica: str) -> int:
        found = self.state.replicas.get(replica)
        return 0 if found is None else len(found.inbox)

    def unsettled(self) -> int:
        return sum(entry.state == RECEIVED for entry in self.state.inbox())

    def projection(self, member: str) -> dict[Key, Fields]:
        return self.state.projection(member, self.workers.month, self.rules)

    def most_rows(self) -> int:
        return self.limits.max_rows + self.state.largest_unit

    def watched(self, look: Callable[[], None]) -> None:
        self.changes.look = look

    def hanging(self) -> dict[str, Hanging]:
        lamps = self.state.lamps.items()
        return {id: Hanging(lamp.fields["group"], lamp.fields["hung"]) for id, lamp in lamps}

    def evidence(self) -> Evidence:
        state = self.state
        return Evidence(
            inbox=[self._inbox_row(entry) for entry in state.inbox()],
            effects=list(state.effects),
            audit=[*state.audit, *state.behalf],
            acts=list(state.behalf),
            lamps={id: lamp.fields for id, lamp in state.lamps.items()},
            clashes={id: row.fields for id, row in state.clashes.items()},
            edits=[EditRow(*edit) for edit in state.edits],
            numbers=list(state.numbers),
            version=self.workers.version,
        )

    def _inbox_row(self, row: InboxEntry) -> InboxRow:
        entry = row.read()
        member, is_behalf = self.state.replicas[row.replica].member, entry["id"] in self.state.behalf
        answer = (row.state, row.code, row.attempts, row.seq, row.params.get("entry") if row.code in WAITING else None)
        return InboxRow(
            row.replica, row.n, entry["id"], entry, *answer, member, row.is_accepted or is_behalf, is_behalf
        )


def _standing(replica: Replica) -> Json:
    return {
        "received_n": len(replica.inbox),
        "chain": replica.chain.hex(),
        "settled_n": replica.settled_n,
        "server_time": "2026-11-24T03:31:00.000Z",
    }


def _problem(status: int, code: str, **params: object) -> Json:
    return {"type": "about:blank", "title": code, "status": status, "code": code, **params}
