"""How edits of shared rows meet: what of an edit is taken, and which values two people must look at.

Values are as the inputs give them: a row that a field points to stands as its id. A higher room whose rows are edited
by many says so in its ``apps.py`` (``share``); its rows hang on a customer, as every conflict does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from core.errors import FIELD_REQUIRED, Problem
from core.inputs import Input, read_field
from core.models import Row
from customers.models import Conflict
from sync import merge
from sync.changes import Unit
from sync.merge import Merged, Rules
from sync.registry import registry


@dataclass(frozen=True)
class SharedNoun:
    """A noun whose fields many people edit.

    ``change`` is the verb of its edits. ``require_editor`` raises for who may not decide about a conflict of it, and
    ``memo_of`` gives the row to whose memo both values go when nobody can decide, locked.
    """

    form: type[Input]
    change: Callable[..., Any]
    require_editor: Callable[[Unit, Conflict], None]
    memo_of: Callable[[Unit, Conflict], Any]
    rules: Rules = field(default_factory=Rules)


_nouns: dict[str, SharedNoun] = {}


def share(shape: str, noun: SharedNoun) -> None:
    if _nouns.setdefault(shape, noun) is not noun:
        raise ValueError(f"{shape} is shared twice")


def noun_of(shape: str) -> SharedNoun:
    return _nouns[shape]


def meet(row: Row, seen: Mapping[str, Any] | None, wanted: Mapping[str, Any], form: type[Input]) -> Merged:
    """What becomes of ``wanted``. ``seen`` is what its writer saw, as JSON; None when that was the row as it is now.

    Raises field_required when it is not said what was seen of a field that is to be changed.
    """
    rules = noun_of(registry.shape_of[type(row)].name).rules
    names = [name for group in rules.groups(wanted) for name in group]
    current = {name: value_of(row, name) for name in names}
    return merge.merge(current, current if seen is None else _read(seen, names, form), wanted, rules)


def _read(seen: Mapping[str, Any], names: list[str], form: type[Input]) -> dict[str, Any]:
    """As the inputs would store it, so that a value differs only if it really does."""
    for name in names:
        if name not in seen:
            raise Problem(FIELD_REQUIRED, field=f"from.{name}")
    return {name: read_field(form, name, seen[name]) for name in names}


def value_of(row: Row, name: str) -> Any:
    return getattr(row, _attribute(row, name))


def attributes(row: Row, values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values by the names under which the row holds them."""
    return {_attribute(row, name): value for name, value in values.items()}


def _attribute(row: Row, name: str) -> str:
    field: Any = row._meta.get_field(name)
    return str(field.attname)


def as_json(values: tuple[Any, ...]) -> list[Any]:
    return [str(value) if isinstance(value, UUID) else value for value in values]
