"""Telling everybody whom a milestone concerns: a job that may be cut off anywhere and goes on there.

A need may be asked for by hundreds of customers and reported by as many people. The action writes the milestone; this
does the rest, some rows a unit:

1. What became of a need that was built or declined is owed to every customer who asked, as a reply.
2. What is no longer so, and what was owed to whoever asked for something else after all, is taken back where it was
   not told yet.
3. The people who reported it are notified, and whoever now has customers to tell: once, however many customers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from core import clock, tenancy
from customers.models import Customer
from needs import actions, grouping, owners, tallies
from needs.actions.writing import lock_heads
from needs.models import Milestone, Need, Reply, Voice
from needs.stages import TOLD_TO_CUSTOMERS
from notices import actions as notices
from notices.models import Notification
from people.models import Member
from sync import changes
from sync.changes import Actor, Unit

VERB = "need.tell"
UNIT_ROWS = 50
MOST_WORDS = 60  # of a voice that stands for a title
EVENTS = {"stage": "need.stage", "merged": "need.merged", "unmerged": "need.unmerged"}
_SUPERSEDES = (Need.Stage.ACCEPTED, Need.Stage.BUILT, Need.Stage.DECLINED)


def announce(organization_id: UUID, milestone_id: UUID) -> None:
    with tenancy.acting_in(organization_id):
        while _announce_some(milestone_id):
            pass


def _announce_some(id: UUID) -> bool:
    """One unit of it. False when there is nothing left to do."""
    with changes.unit(VERB, by=Actor(None, "job", at=clock.now())) as unit:
        # Needs first and then what hangs on them, as every verb about needs does.
        about = Milestone.objects.values_list("need", "other").get(pk=id)
        lock_heads(*(need for need in about if need is not None))
        milestone = Milestone.objects.select_for_update(of=("self",)).select_related("need").get(pk=id)
        if milestone.announced_at is not None:
            return False
        if _owe_some(unit, milestone) or _take_some_back(unit, milestone) or _notify_some(unit, milestone):
            return True
        milestone.announced_at = clock.now()
        milestone.save(update_fields=["announced_at"])
        return False


def _owe_some(unit: Unit, milestone: Milestone) -> bool:
    if not _is_owed(milestone):
        return False
    need, group = milestone.need, grouping.group_of(milestone.need_id)
    told = Reply.objects.standing().filter(milestone=milestone).values("customer")
    customers = Customer.objects.alive().filter(pk__in=_asking(need.pk)).exclude(pk__in=told).order_by("pk")[:UNIT_ROWS]
    for customer in customers:
        owner = owners.owner_of(customer, need, group)
        actions.owe_reply(unit, milestone, customer, owner, owners.due_on(customer, owner))
    if customers:
        tallies.count(unit, need.pk)
    return bool(customers)


def _is_owed(milestone: Milestone) -> bool:
    """Whether customers are to hear of it, and it still stands."""
    if milestone.event != Milestone.Event.STAGE or milestone.stage not in TOLD_TO_CUSTOMERS:
        return False
    return not _later(milestone).exists()


def _later(milestone: Milestone) -> QuerySet[Milestone]:
    stages = Milestone.objects.filter(need=milestone.need_id, event=Milestone.Event.STAGE, stage__in=_SUPERSEDES)
    return stages.filter(number__gt=milestone.number)


def _take_some_back(unit: Unit, milestone: Milestone) -> bool:
    """What was not told yet, and is not so any more."""
    replies = list(_void(milestone).select_for_update().order_by("pk")[:UNIT_ROWS])
    for reply in replies:
        actions.withdraw_reply(unit, reply)
    tallies.count(unit, *{reply.need_id for reply in replies})
    return bool(replies)


def _void(milestone: Milestone) -> QuerySet[Reply]:
    """What was owed of earlier milestones when this one took their place; and, when a need left its group, of the
    needs above it to customers who asked for that one alone."""
    to_tell = Reply.objects.filter(state=Reply.State.TO_TELL)
    if milestone.event == Milestone.Event.STAGE and milestone.stage in _SUPERSEDES:
        return to_tell.filter(milestone__need=milestone.need_id, milestone__number__lt=milestone.number)
    if milestone.event == Milestone.Event.UNMERGED and milestone.other_id is not None:
        left = (Q(need=id) & ~Q(customer__in=_asking(id)) for id in grouping.chain_of(milestone.other_id))
        return to_tell.filter(reduce(or_, left))
    return to_tell.none()


def _asking(need: UUID) -> QuerySet[Voice, Any]:
    return Voice.objects.asking().filter(need__in=grouping.group_of(need)).values("customer")


def _notify_some(unit: Unit, milestone: Milestone) -> bool:
    """The owners of what is to be told all at once, so that each hears of it as one thing; then the reporters."""
    _notify_owners(unit, milestone)
    event = EVENTS.get(milestone.event)
    is_first = milestone.event == Milestone.Event.STAGE and milestone.stage == Need.Stage.HEARD
    if event is None or is_first:
        return False  # whoever heard it knows
    heard = Notification.objects.filter(event=event, source=milestone.pk).values("member")
    group = grouping.group_of(milestone.need_id)
    reporters = Voice.objects.standing().filter(need__in=group).values("member")
    members = Member.objects.active().filter(pk__in=reporters).exclude(pk__in=heard)
    if milestone.member_id is not None:
        members = members.exclude(pk=milestone.member_id)  # whoever did it knows
    some = list(members.order_by("pk")[:UNIT_ROWS])
    for member in some:
        notices.notify(unit, [member], event, milestone.need, source=milestone.pk, **_said(milestone, member, group))
    return bool(some)


def _notify_owners(unit: Unit, milestone: Milestone) -> None:
    """One notification for each, however many customers they are to tell; and again when customers came to these."""
    owed = Reply.objects.filter(milestone=milestone, state=Reply.State.TO_TELL).order_by()
    owing = owed.values_list("member").annotate(Count("pk"), Max("received_at"))
    heard = dict(Notification.objects.filter(event="reply.due", source=milestone.pk).values_list("member", "made_at"))
    counts = {member: count for member, count, newest in owing if member not in heard or newest >= heard[member]}
    for member in Member.objects.active().filter(pk__in=counts).order_by("pk"):
        notices.notify(
            unit,
            [member],
            "reply.due",
            milestone.need,
            source=milestone.pk,
            title=milestone.need.title,
            stage=milestone.stage,
            count=counts[member.pk],
        )


def _said(milestone: Milestone, member: Member, group: Sequence[UUID]) -> dict[str, Any]:
    """What the notification needs: the need by its title or, unsorted, by the member's own words."""
    title = milestone.need.title
    if not title:
        own = Voice.objects.standing().filter(need__in=group, member=member).order_by("-pk").first()
        title = own.text[:MOST_WORDS] if own else ""
    if milestone.event == Milestone.Event.STAGE:
        return {"title": title, "stage": milestone.stage, "reason": milestone.reason}
    return {"title": title, "into": milestone.other.title if milestone.other else ""}
