"""One maker per noun, through the real actions, with defaults that are always valid."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from core import clock, tenancy
from core.ids import uuid7
from customers import actions as customer_actions
from customers.models import Asset, Conflict, Contact, Customer, Product, Site
from needs import actions as need_actions
from needs import telling
from needs.models import Answer, Asking, Joining, Milestone, Need, Question, Reply, Theme, Voice
from notices import actions as notice_actions
from notices.models import Notification, Preference
from people import actions as people_actions
from people.models import Member, Organization, Team, Territory
from sync import changes
from sync.changes import Actor, Unit
from tickets import actions as ticket_actions
from tickets.models import BusinessCalendar, Cause, Chip, Help, Message, SlaPolicy, Step, Ticket
from visits import actions as visit_actions
from visits.models import Comment, Commitment, Visit

_numbers = itertools.count(1)
SEOUL_CITY_HALL = (37.5663, 126.9779)


@contextmanager
def writing(
    by: Member | None = None,
    *,
    at: datetime | None = None,
    received_at: datetime | None = None,
    skew_ms: int | None = None,
    door: str = "command",
) -> Iterator[Unit]:
    """A unit of some member (or of a command) for tests that call an action directly."""
    now = clock.now()
    actor = Actor(by, door, at=at or now, received_at=received_at or now, skew_ms=skew_ms)
    with changes.unit("test", by=actor) as unit:
        yield unit


def organization(name: str = "", **values: Any) -> Organization:
    return people_actions.found_organization(name or f"Organization {next(_numbers)}", **values)


def territory(name: str = "") -> Territory:
    with writing() as unit:
        return people_actions.add_territory(unit, name=name or f"Territory {next(_numbers)}")


def team(name: str = "") -> Team:
    with writing() as unit:
        return people_actions.add_team(unit, name=name or f"Team {next(_numbers)}")


def member(name: str = "", *, territories: list[Territory] | None = None, **values: Any) -> Member:
    number = next(_numbers)
    values.setdefault("email", f"member{number}@example.com")
    if isinstance(values.get("team"), Team):
        values["team"] = values["team"].pk
    with writing() as unit:
        return people_actions.add_member(
            unit, name=name or f"Member {number}", territories=[one.pk for one in territories or ()], **values
        )


def customer(territory: Territory, name: str = "", **values: Any) -> Customer:
    with writing() as unit:
        return customer_actions.add_customer(
            unit, territory=territory.pk, name=name or f"Customer {next(_numbers)}", **values
        )


def site(customer: Customer, **values: Any) -> Site:
    latitude, longitude = SEOUL_CITY_HALL
    defaults = {"name": "Main gate", "latitude": latitude, "longitude": longitude}
    with writing() as unit:
        return customer_actions.add_site(unit, customer=customer.pk, **{**defaults, **values})


def contact(customer: Customer, **values: Any) -> Contact:
    with writing() as unit:
        return customer_actions.add_contact(unit, customer=customer.pk, **{"name": "Ms Park", **values})


def asset(customer: Customer, **values: Any) -> Asset:
    defaults = {"asset": uuid7(), "name": "Press", "serial": f"SN-{next(_numbers)}"}
    with writing() as unit:
        return customer_actions.add_asset(unit, customer=customer.pk, **{**defaults, **values})


def conflict(by: Member, customer: Customer, **values: Any) -> Conflict:
    """An open one over the memo, as if this member's edit had come too late."""
    defaults: dict[str, Any] = {"base": [""], "mine": ["Ask for Mr Oh"], "theirs": ["Ring twice"], "kept": "theirs"}
    about = {"shape": "customer", "row": customer.pk, "names": ["memo"], "made_at": clock.now(), "made_offset": 540}
    with writing(by) as unit:
        found = Conflict.objects.create(customer=customer, member=by, **about, **{**defaults, **values})
        unit.record(found)
    return found


def product(**values: Any) -> Product:
    with writing() as unit:
        return customer_actions.add_product(unit, **{"name": f"Product {next(_numbers)}", **values})


def planned(by: Member, customer: Customer, **values: Any) -> Visit:
    values.setdefault("planned_for", clock.today_in("Asia/Seoul"))
    with writing(by) as unit:
        return visit_actions.plan_visit(unit, visit=uuid7(), customer=customer.pk, **values)


def logged(by: Member, customer: Customer, **values: Any) -> Visit:
    values.setdefault("outcome", "progress")
    with writing(by) as unit:
        return visit_actions.log_visit(unit, visit=uuid7(), customer=customer.pk, **values)


def commitment(by: Member, customer: Customer, **values: Any) -> Commitment:
    defaults = {"step": "revisit", "due_on": clock.today_in("Asia/Seoul")}
    with writing(by) as unit:
        return visit_actions.make_commitment(unit, commitment=uuid7(), customer=customer.pk, **{**defaults, **values})


def comment(by: Member, visit: Visit, text: str = "Well done") -> Comment:
    with writing(by) as unit:
        return visit_actions.add_comment(unit, comment=uuid7(), visit=visit.pk, text=text)


def theme(by: Member, name: str = "") -> Theme:
    with writing(by) as unit:
        return need_actions.add_theme(unit, theme=uuid7(), name=name or f"Theme {next(_numbers)}")


def need(by: Member, customer: Customer, text: str = "It should be quieter", **values: Any) -> Need:
    """Heard from a customer; with ``need`` one more voice of a need that is known."""
    values.setdefault("need", uuid7())
    with writing(by) as unit:
        return need_actions.note_need(unit, **{"voice": uuid7(), "customer": customer.pk, "text": text, **values})


