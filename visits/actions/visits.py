"""The verbs about visits.

Facts are never refused for where or when they happened: the verdict and the flags say what is known.
What is refused is what cannot be true of this row: a second arrival, somebody else's visit.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID

from core.errors import ID_TAKEN, NOTHING_CHANGED, Problem
from core.models import changed_fields, insert
from customers.models import Contact, Customer, Product, Site
from people.models import Member
from sync.changes import Unit
from visits import evidence
from visits.actions.commitments import close_commitment, promise
from visits.actions.writing import of_customer
from visits.errors import (
    ALREADY_ARRIVED,
    ALREADY_LOGGED,
    ALREADY_WITHDRAWN,
    BAD_TRANSITION,
    NOT_YOURS,
    PRODUCT_INACTIVE,
)
from visits.evidence import Position
from visits.models import Arrival, Commitment, Visit

State = Visit.State


def plan_visit(
    unit: Unit,
    *,
    visit: UUID,
    customer: UUID,
    planned_for: date,
    site: UUID | None = None,
    planned_time: time | None = None,
    channel: str = Visit.Channel.VISIT,
    contact: UUID | None = None,
    plan_note: str = "",
) -> Visit:
    planned = _new_visit(unit, visit, customer, site)
    planned.channel = channel
    planned.planned_for, planned.planned_time, planned.plan_note = planned_for, planned_time, plan_note
    planned.contact = _contact(planned, contact)
    return _make(unit, planned)


def cancel_visit(unit: Unit, *, visit: UUID) -> Visit:
    planned = _own_visit(unit, visit)
    if planned.state != State.PLANNED:
        raise Problem(BAD_TRANSITION, **{"from": planned.state, "to": State.CANCELLED.value})
    planned.state, planned.cancelled_at = State.CANCELLED, unit.actor.at
    return _save(unit, planned)


def arrive(
    unit: Unit,
    *,
    visit: UUID,
    customer: UUID,
    site: UUID | None = None,
    channel: str | None = None,
    position: dict[str, float] | None = None,
) -> Visit:
    """Starts a visit on site, planned or not. Never refuses for place: the verdict says what is known."""
    arriving, is_new = _visit_for_fact(unit, visit, customer, site)
    if arriving.state == State.STARTED:
        raise Problem(ALREADY_ARRIVED)
    if arriving.state == State.FINISHED:
        raise Problem(BAD_TRANSITION, **{"from": arriving.state, "to": State.STARTED.value})
    arriving.state, arriving.arrived_at = State.STARTED, unit.actor.at
    arriving.channel = channel or arriving.channel
    fix = _possible(arriving, position)
    finding = evidence.find(fix, arriving.site)
    arriving.verdict, arriving.distance_m = finding.verdict, finding.distance_m
    arriving.accuracy_m, arriving.fix_age_s = finding.accuracy_m, finding.fix_age_s
    _make(unit, arriving) if is_new else _save(unit, arriving)
    _keep_position(arriving, fix)
    return arriving


def log_visit(
    unit: Unit,
    *,
    visit: UUID,
    customer: UUID,
    outcome: str,
    site: UUID | None = None,
    channel: str | None = None,
    note: str = "",
    contact: UUID | None = None,
    product: UUID | None = None,
    minutes: int | None = None,
    next_step: dict[str, Any] | None = None,
) -> Visit:
    """Writes down how it went, with or without an arrival, and makes the commitment it led to."""
    logged, is_new = _visit_for_fact(unit, visit, customer, site)
    if logged.state == State.FINISHED:
        raise Problem(ALREADY_LOGGED)
    logged.state, logged.outcome, logged.note = State.FINISHED, outcome, note
    logged.channel = channel or logged.channel
    logged.contact = _contact(logged, contact) or logged.contact
    logged.product = _product(product)
    logged.verdict = logged.verdict or Visit.Verdict.LOGGED_LATER
    logged.logged_at = unit.actor.at
    _set_minutes(logged, minutes)
    _make(unit, logged) if is_new else _save(unit, logged)
    if next_step is not None:
        promise(unit, unit.member, logged.customer, logged, **next_step)
    return logged


def amend_visit(unit: Unit, *, visit: UUID, reason: str = "", **values: Any) -> Visit:
    """Corrects one's own finished visit. The reason is shown beside the time of the change."""
    amended = _own_visit(unit, visit)
    if amended.state != State.FINISHED:
        raise Problem(BAD_TRANSITION, **{"from": amended.state, "to": State.FINISHED.value})
    if not values:
        raise Problem(NOTHING_CHANGED)
    if "contact" in values:
        values["contact"] = _contact(amended, values["contact"])
    if "product" in values:
        values["product"] = _product(values["product"])
    if "minutes" in values:
        values["is_estimated"] = True
    changed_fields(amended, values)
    amended.amended_at, amended.amend_reason = unit.actor.at, reason
    return _save(unit, amended)


def withdraw_visit(unit: Unit, *, visit: UUID, reason: str = "") -> Visit:
    """Takes a visit back. It stays, struck through, and what it promised is withdrawn with it."""
    withdrawn = _own_visit(unit, visit)
    withdrawn.withdrawn_at, withdrawn.withdraw_reason = unit.actor.at, reason
    _save(unit, withdrawn)
    promised = Commitment.objects.open().filter(visit=withdrawn).select_for_update().order_by("pk")
    for commitment in promised:
        close_commitment(unit, commitment, Commitment.State.WITHDRAWN)
    return withdrawn


