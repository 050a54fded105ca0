"""What many tests begin with is built once in a process, by the real actions, and put back row by row afterwards.

The cast alone takes twenty units of work. Put back are the same rows with the same ids, and objects of the test's own.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import models, transaction

from core import bulk
from people.models import User
from sync.models import InboxEntry, Replica

Built = TypeVar("Built")
Rows = dict[type[models.Model], list[Any]]

# Rows of automatic number that others point to keep it. These numbers no test's own login will have.
_FIRST_LOGIN = 1_000_000
_POINTED_TO: tuple[type[models.Model], ...] = (User, Replica, InboxEntry)


@dataclass
class Remembered(Generic[Built]):
    built: Built
    rows: Rows

    def again(self) -> Built:
        with transaction.atomic():
            for model, rows in self.rows.items():
                _put_back(model, rows)
        return copy.deepcopy(self.built)


def remember(build: Callable[[], Built]) -> Remembered[Built]:
    """Builds, reads what was written, and takes it back."""
    with undoing():
        before = {model: {row.pk for row in rows} for model, rows in _everything().items()}
        User.objects.create(pk=_FIRST_LOGIN, email="nobody@example.com").delete()
        built = build()
        after = _everything()
    news = {model: [row for row in rows if row.pk not in before[model]] for model, rows in after.items()}
    return Remembered(built, {model: rows for model, rows in news.items() if rows})


@contextmanager
def undoing() -> Iterator[None]:
    """What is written inside is taken back, for what is done once and before any test."""
    outermost: Any = transaction.atomic()
    outermost._from_testcase = True  # as Django's own TestCase says it: units inside may find themselves outermost
    with outermost:
        yield
        transaction.set_rollback(True)


def _everything() -> Rows:
    return {model: list(model._base_manager.all()) for model in apps.get_models(include_auto_created=True)}


def _put_back(model: type[models.Model], rows: list[Any]) -> None:
    """With the keys they had, but for numbers that nobody points to: those are taken as they come."""
    if model in _POINTED_TO:
        model._base_manager.bulk_create(rows)
        return
    columns = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    names = tuple(field.attname for field in columns)
    bulk.insert(model, names, (tuple(getattr(row, name) for name in names) for row in rows))
