"""Writing down which needs resemble each other. Nothing is merged by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from core import bulk, clock
from needs.actions.writing import compare_later, save
from needs.models import Need, Tally, Uncompared, Voice, Wording
from sync.changes import Unit

AT_WORK = timedelta(seconds=30)  # whoever took some is done with them by then, or was cut off


def take_waiting(most: int) -> dict[UUID, str]:
    """Needs to be compared now, the newest first, with their tokens. None while somebody else is at it.

    One is enough, since it rings again for what is left: two would both read everything, and keep nobody for phones.
    """
    if Uncompared.objects.filter(taken_at__gte=clock.now() - AT_WORK).exists():
        return {}
    with transaction.atomic():
        free = Uncompared.objects.select_for_update(skip_locked=True).order_by("-pk")
        found = dict(free.values_list("pk", "token")[:most])
        Uncompared.objects.filter(pk__in=found).update(taken_at=clock.now())
    return found


def suggest_alike(
    unit: Unit,
    *,
    lists: Mapping[UUID, Sequence[UUID]],
    wordings: Iterable[Wording],
    taken: Mapping[UUID, str],
    compared: Collection[UUID],
) -> list[UUID]:
    """Writes which needs each of these resembles, and takes those off the waiting list that did not change meanwhile.

    ``taken``: each need that was taken → the token it waited with. It waits for no row: a unit that holds several and
    waits for one more could wait for ever. Returns needs whose tally somebody else was writing, for another try; what
    somebody else was putting on the list stays taken, and is found by the clock.
    """
    tallies = {one.pk: one for one in Tally.objects.select_for_update(skip_locked=True).filter(pk__in=lists)}
    for id, tally in tallies.items():
        alike = [str(other) for other in lists[id]]
        if tally.alike != alike:
            tally.alike = alike
            save(unit, tally, "alike")
    _keep(unit, wordings)
    waiting = list(Uncompared.objects.select_for_update(skip_locked=True).filter(pk__in=taken))
    done = {one.pk for one in waiting if one.pk in compared and one.token == taken[one.pk]}
    Uncompared.objects.filter(pk__in=done).delete()
    Uncompared.objects.filter(pk__in={one.pk for one in waiting} - done).update(taken_at=None)
    missed = Tally.objects.filter(pk__in=lists.keys() - tallies.keys())
    return list(missed.values_list("pk", flat=True))


def _keep(unit: Unit, wordings: Iterable[Wording]) -> None:
    """In the order of their ids: two jobs may keep the same ones."""
    names = ("id", "digest", "encoder", "vector")
    bulk.insert(
        Wording,
        names,
        sorted((one.pk, one.digest, one.encoder, one.vector) for one in wordings),
        same={"organization_id": unit.organization_id, "deleted_at": None},
        unique=("id",),
        update=names[1:],
    )


def compare_anew(unit: Unit, *, wordings: Sequence[Wording]) -> None:
    """Throws away what another encoder made, and has the needs compared whose words those were."""
    ids = [one.pk for one in wordings]
    told = Voice.objects.filter(pk__in=ids).exclude(need=None).values_list("need", flat=True)
    Wording.objects.filter(pk__in=ids).delete()
    compare_later(unit, *told, *Need.objects.filter(pk__in=ids).values_list("pk", flat=True))
