"""Telling each customer what became of what they asked for, and hearing what they say to it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.errors import NOT_PERMITTED, NOTHING_CHANGED, Code, Problem
from core.ids import uuid7
from customers.models import Customer
from needs import stages, tallies
from needs.actions.writing import contact_of, last_told, lock_need, pass_milestone, save, visit_of
from needs.errors import ALREADY_ANSWERED
from needs.models import Milestone, Need, Reply
from notices.actions import notify
from people.models import Member
from sync.changes import Unit
from visits import actions as visits
from visits.errors import ALREADY_WITHDRAWN
from visits.models import Commitment

State = Reply.State


def owe_reply(unit: Unit, milestone: Milestone, customer: Customer, owner: Member, due_on: date) -> Reply:
    """Makes it somebody's part to tell this customer. What is to be told there already is told along with it."""
    need = milestone.need
    together = Reply.objects.open().filter(
        customer=customer, member=owner, state=State.TO_TELL, commitment__state=Commitment.State.OPEN
    )
    other = together.order_by("pk").select_related("commitment").first()
    commitment = (
        other.commitment
        if other is not None
        else visits.promise_for(
            unit,
            owner,
            customer,
            commitment=uuid7(),
            step=Commitment.Step.OTHER,
            due_on=due_on,
            text=need.title,
        )
    )
    owed = Reply(
        need=need,
        milestone=milestone,
        customer=customer,
        member=owner,
        commitment=commitment,
        text=need.customer_text,
        **unit.actor.times,
    )
    owed.save(force_insert=True)
    unit.record(owed)
    return owed


def edit_reply(unit: Unit, *, reply: UUID, text: str) -> Reply:
    """What the customer will read, in the words of whoever answers for them. No date is in it unless typed."""
    edited = _to_tell(unit, reply)
    if edited.text == text:
        raise Problem(NOTHING_CHANGED)
    edited.text = text
    return save(unit, edited, "text")


def tell_reply(unit: Unit, *, reply: UUID, text: str | None = None, visit: UUID | None = None) -> Reply:
    """The customer was told. That keeps the commitment, once nothing else is to be told there with it."""
    told = _to_tell(unit, reply)
    _tell(unit, told, text, visit)
    save(unit, told)
    _follow(unit, told)
    return told


def answer_reply(
    unit: Unit,
    *,
    reply: UUID,
    value: str,
    line: str = "",
    contact: UUID | None = None,
    visit: UUID | None = None,
) -> Reply:
    """The customer's own answer: solved, or not yet. It alone closes the loop."""
    answered = _lock(unit, reply)
    if not answered.is_open:
        raise Problem(_why_closed(answered))
    heard_at = visit_of(answered.customer, visit)
    if answered.state == State.TO_TELL:
        _tell(unit, answered, None, visit)
    answered.visit = answered.visit or heard_at
    answered.state, answered.line, answered.answered_at = value, line, unit.actor.at
    answered.contact = contact_of(answered.customer, contact)
    answered.closed_at = unit.actor.received_at
    save(unit, answered)
    _follow(unit, answered)
    _notify_owner(unit, answered)
    return answered


def withdraw_reply(unit: Unit, reply: Reply) -> None:
    """It was taken back before this customer heard of it."""
    reply.state, reply.closed_at = State.WITHDRAWN, unit.actor.received_at
    save(unit, reply)
    if reply.commitment_id is not None and not _still_to_tell(reply):
        visits.drop_commitment(unit, reply.commitment_id)


def _notify_owner(unit: Unit, reply: Reply) -> None:
    """Whoever answers for the need hears what the customer said to it."""
    need, customer = reply.need, reply.customer.name
    owner = need.owner
    if owner is not None and owner != unit.member:
        params = {"title": need.title, "customer": customer, "value": reply.state, "line": reply.line}
        notify(unit, [owner], "reply.answered", need, source=reply.pk, **params)


def _tell(unit: Unit, reply: Reply, text: str | None, visit: UUID | None) -> None:
    reply.state, reply.told_at, reply.told_by = State.TOLD, unit.actor.at, unit.member
    reply.text = reply.text if text is None else text
    reply.visit = visit_of(reply.customer, visit)


def _follow(unit: Unit, reply: Reply) -> None:
    """What follows for the commitment, for the sums, and for the stage of the need."""
    if reply.commitment_id is not None and not _still_to_tell(reply):
        visits.settle_commitment(unit, reply.commitment_id)
    tallies.count(unit, reply.need_id)
    last = last_told(reply.need_id)
    if last is None or last.pk != reply.milestone_id:
        return  # what was built before, and then taken up again: it says nothing of what stands now
    need = Need.objects.get(pk=reply.need_id)
    told = Reply.objects.filter(milestone=last)
    stage = stages.after_answers(
        stages.after_telling(need.stage),
        open=told.filter(closed_at=None).count(),
        solved=told.filter(state=State.SOLVED).count(),
        not_yet=told.filter(state=State.NOT_YET).count(),
    )
    if stage != need.stage:
        need.stage = stage
        save(unit, need, "stage")
        pass_milestone(unit, need, customer=reply.customer)


def _still_to_tell(reply: Reply) -> bool:
    return Reply.objects.filter(commitment=reply.commitment_id, state=State.TO_TELL).exclude(pk=reply.pk).exists()


def _to_tell(unit: Unit, id: UUID) -> Reply:
    found = _lock(unit, id)
    if found.state != State.TO_TELL:
        raise Problem(_why_closed(found))
    return found


def _why_closed(reply: Reply) -> Code:
    return ALREADY_WITHDRAWN if reply.state == State.WITHDRAWN else ALREADY_ANSWERED


def _lock(unit: Unit, id: UUID) -> Reply:
    """The reply with its need, both locked. Whoever sees the customer may tell them, and so may its owner."""
    need = Reply.objects.find(id, field="reply").need_id
    lock_need(need)
    found: Reply = Reply.objects.lock(id, field="reply")
    readable = unit.member.territories_read()
    is_seen = readable is None or found.customer.territory_id in readable
    if not is_seen and found.member_id != unit.member.pk:
        raise Problem(NOT_PERMITTED)
    return found
