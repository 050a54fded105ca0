"""Phones as the model server knows them: registered by hello, shut out by a person, empty after their storage went."""

from __future__ import annotations

from tests.simulation.cast import Member
from tests.simulation.entries import Json
from tests.simulation.messages import Browser
from tests.simulation.rules import Rules
from tests.simulation.state import Replica, State


def is_out(state: State, browser: Browser, member: str) -> bool:
    """Whether this session may hand in and read nothing."""
    return browser.session in state.sessions_out or not state.members[member].is_active


def greet(state: State, browser: Browser, member: str, body: Json, rules: Rules) -> Replica:
    """Registers the replica or notes what it says of itself. A new one in a session that is out is out as well."""
    replica, written = state.replicas.get(body["replica"]), body["pending"]["max_n"]
    if replica is None:
        replica = state.replicas[body["replica"]] = Replica(body["replica"], member)
        replica.is_revoked = rules.out_from_the_start and browser.session in state.sessions_out
        _note_loss(state, replica, browser, body, rules)
    replica.session = browser.session
    replica.written_n = max(replica.written_n, written)
    return replica


def _note_loss(state: State, replica: Replica, browser: Browser, body: Json, rules: Rules) -> None:
    """Two witnesses: what the phone's small storage remembers, and what the replica of before had told the server.

    A phone that took a new name brings its journal along, and has lost nothing. One that remembers a loss has.
    """
    lost = body["lost"] if rules.marker else {"written": 0, "received": 0}
    if body["pending"]["max_n"] and not (lost["written"] and rules.loss_of_writers):
        return
    written, received = lost["written"], lost["received"]
    former_key = browser.replica() if rules.cookie else None
    former = state.replicas.get(former_key) if former_key else None
    if former is not None:
        written = max(written, former.written_n)
        former.written_n = len(former.inbox)  # it never comes back
    if former_key is not None:
        held = len(former.inbox) if former else 0
        received = held if rules.server_counts else max(received, held)
    if written > received:
        replica.loss = (written, received)


def revoke(state: State, replica: Replica, rules: Rules) -> None:
    replica.is_revoked = True
    if rules.session_ends:
        state.sessions_out |= {replica.session}


def keep_out(state: State, replaced: State, rules: Rules) -> dict[str, Member]:
    """Whoever was out in the state that is replaced is out in the restored one. Returns members to switch off."""
    for key, replica in replaced.replicas.items():
        if replica.is_revoked:
            # One that the backup does not know would be registered as new, and trusted, at its first word.
            state.replicas.setdefault(key, Replica(key, replica.member, replica.session)).is_revoked = True
    if rules.session_ends:
        state.sessions_out |= replaced.sessions_out
    off = {id for id, member in replaced.members.items() if not member.is_active}
    return {id: member._replace(is_active=False) for id, member in state.members.items() if id in off}
