"""Plays a history: the table of operations, and the quiet phase in which everything must come right.

An operation is a tuple of a verb and plain arguments, so a history can be stored and replayed as JSON.
Phones, members, territories and anchors are numbered as in ``cast.py``, lamps are named. An operation that
makes no sense where it stands (a switch of a lamp the phone does not hold) does nothing, so any part of a
history is a history.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.simulation.entries import hex64, hex128
from tests.simulation.losses import BOTH, COOKIE, MARKER
from tests.simulation.network import OK
from tests.simulation.phone import Phone
from tests.simulation.store import Loss, Store
from tests.simulation.talk import Say
from tests.simulation.versions import FIRST, SECOND
from tests.simulation.writing import Members

Op = tuple[Any, ...]
MOST_ROUNDS = 40  # of the quiet phase; a queue full of poison needs four for each
LEASE_AND_PAUSE = 61  # seconds after which every lease has ended and every pause is over


class World(Members):
    """Phones, a network and one server, moved by one operation at a time."""

    def play(self, history: list[Op]) -> None:
        for step, (verb, *arguments) in enumerate(history, start=1):
            self.watch.step = step
            VERBS[verb](self, *arguments)

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

    def wipe(self, phone: int, witness: str = BOTH) -> None:
        """The browser clears the storage: a new replica, and what was never received is lost for good."""
        if phone >= len(self.owners):
            return
        owner = self.owners[phone]
        held = self.door.received(owner.store.replica)
        self.lost += [entry.id for entry in owner.store.entries[held:]]
        self.watch.wiped(owner, witness)
        if witness not in (BOTH, COOKIE):
            owner.browser.cookie = None
        loss = owner.store.marker() if witness in (BOTH, MARKER) else Loss()
        owner.phone.store = Store(hex128(self.random), loss, owner.store.app)

    def clone(self, phone: int) -> None:
        """A backup of this phone is restored onto a second one, and both live on in one session."""
        if phone >= len(self.cast.members):
            return
        owner = self.owners[phone]
        twin = self._add_phone(phone, owner.store.copy(), replace(owner.browser))
        self.watch.copied(owner.name, twin.name)

    def damage(self, phone: int, index: int, how: str) -> None:
        """A row of the phone's base is silently lost, or another one, or one that was never given."""
        if phone >= len(self.owners) or not self.owners[phone].store.base:
            return
        owner = self.owners[phone]
        base = dict(owner.store.base)
        key = sorted(base)[index % len(base)]
        row = base.pop(key)
        if how == "changed":
            base[key] = row._replace(rv=hex64(self.random), fields={**row.fields, "colour": "black"})
        elif how == "made_up":
            base |= {key: row, (key[0], hex128(self.random)): row._replace(rv=hex64(self.random))}
        owner.store.base = base
        self.watch.damaged(owner)

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

    def half_a_year_passes(self) -> None:
        self.door.pass_half_a_year()

    # --- whoever answers for others -----------------------------------------------------------

    def shut_out(self, phone: int) -> None:
        """Ana's phone was left in a taxi."""
        if phone < len(self.owners):
            owner = self.owners[phone]
            if self.door.shut_out(owner.store.replica):
                self.watch.outcasts.shut_out(owner.browser, owner.store.replica, self.door.head())

    def accept_all(self, phone: int) -> None:
        if phone < len(self.owners):
            self.door.accept_all(self.owners[phone].store.replica)

    def switch_off(self, member: int) -> None:
        self._set_active(member, is_active=False)

    def switch_on(self, member: int) -> None:
        self._set_active(member, is_active=True)

    def _set_active(self, member: int, *, is_active: bool) -> None:
        id = self.cast.members[member].id
        self.door.set_active(id, is_active=is_active)
        self.watch.outcasts.switched(id, self.door.head(), is_active=is_active)

    def decide(self, verb: str, index: int) -> None:
        self.door.decide(verb, index)

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
        self.watch.backed_up()

    def restore(self, has_new_epoch: bool) -> None:
        if self.has_backup:
            self.door.restore(has_new_epoch=has_new_epoch)
            self.watch.restored(is_by_script=has_new_epoch)

    def update(self) -> None:
        self.door.set_version(SECOND)

    def roll_back(self) -> None:
        self.door.set_version(FIRST)

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
                break
        for owner in self.owners:
            self.talk.to_the_end(owner, Phone.hello)  # with what each holds
            if owner.store.refetch:
                self.talk.to_the_end(owner, Phone.pull)


VERBS: dict[str, Callable[..., None]] = {
    "make": World.make,  # phone, lamp, anchor
    "switch": World.switch,  # phone, lamp, is_on
    "close": World.close,  # phone, lamp
    "edit": World.edit,  # phone, lamp, label, price
    "group": World.group,  # phone, lamp, the lamp to hang it under
    "ungroup": World.ungroup,  # phone, lamp
    "show": World.show,  # phone, lamp
    "resolve": World.resolve,  # phone, which of its clashes, choice
    "crash": World.crash,  # phone, lamp
    "blink": World.blink,  # phone, lamp
    "new_app": World.new_app,  # phone
    "circle": World.circle,  # phone, lamps
    "tangle": World.tangle,  # phone, another one, lamp
    "retry": World.retry,  # phone, which of its parked entries
    "discard": World.discard,
    "supersede": World.supersede,
    "hello": World.hello,  # phone, fault
    "push": World.push,  # phone, fault, kill
    "pull": World.pull,  # phone, fault, kill
    "push_all": World.push_all,  # phone
    "pull_all": World.pull_all,  # phone
    "wipe": World.wipe,  # phone, witness
    "clone": World.clone,  # phone
    "damage": World.damage,  # phone, row, how
    "late": World.late,
    "work": World.work,  # crash point
    "work_all": World.work_all,
    "wake": World.wake,
    "sweep": World.sweep,
    "wait": World.wait,  # seconds
    "lose_pokes": World.lose_pokes,
    "month_passes": World.month_passes,
    "half_a_year_passes": World.half_a_year_passes,
    "shut_out": World.shut_out,  # phone
    "accept_all": World.accept_all,  # phone
    "switch_off": World.switch_off,  # member
    "switch_on": World.switch_on,
    "decide": World.decide,  # decision, which of all parked entries
    "grant": World.grant,  # member, territory
    "revoke": World.revoke,  # member, territory
    "move": World.move,  # anchor, territory
    "delete": World.delete,  # lamp
    "reopen": World.reopen,  # lamp
    "paint": World.paint,  # lamp
    "painted": World.painted,  # lamp, colour
    "backup": World.backup,
    "restore": World.restore,  # has_new_epoch
    "update": World.update,
    "roll_back": World.roll_back,
    "compact": World.compact,
    "power_cut": World.power_cut,
}
