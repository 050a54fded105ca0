"""Working on tickets: whose they are, what they wait for, and that they are solved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.errors import NOT_PERMITTED, Problem
from customers.actions import edit_row
from customers.actions.writing import write_values
from notices.actions import notify
from sync.changes import Unit
from tickets import evidence, states
from tickets.actions import recurring
from tickets.actions.writing import (
    add_step,
    chip_of,
    lock_ticket,
    lock_to_work,
    member_of,
    record_talk,
    require_seen,
    require_worker,
    save_measured,
    visit_of,
)
from tickets.errors import ALREADY_SO, TICKET_STATE, TICKET_TAKEN
from tickets.models import Cause, Chip, Step, Ticket
from tickets.permissions import hands_out
from tickets.serializers import TicketInput
from tickets.telling import about, concerned

Event = Step.Event
State = Ticket.State


def take_ticket(unit: Unit, *, ticket: UUID) -> Ticket:
    """Says: I work on this one. Raises ticket_taken, naming who does, when somebody else was first."""
    taken = lock_to_work(unit, ticket, "take")
    require_seen(unit, taken)
    if taken.assignee_id == unit.member.pk:
        raise Problem(ALREADY_SO)
    if taken.assignee_id is not None:
        raise Problem(TICKET_TAKEN, member=str(taken.assignee_id))
    return _assign(unit, taken, unit.member)


def assign_ticket(unit: Unit, *, ticket: UUID, assignee: UUID | None, note: str = "") -> Ticket:
    """Gives it to a colleague, or back to all."""
    given = lock_to_work(unit, ticket, "assign")
    if not hands_out(unit.member, given):
        raise Problem(NOT_PERMITTED)
    if given.assignee_id == assignee:
        raise Problem(ALREADY_SO)
    _assign(unit, given, None if assignee is None else member_of(assignee, "assignee"), note)
    if given.assignee is not None and given.assignee != unit.member:
        notify(unit, [given.assignee], "ticket.assigned", given, source=given.pk, **about(given))
    return given


def _assign(unit: Unit, ticket: Ticket, assignee: Any, note: str = "") -> Ticket:
    ticket.assignee = assignee
    if ticket.state != State.WAITING:
        ticket.state = states.working_state(has_assignee=assignee is not None)
    add_step(unit, ticket, Event.ASSIGNED, assignee=assignee, note=note)
    save_measured(unit, ticket)
    record_talk(unit, ticket)
    return ticket


def wait_ticket(unit: Unit, *, ticket: UUID, waits_for: str, note: str = "") -> Ticket:
    """Nobody can go on with it for now. Whether its clock stands is said by what was promised."""
    waiting = lock_to_work(unit, ticket, "wait")
    if waiting.state == State.WAITING and waiting.waits_for == waits_for:
        raise Problem(ALREADY_SO)
    waiting.state, waiting.waits_for = State.WAITING, waits_for
    add_step(unit, waiting, Event.WAITING, waits_for=waits_for, note=note)
    return save_measured(unit, waiting)


def resume_ticket(unit: Unit, *, ticket: UUID, note: str = "") -> Ticket:
    resumed = lock_to_work(unit, ticket, "resume")
    _go_on(resumed)
    add_step(unit, resumed, Event.RESUMED, note=note)
    return save_measured(unit, resumed)


def _go_on(ticket: Ticket) -> None:
    ticket.state = states.working_state(has_assignee=ticket.assignee_id is not None)
    ticket.waits_for = None


def solve_ticket(
    unit: Unit,
    *,
    ticket: UUID,
    cause_chip: UUID | None = None,
    fix_chip: UUID | None = None,
    resolution: str = "",
    visit: UUID | None = None,
    is_solved_on_visit: bool = False,
) -> Ticket:
    """It works again. It counts from when it was solved, however late that is told.

    Of two who solved it without knowing of each other the first stands; where they say different things of it both
    see so, and somebody decides.
    """
    solved = lock_ticket(ticket)
    require_worker(unit)
    chip_of(Chip.Sort.CAUSE, cause_chip, "cause_chip")
    chip_of(Chip.Sort.FIX, fix_chip, "fix_chip")
    said = {"cause_chip": cause_chip, "fix_chip": fix_chip, "resolution": resolution}
    if not states.may("solve", solved.state):
        return _solve_too(unit, solved, said)
    at = evidence.counted(unit.actor).at
    write_values(unit, solved, said)
    solved.state, solved.waits_for = State.SOLVED, None
    solved.solved_by, solved.solved_at = unit.member, at
    solved.visit = visit_of(solved.customer, visit) or solved.visit
    solved.is_solved_on_visit = is_solved_on_visit
    add_step(unit, solved, Event.SOLVED)
    save_measured(unit, solved)
    notify(unit, concerned(solved, but=unit.member), "ticket.solved", solved, source=solved.pk, **about(solved))
    return solved


def _solve_too(unit: Unit, solved: Ticket, said: dict[str, Any]) -> Ticket:
    """The clocks go by whoever was first by the time that counts."""
    if solved.solved_by_id == unit.member.pk:
        raise Problem(TICKET_STATE, state=solved.state)
    seen = {"cause_chip": None, "fix_chip": None, "resolution": ""}
    edit_row(unit, solved, solved.customer, seen, said, TicketInput)
    step = add_step(unit, solved, Event.SOLVED)
    if solved.solved_at is not None and step.counts_at < solved.solved_at:
        solved.solved_at = step.counts_at
    return save_measured(unit, solved)


def reopen_ticket(unit: Unit, *, ticket: UUID, note: str = "") -> Ticket:
    """It does not work after all. What its clock had counted stays counted; a cause that was watched is back."""
    reopened = lock_to_work(unit, ticket, "reopen")
    was_closed = reopened.state == State.CLOSED
    _go_on(reopened)
    reopened.solved_by, reopened.solved_at, reopened.is_solved_on_visit = None, None, False
    add_step(unit, reopened, Event.REOPENED, note=note)
    save_measured(unit, reopened)
    if was_closed and reopened.cause_id is not None:
        cause: Cause = Cause.objects.lock(reopened.cause_id, field="cause")
        day = evidence.day_of(evidence.counted(unit.actor).at, reopened.member.organization.time_zone)
        if cause.is_watched_on(day):
            recurring.return_cause(unit, cause, reopened, day)
    told = concerned(reopened, but=unit.member)
    notify(unit, told, "ticket.reopened", reopened, source=reopened.pk, **about(reopened))
    return reopened
