"""Adding up what is said of a need. Written in the unit of whatever changed it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count

from core.models import changed_fields
from needs import grouping
from needs.models import Joining, Need, Reply, Tally, Theme, Voice
from needs.weighing import Vote, weigh
from sync.changes import Unit
from visits.models import Visit


def count(unit: Unit, *needs: UUID) -> None:
    """Adds up these needs anew, and every one they are grouped under."""
    touched = {id: None for need in needs for id in grouping.chain_of(need)}
    for id in touched:
        _count_one(unit, id)
    count_themes(unit, Need.objects.filter(pk__in=touched).values_list("theme", flat=True))


def count_themes(unit: Unit, themes: Iterable[UUID | None]) -> None:
    """Adds up anew what hangs on these themes. Last of all, since needs of many kinds share one."""
    for id in sorted({theme for theme in themes if theme is not None}):
        _count_theme(unit, id)


def _count_theme(unit: Unit, id: UUID) -> None:
    """Counts needs that speak for themselves, and each customer once, whichever of them they ask for."""
    theme = Theme.objects.by_id(id, locked=True)
    if theme is None:
        return
    heads = list(Need.objects.heads().filter(theme=id).values_list("pk", flat=True))
    asking = Voice.objects.asking().filter(need__in=grouping.group_of(*heads))
    sums = {"needs": len(heads), "customers": asking.values("customer").distinct().count()}
    if changed := changed_fields(theme, sums):
        theme.save(update_fields=changed)
        unit.record(theme)


def _count_one(unit: Unit, need: UUID) -> None:
    tally = Tally.objects.by_id(need, locked=True) or Tally(id=need, need_id=need)
    is_new = tally._state.adding
    for name, value in _sums(grouping.group_of(need)).items():
        setattr(tally, name, value)
    tally.save(force_insert=is_new)
    unit.record(tally)


def _sums(group: list[UUID]) -> dict[str, Any]:
    voices = list(Voice.objects.standing().filter(need__in=group))
    asking = [voice for voice in voices if not voice.is_observation]
    weight = weigh(Vote(one.customer_id, one.member_id, one.importance, one.received_at) for one in asking)
    told = dict(Reply.objects.filter(need__in=group).values_list("state").annotate(Count("pk")))
    return {
        "voices": len(asking),
        "observations": len(voices) - len(asking),
        "customers": weight.customers,
        "reporters": weight.reporters,
        "importance": weight.importance,
        "recency": weight.recency,
        "heard_at": weight.heard_at,
        "rank": weight.rank,
        "witnesses": sorted(map(str, _witnesses(group, voices))),
        **{state: told.get(state, 0) for state in ("to_tell", "told", "solved", "not_yet")},
    }


def _witnesses(group: list[UUID], voices: list[Voice]) -> set[UUID]:
    """Who saw it with their own eyes: who says so, who was there when it was told on site, who came along for it."""
    seen = {voice.member_id for voice in voices if voice.how == Voice.How.SEEN}
    visits = {voice.visit_id for voice in voices if voice.visit_id is not None}
    there = Visit.objects.filter(pk__in=visits, channel=Visit.Channel.VISIT, withdrawn_at=None)
    seen |= set(Visit.participants.through.objects.filter(visit__in=there).values_list("member_id", flat=True))
    went = Joining.objects.filter(need__in=group, state=Joining.State.WENT)
    return seen | set(went.values_list("member_id", flat=True))
