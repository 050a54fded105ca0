"""Which organization this request, task or command works for.

Business rows are read through a manager that looks here and raises when nobody said which
organization it is: forgetting it is an error, never a leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_current: ContextVar[UUID | None] = ContextVar("organization", default=None)


class NoOrganization(RuntimeError):
    """A business row was asked for outside any organization."""


def current_id() -> UUID | None:
    return _current.get()


def require_id() -> UUID:
    """The current organization's id; raises NoOrganization when there is none."""
    found = _current.get()
    if found is None:
        raise NoOrganization("No organization is set: wrap this in core.tenancy.acting_in(organization_id).")
    return found


@contextmanager
def acting_in(organization_id: UUID | None) -> Iterator[None]:
    """Everything inside works for this organization (None: for none at all)."""
    token = _current.set(organization_id)
    try:
        yield
    finally:
        _current.reset(token)
