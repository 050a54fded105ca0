"""Tickets and what hangs on them: what happened to them, what was said, why it happened, and what was promised."""

from tickets.models.alarms import Alarm
from tickets.models.causes import Cause
from tickets.models.chips import Chip
from tickets.models.promises import BusinessCalendar, SlaPolicy
from tickets.models.talk import Help, Message
from tickets.models.tickets import Step, Ticket

__all__ = ["Alarm", "BusinessCalendar", "Cause", "Chip", "Help", "Message", "SlaPolicy", "Step", "Ticket"]
