"""What is said about a ticket, and who is asked for help."""

from __future__ import annotations

from uuid import UUID

from core.errors import Problem
from core.models import insert
from notices.actions import notify
from sync.changes import Unit
from tickets.actions.opening import add_watcher
from tickets.actions.writing import add_step, lock_ticket, member_of, save, save_measured
from tickets.errors import HELP_OVER
from tickets.models import Help, Message, Step, Ticket
from tickets.telling import about, concerned
from visits.errors import ALREADY_WITHDRAWN, NOT_YOURS

MOST_SAID = 100  # of a text that stands in a notification


def write_message(unit: Unit, *, message: UUID, ticket: UUID, audience: str, text: str) -> Message:
    """Writes to colleagues, or down what the customer was told: the first of these is our first response."""
    to: Ticket = lock_ticket(ticket)
    written = Message(id=message, ticket=to, member=unit.member, audience=audience, text=text, **unit.actor.times)
    insert(written, field="message")
    unit.record(written)
    if audience == Message.Audience.CUSTOMER:
        add_step(unit, to, Step.Event.RESPONDED)
        save_measured(unit, to)
    said = {**about(to), "member": unit.member.name, "said": text[:MOST_SAID]}
    notify(unit, concerned(to, but=unit.member), "ticket.message", to, source=written.pk, **said)
    return written


def withdraw_message(unit: Unit, *, message: UUID) -> Message:
    """Its author takes it back; that the customer was answered stays true."""
    withdrawn: Message = Message.objects.lock(message, field="message")
    if withdrawn.member_id != unit.member.pk:
        raise Problem(NOT_YOURS)
    if withdrawn.withdrawn_at is not None:
        raise Problem(ALREADY_WITHDRAWN)
    withdrawn.withdrawn_at = unit.actor.at
    return save(unit, withdrawn, "withdrawn_at")


def ask_help(unit: Unit, *, help: UUID, ticket: UUID, engineer: UUID, text: str) -> Help:
    """Asks a colleague, who sees the ticket from now on and hears so at once."""
    about_ticket = lock_ticket(ticket)
    asked = Help(
        id=help,
        ticket=about_ticket,
        member=unit.member,
        engineer=member_of(engineer, "engineer"),
        text=text,
        **unit.actor.times,
    )
    insert(asked, field="help")
    unit.record(asked)
    add_watcher(unit, about_ticket, asked.engineer)
    said = {**about(about_ticket), "member": unit.member.name, "said": text[:MOST_SAID]}
    notify(unit, [asked.engineer], "help.asked", about_ticket, source=asked.pk, **said)
    return asked


def answer_help(unit: Unit, *, help: UUID, answer: str) -> Help:
    """Whoever knows may answer. The answer stays with the ticket."""
    answered = _open_help(help)
    answered.answer, answered.answered_by, answered.answered_at = answer, unit.member, unit.actor.at
    save(unit, answered)
    if answered.member != unit.member:
        said = {**about(answered.ticket), "member": unit.member.name, "said": answer[:MOST_SAID]}
        notify(unit, [answered.member], "help.answered", answered.ticket, source=answered.pk, **said)
    return answered


def withdraw_help(unit: Unit, *, help: UUID) -> Help:
    withdrawn = _open_help(help)
    if withdrawn.member_id != unit.member.pk:
        raise Problem(NOT_YOURS)
    withdrawn.withdrawn_at = unit.actor.at
    return save(unit, withdrawn, "withdrawn_at")


def _open_help(id: UUID) -> Help:
    """The help with its ticket, both locked: the ticket first, as every verb about tickets does."""
    ticket = Help.objects.find(id, field="help").ticket_id
    lock_ticket(ticket)
    found: Help = Help.objects.lock(id, field="help")
    if not found.is_open:
        raise Problem(HELP_OVER)
    return found
