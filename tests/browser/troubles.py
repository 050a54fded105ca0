"""Tickets as they pile up at the customers of one rep: in every state, late, in doubt, and some that came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from core import clock
from core.ids import uuid7
from tests.browser.pocket import Login
from tests.browser.stuck import settle
from tests.http_door import HttpDoor, HttpPhone
from tests.server import Server

SEOUL = ZoneInfo("Asia/Seoul")
ALWAYS = [[day, 0, 1440] for day in range(7)]
CHIPS = {
    "category": ("소음", "작동 안 함", "화면 불량", "누수", "설치 문의"),
    "cause": ("필터 막힘", "센서 고장", "전원 불량", "설정 오류"),
    "fix": ("부품 교체", "청소", "재설정", "재시작"),
}


class FastPhone(HttpPhone):
    """Its clock is three hours fast."""

    AHEAD = timedelta(hours=3)

    def pushing(self, first_n: int, count: int) -> dict[str, Any]:
        return {**super().pushing(first_n, count), "sent_at": clock.to_text(clock.now() + self.AHEAD)}


@dataclass(frozen=True)
class Troubles:
    """Ids of tickets by what is the matter with them, of causes by their states, and of their customer."""

    customer: str
    customer_name: str
    tickets: dict[str, str]
    causes: dict[str, str]


def set_up(server: Server, login: Login) -> dict[str, dict[str, str]]:
    """Chips, hours around the clock and a promise, in place of the demo's. Returns the chips by sort and name."""
    door = HttpDoor.sign_in(server.base_url, *login("haneul"))
    for path in ("sla_policies", "business_calendars", "chips"):
        _clear(door, path)
    chips: dict[str, dict[str, str]] = {}
    for sort, names in CHIPS.items():
        chips[sort] = {name: _make(door, "chips", sort=sort, name=name) for name in names}
    hours = _make(door, "business_calendars", name="24시간", slots=ALWAYS)
    promise = {"response_minutes": 60, "resolution_minutes": 480, "pauses_on": ["customer", "parts"]}
    _make(door, "sla_policies", calendar=hours, **promise)
    return chips


def _clear(door: HttpDoor, path: str) -> None:
    for row in door.get(f"/api/v1/{path}/").json()["results"]:
        door.delete(f"/api/v1/{path}/{row['id']}/").raise_for_status()


def _make(door: HttpDoor, path: str, **values: Any) -> str:
    id = str(uuid7())
    door.post(f"/api/v1/{path}/", {"id": id, **values}).raise_for_status()
    return id


