"""Who is to tell a customer what became of their need, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from core import clock
from customers.models import Customer
from needs.models import Need, Voice
from people.models import Member
from visits.models import Visit

REPLY_DAYS = 14  # where no visit is planned


def owner_of(customer: Customer, need: Need, group: Sequence[UUID]) -> Member:
    """Whoever heard it there last and still answers for the customer; else whoever was there last of those who do.

    Where nobody has the territory it falls to whoever heard it, and at last to whoever owns the need.
    """
    holders = {member.pk: member for member in _holders(customer)}
    heard = Voice.objects.asking().filter(need__in=group, customer=customer).order_by("-received_at", "-pk")
    reporters = list(heard.select_related("member"))
    for voice in reporters:
        if voice.member_id in holders:
            return holders[voice.member_id]
    been = Visit.objects.filter(customer=customer, member__in=holders, withdrawn_at=None).order_by(
        "-received_at", "-pk"
    )
    last = been.values_list("member", flat=True).first()
    if last is not None:
        return holders[last]
    if holders:
        return min(holders.values(), key=lambda member: (member.name, member.pk))
    active = [voice.member for voice in reporters if voice.member.is_active]
    return active[0] if active else need.owner or need.member


def _holders(customer: Customer) -> Sequence[Member]:
    return list(Member.objects.alive().active().filter(territories=customer.territory_id))


def due_on(customer: Customer, owner: Member) -> date:
    """The day of the owner's next visit there, else in two weeks."""
    today = clock.today_in(owner.organization.time_zone)
    planned = Visit.objects.open().filter(customer=customer, member=owner, planned_for__gte=today)
    next_visit = planned.order_by("planned_for").values_list("planned_for", flat=True).first()
    return next_visit or today + timedelta(days=REPLY_DAYS)