def miss_visit(unit: Unit, visit: Visit) -> None:
    """A plan whose day passed without a word. A late arrival or log still makes it a visit."""
    visit.state = State.MISSED
    _save(unit, visit)


def take_along(unit: Unit, visit: Visit, member: Member) -> None:
    """A colleague takes part in a visit from now on. Whoever calls has locked it, and knows that its owner agrees."""
    visit.participants.add(member)
    _record_with_comments(unit, visit)


def leave_behind(unit: Unit, visit: Visit, member: Member) -> None:
    """The colleague does not come along after all."""
    visit.participants.remove(member)
    _record_with_comments(unit, visit)


def _record_with_comments(unit: Unit, visit: Visit) -> None:
    """Comments are to be seen where their visit is."""
    unit.record(visit)
    for comment in visit.comments.all():
        unit.record(comment)


# --- What they share ----------------------------------------------------------------------------


def _new_visit(unit: Unit, id: UUID, customer: UUID, site: UUID | None) -> Visit:
    owner = Customer.objects.find(customer, field="customer")
    return Visit(id=id, customer=owner, site=_site(owner, site), member=unit.member, flags=[], **unit.actor.times)


def _visit_for_fact(unit: Unit, id: UUID, customer: UUID, site: UUID | None) -> tuple[Visit, bool]:
    """The visit a fact is about: the planned one, or a new one made by this very tap."""
    found = Visit.objects.by_id(id, locked=True)
    if found is None:
        return _new_visit(unit, id, customer, site), True
    _require_own(unit, found)
    if found.customer_id != customer:
        raise Problem(ID_TAKEN, field="visit")
    if site is not None:
        found.site = _site(found.customer, site)
    return found, False


def _own_visit(unit: Unit, id: UUID) -> Visit:
    """The actor's own visit, locked and not withdrawn. Raises not_found, not_yours or already_withdrawn."""
    found = Visit.objects.lock(id, field="visit")
    _require_own(unit, found)
    return found


def _require_own(unit: Unit, visit: Visit) -> None:
    if visit.member_id != unit.member.pk:
        raise Problem(NOT_YOURS)
    if visit.is_withdrawn:
        raise Problem(ALREADY_WITHDRAWN)


def _make(unit: Unit, visit: Visit) -> Visit:
    _settle_times(unit, visit)
    insert(visit, field="visit")
    unit.record(visit)
    return visit


def _save(unit: Unit, visit: Visit) -> Visit:
    """Saves, and takes what hangs on the visit to its month when this closed it (or back when it opened)."""
    was_open = visit.was_open
    _settle_times(unit, visit)
    visit.save()
    if was_open != visit.is_open:
        _record_with_comments(unit, visit)
    else:
        unit.record(visit)
    return visit


def _settle_times(unit: Unit, visit: Visit) -> None:
    """Notes what the server knows of this fact: when it came, whether the clock was right, whose territory."""
    actor = unit.actor
    visit.closed_at = None if visit.is_open else (visit.closed_at or actor.received_at)
    if actor.entry_id is None:
        return
    visit.skew_s = actor.skew_s
    _flag(visit, evidence.CLOCK_OFF, evidence.is_clock_off(actor.at, actor.received_at, actor.skew_ms))
    readable = actor.member.territories_read() if actor.member else None
    _flag(visit, evidence.OUTSIDE_TERRITORY, readable is not None and visit.customer.territory_id not in readable)


def _flag(visit: Visit, flag: str, is_raised: bool) -> None:
    """Flags are only ever added: what was doubtful once stays said."""
    if is_raised and flag not in visit.flags:
        visit.flags = sorted([*visit.flags, flag])


def _possible(visit: Visit, position: dict[str, float] | None) -> Position | None:
    """The position, or None with a flag when it cannot be one on this earth."""
    if position is None:
        return None
    fix = Position(**position)
    _flag(visit, evidence.BAD_LOCATION, not fix.is_possible)
    return fix if fix.is_possible else None


def _keep_position(visit: Visit, fix: Position | None) -> None:
    if fix is None:
        return
    site = visit.site
    Arrival.objects.create(
        visit=visit,
        latitude=fix.latitude,
        longitude=fix.longitude,
        accuracy_m=fix.accuracy,
        fix_age_s=fix.age_s,
        site_latitude=site.latitude if site else None,
        site_longitude=site.longitude if site else None,
        geofence_m=site.geofence_m if site else None,
    )


def _set_minutes(visit: Visit, minutes: int | None) -> None:
    if minutes is not None:
        visit.minutes, visit.is_estimated = minutes, True
    elif visit.arrived_at is not None and visit.logged_at is not None:
        visit.minutes, visit.is_estimated = evidence.minutes_between(visit.arrived_at, visit.logged_at), False


def _site(customer: Customer, id: UUID | None) -> Site | None:
    return None if id is None else of_customer(customer, Site.objects.find(id, field="site"), "site")


def _contact(visit: Visit, id: UUID | None) -> Contact | None:
    return None if id is None else of_customer(visit.customer, Contact.objects.find(id, field="contact"), "contact")


def _product(id: UUID | None) -> Product | None:
    if id is None:
        return None
    found = Product.objects.find(id, field="product")
    if not found.is_active:
        raise Problem(PRODUCT_INACTIVE, field="product")
    return found
