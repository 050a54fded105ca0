"""Rows as lines of JSON that read the same whichever database they come from, and go into any."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connections, models
from django.db.models.functions import Collate

from fieldops.backups import schema

CHUNK = 1000
_EXACT = 2**53  # beyond it databases write whole floats in different ways
# What every driver stores as it lies in the line.
_AS_IT_IS = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.FloatField)
_OF_NAMES = {"sqlite": "BINARY", "postgresql": "C"}


class Table:
    """One table: its name, its columns, and its rows in both directions."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.name = model._meta.db_table
        self.fields: list[Any] = list(model._meta.concrete_fields)
        self.columns = [field.column for field in self.fields]
        self._emptied = [
            place for place, column in enumerate(self.columns) if column in schema.EMPTIED.get(self.name, ())
        ]
        self._json = [place for place, field in enumerate(self.fields) if isinstance(field, models.JSONField)]

    def lines(self, alias: str) -> Iterator[bytes]:
        """Every row, in the order of its key, which is the same in every database."""
        rows = self.model._base_manager.using(alias).order_by(self._order(alias))
        for row in rows.values_list(*(field.attname for field in self.fields)).iterator(CHUNK):
            yield _encode(self._portable(row)).encode("utf-8", "surrogatepass") + b"\n"

    def fill(self, alias: str, lines: Iterable[bytes]) -> None:
        """Inserts rows as they were, keys and all."""
        door = connections[alias]
        prepare = [_prepare(field, door) for field in self.fields]
        quote = door.ops.quote_name
        columns, places = ", ".join(map(quote, self.columns)), ", ".join(["%s"] * len(self.columns))
        # Names of our own tables and columns only; every value is a parameter.
        insert = f"INSERT INTO {quote(self.name)} ({columns}) VALUES ({places})"  # noqa: S608
        rows = ([make(value) for make, value in zip(prepare, json.loads(line), strict=True)] for line in lines)
        with door.cursor() as cursor:
            while chunk := list(islice(rows, CHUNK)):
                cursor.executemany(insert, chunk)

    def _order(self, alias: str) -> Any:
        key: Any = self.model._meta.pk
        if not isinstance(key, models.CharField):
            return key.attname
        return Collate(key.attname, _OF_NAMES[connections[alias].vendor])  # words sort as each database likes

    def _portable(self, row: tuple[Any, ...]) -> Iterable[Any]:
        if not self._json and not self._emptied:
            return row
        values = list(row)
        for place in self._emptied:
            values[place] = ""
        for place in self._json:
            values[place] = _same_everywhere(values[place])
        return values


def _text_of(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime) else str(value)


# Keys in order, because PostgreSQL keeps them in an order of its own.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_text_of).encode


def _same_everywhere(value: Any) -> Any:
    """PostgreSQL keeps numbers in JSON as decimals: it knows no 1e+22 and no -0.0."""
    if isinstance(value, float):
        return int(value) if value == 0 or (value.is_integer() and abs(value) > _EXACT) else value
    if isinstance(value, dict):
        return {name: _same_everywhere(inner) for name, inner in value.items()}
    return [_same_everywhere(inner) for inner in value] if isinstance(value, list) else value


def _prepare(field: Any, door: Any) -> Callable[[Any], Any]:
    """From what stands in a line to what the database's driver takes."""
    kind = field
    while kind.remote_field is not None:
        kind = kind.target_field
    if isinstance(kind, models.JSONField):
        return lambda value: kind.get_db_prep_save(value, door)
    if isinstance(kind, models.BinaryField):
        return lambda value: None if value is None else door.Database.Binary(b64decode(value))
    if isinstance(kind, _AS_IT_IS):
        return lambda value: value
    return lambda value: None if value is None else kind.get_db_prep_save(kind.to_python(value), door)
