from django.contrib import admin

from core.looking import LookOnly
from tickets.models import BusinessCalendar, Cause, Chip, Help, Message, SlaPolicy, Ticket


@admin.register(Ticket)
class TicketAdmin(LookOnly):
    list_display = ("id", "organization", "customer", "severity", "state", "assignee", "received_at")
    list_filter = ("state", "severity")
    exclude = ("watchers", "links")  # read through the manager of one organization, and the operator works for none


@admin.register(Cause)
class CauseAdmin(LookOnly):
    list_display = ("id", "organization", "customer", "state", "watch_until", "recurrences")
    list_filter = ("state",)


@admin.register(Message)
class MessageAdmin(LookOnly):
    list_display = ("id", "organization", "ticket", "member", "audience", "received_at")
    list_filter = ("audience",)


@admin.register(Help)
class HelpAdmin(LookOnly):
    list_display = ("id", "organization", "ticket", "member", "engineer", "answered_at")


@admin.register(Chip)
class ChipAdmin(LookOnly):
    list_display = ("id", "organization", "sort", "name")
    list_filter = ("sort",)


@admin.register(BusinessCalendar)
class BusinessCalendarAdmin(LookOnly):
    list_display = ("id", "organization", "name", "time_zone", "country")


@admin.register(SlaPolicy)
class SlaPolicyAdmin(LookOnly):
    list_display = ("id", "organization", "customer", "severity", "response_minutes", "resolution_minutes")
