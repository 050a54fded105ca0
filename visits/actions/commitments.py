"""The verbs about commitments."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.errors import NOT_PERMITTED, NOTHING_CHANGED, Problem
from core.models import insert
from customers.models import Customer
from people.models import Member
from sync.changes import Unit
from visits.actions.writing import of_customer
from visits.errors import (
    BAD_TRANSITION,
)
from visits.models import Commitment, Visit


def make_commitment(
    unit: Unit,
    *,
    commitment: UUID,
    customer: UUID,
    step: str,
    due_on: date,
    visit: UUID | None = None,
    text: str = "",
) -> Commitment:
    owner = Customer.objects.find(customer, field="customer")
    led_to_by = None if visit is None else of_customer(owner, Visit.objects.find(visit, field="visit"), "visit")
    return promise(unit, unit.member, owner, led_to_by, commitment=commitment, step=step, due_on=due_on, text=text)


def promise_for(
    unit: Unit, member: Member, customer: Customer, *, commitment: UUID, step: str, due_on: date, text: str = ""
) -> Commitment:
    """A commitment that somebody else is to keep: what a higher room owes a customer, done by whoever goes there."""
    return promise(unit, member, customer, None, commitment=commitment, step=step, due_on=due_on, text=text)


def promise(
    unit: Unit,
    member: Member,
    customer: Customer,
    visit: Visit | None,
    *,
    commitment: UUID,
    step: str,
    due_on: date,
    text: str = "",
) -> Commitment:
    made = Commitment(
        id=commitment,
        customer=customer,
        visit=visit,
        member=member,
        step=step,
        text=text,
        due_on=due_on,
        **unit.actor.times,
    )
    insert(made, field="commitment")
    unit.record(made)
    return made


def keep_commitment(unit: Unit, *, commitment: UUID, note: str = "") -> Commitment:
    return _keep(unit, _open_commitment(unit, commitment, to=Commitment.State.KEPT), note)


def settle_commitment(unit: Unit, commitment: UUID) -> None:
    """What was promised has been done, by whomever. One that is no longer open stays as it is."""
    done: Commitment = Commitment.objects.lock(commitment, field="commitment")
    if done.is_open:
        _keep(unit, done, "")


def drop_commitment(unit: Unit, commitment: UUID) -> None:
    """There is nothing left to do."""
    dropped: Commitment = Commitment.objects.lock(commitment, field="commitment")
    if dropped.is_open:
        close_commitment(unit, dropped, Commitment.State.WITHDRAWN)


def _keep(unit: Unit, commitment: Commitment, note: str) -> Commitment:
    commitment.kept_at, commitment.kept_note = unit.actor.at, note
    return close_commitment(unit, commitment, Commitment.State.KEPT)


def close_commitment(unit: Unit, commitment: Commitment, state: str) -> Commitment:
    commitment.state, commitment.closed_at = state, unit.actor.received_at
    commitment.save()
    unit.record(commitment)
    return commitment


def move_commitment(unit: Unit, *, commitment: UUID, due_on: date, reason: str = "") -> Commitment:
    """Promises another day. The former day stays readable."""
    moved = _open_commitment(unit, commitment, to=Commitment.State.OPEN)
    if moved.due_on == due_on:
        raise Problem(NOTHING_CHANGED)
    moved.moved_from, moved.due_on, moved.move_reason = moved.due_on, due_on, reason
    moved.save()
    unit.record(moved)
    return moved


def _open_commitment(unit: Unit, id: UUID, *, to: str) -> Commitment:
    """An open commitment the actor answers for, locked. Raises not_permitted or bad_transition."""
    found = Commitment.objects.lock(id, field="commitment")
    if found.member_id != unit.member.pk and not unit.member.leads(found.member):
        raise Problem(NOT_PERMITTED)
    if not found.is_open:
        raise Problem(BAD_TRANSITION, **{"from": found.state, "to": str(to)})
    return found
