"""Plays a history: the table of operations, and the quiet phase in which everything must come right.

An operation is a tuple of a verb and plain arguments, so a history can be stored and replayed as JSON.
Phones, members, territories and anchors are numbered as in ``cast.py``, lamps are named. An operation that
makes no sense where it stands (a switch of a lamp the phone does not hold) does nothing, so any part of a
history is a history.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from tests.simulation.cast import Cast, make_cast
from tests.simulation.door import DoorMaker
from tests.simulation.entries import Json, Key, hex128
from tests.simulation.lamps import OVERLAYS, SHAPE
from tests.simulation.messages import Lost, Transport
from tests.simulation.network import OK, Network
from tests.simulation.phone import Phone
from tests.simulation.rules import ALL, Rules
from tests.simulation.store import Store
from tests.simulation.talk import Say, Talk
from tests.simulation.watch import Owner, Watch

Op = tuple[Any, ...]
MOST_ROUNDS = 40  # of the quiet phase; a queue full of poison needs four for each
LEASE_AND_PAUSE = 61  # seconds after which every lease has ended and every pause is over


def _nobody(name: str, message: Json) -> Json:
    """Where a phone that is not connected yet would send its messages."""
    raise Lost


class World:
    """Phones, a network and one server, moved by one operation at a time."""

    def __init__(self, make_door: DoorMaker, rules: Rules, seed: int) -> None:
        self.random = Random(seed)
        self.rules = rules
        self.cast: Cast = make_cast(self.random)
        self.door = make_door(self.cast, rules, Random(self.random.random()))
        self.network = Network(self.door)
        self.watch = Watch(self.door)
        self.talk = Talk(self.network, self.watch, partial(self._phone, ALL))
        self.lamps: dict[str, str] = {}  # name in the history -> id
        self.painting: dict[str, int] = {}  # lamp -> unit
        self.owners: list[Owner] = []
        self.lost: list[str] = []  # entries that only a wiped phone had
        self.has_backup = False
        self.written = 0
        for member in range(len(self.cast.members)):
            self._add_phone(member, Store(hex128(self.random)))

    def _add_phone(self, member: int, store: Store) -> Owner:
        id, name = self.cast.members[member].id, f"{self.cast.members[member].name}-{len(self.owners)}"
        owner = Owner(name, self._phone(self.rules, id, store))
        self.talk.connect(owner)
        self.owners.append(owner)
        return owner

    def _phone(self, rules: Rules, member: str, store: Store, transport: Transport = _nobody) -> Phone:
        return Phone(
            store,
            transport,
            organization=self.cast.organization,
            member=member,
            random=Random(self.random.random()),
            overlays=OVERLAYS,
            rules=rules,
        )

    def play(self, history: list[Op]) -> None:
        for step, (verb, *arguments) in enumerate(history, start=1):
            self.watch.step = step
            VERBS[verb](self, *arguments)

    # --- a member writes ----------------------------------------------------------------------

    def make(self, phone: int, lamp: str, anchor: int) -> None:
        if lamp in self.lamps or phone >= len(self.owners):
            return
        owner = self.owners[phone]
        id = self.lamps[lamp] = owner.phone.new_id()
        anchor_id = self.cast.anchors[anchor][0]
        self._write(owner, "lamp.make", {"lamp": id, "anchor": anchor_id, "colour": "white"}, (SHAPE, id))

    def switch(self, phone: int, lamp: str, is_on: bool) -> None:
        self._write_about(phone, lamp, "lamp.switch", {"lamp": self.lamps.get(lamp), "on": is_on})

    def close(self, phone: int, lamp: str) -> None:
        self._write_about(phone, lamp, "lamp.close", {"lamp": self.lamps.get(lamp)})

    def crash(self, phone: int, lamp: str) -> None:
        """The poison says nothing, but the phone knows what it is about."""
        self._write_about(phone, lamp, "lamp.crash", {})

    def _write_about(self, phone: int, lamp: str, kind: str, args: Json) -> None:
        """Only about a lamp that stands on the phone's screen."""
        id = self.lamps.get(lamp)
        if id is not None and phone < len(self.owners) and (SHAPE, id) in self.owners[phone].phone.view():
            self._write(self.owners[phone], kind, args, (SHAPE, id))

    def _write(self, owner: Owner, kind: str, args: Json, row: Key) -> None:
        owner.phone.write(kind, args, row)
        self._wrote(owner)

    def _wrote(self, owner: Owner) -> None:
        self.written += 1
        self.watch.rendered(owner)

    def retry(self, phone: int, index: int) -> None:
        self._decide(phone, index, lambda owner, id: owner.phone.retry(id))

    def discard(self, phone: int, index: int) -> None:
        self._decide(phone, index, lambda owner, id: owner.phone.discard(id))

    def supersede(self, phone: int, index: int) -> None:
        """Replaces a parked switch by one the other way round."""

        def replace(owner: Owner, id: str) -> object:
            old = next(entry for entry in owner.store.entries if entry.id == id)
            if old.kind != "lamp.switch":
                return None
            return owner.phone.supersede(id, {**old.args, "on": not old.args["on"]})

        self._decide(phone, index, replace)

    def _decide(self, phone: int, index: int, decide: Callable[[Owner, str], object]) -> None:
        if phone < len(self.owners):
            owner = self.owners[phone]
            parked = owner.phone.parked()
            if parked and decide(owner, parked[index % len(parked)].id) is not None:
                self._wrote(owner)

    # --- a phone talks ------------------------------------------------------------------------

    def hello(self, phone: int, fault: str = OK) -> None:
        self._talk(phone, Phone.hello, fault, None)

    def push(self, phone: int, fault: str = OK, kill: int | None = None) -> None:
        """One batch."""
        self._talk(phone, Phone.push, fault, kill)

    def pull(self, phone: int, fault: str = OK, kill: int | None = None) -> None:
        """One page."""
        self._talk(phone, Phone.pull, fault, kill)

    def push_all(self, phone: int) -> None:
        if phone < len(self.owners):
            self.talk.to_the_end(self.owners[phone], Phone.push)

    def pull_all(self, phone: int) -> None:
        if phone < len(self.owners):
            self.talk.to_the_end(self.owners[phone], Phone.pull)

    def _talk(self, phone: int, say: Say, fault: str, kill: int | None) -> None:
        if phone < len(self.owners):
            self.talk.once(self.owners[phone], say, fault, kill)

    # --- things that happen to phones ---------------------------------------------------------

    def wipe(self, phone: int) -> None:
        """The browser clears the storage: a new replica, and what was never received is lost for good."""
        if phone >= len(self.owners):
            return
        owner = self.owners[phone]
        held = self.door.received(owner.store.replica)
        self.lost += [entry.id for entry in owner.store.entries[held:]]
        self.watch.forgotten(owner.name)
        owner.phone.store = Store(hex128(self.random))

    def clone(self, phone: int) -> None:
        """A backup of this phone is restored onto a second one, and both live on."""
        if phone >= len(self.cast.members):
            return
        owner = self.owners[phone]
        twin = self._add_phone(phone, owner.store.copy())
        self.watch.copied(owner.name, twin.name)

    # --- workers and time ---------------------------------------------------------------------

    def late(self) -> None:
        self.network.deliver_late()

    def work(self, crash_at: str | None = None) -> None:
        """A worker answers the oldest poke."""
        replica = self.door.take_poke()
        if replica is None:
            return
        if crash_at is not None and crash_at != "storage":
            self.watch.deaths += 1
        self.door.drain(replica, crash_at)

    def work_all(self) -> None:
        while (replica := self.door.take_poke()) is not None:
            self.door.drain(replica, None)

    def wake(self) -> None:
        self.door.wake()

    def sweep(self) -> None:
        self.door.sweep()

    def wait(self, seconds: int) -> None:
        self.door.wait(seconds)

    def lose_pokes(self) -> None:
        self.door.lose_pokes()

    def month_passes(self) -> None:
        self.door.pass_month()

    # --- administrators and operators ---------------------------------------------------------

    def grant(self, member: int, territory: int) -> None:
        self.door.grant(self.cast.members[member].id, self.cast.territories[territory])

    def revoke(self, member: int, territory: int) -> None:
        self.door.revoke(self.cast.members[member].id, self.cast.territories[territory])

    def move(self, anchor: int, territory: int) -> None:
        self.door.move(self.cast.anchors[anchor][0], self.cast.territories[territory])

    def delete(self, lamp: str) -> None:
        if lamp in self.lamps:
            self.door.delete(self.lamps[lamp])

    def reopen(self, lamp: str) -> None:
        if lamp in self.lamps:
            self.door.reopen(self.lamps[lamp])

    def paint(self, lamp: str) -> None:
        """A slow unit opens; ``painted`` commits it."""
        if lamp in self.lamps and lamp not in self.painting:
            self.painting[lamp] = self.door.begin_painting()

    def painted(self, lamp: str, colour: str) -> None:
        if lamp in self.painting:
            self.door.finish_painting(self.painting.pop(lamp), self.lamps[lamp], colour)

    def backup(self) -> None:
        self.door.backup()
        self.has_backup = True

    def restore(self, has_new_epoch: bool) -> None:
        if self.has_backup:
            self.door.restore(has_new_epoch=has_new_epoch)
            self.watch.restored()

    def compact(self) -> None:
        self.door.compact()

    def power_cut(self) -> None:
        self.door.power_cut()
        self.watch.power_was_cut()

    # --- quiet --------------------------------------------------------------------------------

    def come_to_rest(self) -> None:
        """No more faults: everything is pushed, swept, judged and pulled, for as many rounds as it takes."""
        while self.network.deliver_late():
            pass
        for _ in range(MOST_ROUNDS):
            for phone in range(len(self.owners)):
                self.push_all(phone)
            self.door.wait(LEASE_AND_PAUSE)
            self.door.sweep()
            self.work_all()
            if self.door.unsettled():
                continue
            for phone in range(len(self.owners)):
                self.pull_all(phone)
            if not self.door.unsettled() and all(owner.phone.waiting() == 0 for owner in self.owners):
                return


