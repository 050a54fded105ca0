"""Inputs about tickets: what is wrong, whose it is, what it waits for, and that it is solved."""

from __future__ import annotations

from core.inputs import Choice, Id, Input, Text, YesNo
from tickets.models import Step, Ticket
from tickets.serializers.lengths import SHORT_LENGTH, TEXT_LENGTH


class OpenTicketInput(Input):
    ticket = Id()
    customer = Id()
    text = Text(max_length=TEXT_LENGTH)
    severity = Choice(choices=Ticket.Severity.choices, required=False)
    site = Id(required=False, allow_null=True)
    asset = Id(required=False, allow_null=True)
    product = Id(required=False, allow_null=True)
    contact = Id(required=False, allow_null=True)
    visit = Id(required=False, allow_null=True)
    category = Id(required=False, allow_null=True)
    assignee = Id(required=False, allow_null=True)
    part_of = Id(required=False, allow_null=True)
    again = Id(required=False, allow_null=True)


class TicketInput(Input):
    """What several people edit of a ticket."""

    text = Text(max_length=TEXT_LENGTH, required=False)
    severity = Choice(choices=Ticket.Severity.choices, required=False)
    site = Id(required=False, allow_null=True)
    asset = Id(required=False, allow_null=True)
    product = Id(required=False, allow_null=True)
    contact = Id(required=False, allow_null=True)
    category = Id(required=False, allow_null=True)
    part_of = Id(required=False, allow_null=True)
    cause_chip = Id(required=False, allow_null=True)
    fix_chip = Id(required=False, allow_null=True)
    resolution = Text(max_length=TEXT_LENGTH, required=False, allow_blank=True)


class ChangeTicketInput(TicketInput):
    ticket = Id()


class NameTicketInput(Input):
    """Names the ticket and nothing else."""

    ticket = Id()


class AssignInput(Input):
    ticket = Id()
    assignee = Id(allow_null=True)
    note = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


class WaitInput(Input):
    ticket = Id()
    waits_for = Choice(choices=Ticket.WaitsFor.choices)
    note = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


class GoOnInput(Input):
    """It is resumed, or reopened."""

    ticket = Id()
    note = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


class SolveInput(Input):
    ticket = Id()
    cause_chip = Id(required=False, allow_null=True)
    fix_chip = Id(required=False, allow_null=True)
    resolution = Text(max_length=TEXT_LENGTH, required=False, allow_blank=True)
    visit = Id(required=False, allow_null=True)
    is_solved_on_visit = YesNo(required=False)


class LinkInput(Input):
    ticket = Id()
    other = Id()


class AgainInput(Input):
    ticket = Id()
    cause = Id()


class ReviewInput(Input):
    ticket = Id()
    step = Id()
    review = Choice(choices=Step.Review.choices)
