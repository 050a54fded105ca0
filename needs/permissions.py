"""Who sorts needs, answers for them and asks questions."""

from __future__ import annotations

from people.models import Member


def edits_needs(member: Member) -> bool:
    """Engineers and administrators. Everybody writes down what they hear, and tells customers what became of it."""
    return member.is_admin or member.role == Member.Role.ENGINEER
