"""Two engineers whose edits of one need meet."""

from __future__ import annotations

from typing import Any

from customers.models import Conflict
from needs.models import Need
from people.models import Member
from tests.conftest import World
from tests.editing import at_head, edit
from tests.phone import Phone


def meet(world: World, ina: Member, need: Need, **values: tuple[Any, Any]) -> tuple[Phone, Phone, Conflict]:
    """Both edit offline; Ina's comes first. ``values`` are what Jun writes and what she does."""
    jun, other = at_head(world.jun, ina)
    edit(jun, "need", need.pk, **{name: mine for name, (mine, _) in values.items()})
    edit(other, "need", need.pk, **{name: theirs for name, (_, theirs) in values.items()})
    other.sync()
    jun.sync()
    other.pull()
    return jun, other, Conflict.objects.get()
