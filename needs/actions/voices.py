"""Writing down what a customer said, or what they were seen to do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.errors import FIELD_REQUIRED, NOT_FOUND, NOTHING_CHANGED, Problem
from core.models import changed_fields, insert
from customers.models import Customer
from needs.actions import writing
from needs.actions.writing import (
    compare_later,
    contact_of,
    count,
    owe_answers,
    product_of,
    save,
    site_of,
    visit_of,
)
from needs.errors import NOT_AN_OBSERVATION
from needs.models import Milestone, Need, Tally, Theme, Voice
from sync.changes import Unit
from visits.errors import ALREADY_WITHDRAWN, NOT_YOURS


def note_need(
    unit: Unit,
    *,
    need: UUID,
    voice: UUID,
    customer: UUID,
    text: str,
    how: str = Voice.How.SAID,
    importance: int | None = None,
    theme: UUID | None = None,
    product: UUID | None = None,
    site: UUID | None = None,
    visit: UUID | None = None,
    contact: UUID | None = None,
) -> Need:
    """Writes down what a customer wants: a need of its own, or one more voice of a need that is known.

    Never refused for where it was heard, for a theme that was removed meanwhile, or for a need that its writer no
    longer sees: the voice is what counts.
    """
    owner: Customer = Customer.objects.find(customer, field="customer")
    is_known = Need.objects.by_id(need) is not None
    found = writing.lock_need(need) if is_known else _new_need(unit, need, owner, theme, product)
    told = _voice(unit, voice, owner, site, visit, contact, product)
    told.need, told.text, told.how, told.importance = found, text, how, importance
    _insert(unit, told)
    count(unit, need)
    compare_later(unit, need)
    owe_answers(need)
    return found


def observe(
    unit: Unit,
    *,
    voice: UUID,
    customer: UUID,
    sign: str,
    text: str = "",
    need: UUID | None = None,
    product: UUID | None = None,
    site: UUID | None = None,
    visit: UUID | None = None,
    contact: UUID | None = None,
) -> Voice:
    """Writes down what somebody was seen to do, without needing words for it, nor a need."""
    owner: Customer = Customer.objects.find(customer, field="customer")
    about = None if need is None else writing.lock_need(need)
    seen = _voice(unit, voice, owner, site, visit, contact, product)
    seen.need, seen.sign, seen.text, seen.how = about, sign, text, Voice.How.SEEN
    _insert(unit, seen)
    if need is not None:
        count(unit, need)
    if need is not None and text:
        compare_later(unit, need)
    return seen


def amend_voice(unit: Unit, *, voice: UUID, **values: Any) -> Voice:
    """Corrects or completes one's own voice: words, how it was heard, importance, who said it."""
    amended = _own_voice(unit, voice)
    if "contact" in values:
        values["contact"] = contact_of(amended.customer, values["contact"])
    if "product" in values:
        values["product"] = product_of(values["product"])
    if values.get("text") == "" and not amended.is_observation:
        raise Problem(FIELD_REQUIRED, field="text")
    changed = changed_fields(amended, values)
    if not changed:
        raise Problem(NOTHING_CHANGED)
    amended.amended_at = unit.actor.at
    return _save_counted(unit, amended, is_reworded="text" in changed)


def withdraw_voice(unit: Unit, *, voice: UUID) -> Voice:
    """Takes a voice back: it stays readable, and counts no more."""
    withdrawn = _own_voice(unit, voice)
    withdrawn.withdrawn_at = unit.actor.at
    return _save_counted(unit, withdrawn, is_reworded=withdrawn.text != "")


def place_voice(unit: Unit, *, voice: UUID, need: UUID | None) -> Voice:
    """Puts a voice to the need it tells of. An observation can also stand without one."""
    Voice.objects.find(voice, field="voice")
    writing.require_editor(unit)
    if need is not None:
        Need.objects.find(need, field="need")
    placed = _lock(voice, need)
    if need is None and not placed.is_observation:
        raise Problem(NOT_AN_OBSERVATION, field="need")
    if placed.need_id == need:
        raise Problem(NOTHING_CHANGED)
    former, placed.need_id = placed.need_id, need
    save(unit, placed, "need_id")
    moved = [id for id in (former, need) if id is not None]
    count(unit, *moved)
    if placed.text:
        compare_later(unit, *moved)
    if need is not None:
        owe_answers(need)
    return placed


def _new_need(unit: Unit, id: UUID, customer: Customer, theme: UUID | None, product: UUID | None) -> Need:
    new = Need(id=id, customer=customer, member=unit.member, **unit.actor.times)
    new.theme = None if theme is None else Theme.objects.by_id(theme)
    if theme is not None and new.theme is None:
        raise Problem(NOT_FOUND, field="theme")
    new.product = product_of(product)
    insert(new, field="need")
    unit.record(new)
    Tally(id=id, need=new).save(force_insert=True)
    heard = Milestone(need=new, number=1, stage=new.stage, member=unit.member, **unit.actor.times)
    heard.announced_at = unit.actor.received_at  # nobody else knows of it yet
    heard.save(force_insert=True)
    return new


def _voice(
    unit: Unit,
    id: UUID,
    customer: Customer,
    site: UUID | None,
    visit: UUID | None,
    contact: UUID | None,
    product: UUID | None,
) -> Voice:
    return Voice(
        id=id,
        customer=customer,
        site=site_of(customer, site),
        visit=visit_of(customer, visit),
        contact=contact_of(customer, contact),
        product=product_of(product),
        member=unit.member,
        flags=writing.flags_of(unit, customer),
        skew_s=unit.actor.skew_s,
        **unit.actor.times,
    )


def _insert(unit: Unit, voice: Voice) -> None:
    insert(voice, field="voice")
    unit.record(voice)


def _lock(id: UUID, *more: UUID | None) -> Voice:
    """The voice, locked after the heads of its own need and of others: needs first, as every verb that counts does."""
    while True:
        need = Voice.objects.find(id, field="voice").need_id
        writing.lock_heads(*(one for one in (need, *more) if one is not None))
        found: Voice = Voice.objects.lock(id, field="voice")
        if found.need_id == need:
            return found


def _own_voice(unit: Unit, id: UUID) -> Voice:
    """The actor's own voice, locked and not withdrawn."""
    found = _lock(id)
    if found.member_id != unit.member.pk:
        raise Problem(NOT_YOURS)
    if found.withdrawn_at is not None:
        raise Problem(ALREADY_WITHDRAWN)
    return found


def _save_counted(unit: Unit, voice: Voice, *, is_reworded: bool) -> Voice:
    save(unit, voice)
    if voice.need_id is not None:
        count(unit, voice.need_id)
    if voice.need_id is not None and is_reworded:
        compare_later(unit, voice.need_id)
    return voice