VERBS: dict[str, Callable[..., None]] = {
    "make": World.make,  # phone, lamp, anchor
    "switch": World.switch,  # phone, lamp, is_on
    "close": World.close,  # phone, lamp
    "crash": World.crash,  # phone, lamp
    "retry": World.retry,  # phone, which of its parked entries
    "discard": World.discard,
    "supersede": World.supersede,
    "hello": World.hello,  # phone, fault
    "push": World.push,  # phone, fault, kill
    "pull": World.pull,  # phone, fault, kill
    "push_all": World.push_all,  # phone
    "pull_all": World.pull_all,  # phone
    "wipe": World.wipe,  # phone
    "clone": World.clone,  # phone
    "late": World.late,
    "work": World.work,  # crash point
    "work_all": World.work_all,
    "wake": World.wake,
    "sweep": World.sweep,
    "wait": World.wait,  # seconds
    "lose_pokes": World.lose_pokes,
    "month_passes": World.month_passes,
    "grant": World.grant,  # member, territory
    "revoke": World.revoke,  # member, territory
    "move": World.move,  # anchor, territory
    "delete": World.delete,  # lamp
    "reopen": World.reopen,  # lamp
    "paint": World.paint,  # lamp
    "painted": World.painted,  # lamp, colour
    "backup": World.backup,
    "restore": World.restore,  # has_new_epoch
    "compact": World.compact,
    "power_cut": World.power_cut,
}
