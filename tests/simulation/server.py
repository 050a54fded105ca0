"""The model server: the messages' doorway, administrators and operators, over the state."""

from __future__ import annotations

from random import Random

from tests.simulation.cast import Cast
from tests.simulation.changes import Changes, Unit
from tests.simulation.door import Evidence, InboxRow
from tests.simulation.drain import Workers
from tests.simulation.entries import NO_CHAIN, Fields, Json, Key, chain_after, hex64
from tests.simulation.limits import Limits
from tests.simulation.pull import BadCursor, pull
from tests.simulation.rules import Rules
from tests.simulation.state import RECEIVED, InboxEntry, Replica, State


class ModelServer:
    """A ``door.ServerDoor`` over nothing but dictionaries."""

    def __init__(self, cast: Cast, rules: Rules, random: Random, limits: Limits | None = None) -> None:
        self.rules = rules
        self.random = random
        self.limits = limits or Limits()
        self.organization = cast.organization
        self.changes = Changes(rules, random)
        self.workers = Workers(self.changes, self.limits, rules)
        self.state = State.of(cast, epoch=hex64(random))
        self.saved: State | None = None
        self.painting: dict[int, Unit] = {}
        unit = self.changes.open(self.state)
        unit.members = dict(self.state.members)
        self.changes.commit(unit)

    # --- messages -----------------------------------------------------------------------------

    def answer(self, member: str, message: str, body: Json) -> Json:
        if body["org"] != self.organization:
            return _problem(404, "not_found")
        replica = self.state.replicas.get(body["replica"])
        if replica is None and message == "hello":
            replica = self.state.replicas[body["replica"]] = Replica(body["replica"], member)
        if replica is None:
            return _problem(409, "unknown_replica")
        if replica.member != member:
            return _problem(403, "replica_member_mismatch")
        if message == "push":
            return self._push(replica, body)
        if message == "pull":
            return self._pull(replica, body)
        return self._hello(replica)

    def _hello(self, replica: Replica) -> Json:
        head = {"seq": self.state.seq, "tag": self.state.tag}
        limits = {"max_entries": self.limits.max_entries, "max_rows": self.limits.max_rows}
        return {
            "epoch": self.state.epoch,
            "head": head,
            "limits": limits,
            "device_state": "active",
            **_standing(replica),
        }

    def _push(self, replica: Replica, body: Json) -> Json:
        """Stores what is new of these entries and says what is held now."""
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
        try:
            page = pull(self.state, replica, body["cursor"], self.workers.month, self.limits.max_rows, self.rules)
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
        self.workers.now += seconds

    def pass_month(self) -> None:
        self.workers.month += 1
        self.workers.now += 30 * 86_400

    # --- administrators -----------------------------------------------------------------------

    def grant(self, member: str, territory: str) -> None:
        self._set_territories(member, self.state.members[member].territories | {territory})

    def revoke(self, member: str, territory: str) -> None:
        self._set_territories(member, self.state.members[member].territories - {territory})

    def _set_territories(self, member: str, territories: frozenset[str]) -> None:
        unit = self.changes.open(self.state)
        unit.members[member] = self.state.members[member]._replace(territories=territories)
        self.changes.commit(unit)

    def move(self, anchor: str, territory: str) -> None:
        unit = self.changes.open(self.state)
        unit.anchors[anchor] = territory
        self.changes.commit(unit)

    def delete(self, lamp: str) -> None:
        unit = self.changes.open(self.state)
        found = unit.lamp(lamp)
        if found is not None and not found.is_deleted:
            unit.put(found._replace(is_deleted=True))
            self.changes.commit(unit)

    def reopen(self, lamp: str) -> None:
        unit = self.changes.open(self.state)
        found = unit.lamp(lamp)
        if found is not None and found.closed_in is not None:
            unit.put(found._replace(fields={**found.fields, "is_closed": False}, closed_in=None))
            self.changes.commit(unit)

    def begin_painting(self) -> int:
        handle = len(self.painting) + 1
        self.painting[handle] = self.changes.open(self.state)
        return handle

    def finish_painting(self, unit: int, lamp: str, colour: str) -> None:
        opened = self.painting[unit]
        found = opened.lamp(lamp)
        # A unit of before a restore is lost with its connection.
        if opened.state is self.state and found is not None:
            opened.put(found._replace(fields={**found.fields, "colour": colour}))
            self.changes.commit(opened)

    # --- operators ----------------------------------------------------------------------------

    def backup(self) -> None:
        self.saved = self.state.copy()

    def restore(self, *, has_new_epoch: bool) -> None:
        if self.saved is None:
            return
        self.state = self.saved.copy()
        self.workers.hung.clear()
        if has_new_epoch:
            self.state.epoch = hex64(self.random)

    def compact(self) -> None:
        for stream, rows in self.state.log.items():
            self.state.log[stream] = {key: placed for key, placed in rows.items() if placed.is_put}
        self.state.low_water = self.state.seq

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
        return self.state.projection(member, self.workers.month)

    def most_rows(self) -> int:
        return self.limits.max_rows + self.state.largest_unit

    def evidence(self) -> Evidence:
        state = self.state
        return Evidence(
            inbox=[_inbox_row(entry) for entry in state.inbox()],
            effects=list(state.effects),
            audit=list(state.audit),
            lamps={id: lamp.fields for id, lamp in state.lamps.items()},
            numbers=list(state.numbers),
        )


def _inbox_row(row: InboxEntry) -> InboxRow:
    entry = row.read()
    return InboxRow(
        row.replica,
        row.n,
        entry["id"],
        entry["kind"],
        entry.get("supersedes"),
        row.state,
        row.code,
        row.attempts,
    )


def _standing(replica: Replica) -> Json:
    return {
        "received_n": len(replica.inbox),
        "chain": replica.chain.hex(),
        "settled_n": replica.settled_n,
        "server_time": "2026-11-24T03:31:00.000Z",
        "commands": [],
    }


def _problem(status: int, code: str, **params: object) -> Json:
    return {"type": "about:blank", "title": code, "status": status, "code": code, **params}
