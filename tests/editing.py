"""Edits of shared fields as phones write them: with what they hold of the fields they change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from customers.models import Conflict
from tests.phone import Phone


def seen_by(phone: Phone, shape: str, row: UUID, *names: str) -> dict[str, Any]:
    held = phone.holds(shape, row)
    assert held is not None
    return {name: held[name] for name in names}


def edit(by: Phone, shape: str, row: UUID, /, **values: Any) -> str:
    args: dict[str, Any] = {shape: row, **values}
    return by.write(f"{shape}.change", seen=seen_by(by, shape, row, *values), **args)


def resolve(phone: Phone, conflict: Conflict, choice: str, **values: Any) -> str:
    entry = phone.write("conflict.resolve", conflict=conflict.pk, choice=choice, **values)
    phone.sync()
    return entry


def at_head(*members: Any) -> list[Phone]:
    phones = [Phone(member) for member in members]
    for phone in phones:
        phone.pull()
    return phones


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)
