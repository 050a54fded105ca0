"""동행: coming along on a visit."""

from __future__ import annotations

from uuid import UUID

from core.errors import NOT_FOUND, Problem
from core.models import insert
from needs import tallies
from needs.actions.writing import save
from needs.errors import ALREADY_ANSWERED, ALREADY_ASKED, OWN_VISIT, VISIT_BEGUN
from needs.models import Joining, Need
from notices.actions import notify
from people.models import Member
from sync.changes import Unit
from visits import actions as visits
from visits.errors import ALREADY_WITHDRAWN, NOT_YOURS
from visits.models import Visit

State = Joining.State


def ask_to_join(unit: Unit, *, joining: UUID, visit: UUID, need: UUID | None = None, note: str = "") -> Joining:
    """Asks to come along on a colleague's planned visit. One that is not seen is not there."""
    if not Visit.objects.seen_by(unit.member).filter(pk=visit).exists():
        raise Problem(NOT_FOUND, field="visit")
    planned: Visit = Visit.objects.lock(visit, field="visit")
    if planned.member_id == unit.member.pk:
        raise Problem(OWN_VISIT)
    if planned.state != Visit.State.PLANNED or planned.is_withdrawn:
        raise Problem(VISIT_BEGUN)
    if Joining.objects.filter(visit=planned, member=unit.member, closed_at=None).exists():
        raise Problem(ALREADY_ASKED)
    about = None if need is None else Need.objects.seen_by(unit.member).find(need, field="need")
    asked = Joining(id=joining, visit=planned, member=unit.member, need=about, note=note, **unit.actor.times)
    insert(asked, field="joining")
    unit.record(asked)
    _notify(unit, planned.member, "joining.asked", asked)
    return asked


def accept_joining(unit: Unit, *, joining: UUID, note: str = "") -> Joining:
    """Takes the colleague along: from now on they take part in the visit."""
    accepted = _asked(unit, joining)
    accepted.state, accepted.answered_at, accepted.answer_note = State.ACCEPTED, unit.actor.at, note
    visits.take_along(unit, accepted.visit, accepted.member)
    _notify(unit, accepted.member, "joining.accepted", accepted)
    return save(unit, accepted)


def refuse_joining(unit: Unit, *, joining: UUID, note: str = "") -> Joining:
    refused = _asked(unit, joining)
    refused.state, refused.answered_at, refused.answer_note = State.REFUSED, unit.actor.at, note
    refused.closed_at = unit.actor.received_at
    _notify(unit, refused.member, "joining.refused", refused)
    return save(unit, refused)


def withdraw_joining(unit: Unit, *, joining: UUID) -> Joining:
    """Whoever asked need not come after all, until the visit is over."""
    withdrawn = _lock(joining)
    if withdrawn.member_id != unit.member.pk:
        raise Problem(NOT_YOURS)
    if withdrawn.closed_at is not None:
        raise Problem(ALREADY_WITHDRAWN if withdrawn.state == State.WITHDRAWN else ALREADY_ANSWERED)
    if withdrawn.state == State.ACCEPTED:
        visits.leave_behind(unit, withdrawn.visit, withdrawn.member)
    withdrawn.state, withdrawn.closed_at = State.WITHDRAWN, unit.actor.received_at
    return save(unit, withdrawn)


def settle_joining(unit: Unit, joining: Joining) -> None:
    """The visit is over, or will not be: who went has seen it with their own eyes. Whoever calls has locked both."""
    visit = joining.visit
    went = visit.state == Visit.State.FINISHED and not visit.is_withdrawn and joining.state == State.ACCEPTED
    joining.state, joining.closed_at = State.WENT if went else State.OFF, unit.actor.received_at
    save(unit, joining)
    if joining.need_id is not None:
        tallies.count(unit, joining.need_id)


def _notify(unit: Unit, member: Member, event: str, joining: Joining) -> None:
    """Opens the visit: there is everything about it."""
    visit = joining.visit
    name, day = unit.member.name, visit.planned_for
    params = {"member": name, "customer": visit.customer.name, "day": day.isoformat() if day else None}
    notify(unit, [member], event, visit, source=joining.pk, **params)


def _asked(unit: Unit, id: UUID) -> Joining:
    """A joining that waits for the answer of the visit's owner, who is the actor."""
    found = _lock(id)
    if found.visit.member_id != unit.member.pk:
        raise Problem(NOT_YOURS)
    if found.state != State.ASKED:
        raise Problem(ALREADY_ANSWERED)
    return found


def _lock(id: UUID) -> Joining:
    """The joining with its visit, both locked: the visit first, as every verb about visits does."""
    visit = Joining.objects.find(id, field="joining").visit_id
    locked = Visit.objects.lock(visit, field="visit")
    found: Joining = Joining.objects.lock(id, field="joining")
    found.visit = locked
    return found
