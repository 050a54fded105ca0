"""The site of Django's admin."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest

from core.api import DEPOSIT_ONLY


class Site(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        """Not for a session that was shut out: it may hand in what its phone holds, and read nothing."""
        return super().has_permission(request) and not request.session.get(DEPOSIT_ONLY)


class SiteConfig(AdminConfig):
    default_site = "fieldops.admin.Site"
