"""Django's own admin for the installation's operator: business rows can be looked at, never written around the log."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

_RELATED = {"organization", "member", "customer", "visit", "user"}


class LookOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # it is not subscriptable when it runs
    """Search and read. Every organization's rows, so only the operator of the installation gets here."""

    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The plain manager: the operator works for no organization."""
        rows: models.QuerySet[Any] = self.model._base_manager.all()
        related = [name for name in self.list_display if name in _RELATED]
        return rows.select_related(*related) if related else rows

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
