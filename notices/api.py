"""REST about notifications: the same actions and inputs as the phone's entries."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from notices import actions
from notices import serializers as forms
from notices.models import Notification, Preference
from sync.rest import ShapeViewSet


class NotificationViewSet(ShapeViewSet):
    """One's own. Nobody reads or ticks off those of somebody else."""

    shape = "notification"
    serializer_class = forms.NotificationShape
    filterset_fields = {"event": ["exact"], "read_at": ["isnull"]}
    ordering = ("-made_at", "-id")

    def seen(self) -> Any:
        return Notification.objects.seen_by(self.member)

    @extend_schema(request=forms.ReadInput)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "notification.read", actions.read_notification, forms.ReadInput, notification=pk)

    @extend_schema(request=forms.ReadAllInput)
    @action(detail=True, methods=["post"])
    def read_all(self, request: Request, pk: str) -> HttpResponse:
        """This one and everything before it."""
        return self.do(request, "notification.read_all", actions.read_all_notifications, forms.ReadAllInput, until=pk)


class PreferenceViewSet(ShapeViewSet):
    """One's own; whoever has set nothing has none, and the defaults."""

    shape = "preference"
    serializer_class = forms.PreferenceShape

    def seen(self) -> Any:
        return Preference.objects.filter(member=self.member)

    @extend_schema(request=forms.PreferenceInput, responses={201: forms.PreferenceShape})
    def create(self, request: Request) -> HttpResponse:
        return self.do(request, "preference.set", actions.set_preference, forms.PreferenceInput, status=201)
