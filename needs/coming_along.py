"""Settling who came along: a visit does not know who asked to join it, so a job looks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from core import clock, tenancy
from needs import actions
from needs.actions.writing import lock_heads
from needs.models import Joining
from sync import changes
from sync.changes import Actor
from visits.models import Visit

UNIT_ROWS = 50


def settle_joinings() -> int:
    """Closes joinings whose visit is over or will not be. Returns how many, over all organizations."""
    over = Joining.everywhere.filter(closed_at=None).filter(_is_over())
    return sum(_settle_in(id) for id in over.order_by().values_list("organization", flat=True).distinct())


def _settle_in(organization_id: UUID) -> int:
    done = 0
    with tenancy.acting_in(organization_id):
        while True:
            with changes.unit("joining.settle", by=Actor(None, "job", at=clock.now())) as unit:
                over = Joining.objects.filter(closed_at=None).filter(_is_over()).order_by("pk")
                needs = dict(over.values_list("pk", "need")[:UNIT_ROWS])
                lock_heads(*(need for need in needs.values() if need is not None))
                some = list(over.filter(pk__in=needs).select_for_update(of=("self",)).select_related("visit"))
                for joining in some:
                    actions.settle_joining(unit, joining)
            done += len(some)
            if len(needs) < UNIT_ROWS:
                return done


def _is_over() -> Q:
    """Begun without an answer is over as well: nobody can join any more."""
    begun = Q(state=Joining.State.ASKED) & ~Q(visit__state=Visit.State.PLANNED)
    return begun | ~Q(visit__state__in=Visit.OPEN_STATES) | Q(visit__withdrawn_at__isnull=False)
