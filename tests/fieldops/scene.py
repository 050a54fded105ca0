"""Two organizations side by side with the same rows, each under its own mark, and everybody's session.

A row of theirs stands for each of ours under the same name, so that any id can be swapped for a foreign one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client

from core import tenancy
from core.ids import uuid7
from customers import actions as customer_actions
from customers.models import Customer
from people import actions as people_actions
from people.models import Member, Territory, User
from sync.models import InboxEntry, Replica
from tests import factories as make
from tests.asgi import sign_in
from tests.conftest import World, build_cast
from tests.fieldops.scene_of_needs import needs_of
from tests.fieldops.scene_of_tickets import tickets_of
from tests.phone import Phone
from visits import actions as visit_actions

# Who knocks. Ana and Carl are reps of two territories, Mia manages Ana's; olga administers the other organization,
# gone is a member who was switched off with an open session, root the operator of the installation, a member of none.
MEMBERS = ("ana", "carl", "mia", "jun", "eva", "ada")
ACTORS = ("nobody", *MEMBERS, "olga", "gone", "root")
OUR_MARK, THEIR_MARK = "MARK-OF-OURS", "MARK-OF-THEIRS"
FIX = {"latitude": 37.5663, "longitude": 126.9779, "accuracy": 10.0, "age_s": 2.0}
DUE = date(2026, 12, 1)

# Phones and parked entries have numbers.
Ids = dict[str, UUID | int]

# It loads its middleware once, as a server does. Cookies are set anew for every request.
_browser = Client(raise_request_exception=False)


@dataclass
class Scene:
    world: World
    olga: Member
    users: dict[str, User | None]
    ours: Ids
    theirs: Ids
    cookies: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cookies = {name: sign_in(user) if user else None for name, user in self.users.items()}
        for name in self.users:  # the first request of a day renews the session, which is not to be undone each time
            self.ask(name, "GET", "/healthz")

    def ask(self, actor: str, method: str, address: str, body: bytes = b"", **headers: str) -> Any:
        """One request of this actor with a fresh browser; If-Match says that any version will do."""
        key = self.cookies[actor]
        _browser.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: key} if key else {})
        sent = {"If-Match": "*", **headers}
        return _browser.generic(method, address, body, content_type="application/json", headers=sent)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back. A bare savepoint, since a unit must find itself outermost."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def build_scene() -> Scene:
    world = build_cast()
    olga = _other_administrator()
    with tenancy.acting_in(world.organization.pk):
        gone = make.member("Gone", territories=[world.north])
        ours = _rows(world.ana, world.ada, world.jun, world.north, OUR_MARK, customer=world.steel)
        ours |= _people(world) | {"main_gate": world.gate.pk} | _south(world)
        with make.writing(world.ada) as unit:
            people_actions.change_member(unit, gone, is_active=False)
    with tenancy.acting_in(olga.organization_id):
        theirs = _their_rows(olga)
    root = User.objects.create_superuser("root@example.com")
    users = {name: getattr(world, name).user for name in MEMBERS}
    users |= {"nobody": None, "olga": olga.user, "gone": gone.user, "root": root}
    return Scene(world, olga, users, ours, theirs)


def _other_administrator() -> Member:
    other = make.organization(f"Elsewhere {THEIR_MARK}")
    with tenancy.acting_in(other.pk):
        team = make.team(f"Team {THEIR_MARK}")
        return make.member(
            f"Olga {THEIR_MARK}", role="manager", is_admin=True, team=team, email=f"{THEIR_MARK.lower()}@example.com"
        )


def _people(world: World) -> Ids:
    rows = {"organization": world.organization, "team": world.team, "north": world.north, "south": world.south}
    rows |= {"ana": world.ana, "ben": world.ben, "jun": world.jun}
    return {name: row.pk for name, row in rows.items()}


def _south(world: World) -> Ids:
    """What Carl did where Ana has no business."""
    visit = make.logged(world.carl, world.paper, note=f"Far {OUR_MARK}")
    rows = {
        "paper": world.paper,
        "paper_mill": make.site(world.paper, name=f"Mill {OUR_MARK}"),
        "paper_contact": make.contact(world.paper, name=f"Mr Oh {OUR_MARK}"),
        "paper_asset": make.asset(world.paper, name=f"Cutter {OUR_MARK}"),
        "paper_visit": visit,
        "paper_promise": make.commitment(world.carl, world.paper, text=OUR_MARK, due_on=DUE),
        "paper_remark": make.comment(world.carl, visit, f"Far {OUR_MARK}"),
        "paper_conflict": make.conflict(world.carl, world.paper, mine=[OUR_MARK]),
    }
    for told in (needs_of, tickets_of):
        rows |= {f"paper_{name}": row for name, row in told(world.carl, world.jun, world.paper, OUR_MARK).items()}
    return {name: row.pk for name, row in rows.items()}


def _their_rows(olga: Member) -> Ids:
    """The same names, all of them rows of the other organization."""
    assert olga.team is not None
    territory = make.territory(f"Territory {THEIR_MARK}")
    engineer = make.member(f"Omar {THEIR_MARK}", role="engineer")
    found = _rows(olga, olga, engineer, territory, THEIR_MARK)
    found |= {"organization": olga.organization.pk, "team": olga.team.pk, "ana": olga.pk, "ben": olga.pk}
    found |= {"north": territory.pk, "south": territory.pk, "jun": engineer.pk}
    found |= {"main_gate": found["gate"], "paper": found["steel"]}
    paper = {f"paper_{name}": id for name, id in found.items()}  # what is Carl's in the South
    return found | paper | {"paper_mill": found["gate"], "paper_contact": found["park"], "paper_asset": found["press"]}


def _rows(
    author: Member, admin: Member, engineer: Member, territory: Territory, mark: str, customer: Customer | None = None
) -> Ids:
    """One row of every noun in every state that a verb asks for, the work of ``author``."""
    steel = customer or make.customer(territory, f"Customer {mark}", memo=mark)
    gone = make.customer(territory, f"Removed {mark}")
    removed = {
        "removed_customer": gone,
        "removed_site": make.site(steel, name=f"Torn down {mark}"),
        "removed_contact": make.contact(steel, name=f"Retired {mark}"),
        "removed_asset": make.asset(steel, name=f"Scrapped {mark}"),
        "removed_product": make.product(name=f"Old {mark}"),
    }
    rows: dict[str, Any] = {
        "steel": steel,
        "gate": make.site(steel, name=f"Gate {mark}", address=mark),
        "park": make.contact(steel, name=f"Ms Park {mark}"),
        "pump": make.product(name=f"Pump {mark}", code=mark),
        "press": make.asset(steel, name=f"Press {mark}", tag=mark[-6:], notes=mark),
        "planned": make.planned(author, steel, plan_note=mark),
        "visit": make.logged(author, steel, note=f"As agreed {mark}"),
        "promise": make.commitment(author, steel, text=mark, due_on=DUE),
    }
    with make.writing(author) as unit:
        rows["arrived"] = visit_actions.arrive(unit, visit=uuid7(), customer=steel.pk, position=FIX)
    rows["remark"] = make.comment(author, rows["visit"], f"Well done {mark}")
    rows["conflict"] = make.conflict(author, steel, mine=[mark])
    rows["later"] = make.territory(f"Later {mark}")
    rows |= _move(admin, rows["later"], territory) | _phone(author, mark)
    rows |= needs_of(author, engineer, steel, mark) | tickets_of(author, engineer, steel, mark)
    with make.writing(admin) as unit:
        for row in removed.values():
            customer_actions.remove(unit, row)
    return {name: row.pk for name, row in {**rows, **removed}.items()}


def _move(admin: Member, former: Territory, target: Territory) -> dict[str, Any]:
    """All customers of a territory that has none."""
    with make.writing(admin) as unit:
        return {"move": customer_actions.start_move(unit, from_territory=former.pk, to_territory=target.pk)}


def _phone(owner: Member, mark: str) -> dict[str, Any]:
    """A phone, and what it says of a customer that nobody knows."""
    phone = Phone(owner)
    phone.write("visit.log", visit=uuid7(), customer=uuid7(), outcome="progress", note=mark)
    phone.push()
    phone.drain()
    return {"phone": phone.replica, "parked": InboxEntry.objects.get(replica=phone.replica)}


def replica_of(member: Member, *, state: str = "active") -> str:
    """A phone that has said hello. Returns its key."""
    with tenancy.acting_in(member.organization_id):
        key = uuid7().hex
        Replica.objects.create(member=member, key=key, state=state)
        return key


def make_operators_rows(scene: Scene) -> None:
    """One row of each thing that only the operator's pages show."""
    phone = Phone(scene.world.ana)
    phone.append("{}")
    phone.push()
    seen = {"user_agent": "", "path_info": "/"}
    AccessAttempt.objects.create(failures_since_start=1, get_data="", post_data="", **seen)
    AccessLog.objects.create(**seen)
    AccessFailureLog.objects.create(**seen)
    Group.objects.create(name="Nobody")
    EmailAddress.objects.create(user=scene.world.ana.user, email="ana@example.com")
    UserSession.objects.create(user=scene.world.ana.user, ip="127.0.0.1", session_key="1", user_agent="")