def pile_up(server: Server, login: Login, chips: dict[str, dict[str, str]], who: str = "seoyeon") -> Troubles:
    phone = _phone(HttpPhone, server, login, who)
    customer = _own_customer(phone)
    colleague = next(one for one in phone.all("member") if one["name"] == "정도현")
    tickets = {name: uuid7() for name in ("urgent", "late", "waiting", "solved", "watched", "back", "finding")}
    causes = {name: uuid7() for name in ("watching", "back", "finding")}
    now = clock.now()

    def write(kind: str, ticket: UUID | None = None, *, ago: timedelta = timedelta(0), **args: Any) -> None:
        phone.write(kind, at=_text(now - ago), **({} if ticket is None else {"ticket": ticket}), **args)

    def opened(name: str, text: str, ago: timedelta, category: str = "소음", **args: Any) -> UUID:
        about = {"customer": customer["id"], "text": text, "category": chips["category"][category], **args}
        write("ticket.open", tickets[name], ago=ago, **about)
        return tickets[name]

    day = timedelta(days=1)
    solution = {"cause_chip": chips["cause"]["필터 막힘"], "fix_chip": chips["fix"]["청소"], "is_solved_on_visit": True}
    for name in ("watched", "back"):
        old = opened(name, f"급식실 환기 소음이 커요 ({name})", 3 * day)
        write(
            "ticket.solve", old, ago=3 * day - timedelta(hours=2), resolution="필터를 물로 씻고 말렸어요.", **solution
        )
        cause = {"cause": causes["watching" if name == "watched" else "back"], "chip": chips["cause"]["필터 막힘"]}
        found = {"text": "필터 청소 주기가 길어요", "countermeasure": "분기마다 청소하고 담당자에게 문자로 알려요."}
        write("ticket.close", old, ago=2 * day, **cause, **found)
    unknown = opened("finding", "전자칠판이 가끔 꺼져요", 9 * day, "화면 불량")
    write("ticket.solve", unknown, ago=9 * day - timedelta(hours=1), resolution="다시 켰어요.")
    write("ticket.close", unknown, ago=8 * day, cause=causes["finding"], is_finding=True)

    urgent = opened("urgent", "3층 공기청정기가 켜지지 않아요", timedelta(minutes=30), "작동 안 함", severity="urgent")
    write("ticket.take", urgent, ago=timedelta(minutes=29))
    write("message.write", urgent, message=uuid7(), audience="internal", text="부품은 차에 있어요.")
    write("message.write", urgent, message=uuid7(), audience="customer", text="오늘 오후에 방문하겠습니다.")
    write("help.ask", urgent, help=uuid7(), engineer=colleague["id"], text="표시등이 두 번 깜박이면 무엇부터 볼까요?")
    opened("late", "급식실 환기 소음이 다시 커요", timedelta(hours=30), severity="high", again=causes["back"])
    waiting = opened("waiting", "배수 펌프에서 물이 새요", timedelta(hours=5), "누수")
    write("ticket.take", waiting, ago=timedelta(hours=5))
    write("ticket.wait", waiting, ago=timedelta(hours=4), waits_for="parts", note="패킹을 주문했어요.")
    write("ticket.link", waiting, other=urgent)
    solved = opened("solved", "화면 아래쪽 터치가 안 돼요", timedelta(hours=6), "화면 불량")
    write("ticket.solve", solved, ago=timedelta(hours=3), resolution="다시 보정했어요.", **solution)
    settle(phone)
    _answer_help(server, login, urgent)
    in_doubt = _solved_by_a_fast_clock(server, login, who, customer["id"])
    ids = {name: str(id) for name, id in {**tickets, "in_doubt": in_doubt}.items()}
    return Troubles(customer["id"], customer["name"], ids, {name: str(id) for name, id in causes.items()})


def open_at_next_stop(server: Server, login: Login, who: str, text: str) -> str:
    """One ticket where this member goes next. It has waited longest of all there, so that it stands on Today."""
    phone, ticket = _phone(HttpPhone, server, login, who), uuid7()
    about = {"ticket": ticket, "customer": _own_customer(phone)["id"], "text": text, "severity": "urgent"}
    phone.write("ticket.open", at=_text(clock.now() - timedelta(days=10)), **about)
    settle(phone)
    return str(ticket)


def _phone(sort: type[HttpPhone], server: Server, login: Login, who: str) -> Any:
    phone = sort(HttpDoor.sign_in(server.base_url, *login(who)))
    phone.pull()
    return phone


def _own_customer(phone: HttpPhone) -> dict[str, Any]:
    """Where this member goes next."""
    me = phone.door.me["member"]["id"]  # type: ignore[attr-defined]
    mine = [visit for visit in phone.all("visit") if visit["member"] == me]
    planned = [visit for visit in mine if visit["state"] == "planned"]
    first = min(planned, key=lambda one: (str(one["planned_for"]), str(one["planned_time"] or "~")), default=mine[0])
    found: dict[str, Any] = next(customer for customer in phone.all("customer") if customer["id"] == first["customer"])
    return found


def _answer_help(server: Server, login: Login, ticket: UUID) -> None:
    engineer = _phone(HttpPhone, server, login, "dohyun")
    asked = next(one for one in engineer.all("help") if one["ticket"] == str(ticket))
    engineer.write("help.answer", help=asked["id"], answer="전원 보드의 퓨즈를 먼저 재 보세요.")
    settle(engineer)


def _solved_by_a_fast_clock(server: Server, login: Login, who: str, customer: str) -> UUID:
    phone, ticket = _phone(FastPhone, server, login, who), uuid7()
    opened = _text(clock.now() - timedelta(hours=1) + FastPhone.AHEAD)
    phone.write("ticket.open", at=opened, ticket=ticket, customer=customer, text="리모컨이 듣지 않아요")
    phone.write("ticket.solve", at=_text(clock.now() + FastPhone.AHEAD), ticket=ticket, resolution="건전지를 바꿨어요.")
    settle(phone)
    return ticket


def _text(moment: datetime) -> str:
    return moment.astimezone(SEOUL).isoformat(timespec="milliseconds")
