"""How often somebody may fail to sign in at the operator's page. The app's own sign-in is limited by allauth."""

from __future__ import annotations

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.http import HttpRequest


class OperatorPageLimits(AxesDatabaseHandler):
    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Counts failures at the operator's page only.

        axes counts every failure there is and asks for the page only when it looks: five wrong passwords in the
        app would lock the operator out, and answer the sixth with a page of HTML to everybody behind one address.
        """
        if request is not None and self.is_admin_request(request):
            super().user_login_failed(sender, credentials, request, **kwargs)
