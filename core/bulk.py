"""Inserts at the price of their statement, for what every entry writes.

Django's own inserts ask each field of each row a dozen questions, which was most of what it cost to store an entry.
Our tables need none of that: no inheritance, no database defaults, no keys to give back. Every column is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import connection, connections, models

# SQLite takes 32,766 values in one statement, and our widest table has 14 columns.
MOST_ROWS = 500
# What every driver stores as it is. (An enumeration's member is a str, but not of exactly this type.)
_PLAIN: frozenset[type] = frozenset({str, int, bool, bytes, type(None)})
_NOTHING: frozenset[type] = frozenset()

Names = tuple[str, ...]


def insert(
    model: type[models.Model],
    names: Names,
    rows: Iterable[tuple[Any, ...]],
    *,
    same: Mapping[str, Any] | None = None,
    unique: Names = (),
    update: Names = (),
) -> None:
    """Inserts rows whose values are in the order of ``names``; ``same`` holds what is the same in all of them.

    Names and ``same`` together name every column but an automatic key; raises ValueError when they do not.
    With ``unique``, a row that is there already gets the ``update`` columns instead, or stays when there are none.
    """
    door = connections[connection.alias]  # the connection itself: its proxy would look it up for each value
    same = same or {}
    prepare = _prepare(model, (*names, *same))
    constant = [prepare[name](value, door) for name, value in same.items()]
    ours = [(_as_it_is(model, name), prepare[name]) for name in names]
    values: list[Any] = []
    count = 0
    for row in rows:
        values += [
            value if type(value) in plain else make(value, door) for value, (plain, make) in zip(row, ours, strict=True)
        ]
        values += constant
        count += 1
        if count == MOST_ROWS:
            _run(door, _statement(model, (*names, *same), count, unique, update), values)
            values, count = [], 0
    if count:
        _run(door, _statement(model, (*names, *same), count, unique, update), values)


def insert_new(row: models.Model) -> bool:
    """Inserts one row with the key it has. False, and the transaction still sound, when another row has that key."""
    model = type(row)
    door = connections[connection.alias]
    names = tuple(field.attname for field in model._meta.concrete_fields)
    prepare = _prepare(model, names)
    key = (model._meta.pk.attname,)
    with door.cursor() as cursor:
        found = ((name, getattr(row, name)) for name in names)
        values = [
            value if type(value) in _as_it_is(model, name) else prepare[name](value, door) for name, value in found
        ]
        cursor.execute(_statement(model, names, 1, key, ()), values)
        is_in: bool = cursor.rowcount == 1
    if is_in:
        row._state.adding, row._state.db = False, door.alias
    return is_in


def _run(door: Any, statement: str, values: list[Any]) -> None:
    with door.cursor() as cursor:
        cursor.execute(statement, values)


@cache
def _prepare(model: type[models.Model], names: Names) -> dict[str, Any]:
    """How Django would store a value of each column. The attribute's name stands for the field."""
    fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    wanted = {name for name, field in fields.items() if not isinstance(field, models.AutoField)}
    if set(names) != wanted:
        raise ValueError(f"{model.__name__} has other columns than these: {sorted(wanted ^ set(names))}")
    return {name: fields[name].get_db_prep_save for name in names}


@cache
def _as_it_is(model: type[models.Model], name: str) -> frozenset[type]:
    """Types of which a value of this column needs no preparing. A text in a JSON column is not its own JSON."""
    is_json = any(
        field.attname == name and isinstance(field, models.JSONField) for field in model._meta.concrete_fields
    )
    return _NOTHING if is_json else _PLAIN


@cache
def _statement(model: type[models.Model], names: Names, rows: int, unique: Names, update: Names) -> str:
    """Names of our own tables and columns only; every value is a parameter. (An attribute is its column here.)"""
    quoted = connection.ops.quote_name
    one = f"({', '.join(['%s'] * len(names))})"
    columns = ", ".join(map(quoted, names))
    text = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES {', '.join([one] * rows)}"  # noqa: S608
    if not unique:
        return text
    sets = ", ".join(f"{quoted(name)} = EXCLUDED.{quoted(name)}" for name in update)
    return f"{text} ON CONFLICT ({', '.join(map(quoted, unique))}) DO {f'UPDATE SET {sets}' if sets else 'NOTHING'}"
