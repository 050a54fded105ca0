"""What is wrong at the demo's customers: some of it solved, some late, one cause that came back."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from core import clock
from core.ids import uuid7
from customers.models import Asset, Customer
from people.models import Member
from sync import changes
from sync.changes import Actor
from tickets import actions
from tickets.models import BusinessCalendar, Chip


@dataclass(frozen=True)
class Trouble:
    """One ticket: who reported it how many hours ago, what is wrong, and how far it went."""

    by: str
    hours_ago: int
    text: str
    category: str
    severity: str = "normal"
    assignee: str = ""
    waits_for: str = ""
    solved_after: int = 0  # hours
    cause: str = ""
    fix: str = ""
    resolution: str = ""
    countermeasure: str = ""
    told: str = ""
    asks: str = ""


TROUBLES = (
    Trouble(
        "minsu",
        24 * 21,
        "2층 청정기에서 타는 냄새가 난대요.",
        "고장",
        "urgent",
        "dohyun",
        solved_after=5,
        cause="오염·막힘",
        fix="부품 교체",
        resolution="막힌 필터 때문에 모터가 과열됨. 모터와 필터를 새것으로 바꿈.",
        countermeasure="필터 점검을 학기마다 방문 일정에 넣음.",
        told="원인을 찾아 바로 교체했고, 앞으로 학기마다 먼저 점검하러 오겠습니다.",
    ),
    Trouble(
        "seoyeon",
        24 * 9,
        "전자칠판 터치가 왼쪽 끝에서 안 먹음.",
        "성능 저하",
        "normal",
        "seoyeon",
        solved_after=1,
        cause="설정 오류",
        fix="설정 변경",
        resolution="재보정해서 바로 해결.",
    ),
    Trouble(
        "minsu",
        30,
        "환기 시스템 소음이 다시 커졌다고 하심.",
        "소음·진동",
        "high",
        "dohyun",
        asks="팬 균형을 다시 잡으면 될까요?",
    ),
    Trouble("jihun", 5, "전자칠판 화면이 10분마다 꺼짐.", "고장", "high", "jihun"),
    Trouble("seoyeon", 50, "리모컨을 잃어버리셔서 새로 필요하심.", "소모품", "low", "seoyeon", waits_for="parts"),
    Trouble("minsu", 2, "급식실 후드 불이 안 켜져요.", "고장"),
)
AGAIN = Trouble("minsu", 20, "다른 교실 청정기도 같은 냄새가 난대요.", "고장", "urgent", "dohyun")


def add_tickets(members: dict[str, Member], admin: Member, dice: random.Random) -> None:
    with changes.unit("tickets.start", by=Actor(admin, "command")) as unit:
        actions.start_tickets(unit, admin.organization)
    _promise(admin)
    chips = {chip.name: chip.pk for chip in Chip.objects.all()}
    first = None
    for trouble in TROUBLES:
        customer = dice.choice(list(Customer.objects.seen_by(members[trouble.by]).order_by("external_id")[:40]))
        cause = _add(trouble, members, customer, chips)
        first = first or (customer, cause)
    if first is not None and first[1] is not None:
        _add(AGAIN, members, first[0], chips, again=first[1])


def _promise(admin: Member) -> None:
    calendar = BusinessCalendar.objects.get().pk
    waits = ["customer", "parts"]
    with changes.unit("sla_policy.add", by=Actor(admin, "command")) as unit:
        for severity, response, resolution in (
            ("urgent", 60, 8 * 60),
            ("high", 2 * 60, 16 * 60),
            ("", 4 * 60, 40 * 60),
        ):
            actions.add_policy(
                unit,
                id=uuid7(),
                calendar=calendar,
                severity=severity,
                response_minutes=response,
                resolution_minutes=resolution,
                pauses_on=waits,
            )


def _add(
    trouble: Trouble, members: dict[str, Member], customer: Customer, chips: dict[str, UUID], again: UUID | None = None
) -> UUID | None:
    """Returns its cause, where it has one."""
    ticket, member = uuid7(), members[trouble.by]
    asset = Asset.objects.alive().filter(customer=customer).order_by("pk").first()
    with changes.unit("ticket.open", by=_as(member, trouble.hours_ago)) as unit:
        actions.open_ticket(
            unit,
            ticket=ticket,
            customer=customer.pk,
            text=trouble.text,
            severity=trouble.severity,
            category=chips[trouble.category],
            asset=None if asset is None else asset.pk,
            assignee=members[trouble.assignee].pk if trouble.assignee else None,
            again=again,
        )
    worker = members[trouble.assignee or trouble.by]
    if trouble.asks:
        with changes.unit("help.ask", by=_as(member, trouble.hours_ago - 1)) as unit:
            actions.ask_help(unit, help=uuid7(), ticket=ticket, engineer=members["dohyun"].pk, text=trouble.asks)
    if trouble.waits_for:
        with changes.unit("ticket.wait", by=_as(worker, trouble.hours_ago - 2)) as unit:
            actions.wait_ticket(unit, ticket=ticket, waits_for=trouble.waits_for)
    if trouble.solved_after:
        return _solve(trouble, worker, ticket, chips)
    return None


def _solve(trouble: Trouble, worker: Member, ticket: UUID, chips: dict[str, UUID]) -> UUID | None:
    solved = _as(worker, trouble.hours_ago - trouble.solved_after)
    with changes.unit("ticket.solve", by=solved) as unit:
        actions.solve_ticket(
            unit,
            ticket=ticket,
            cause_chip=chips[trouble.cause],
            fix_chip=chips[trouble.fix],
            resolution=trouble.resolution,
            is_solved_on_visit=True,
        )
    if trouble.told:
        with changes.unit("message.write", by=solved) as unit:
            actions.write_message(unit, message=uuid7(), ticket=ticket, audience="customer", text=trouble.told)
    if not trouble.countermeasure:
        return None
    cause = uuid7()
    with changes.unit("ticket.close", by=solved) as unit:
        actions.close_ticket(
            unit, ticket=ticket, cause=cause, chip=chips[trouble.cause], countermeasure=trouble.countermeasure
        )
    return cause


def _as(member: Member, hours_ago: int) -> Actor:
    at = clock.now() - timedelta(hours=max(hours_ago, 0))
    return Actor(member, "command", at=at, received_at=at)
