"""Tickets, and what happened to them step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from core.models import Fact, RowQuerySet, TenantManager
from customers.models import Asset, Contact, Customer, Product, Site
from people.models import Member
from tickets.models.chips import Chip
from visits.models import Visit

if TYPE_CHECKING:
    from tickets.models.alarms import Alarm


class TicketQuerySet(RowQuerySet["Ticket"]):
    def open(self) -> Self:
        return self.filter(state__in=Ticket.OPEN_STATES, withdrawn_at=None)

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def seen_by(self, member: Member) -> Self:
        """Tickets in the member's territories, and those the member reported, works on or watches."""
        territories = member.territories_read()
        if territories is None:
            return self
        watched = Ticket.watchers.through.objects.filter(member=member).values("ticket")
        return self.filter(
            Q(customer__territory__in=territories) | Q(member=member) | Q(assignee=member) | Q(pk__in=watched)
        )


class Ticket(Fact):
    """이슈: something at a customer that is to be resolved. ``member`` reported it.

    What its clocks say is worked out from its steps (tickets/timing.py) whenever one is added, and kept here so that
    phones can show it.
    """

    class Severity(models.TextChoices):
        LOW = "low"
        NORMAL = "normal"
        HIGH = "high"
        URGENT = "urgent"

    class State(models.TextChoices):
        OPEN = "open"
        ASSIGNED = "assigned"
        WAITING = "waiting"
        SOLVED = "solved"
        CLOSED = "closed"

    class WaitsFor(models.TextChoices):
        CUSTOMER = "customer"
        US = "us"
        PARTS = "parts"

    class Verdict(models.TextChoices):
        """What became of a promise: nothing yet while it is open and in time."""

        MET = "met"
        MISSED = "missed"

    OPEN_STATES = (State.OPEN, State.ASSIGNED, State.WAITING)

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="tickets")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="tickets")
    asset = models.ForeignKey(Asset, null=True, blank=True, on_delete=models.PROTECT, related_name="tickets")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="tickets")
    category = models.ForeignKey(Chip, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    watchers = models.ManyToManyField(Member, blank=True, related_name="+")
    text = models.TextField(help_text="What is wrong, in the words of whoever reported it.")
    severity = models.CharField(max_length=8, choices=Severity, default=Severity.NORMAL)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    waits_for = models.CharField(max_length=8, choices=WaitsFor, null=True, blank=True)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    links = models.ManyToManyField("self", blank=True, help_text="Tickets that one should know of as well.")

    cause_chip = models.ForeignKey(Chip, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fix_chip = models.ForeignKey(Chip, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    resolution = models.TextField(blank=True, help_text="What was done about it.")
    solved_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    solved_at = models.DateTimeField(null=True, blank=True, help_text="When it counts as solved.")
    is_solved_on_visit = models.BooleanField(default=False)

    cause = models.ForeignKey("Cause", null=True, blank=True, on_delete=models.PROTECT, related_name="tickets")
    is_recurrence = models.BooleanField(
        default=False, help_text="The same again, within the watch window of its cause."
    )

    policy = models.ForeignKey("SlaPolicy", null=True, blank=True, on_delete=models.PROTECT, related_name="tickets")
    response_due_at = models.DateTimeField(null=True, blank=True)
    response_at = models.DateTimeField(null=True, blank=True)
    response_verdict = models.CharField(max_length=8, choices=Verdict, null=True, blank=True)
    resolution_due_at = models.DateTimeField(null=True, blank=True, help_text="None while its clock stands.")
    resolution_left_s = models.PositiveIntegerField(
        null=True, blank=True, help_text="Business seconds, on a standing clock."
    )
    resolution_verdict = models.CharField(max_length=8, choices=Verdict, null=True, blank=True)
    is_in_review = models.BooleanField(default=False, help_text="A person has to say which time counts.")
    next_alarm_at = models.DateTimeField(null=True, blank=True)

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    flags = models.JSONField(default=list, help_text="What a reader should know: see visits.evidence.")
    skew_s = models.BigIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the server received the fact that closed it: decides its month."
    )

    loaded_steps: Sequence[Step]  # as the shape reads them, for many tickets at once
    loaded_alarms: Sequence[Alarm]
    loaded_watchers: Sequence[UUID]
    loaded_links: Sequence[UUID]

    objects = TenantManager.from_queryset(TicketQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_ticket_says_what_is_wrong"),
            models.CheckConstraint(
                condition=Q(state="waiting", waits_for__isnull=False) | (~Q(state="waiting") & Q(waits_for=None)),
                name="exactly_a_waiting_ticket_waits_for_something",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["solved", "closed"]) | Q(solved_at__isnull=False),
                name="a_solved_ticket_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(cause__isnull=False), name="a_closed_ticket_has_a_cause"
            ),
            models.CheckConstraint(
                condition=(Q(state="closed") | Q(withdrawn_at__isnull=False)) & Q(closed_at__isnull=False)
                | (~Q(state="closed") & Q(withdrawn_at=None, closed_at=None)),
                name="exactly_what_is_over_of_a_ticket_has_a_closing_time",
            ),
            models.CheckConstraint(
                condition=Q(part_of=None) | ~Q(part_of=F("id")), name="a_ticket_is_not_part_of_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "customer", "-received_at", "-id"], name="tickets_of_customer"),
            models.Index(fields=["organization", "-received_at", "-id"], name="tickets_newest_first"),
            models.Index(
                fields=["next_alarm_at"], condition=Q(next_alarm_at__isnull=False), name="tickets_with_an_alarm"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES and self.withdrawn_at is None

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class Step(Fact):
    """Something that happened to a ticket: who, when by their clock, and when it counts. Part of the ticket's shape.

    ``number`` says which came after which for the server, from 1. ``counts_at`` is the time that clocks go by
    (tickets/evidence.py); a time that cannot be taken at its word is in review until somebody has settled it.
    """

    class Event(models.TextChoices):
        OPENED = "opened"
        ASSIGNED = "assigned"
        WAITING = "waiting"
        RESUMED = "resumed"
        RESPONDED = "responded"
        SOLVED = "solved"
        REOPENED = "reopened"
        CLOSED = "closed"
        WITHDRAWN = "withdrawn"

    class Review(models.TextChoices):
        """What somebody decided to count by."""

        PHONE = "phone"
        SERVER = "server"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=10, choices=Event)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    waits_for = models.CharField(max_length=8, choices=Ticket.WaitsFor, null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    counts_at = models.DateTimeField()
    skew_s = models.BigIntegerField(null=True, blank=True)
    is_in_review = models.BooleanField(default=False)
    review = models.CharField(max_length=6, choices=Review, null=True, blank=True)
    reviewed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "number"], name="steps_of_a_ticket_have_an_order")]
