"""The three things a higher room registers: kinds, shapes and readers. Nothing else reaches into sync."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from rest_framework.serializers import BaseSerializer

from core.inputs import Input
from core.models import Identified

Streams = Mapping[UUID, frozenset[str]]
# What an entry says, and what its writer saw of the same fields (nothing for a kind that is no edit).
Said = tuple[dict[str, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Kind:
    """One thing a phone may say: ``noun.verb``, the form of its arguments, and the action that does it.

    An edit of shared fields also says what its writer saw (the entry's ``from``); its action takes that as ``seen``.
    ``converters`` say what an entry of a former version would say in the next one, for every version ever shipped:
    a phone may have been in a drawer since.

    What one phone says about one row takes effect in the order it was said. The row is the one the kind is named
    after (``lamp`` of ``lamp.switch``), or the one that this one is about, which ``row`` finds. ``is_first`` does not
    wait for what was said before: that waits for it, as the change of a removed row does for its return.
    """

    name: str
    form: type[Input]
    action: Callable[..., Any]
    version: int = 1
    is_edit: bool = False
    is_first: bool = False
    row: Callable[[UUID], UUID | None] | None = None
    converters: Mapping[int, Callable[[Said], Said]] = field(default_factory=dict)

    def in_todays_words(self, version: int, said: Said) -> Said:
        """What an entry of this version would say today. Raises KeyError for a version that never was."""
        while version < self.version:
            said = self.converters[version](said)
            version += 1
        return said


@dataclass(frozen=True)
class Shape:
    """One thing a phone may hold: a row as JSON, the streams it is seen in, and the row it hangs on.

    ``streams`` is asked after the unit took its number, so it must read what it needs afresh: by then every
    earlier unit is committed and no later one can be, which makes its answer exact.
    ``related`` is select_related for rendering; ``load`` reads what other tables hold of the rows, for all at once
    (Django's own prefetching builds a query per row). ``anchor`` gives the customer's id, opaque here.
    """

    name: str
    model: type[Identified]
    serializer: type[BaseSerializer[Any]]
    streams: Callable[[Sequence[Any]], Streams]
    anchor: Callable[[Any], UUID | None] = lambda row: None
    related: tuple[str, ...] = ()
    load: Callable[[Sequence[Any]], None] = lambda rows: None

    def fetch(self, ids: Iterable[UUID]) -> list[Identified]:
        wanted = self.model.objects.filter(pk__in=list(ids))
        rows = list(wanted.select_related(*self.related) if self.related else wanted)  # without names: every relation
        self.load(rows)
        return rows

    def render(self, row: Identified) -> dict[str, Any]:
        return dict(self._rendering.to_representation(row))

    @cached_property
    def _rendering(self) -> BaseSerializer[Any]:
        """One instance for all rows: building its fields costs more than rendering."""
        return self.serializer()


# What a member reads, as names of streams: a pure function of the member's rights and the month.
Reader = Callable[[Any, str], Iterable[str]]


@dataclass
class Registry:
    kinds: dict[str, Kind] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)
    shape_of: dict[type[Identified], Shape] = field(default_factory=dict)
    readers: list[Reader] = field(default_factory=list)

    def add_kinds(self, kinds: Iterable[Kind]) -> None:
        for kind in kinds:
            if self.kinds.setdefault(kind.name, kind) is not kind:
                raise ValueError(f"kind {kind.name} is registered twice")
            if kind.converters.keys() != set(range(1, kind.version)):
                raise ValueError(f"kind {kind.name} needs a converter for each version before {kind.version}")

    def add_shapes(self, shapes: Iterable[Shape]) -> None:
        for shape in shapes:
            if self.shapes.setdefault(shape.name, shape) is not shape:
                raise ValueError(f"shape {shape.name} is registered twice")
            self.shape_of[shape.model] = shape

    def add_reader(self, reader: Reader) -> None:
        self.readers.append(reader)

    def streams_of(self, member: Any, month: str) -> frozenset[str]:
        """Every stream this member reads in this month of the organization's time zone."""
        return frozenset(name for reader in self.readers for name in reader(member, month))


registry = Registry()
