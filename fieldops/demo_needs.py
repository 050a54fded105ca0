"""What the demo's customers want: heard by its reps, sorted by its engineer, some answered and some not."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from core import clock, tenancy
from core.ids import uuid7
from customers.models import Customer, Product
from needs import actions, telling
from needs.models import Milestone, Need, Voice
from people.models import Member
from sync import changes
from sync.changes import Actor
from visits.models import Visit

_SEOUL = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True)
class Wish:
    """One need: what several customers said (key of whoever heard it, words, importance), and how far it went."""

    title: str
    theme: str
    product: str
    voices: tuple[tuple[str, str, int | None], ...]
    stage: str = "heard"
    customer_text: str = ""
    reason: str = ""


WISHES = (
    Wish(
        "수업 중에도 조용한 공기청정기",
        "소음",
        "AC300",
        (
            ("minsu", "수업 시간에는 시끄러워서 결국 꺼 둬요.", 3),
            ("minsu", "발표할 때마다 학생이 나가서 끄고 옵니다.", 2),
            ("seoyeon", "야간 모드는 조용한데 바람이 안 나온대요.", 2),
            ("jihun", "선생님이 소음 때문에 창문을 여신대요.", 2),
        ),
        "accepted",
    ),
    Wish(
        "필터 교체 시기를 교실에서 바로 알기",
        "유지관리",
        "AC300",
        (
            ("seoyeon", "언제 갈았는지 아무도 몰라서 종이에 적어 붙여 놨어요.", 2),
            ("jihun", "점검 오시는 날에만 필터 상태를 알 수 있어요.", 1),
            ("minsu", "교체 알림이 행정실로 왔으면 좋겠어요.", 2),
        ),
        "built",
        "필터 상태를 교실 화면에서 바로 보실 수 있도록 만들었습니다. 다음 방문 때 보여 드리겠습니다.",
    ),
    Wish(
        "장갑을 끼고도 쓰는 전자칠판",
        "쓰기 편함",
        "EB86",
        (("jihun", "급식실에서는 장갑을 벗어야 해서 아예 안 씁니다.", 1),),
        "declined",
        "장갑을 낀 채로 쓰시는 것은 이번에는 어렵습니다. 대신 펜을 함께 드리겠습니다.",
        "패널을 바꿔야 하고 요청이 한 곳뿐이에요.",
    ),
    Wish(
        "칠판 필기를 학부모에게 바로 보내기",
        "공유",
        "EB86",
        (
            ("minsu", "결석한 학생에게 사진을 찍어 보내느라 10분씩 써요.", 2),
            ("seoyeon", "수업이 끝나면 칠판을 휴대폰으로 찍으세요.", 1),
        ),
        "confirmed",
    ),
    Wish("", "", "KV2", (("seoyeon", "환기를 켜면 국이 빨리 식는대요.", None),)),
    Wish("", "", "AC300", (("jihun", "청정기 소리가 커서 듣기평가 때는 꺼야 한대요.", None),)),
    Wish("", "", "", (("minsu", "방학에는 방문 예약을 어디에 해야 하는지 모르겠다고 하심.", None),)),
)
OBSERVATIONS = (
    ("minsu", "by_hand", "점검표를 종이에 적고 다시 컴퓨터에 옮겨 적음"),
    ("seoyeon", "workaround", "리모컨을 청정기에 테이프로 붙여 둠"),
    ("jihun", "waits", ""),
)


def add_needs(members: dict[str, Member], products: list[Product], dice: random.Random) -> None:
    codes = {product.code: product.pk for product in products}
    engineer = members["dohyun"]
    themes = {name: _theme(engineer, name) for name in sorted({wish.theme for wish in WISHES if wish.theme})}
    places = {key: list(Customer.objects.seen_by(members[key]).order_by("external_id")) for key in _reporters()}
    made = [_add_wish(wish, members, places, themes, codes, dice) for wish in WISHES]
    for key, sign, text in OBSERVATIONS:
        with changes.unit("voice.observe", by=_as(members[key], dice.randrange(1, 12))) as unit:
            actions.observe(unit, voice=uuid7(), customer=dice.choice(places[key]).pk, sign=sign, text=text)
    _ask(engineer, made[0], places["minsu"][:2])
    _ask_to_join(engineer, members["minsu"], made[0])


def _reporters() -> set[str]:
    return {key for wish in WISHES for key, *_ in wish.voices} | {key for key, *_ in OBSERVATIONS}


def _add_wish(
    wish: Wish,
    members: dict[str, Member],
    places: dict[str, list[Customer]],
    themes: dict[str, UUID],
    codes: dict[str, UUID],
    dice: random.Random,
) -> Need:
    id, days = uuid7(), 18
    for number, (key, words, importance) in enumerate(wish.voices):
        days -= dice.randrange(1, 4)
        by = _as(members[key], days)
        visit = _visit_before(by)
        with changes.unit("need.note", by=by) as unit:
            need = actions.note_need(
                unit,
                need=id,
                voice=uuid7(),
                customer=visit.customer_id if visit else dice.choice(places[key]).pk,
                visit=visit.pk if visit else None,
                text=words,
                importance=importance,
                product=codes.get(wish.product),
            )
        if number == 0 and wish.title:  # until then only those who heard it know of it
            _sort(wish, need, members["dohyun"], themes[wish.theme], days - 1)
    _advance(wish, need, members["dohyun"])
    return need


def _visit_before(by: Actor) -> Visit | None:
    """The last one of theirs before that moment at which nobody has said anything yet."""
    over = Visit.objects.filter(member=by.member, state=Visit.State.FINISHED, withdrawn_at=None, logged_at__lt=by.at)
    heard = Voice.objects.exclude(visit=None).values("visit")
    return over.exclude(pk__in=heard).order_by("-logged_at").first()


def _sort(wish: Wish, need: Need, engineer: Member, theme: UUID, days_ago: int) -> None:
    with changes.unit("need.change", by=_as(engineer, days_ago)) as unit:
        actions.change_need(unit, need=need.pk, title=wish.title, theme=theme)
        actions.take_need(unit, need=need.pk)


def _advance(wish: Wish, need: Need, engineer: Member) -> None:
    for stage in _way_to(wish.stage):
        with changes.unit(f"need.{stage}", by=_as(engineer, 3)) as unit:
            _STEPS[stage](unit, need.pk, wish)
    for milestone in Milestone.objects.filter(need=need, announced_at=None).order_by("number"):
        telling.announce(tenancy.require_id(), milestone.pk)


def _way_to(stage: str) -> tuple[str, ...]:
    return {"built": ("accepted", "built"), "heard": ()}.get(stage, (stage,))


def _confirm(unit: Any, need: UUID, wish: Wish) -> None:
    customer = Need.objects.get(pk=need).customer_id
    actions.confirm_need(unit, need=need, customer=customer)


_STEPS: dict[str, Any] = {
    "confirmed": _confirm,
    "accepted": lambda unit, need, wish: actions.accept_need(unit, need=need),
    "built": lambda unit, need, wish: actions.build_need(unit, need=need, customer_text=wish.customer_text),
    "declined": lambda unit, need, wish: actions.decline_need(
        unit, need=need, reason=wish.reason, customer_text=wish.customer_text
    ),
}


def _theme(engineer: Member, name: str) -> UUID:
    theme = uuid7()
    with changes.unit("theme.add", by=_as(engineer, 6)) as unit:
        actions.add_theme(unit, theme=theme, name=name)
    return theme


def _ask(engineer: Member, need: Need, customers: list[Customer]) -> None:
    asked = [{"asking": uuid7(), "customer": customer.pk} for customer in customers]
    with changes.unit("question.ask", by=_as(engineer, 1)) as unit:
        actions.ask_question(
            unit, question=uuid7(), need=need.pk, text="듣기평가 때 청정기를 끄시나요?", customers=asked
        )


def _ask_to_join(engineer: Member, owner: Member, need: Need) -> None:
    planned = Visit.objects.open().filter(member=owner).order_by("planned_for", "planned_time").first()
    if planned is not None:
        with changes.unit("joining.ask", by=_as(engineer, 0)) as unit:
            actions.ask_to_join(unit, joining=uuid7(), visit=planned.pk, need=need.pk, note="소음을 직접 듣고 싶어요.")


def _as(member: Member, days_ago: int) -> Actor:
    at = clock.now().astimezone(_SEOUL) - timedelta(days=days_ago)
    return Actor(member, "command", at=at, received_at=_received(at))


def _received(at: datetime) -> datetime:
    return min(clock.now(), at + timedelta(seconds=2))