def sorted_need(by: Member, customer: Customer, title: str = "", **values: Any) -> Need:
    """Heard by somebody, and given a title by an engineer or administrator."""
    found = need(values.pop("heard_by", by), customer, **values)
    with writing(by) as unit:
        return need_actions.change_need(unit, need=found.pk, title=title or f"Need {next(_numbers)}")


def observation(by: Member, customer: Customer, **values: Any) -> Voice:
    with writing(by) as unit:
        return need_actions.observe(unit, **{"voice": uuid7(), "customer": customer.pk, "sign": "workaround", **values})


def question(by: Member, need: Need, *customers: Customer, text: str = "Do you use it daily?") -> Question:
    asked = [{"asking": uuid7(), "customer": customer.pk} for customer in customers]
    with writing(by) as unit:
        return need_actions.ask_question(unit, question=uuid7(), need=need.pk, text=text, customers=asked)


def answer(by: Member, asking: Asking, *, value: str = "yes", **values: Any) -> Answer:
    with writing(by) as unit:
        return need_actions.answer_asking(unit, answer=uuid7(), asking=asking.pk, value=value, **values)


def joining(by: Member, visit: Visit, **values: Any) -> Joining:
    with writing(by) as unit:
        return need_actions.ask_to_join(unit, joining=uuid7(), visit=visit.pk, **values)


def reply(by: Member, need: Need, customer: Customer, *, stage: str = "built") -> Reply:
    """Owed for a need that an engineer built or declined, as the job makes it."""
    with writing(by) as unit:
        if need.stage == "heard":
            need_actions.accept_need(unit, need=need.pk)
    with writing(by) as unit:
        if stage == "built":
            need_actions.build_need(unit, need=need.pk, customer_text="We built it.")
        else:
            need_actions.decline_need(unit, need=need.pk, reason="Too rare", customer_text="Not this time.")
    telling.announce(tenancy.require_id(), Milestone.objects.filter(need=need).latest("number").pk)
    return Reply.objects.get(need=need, customer=customer, milestone__stage=stage)


def chip(sort: str = "category", name: str = "", **values: Any) -> Chip:
    with writing() as unit:
        return ticket_actions.add_chip(unit, id=uuid7(), sort=sort, name=name or f"Chip {next(_numbers)}", **values)


def calendar(**values: Any) -> BusinessCalendar:
    """From nine to six on weekdays, with an hour for lunch."""
    slots = [(day, *hours) for day in range(5) for hours in ((9 * 60, 12 * 60), (13 * 60, 18 * 60))]
    defaults = {"id": uuid7(), "name": f"Calendar {next(_numbers)}", "slots": slots, "time_zone": "Asia/Seoul"}
    with writing() as unit:
        return ticket_actions.add_calendar(unit, **{**defaults, **values})


def policy(**values: Any) -> SlaPolicy:
    """An answer within an hour and a solution within eight, to everybody."""
    if "calendar" not in values:
        values["calendar"] = calendar().pk
    defaults = {"id": uuid7(), "response_minutes": 60, "resolution_minutes": 8 * 60}
    with writing() as unit:
        return ticket_actions.add_policy(unit, **{**defaults, **values})


def ticket(by: Member, customer: Customer, text: str = "It leaks", **values: Any) -> Ticket:
    with writing(by) as unit:
        return ticket_actions.open_ticket(unit, **{"ticket": uuid7(), "customer": customer.pk, "text": text, **values})


def step(by: Member, ticket: Ticket, verb: str = "take", **values: Any) -> Step:
    """What happens to a ticket next: its verb is one that adds a step."""
    with writing(by) as unit:
        getattr(ticket_actions, f"{verb}_ticket")(unit, ticket=ticket.pk, **values)
    return Step.objects.filter(ticket=ticket).latest("number")


def cause(by: Member, ticket: Ticket, **values: Any) -> Cause:
    """Why it happened, as whoever solves and closes a ticket says it."""
    if ticket.is_open:
        step(by, ticket, "solve", resolution="A new seal")
    values.setdefault("cause", uuid7())
    if not values.get("is_finding"):
        values = {"text": "The seal was worn", "countermeasure": "A new seal every year", **values}
    step(by, ticket, "close", **values)
    return Cause.objects.get(pk=values["cause"])


def message(by: Member, ticket: Ticket, text: str = "The seal is ordered", *, audience: str = "internal") -> Message:
    with writing(by) as unit:
        return ticket_actions.write_message(unit, message=uuid7(), ticket=ticket.pk, audience=audience, text=text)


def help(by: Member, ticket: Ticket, engineer: Member, text: str = "Which seal is it?") -> Help:
    with writing(by) as unit:
        return ticket_actions.ask_help(unit, help=uuid7(), ticket=ticket.pk, engineer=engineer.pk, text=text)


def notification(to: Member, about: Need) -> Notification:
    with writing() as unit:
        notice_actions.notify(unit, [to], "need.merged", about, title=about.title, into="Another")
    return Notification.objects.filter(member=to).latest("made_at")


def preference(by: Member, **values: Any) -> Preference:
    with writing(by) as unit:
        return notice_actions.set_preference(unit, **{"mails": {"question.answered": "digest"}, **values})


def moment(text: str) -> datetime:
    """A UTC moment from ``2026-11-24 09:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def acting(organization: Organization | UUID) -> Any:
    """Everything inside works for this organization."""
    return tenancy.acting_in(organization if isinstance(organization, UUID) else organization.pk)
