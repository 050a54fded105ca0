"""Closing tickets, and why they happened: a cause is watched until it has stayed away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from core.errors import OUT_OF_RANGE, Problem
from core.models import changed_fields, insert
from customers.actions import Seen, edit_row
from notices.actions import notify
from sync.changes import Unit
from tickets.actions.recurring import leads_of, lock_cause
from tickets.actions.writing import (
    add_step,
    chip_of,
    lock_to_work,
    require_seen,
    require_worker,
    save,
    save_measured,
    today_of,
)
from tickets.errors import CLOSING_INCOMPLETE, OTHER_CAUSE
from tickets.models import Cause, Chip, Step, Ticket
from tickets.serializers import CauseInput
from tickets.telling import about_cause

State = Cause.State

WATCH_DAYS = 90
FINDING_DAYS = 5
MOST_WATCH_DAYS = 5 * 366


@dataclass(frozen=True)
class Found:
    """Why it happened, and what keeps it from happening again."""

    chip: UUID | None
    text: str
    countermeasure: str
    watch_until: date | None

    def require_whole(self) -> None:
        """Raises closing_incomplete, naming the first that is missing."""
        if self.chip is None and not self.text:
            raise Problem(CLOSING_INCOMPLETE, field="chip")
        if not self.countermeasure:
            raise Problem(CLOSING_INCOMPLETE, field="countermeasure")


def close_ticket(
    unit: Unit,
    *,
    ticket: UUID,
    cause: UUID,
    chip: UUID | None = None,
    text: str = "",
    countermeasure: str = "",
    watch_until: date | None = None,
    is_finding: bool = False,
) -> Ticket:
    """Needs why it happened, what was done against it, and until when that is watched (90 days where nothing is said);
    or, where nobody knows yet, five days to find out."""
    closed = lock_to_work(unit, ticket, "close")
    _require_own_cause(closed, cause)
    found = Found(chip, text, countermeasure, watch_until)
    chip_of(Chip.Sort.CAUSE, chip, "chip")
    closed.cause = _cause_of(unit, closed, cause)
    if is_finding:
        _look_for(closed.cause, found, today_of(unit))
    else:
        _watch(closed.cause, found, today_of(unit))
    _write(unit, closed.cause)
    closed.state = Ticket.State.CLOSED
    add_step(unit, closed, Step.Event.CLOSED)
    return save_measured(unit, closed)


def _require_own_cause(ticket: Ticket, cause: UUID) -> None:
    """What came back with this ticket is closed with it: said to be the same again, or opened again itself."""
    own = ticket.cause
    if own is not None and own.pk != cause and (ticket.is_recurrence or own.state == State.BACK):
        raise Problem(OTHER_CAUSE, cause=str(own.pk))


def _cause_of(unit: Unit, ticket: Ticket, id: UUID) -> Cause:
    """One that is known at this customer, or a new one."""
    if Cause.objects.by_id(id) is not None:
        return lock_cause(ticket, id, field="cause")
    return Cause(
        id=id,
        customer=ticket.customer,
        site=ticket.site,
        asset=ticket.asset,
        member=unit.member,
        state=State.FINDING,
        **unit.actor.times,
    )


def _write(unit: Unit, cause: Cause) -> None:
    if cause._state.adding:
        insert(cause, field="cause")
        unit.record(cause)
    else:
        save(unit, cause)


def _look_for(cause: Cause, supposed: Found, today: date) -> None:
    """What somebody supposes already is kept with it."""
    cause.chip_id, cause.text = supposed.chip or cause.chip_id, supposed.text or cause.text
    cause.countermeasure = supposed.countermeasure or cause.countermeasure
    cause.state, cause.closed_at = State.FINDING, None
    cause.finding_due_on, cause.finding_told_at = today + timedelta(days=FINDING_DAYS), None


def _watch(cause: Cause, found: Found, today: date) -> None:
    """From today on. What was said of it before stays where nothing else is said."""
    chip = found.chip or cause.chip_id
    whole = Found(chip, found.text or cause.text, found.countermeasure, found.watch_until)
    whole.require_whole()
    until = found.watch_until or today + timedelta(days=WATCH_DAYS)
    if not today <= until <= today + timedelta(days=MOST_WATCH_DAYS):
        last = today + timedelta(days=MOST_WATCH_DAYS)
        raise Problem(OUT_OF_RANGE, field="watch_until", min=str(today), max=str(last))
    values = {"chip_id": chip, "text": whole.text, "countermeasure": whole.countermeasure}
    changed_fields(cause, {**values, "watch_from": today, "watch_until": until, "finding_due_on": None})
    cause.state, cause.closed_at = State.WATCHING, None


# --- Causes ----------------------------------------------------------------------------------------------------


def settle_cause(
    unit: Unit,
    *,
    cause: UUID,
    chip: UUID | None = None,
    text: str = "",
    countermeasure: str = "",
    watch_until: date | None = None,
) -> Cause:
    """It was found out why, or something better was done against it: it is watched from today on."""
    settled: Cause = Cause.objects.lock(cause, field="cause")
    require_worker(unit)
    require_seen(unit, settled)
    chip_of(Chip.Sort.CAUSE, chip, "chip")
    _watch(settled, Found(chip, text, countermeasure or settled.countermeasure, watch_until), today_of(unit))
    return save(unit, settled)


def change_cause(unit: Unit, *, cause: UUID, seen: Seen = None, **values: Any) -> Cause:
    """Edits what several people edit. The window stays as it is."""
    edited: Cause = Cause.objects.lock(cause, field="cause")
    require_worker(unit)
    require_seen(unit, edited)
    chip_of(Chip.Sort.CAUSE, values.get("chip"), "chip")
    if edited.state in {State.WATCHING, State.PROVED}:
        chip = values.get("chip", edited.chip_id)
        Found(
            chip, values.get("text", edited.text), values.get("countermeasure", edited.countermeasure), None
        ).require_whole()
    edit_row(unit, edited, edited.customer, seen, values, CauseInput)
    return edited


def prove_cause(unit: Unit, cause: Cause) -> None:
    """Its window is over, and it stayed away. Whoever calls has locked it."""
    cause.state, cause.closed_at = State.PROVED, unit.actor.received_at
    save(unit, cause)
    notify(unit, [cause.member], "cause.proved", cause, source=cause.pk, **about_cause(cause))


def tell_finding_due(unit: Unit, cause: Cause) -> None:
    """Whoever was to find out has not, and the lead hears so as well. Whoever calls has locked it."""
    cause.finding_told_at = unit.actor.received_at
    cause.save(update_fields=["finding_told_at"])
    told = sorted({cause.member, *leads_of(cause.member)}, key=lambda member: member.pk)
    notify(unit, told, "cause.finding_due", cause, source=cause.pk, **about_cause(cause))
