"""What a restore drill needs of an installation. The functions run inside it; ``Drill`` asks them from outside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core import tenancy
from core.ids import uuid7
from customers.models import Customer
from fieldops.installation import wait_until
from people.models import Member
from sync import actions as entry_actions
from sync.models import InboxEntry
from tests import factories as make
from tests.asgi import sign_in
from tests.conftest import build_cast, build_stranger
from tests.http_door import HttpDoor, HttpPhone
from tests.phone import Phone, projection
from tests.server import Server
from visits.models import Visit

SETTLED_WITHIN_SECONDS = 120
# JSON that PostgreSQL keeps in another order, and numbers that it writes in another way.
ODD = {"long": "", "b": -0.0, "a": {"z": 1e22, "y": [1.5, 2.0, 1e-9]}}

# A restore waits for one beat of a worker that may be at work, and a worker beats with every sweep.
SWIFT = {"FIELDOPS_SWEEP_SECONDS": "1"}


# --- Inside the installation ----------------------------------------------------------------------------------


def furnish() -> None:
    """Two organizations, a phone with work of every outcome, and one that was revoked."""
    world = build_cast()
    build_stranger()
    with tenancy.acting_in(world.organization.pk):
        ana, lost = Phone(world.ana), Phone(world.ben)
        for customer in (world.steel.pk, uuid7()):
            ana.write("visit.log", visit=uuid7(), customer=customer, outcome="progress", note="지하 2층에서 🏫")
        ana.sync()
        InboxEntry.objects.update(params=ODD)
        with make.writing(world.ada) as unit:
            entry_actions.revoke(unit, replica=lost.replica)


def keys_for(members: Sequence[str]) -> str:
    """New sessions of these members, as JSON."""
    return json.dumps([sign_in(Member._base_manager.get(pk=id).user) for id in members])


def projections_of(members: Sequence[str]) -> str:
    """What their phones must hold, as JSON."""
    found = []
    for id in members:
        member = Member._base_manager.get(pk=id)
        found.append([[*key, text] for key, text in projection(member).items()])
    return json.dumps(found)


def raise_head(units: int) -> None:
    """Other work, so that numbers are given again that phones have seen with other contents."""
    customer = Customer._base_manager.get()
    with tenancy.acting_in(customer.organization_id):
        for _ in range(units):
            make.contact(customer)


def visits_held() -> str:
    return json.dumps([str(id) for id in Visit._base_manager.values_list("pk", flat=True)])


# --- From outside ---------------------------------------------------------------------------------------------


class Drill:
    """A server and phones of its people."""

    def __init__(self, server: Server, crowd: dict[str, Any]) -> None:
        self.server = server
        self.customer: str = crowd["customer"]
        self.phones = [HttpPhone(HttpDoor(server.base_url, key)) for key in crowd["reps"]]

    @property
    def members(self) -> list[str]:
        return [door_of(phone).me["member"]["id"] for phone in self.phones]

    def write(self, phone: HttpPhone, count: int) -> set[str]:
        """Logs visits on this phone. Returns their ids."""
        visits = [str(uuid7()) for _ in range(count)]
        for visit in visits:
            phone.write("visit.log", visit=visit, customer=self.customer, outcome="progress", note="x" * 200)
        return set(visits)

    def settle(self) -> None:
        """Until everything that was ever written on any phone is judged and answered, and all stand at the head."""
        for phone in self.phones:
            assert wait_until(lambda phone=phone: is_settled(phone), SETTLED_WITHIN_SECONDS)  # type: ignore[misc]
        for phone in self.phones:
            phone.pull()

    def sign_in_again(self) -> None:
        for phone, key in zip(self.phones, self._asked("keys_for", self.members), strict=True):
            phone.door = HttpDoor(self.server.base_url, key)  # type: ignore[assignment]

    def head(self) -> int:
        """The number that the server has come to."""
        found: int = self.phones[0].hello()["head"]["seq"]
        return found

    def visits(self) -> list[str]:
        found: list[str] = self._asked("visits_held")
        return found

    def is_right(self) -> bool:
        """Whether every phone holds what the server's own rows say that it should."""
        expected = self._asked("projections_of", self.members)
        return all(
            {(shape, id): text for shape, id, text in one} == phone.contents()
            for one, phone in zip(expected, self.phones, strict=True)
        )

    def _asked(self, name: str, *arguments: Any) -> Any:
        code = f"from tests.walks import drill; print(drill.{name}(*{list(arguments)!r}))"
        return json.loads(self.server.python(code).splitlines()[-1])


def door_of(phone: HttpPhone) -> HttpDoor:
    found: Any = phone.door
    assert isinstance(found, HttpDoor)
    return found


def is_settled(phone: HttpPhone) -> bool:
    phone.pull()
    phone.push()
    return phone.unsettled == 0


def crowd_of(server: Server, reps: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        server.python(f"from tests.walks.crowd import gather; print(gather({reps}, 0))").splitlines()[-1]
    )
    return found


def sqlite_in(folder: Path) -> Server:
    """An installation on SQLite, whatever the others are on. Nothing of it runs."""
    return Server(folder, environment={"FIELDOPS_DATABASE_URL": f"sqlite:///{folder / 'fieldops.sqlite3'}"})
