"""Who sees the rows of a customer."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q

from core.models import RowQuerySet
from people.models import Member


class OfTerritoryQuerySet(RowQuerySet[Any]):
    """Rows of a customer, seen in its territory and by the member they are of."""

    def seen_by(self, member: Member) -> Self:
        territories = member.territories_read()
        if territories is None:
            return self
        return self.filter(Q(customer__territory__in=territories) | Q(member=member))
