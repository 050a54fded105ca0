"""What the verbs of this room share."""

from __future__ import annotations

from typing import Any

from core.errors import NOT_FOUND, Problem
from customers.models import Customer


def of_customer(customer: Customer, row: Any, field: str) -> Any:
    """The row, which has to be this customer's. Raises not_found."""
    if row.customer_id != customer.pk:
        raise Problem(NOT_FOUND, field=field)
    return row
