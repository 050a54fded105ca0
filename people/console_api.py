"""REST for whoever answers for others: parked entries of a team, its phones, and work that was rescued from one."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core import clock
from core.api import CursorPages, Filters, JSONParser
from core.inputs import Input, read_input
from people import console, rescue
from people import console_serializers as forms
from people.models import Member
from people.permissions import IsAdmin, IsMember, member_of
from sync import actions as entry_actions
from sync import audit, changes
from sync.models import InboxEntry, Replica
from sync.pull import READER
from sync.rest import actor_of


class AnswersForOthers(BasePermission):
    """Administrators, and whoever manages or leads a team."""

    def has_permission(self, request: Request, view: Any) -> bool:
        member = member_of(request)
        return member is not None and (member.is_admin or member.role == Member.Role.MANAGER or member.leads_a_team)


class FileParser(JSONParser):
    """A phone that was away for weeks saves thousands of entries in one file."""

    most = 32_000_000


class ParkedFilter(Filters):
    member = django_filters.UUIDFilter(field_name="replica__member")

    class Meta:
        model = InboxEntry
        fields = ("code",)


class ParkedViewSet(GenericViewSet[InboxEntry]):
    """Entries that wait for a person, with what their phone wrote and why the server did not take it."""

    serializer_class = forms.ParkedShape
    permission_classes = (IsMember, AnswersForOthers)
    filterset_class = ParkedFilter
    pagination_class = CursorPages

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return InboxEntry._base_manager.none()
        return console.parked_for(self.request.user.member)  # type: ignore[union-attr]

    def list(self, request: Request) -> Response:
        pages = CursorPages()
        pages.ordering = ("received_at", "id")
        rows = self.filter_queryset(self.get_queryset().using(READER))
        page = pages.paginate_queryset(rows, request, view=self) or []
        waiting = console.waiting_on(page)
        shown = [forms.ParkedShape(entry, context={"waiting": waiting}).data for entry in page]
        located = [("entry", one["entry_id"]) for one in shown if (one["args"] or {}).get("position")]
        if located:
            audit.note_reading(member_of(request), "entry.read_position", located)
        return pages.get_paginated_response(shown)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:
        """Puts it back in line; one that was shut out is let in."""
        return self._do(request, pk, "entry.retry_for", entry_actions.retry_for, Input)

    @extend_schema(request=forms.NoteInput, responses={204: None})
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request: Request, pk: str) -> Response:
        """Returns it to its writer with a note."""
        return self._do(request, pk, "entry.return", entry_actions.return_to_writer, forms.NoteInput)

    @extend_schema(request=forms.NoteInput, responses={204: None})
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str) -> Response:
        """Gives it up for good. Its writer is told why."""
        return self._do(request, pk, "entry.discard_for", entry_actions.discard_for, forms.NoteInput)

    @extend_schema(request=forms.ApplyInput, responses={204: None})
    @action(detail=True, methods=["post"])
    def apply(self, request: Request, pk: str) -> Response:
        """Does what it wanted with other arguments, by its writer's name."""
        return self._do(request, pk, "entry.apply_for", entry_actions.apply_for, forms.ApplyInput)

    def _do(self, request: Request, pk: str, verb: str, act: Any, form: type[Input]) -> Response:
        values = read_input(form, request.data)
        with changes.unit(verb, by=actor_of(request)) as unit:
            entry = get_object_or_404(self.get_queryset(), pk=pk)
            act(unit, entry=entry, **values)
        return Response(status=204)

    @extend_schema(request=forms.UnsentFile, responses=forms.RescuedShape)
    @action(
        detail=False,
        methods=["post"],
        url_path="import",
        parser_classes=[FileParser],
        permission_classes=[IsMember, IsAdmin],
    )
    def take_in(self, request: Request) -> Response:
        """Takes in unsent work that was saved on a phone as a file. It is judged as if that phone had sent it.

        Administrators only: a file can name anybody as its writer, and what is in it is done with the writer's rights.
        """
        file = rescue.read(request.data)
        writer = get_object_or_404(console.answered_for(member_of(request)), pk=file.member)  # type: ignore[arg-type]
        return Response(forms.RescuedShape(rescue.take_in(writer, file, by=actor_of(request))).data)


class PhoneFilter(Filters):
    silent_hours = django_filters.NumberFilter(method="silent", min_value=0, max_value=24 * 365)

    class Meta:
        model = Replica
        fields = ("member", "state")

    def silent(self, rows: Any, name: str, hours: Any) -> Any:
        """Not heard of for so many hours, with work waiting on them."""
        return rows.filter(pending_count__gt=0, last_contact_at__lt=clock.hours_ago(float(hours)))


class PhoneViewSet(GenericViewSet[Replica]):
    """One's own phones, and those of the people one answers for."""

    serializer_class = forms.PhoneShape
    permission_classes = (IsMember,)
    filterset_class = PhoneFilter
    pagination_class = CursorPages
    ordering: ClassVar[tuple[str, ...]] = ("-last_contact_at", "-id")

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Replica._base_manager.none()
        return console.phones_for(self.request.user.member).distinct()  # type: ignore[union-attr]

    def list(self, request: Request) -> Response:
        pages = CursorPages()
        pages.ordering = self.ordering
        page = pages.paginate_queryset(self.filter_queryset(self.get_queryset().using(READER)), request, view=self)
        shown = forms.PhoneShape(page, many=True, context={"session": request.session.session_key})
        return pages.get_paginated_response(shown.data)

    @extend_schema(request=None, responses=forms.PhoneShape)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        """Shuts a phone out. What it still holds can be handed in, into quarantine."""
        phone = get_object_or_404(self.get_queryset(), pk=pk)
        with changes.unit("phone.revoke", by=actor_of(request)) as unit:
            revoked = entry_actions.revoke(unit, replica=phone)
        return Response(forms.PhoneShape(revoked).data)

    @extend_schema(request=None, responses=inline_serializer("Accepted", {"accepted": serializers.IntegerField()}))
    @action(detail=True, methods=["post"], permission_classes=[IsMember, AnswersForOthers])
    def accept(self, request: Request, pk: str) -> Response:
        """Lets in everything a phone that was shut out has handed in."""
        phone = get_object_or_404(console.phones_for(member_of(request)).distinct(), pk=pk)  # type: ignore[arg-type]
        with changes.unit("phone.accept", by=actor_of(request)) as unit:
            accepted = entry_actions.accept_all(unit, replica=phone)
        return Response({"accepted": accepted})
