"""How edits of customers, sites and contacts meet: what of an edit is taken, and which values two people must look at.

Values are as the inputs give them: a row that a field points to stands as its id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.errors import FIELD_REQUIRED, Problem
from core.inputs import Input, read_field
from core.models import Row
from customers.models import Contact, Customer, Site
from sync import merge
from sync.merge import Merged, Rules

Shared = Customer | Site | Contact

RULES: dict[type[Row], Rules] = {
    Customer: Rules(guarded=frozenset({"territory", "external_id"})),
    Site: Rules(together=(("latitude", "longitude"),)),
    Contact: Rules(),
}


def meet(row: Shared, seen: Mapping[str, Any] | None, wanted: Mapping[str, Any], form: type[Input]) -> Merged:
    """What becomes of ``wanted``. ``seen`` is what its writer saw, as JSON; None when that was the row as it is now.

    Raises field_required when it is not said what was seen of a field that is to be changed.
    """
    rules = RULES[type(row)]
    names = [name for group in rules.groups(wanted) for name in group]
    current = {name: value_of(row, name) for name in names}
    return merge.merge(current, current if seen is None else _read(seen, names, form), wanted, rules)


def _read(seen: Mapping[str, Any], names: list[str], form: type[Input]) -> dict[str, Any]:
    """As the inputs would store it, so that a value differs only if it really does."""
    for name in names:
        if name not in seen:
            raise Problem(FIELD_REQUIRED, field=f"from.{name}")
    return {name: read_field(form, name, seen[name]) for name in names}


def value_of(row: Shared, name: str) -> Any:
    return getattr(row, _attribute(row, name))


def attributes(row: Shared, values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values by the names under which the row holds them."""
    return {_attribute(row, name): value for name, value in values.items()}


def _attribute(row: Shared, name: str) -> str:
    field: Any = row._meta.get_field(name)
    return str(field.attname)


def as_json(values: tuple[Any, ...]) -> list[Any]:
    return [str(value) if isinstance(value, UUID) else value for value in values]
