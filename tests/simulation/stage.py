"""What a history is played on: phones, a network and one server, before anything has happened."""

from __future__ import annotations

from functools import partial
from random import Random

from tests.simulation.cast import Cast, make_cast
from tests.simulation.door import DoorMaker
from tests.simulation.entries import Json, hex128
from tests.simulation.kinds import OVERLAYS
from tests.simulation.messages import Browser, Lost, Transport
from tests.simulation.network import Network
from tests.simulation.phone import Phone
from tests.simulation.rules import ALL, Rules
from tests.simulation.store import Store
from tests.simulation.talk import Talk
from tests.simulation.watch import Owner, Watch


def _nobody(name: str, message: Json) -> Json:
    """Where a phone that is not connected yet would send its messages."""
    raise Lost


class Stage:
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
            self._add_phone(member, Store(hex128(self.random)), Browser(session=f"session {member}"))

    def _add_phone(self, member: int, store: Store, browser: Browser) -> Owner:
        id, name = self.cast.members[member].id, f"{self.cast.members[member].name}-{len(self.owners)}"
        owner = Owner(name, self._phone(self.rules, id, store), browser)
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
