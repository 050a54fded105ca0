"""The demo: a company that equips schools, with real schools and invented people, and a small second company.

Everything is written through the same actions as any other work, so the demo's phones sync it like any other.
Passwords are made at random once per installation and kept beside its database.
"""

from __future__ import annotations

import json
import random
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from core import clock, tenancy
from core.ids import uuid7
from customers import actions as customer_actions
from customers.importing import import_file, read_columns
from customers.models import Contact, Customer, Product
from fieldops.demo_assets import add_hoists, add_school_assets
from fieldops.demo_needs import add_needs
from fieldops.demo_tickets import add_tickets
from people import actions as people_actions
from people.models import Member, Organization, Territory
from sync import changes
from sync.changes import Actor, Unit
from visits import actions as visit_actions

NAME = "온교실"
SECOND_NAME = "Harbour Tools"
_HERE = Path(__file__).parent
_SCHOOLS = _HERE / "demo_data" / "schools-sample.csv"
_COLUMNS = settings.BASE_DIR / "customers" / "columns" / "schools.toml"
_SEOUL = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True)
class Person:
    key: str
    name: str
    role: str
    job: str
    team: str = ""
    territories: tuple[str, ...] = ()
    is_admin: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@demo.fieldops.example"


PEOPLE = (
    Person(
        "minsu", "김민수", "rep", "sales", "수도권팀", ("서울특별시강남서초교육지원청", "서울특별시성동광진교육지원청")
    ),
    Person("seoyeon", "이서연", "rep", "technical", "수도권팀", ("서울특별시동부교육지원청",)),
    Person("jihun", "박지훈", "rep", "sales", "부산팀", ("부산광역시해운대교육지원청",)),
    Person("eunyoung", "최은영", "manager", "sales", "수도권팀"),
    Person("dohyun", "정도현", "engineer", "rnd"),
    Person("jiwoo", "한지우", "executive", "management"),
    Person("haneul", "윤하늘", "manager", "management", "부산팀", (), True),
)
SECOND_PEOPLE = (Person("mary", "Mary Ward", "rep", "sales", "Harbour", ("Docks",), True),)
_PRODUCTS = (("공기청정기 AC-300", "AC300"), ("전자칠판 EB-86", "EB86"), ("급식실 환기 시스템 KV-2", "KV2"))
_CONTACTS = (("행정실장", "행정실", "decides"), ("시설 담당", "시설관리", "uses"), ("교무부장", "교무실", "complains"))
_SURNAMES, _GIVEN = "김이박최정강조윤장임", ("현우", "지민", "수진", "영호", "미경", "상철", "은주", "태영")
_NOTES = (
    ("progress", "교실 12곳에 시범 설치하기로 함. 방학 중 공사 희망."),
    ("progress", "필터 교체 주기 설명, 유지보수 계약에 관심."),
    ("no_change", "예산 심의가 다음 달로 미뤄짐."),
    ("problem", "3층 전자칠판 터치가 한쪽에서 안 먹음. 바로 재보정해서 해결."),
    ("problem", "소음 민원. 야간 모드로 바꾸고 다음 주 다시 확인."),
    ("not_met", ""),
)


def seed() -> bool:
    """Makes both demo organizations. False when they are there already."""
    if Organization.objects.filter(name=NAME).exists():
        return False
    passwords = {person.key: secrets.token_urlsafe(9) for person in (*PEOPLE, *SECOND_PEOPLE)}
    _seed_main(passwords)
    _seed_second(passwords)
    _keep(passwords)
    return True


