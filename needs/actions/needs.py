"""Sorting needs, answering for them, and the stages they go through."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.errors import NOT_FOUND, NOT_PERMITTED, NOTHING_CHANGED, Problem
from customers.actions import Seen, edit_row
from customers.models import Customer, Product
from needs import grouping, stages, tallies
from needs.actions import writing
from needs.actions.writing import compare_later, lock_need, lock_to_edit, member_of, pass_milestone, save
from needs.errors import ALREADY_MERGED, ALREADY_TAKEN, BAD_STAGE, NOT_ASKING
from needs.models import Milestone, Need, Theme, Voice
from needs.permissions import edits_needs
from needs.serializers import NeedInput
from sync.changes import Unit

Stage = Need.Stage


def change_need(unit: Unit, *, need: UUID, seen: Seen = None, **values: Any) -> Need:
    """Edits what several engineers edit. A title sorts a need: from then on everybody sees it."""
    edited = lock_to_edit(unit, need)
    if values.get("theme") is not None:
        Theme.objects.find(values["theme"], field="theme")
    if values.get("product") is not None:
        Product.objects.find(values["product"], field="product")
    was_sorted, title, theme = edited.is_sorted, edited.title, edited.theme_id
    edit_row(unit, edited, edited.customer, seen, values, NeedInput)
    if edited.is_sorted != was_sorted:
        unit.record(edited.tally)  # it is seen where its need is
    if edited.theme_id != theme:
        tallies.count_themes(unit, (theme, edited.theme_id))
    if edited.title != title:
        compare_later(unit, need)
    return edited


def take_need(unit: Unit, *, need: UUID) -> Need:
    """Says: I answer for this one. Raises already_taken, naming who does, when somebody else was first."""
    taken = lock_to_edit(unit, need)
    if taken.owner_id is not None and taken.owner_id != unit.member.pk:
        raise Problem(ALREADY_TAKEN, member=str(taken.owner_id))
    taken.owner = unit.member
    return save(unit, taken, "owner")


def hand_over_need(unit: Unit, *, need: UUID, owner: UUID | None) -> Need:
    """Gives a need to a colleague who edits needs, or back to all. Its owner's, or an administrator's, to say."""
    handed = lock_to_edit(unit, need)
    if handed.owner_id is not None and handed.owner_id != unit.member.pk and not unit.member.is_admin:
        raise Problem(NOT_PERMITTED)
    next_owner = None if owner is None else member_of(owner, field="owner")
    if next_owner is not None and not edits_needs(next_owner):
        raise Problem(NOT_FOUND, field="owner")
    if handed.owner_id == owner:
        raise Problem(NOTHING_CHANGED)
    handed.owner = next_owner
    return save(unit, handed, "owner")


def confirm_need(unit: Unit, *, need: UUID, customer: UUID, note: str = "") -> Need:
    """A customer who told of it says, when asked: yes, that is what we want. Whoever asked them writes it down.

    It is a fact, and taken at every stage; only a need that was no more than heard is taken to the next by it. Of a
    need that is merged it says so to the head of the group. Returns the need that was named.
    """
    named = lock_need(need)
    confirmed = writing.lock_head(need) if named.is_merged else named
    asked: Customer = Customer.objects.find(customer, field="customer")
    group = grouping.group_of(confirmed.pk)
    if not Voice.objects.standing().filter(need__in=group, customer=asked).exists():
        raise Problem(NOT_ASKING, field="customer")
    if confirmed.stage == Stage.HEARD:
        _advance(unit, confirmed, Stage.CONFIRMED, reason=note, customer=asked)
    else:
        pass_milestone(unit, confirmed, event=Milestone.Event.CONFIRMED, reason=note, customer=asked)
    return named


def accept_need(unit: Unit, *, need: UUID, note: str = "") -> Need:
    return _advance(unit, lock_to_edit(unit, need), Stage.ACCEPTED, reason=note)


def decline_need(unit: Unit, *, need: UUID, reason: str, customer_text: str = "") -> Need:
    """이번에는 어려움: says why, and drafts what customers will read. Each of them hears of it."""
    return _advance(unit, lock_to_edit(unit, need), Stage.DECLINED, reason=reason, customer_text=customer_text)


def build_need(unit: Unit, *, need: UUID, note: str = "", customer_text: str = "") -> Need:
    """It is there. Each customer who asked hears of it."""
    return _advance(unit, lock_to_edit(unit, need), Stage.BUILT, reason=note, customer_text=customer_text)


def _advance(
    unit: Unit, need: Need, stage: str, *, reason: str, customer: Customer | None = None, customer_text: str = ""
) -> Need:
    if need.is_merged:
        raise Problem(ALREADY_MERGED, into=str(need.merged_into_id))
    if not stages.may_follow(need.stage, stage):
        raise Problem(BAD_STAGE, **{"from": need.stage, "to": stage})
    need.stage = stage
    need.customer_text = customer_text or need.customer_text
    save(unit, need, "stage", "customer_text")
    pass_milestone(unit, need, reason=reason, customer=customer)
    return need
