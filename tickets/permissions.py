"""Who may do what with tickets: phrases that read like the sentence in the handbook."""

from __future__ import annotations

from people.models import Member
from tickets.models import Ticket


def works_on_tickets(member: Member) -> bool:
    """Executives read everything and say what they think, but the work is others'."""
    return member.is_admin or member.role != Member.Role.EXECUTIVE


def hands_out(member: Member, ticket: Ticket) -> bool:
    """Whoever has it or reported it, whoever answers for them, and managers of the territory."""
    if member.is_admin or member.pk in {ticket.assignee_id, ticket.member_id}:
        return True
    if any(member.leads(one) for one in (ticket.assignee, ticket.member) if one is not None):
        return True
    territories = member.territories_read() or frozenset()
    return member.role == Member.Role.MANAGER and ticket.customer.territory_id in territories


def reviews_times(member: Member, of: Member) -> bool:
    """Nobody says of their own clock that it was right."""
    return member.pk != of.pk and (member.leads(of) or member.role in {Member.Role.MANAGER, Member.Role.EXECUTIVE})