def logins() -> list[tuple[str, str, str]]:
    """(who, address, password) of every demo login of this installation; empty without a demo."""
    try:
        passwords = json.loads(_password_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [
        (f"{person.role}{' + admin' if person.is_admin else ''}, {person.name}", person.email, passwords[person.key])
        for person in (*PEOPLE, *SECOND_PEOPLE)
    ]


def _password_file() -> Path:
    return Path(settings.DATA_DIR) / "demo-logins.json"


def _keep(passwords: dict[str, str]) -> None:
    path = _password_file()
    path.touch(mode=0o600)
    path.write_text(json.dumps(passwords), encoding="utf-8")


def _seed_main(passwords: dict[str, str]) -> None:
    organization = people_actions.found_organization(NAME)
    with tenancy.acting_in(organization.pk):
        for _ in import_file(_SCHOOLS.read_bytes(), read_columns(_COLUMNS), Actor(None, "command")):
            pass
        members = _add_people(PEOPLE, passwords)
        dice = random.Random(2026)
        contacts = _add_contacts(dice)
        products = _add_products()
        add_school_assets(products)
        for key in ("minsu", "seoyeon", "jihun"):
            _add_history(members[key], members, contacts, products, dice)
            _plan_today(members[key], dice)
        add_needs(members, products, dice)
        add_tickets(members, members["haneul"], dice)


def _seed_second(passwords: dict[str, str]) -> None:
    organization = people_actions.found_organization(SECOND_NAME, time_zone="Europe/London", language="en")
    with tenancy.acting_in(organization.pk):
        with changes.unit("territory.add", by=Actor(None, "command")) as unit:
            docks = people_actions.add_territory(unit, name="Docks")
        _add_people(SECOND_PEOPLE, passwords)
        with changes.unit("customer.add", by=Actor(None, "command")) as unit:
            for name in ("Northgate Cranes", "Tidewater Repairs", "Quayside Cold Store"):
                customer = customer_actions.add_customer(unit, name=name, territory=docks.pk)
                customer_actions.add_site(unit, customer=customer.pk, name=name, latitude=51.507, longitude=0.05)
        add_hoists(list(Customer.objects.order_by("name")))


def _add_people(people: tuple[Person, ...], passwords: dict[str, str]) -> dict[str, Member]:
    members: dict[str, Member] = {}
    with changes.unit("member.add", by=Actor(None, "command")) as unit:
        teams = {name: people_actions.add_team(unit, name=name) for name in sorted({p.team for p in people if p.team})}
        for person in people:
            team = teams.get(person.team)
            territories = Territory.objects.filter(name__in=person.territories).values_list("pk", flat=True)
            members[person.key] = people_actions.add_member(
                unit,
                email=person.email,
                password=passwords[person.key],
                name=person.name,
                role=person.role,
                job=person.job,
                team=team.pk if team else None,
                territories=territories,
                is_admin=person.is_admin,
            )
            if person.role == "manager" and team:
                people_actions.change_team(unit, team, lead=members[person.key].pk)
    return members


def _add_contacts(dice: random.Random) -> list[Contact]:
    found: list[Contact] = []
    with changes.unit("contact.add", by=Actor(None, "command")) as unit:
        for customer in list(Customer.objects.order_by("external_id")):
            if dice.random() < 0.5:
                title, department, part = dice.choice(_CONTACTS)
                found.append(
                    customer_actions.add_contact(
                        unit,
                        customer=customer.pk,
                        name=dice.choice(_SURNAMES) + dice.choice(_GIVEN),
                        title=title,
                        department=department,
                        honorific="님",
                        part=part,
                        phone=f"02-555-{dice.randrange(10000):04d}",
                    )
                )
    return found


def _add_products() -> list[Product]:
    with changes.unit("product.add", by=Actor(None, "command")) as unit:
        return [customer_actions.add_product(unit, name=name, code=code) for name, code in _PRODUCTS]


def _add_history(
    member: Member, members: dict[str, Member], contacts: list[Contact], products: list[Product], dice: random.Random
) -> None:
    """Three weeks of visits, so that a feed has something to show and a commitment falls due."""
    customers = list(Customer.objects.seen_by(member).order_by("external_id"))
    contact_of = {contact.customer_id: contact for contact in contacts}
    today = clock.today_in("Asia/Seoul")
    for back in range(20, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() < 5:
            for hour in dice.sample(range(9, 17), dice.choice((1, 2, 2))):
                _add_visit(member, members, dice.choice(customers), contact_of, products, day, hour, dice)


def _add_visit(
    member: Member,
    members: dict[str, Member],
    customer: Customer,
    contact_of: dict[Any, Contact],
    products: list[Product],
    day: date,
    hour: int,
    dice: random.Random,
) -> None:
    visit, outcome, note, site = uuid7(), *dice.choice(_NOTES), customer.sites.order_by("pk").first()
    arrived = datetime.combine(day, time(hour, dice.randrange(60)), _SEOUL)
    contact = contact_of.get(customer.pk)
    with changes.unit("visit.arrive", by=_as(member, arrived)) as unit:
        visit_actions.arrive(
            unit, visit=visit, customer=customer.pk, site=site.pk if site else None, position=_near(site, dice)
        )
    with changes.unit("visit.log", by=_as(member, arrived + timedelta(minutes=dice.randrange(15, 70)))) as unit:
        visit_actions.log_visit(
            unit,
            visit=visit,
            customer=customer.pk,
            outcome=outcome,
            note=note,
            contact=contact.pk if contact and outcome != "not_met" else None,
            product=dice.choice(products).pk if outcome in {"progress", "problem"} else None,
            next_step=_next_step(day, dice) if outcome in {"progress", "no_change"} else None,
        )
    if outcome == "problem":
        _comment(members["eunyoung"], visit, "바로 해결해 주셨네요. 다음 방문 때 한 번 더 확인 부탁드려요.", arrived)


def _as(member: Member, at: datetime) -> Actor:
    return Actor(member, "command", at=at, received_at=min(clock.now(), at.astimezone(UTC) + timedelta(seconds=2)))


def _near(site: Any, dice: random.Random) -> dict[str, float] | None:
    if site is None or site.latitude is None or dice.random() < 0.15:
        return None
    return {
        "latitude": site.latitude + dice.uniform(-0.0006, 0.0006),
        "longitude": site.longitude + dice.uniform(-0.0006, 0.0006),
        "accuracy": float(dice.randrange(8, 60)),
        "age_s": 2.0,
    }


def _next_step(day: date, dice: random.Random) -> dict[str, Any]:
    step = dice.choice(("revisit", "material", "quote"))
    return {"commitment": uuid7(), "step": step, "due_on": day + timedelta(days=dice.choice((7, 14, 21)))}


def _comment(member: Member, visit: Any, text: str, at: datetime) -> None:
    with changes.unit("comment.add", by=_as(member, at + timedelta(hours=2))) as unit:
        visit_actions.add_comment(unit, comment=uuid7(), visit=visit, text=text)


def _plan_today(member: Member, dice: random.Random) -> None:
    today = clock.today_in("Asia/Seoul")
    customers = dice.sample(list(Customer.objects.seen_by(member).order_by("external_id")), 3)
    with changes.unit("visit.plan", by=_as(member, clock.now().astimezone(_SEOUL))) as unit:
        for hour, customer in zip((10, 13, 16), customers, strict=True):
            _plan(unit, customer, today, time(hour, 0))


def _plan(unit: Unit, customer: Customer, day: date, at: time) -> None:
    site = customer.sites.order_by("pk").first()
    visit_actions.plan_visit(
        unit, visit=uuid7(), customer=customer.pk, site=site.pk if site else None, planned_for=day, planned_time=at
    )
    if site is not None:
        customer_actions.change_site(
            unit,
            site=site.pk,
            access_gate="정문 경비실에 이름을 말하고 방문증을 받으세요.",
            access_parking="운동장 옆 방문객 자리 3면",
            access_lunch="12:10-13:00 점심시간, 행정실 비어 있음",
        )
