"""What the verbs of this room share: whose rows they may lock, and how a row is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from core import bulk
from core.errors import NOT_FOUND, NOT_PERMITTED, Problem
from core.ids import random_hex64
from customers.models import Contact, Customer, Product, Site
from needs import bell, grouping, tallies
from needs.models import Milestone, Need, Uncompared
from needs.permissions import edits_needs
from needs.stages import ANSWERED, TOLD_TO_CUSTOMERS
from people.models import Member
from sync.changes import Unit
from visits import evidence
from visits.errors import PRODUCT_INACTIVE
from visits.models import Visit


def require_editor(unit: Unit) -> None:
    if unit.member is not None and not edits_needs(unit.member):
        raise Problem(NOT_PERMITTED)


def lock_need(id: UUID, *, field: str = "need") -> Need:
    """The need, locked after the head of its group: who changes what a group holds comes one by one."""
    Need.objects.find(id, field=field)
    lock_heads(id)
    found: Need = Need.objects.lock(id, field=field)
    return found


def lock_to_edit(unit: Unit, id: UUID, *, field: str = "need") -> Need:
    """A need the actor may edit, locked. Raises not_found or not_permitted, in this order: whoever may not edit is told
    nothing of what there is."""
    found = lock_need(id, field=field)
    require_editor(unit)
    return found


def lock_head(id: UUID) -> Need:
    """The head of the group, locked."""
    lock_heads(id)
    return Need.objects.get(pk=grouping.head_of(id))


def lock_heads(*ids: UUID) -> None:
    """The heads of the groups of these needs, locked in the order of their ids: two who want the same never wait for
    each other."""
    while not _lock_in_order({grouping.head_of(id) for id in ids}, ids):
        pass


def _lock_in_order(heads: set[UUID], ids: Sequence[UUID]) -> bool:
    """False when a need came under another head while we waited. What was locked in vain is given back then, since
    whoever holds it might want the new head before it."""
    with transaction.atomic():
        for id in sorted(heads):
            Need.objects.by_id(id, locked=True)
        is_right = heads == {grouping.head_of(id) for id in ids}
        transaction.set_rollback(not is_right)
    return is_right


def save(unit: Unit, row: Any, *names: str) -> Any:
    row.save(update_fields=names or None)
    unit.record(row)
    return row


def pass_milestone(
    unit: Unit,
    need: Need,
    *,
    event: str = Milestone.Event.STAGE,
    other: Need | None = None,
    customer: Customer | None = None,
    reason: str = "",
) -> Milestone:
    """Writes down what became of a need, which is locked, by whom and when. A job tells those whom it concerns."""
    passed = Milestone(
        need=need,
        number=Milestone.objects.filter(need=need).count() + 1,
        event=event,
        stage=need.stage,
        other=other,
        customer=customer,
        reason=reason,
        member=unit.member,
        **unit.actor.times,
    )
    passed.save(force_insert=True)
    unit.record(need)
    transaction.on_commit(partial(bell.ring, passed), robust=True)
    return passed


def last_told(need: UUID) -> Milestone | None:
    """What customers are to hear of this need by now."""
    told = Milestone.objects.filter(need=need, event=Milestone.Event.STAGE, stage__in=TOLD_TO_CUSTOMERS)
    found: Milestone | None = told.order_by("-number").first()
    return found


def owe_answers(need: UUID) -> None:
    """Whoever asks by now for what was built or declined already is to hear of it like those before."""
    head = lock_head(need)
    last = last_told(head.pk) if head.stage in ANSWERED else None
    if last is not None:
        last.announced_at = None
        last.save(update_fields=["announced_at"])
        transaction.on_commit(partial(bell.ring, last), robust=True)


def count(unit: Unit, *needs: UUID) -> None:
    tallies.count(unit, *needs)


def compare_later(unit: Unit, *needs: UUID) -> None:
    """Has a job look anew which needs these resemble: their words changed, or their groups."""
    rows = sorted((id, random_hex64()) for id in set(needs))
    bulk.insert(
        Uncompared,
        ("id", "token"),
        rows,
        same={"organization_id": unit.organization_id, "deleted_at": None, "taken_at": None},
        unique=("id",),
        update=("token",),
    )
    transaction.on_commit(partial(bell.ring_to_compare, unit.organization_id), robust=True)


def flags_of(unit: Unit, customer: Customer) -> list[str]:
    """What a reader of a phone's fact should know of it: whether the clock was right, and whose territory it is."""
    actor = unit.actor
    if actor.entry_id is None:
        return []
    readable = unit.member.territories_read()
    raised = {
        evidence.CLOCK_OFF: evidence.is_clock_off(actor.at, actor.received_at, actor.skew_ms),
        evidence.OUTSIDE_TERRITORY: readable is not None and customer.territory_id not in readable,
    }
    return sorted(flag for flag, is_raised in raised.items() if is_raised)


def site_of(customer: Customer, id: UUID | None) -> Site | None:
    return None if id is None else of_customer(customer, Site.objects.find(id, field="site"), "site")


def contact_of(customer: Customer, id: UUID | None) -> Contact | None:
    return None if id is None else of_customer(customer, Contact.objects.find(id, field="contact"), "contact")


def visit_of(customer: Customer, id: UUID | None) -> Visit | None:
    return None if id is None else of_customer(customer, Visit.objects.find(id, field="visit"), "visit")


def of_customer(customer: Customer, row: Any, field: str) -> Any:
    """A row of another customer, seen or not, is not there."""
    if row.customer_id != customer.pk:
        raise Problem(NOT_FOUND, field=field)
    return row


def product_of(id: UUID | None) -> Product | None:
    if id is None:
        return None
    found: Product = Product.objects.find(id, field="product")
    if not found.is_active:
        raise Problem(PRODUCT_INACTIVE, field="product")
    return found


def member_of(id: UUID, *, field: str) -> Member:
    found: Member = Member.objects.find(id, field=field)
    if not found.is_active:
        raise Problem(NOT_FOUND, field=field)
    return found
