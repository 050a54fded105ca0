"""REST about visits, commitments and comments: the same actions and inputs as the phone's entries."""

from __future__ import annotations

from typing import Any

import django_filters
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import Filters
from sync import audit
from sync.rest import ShapeViewSet
from visits import actions
from visits import serializers as forms
from visits.models import Arrival, Comment, Commitment, Visit


class VisitFilter(Filters):
    territory = django_filters.UUIDFilter(field_name="customer__territory")
    since = django_filters.IsoDateTimeFilter(field_name="received_at", lookup_expr="gte")
    until = django_filters.IsoDateTimeFilter(field_name="received_at", lookup_expr="lt")

    class Meta:
        model = Visit
        fields = ("customer", "site", "member", "state", "outcome", "channel", "product", "planned_for")


class VisitViewSet(ShapeViewSet):
    shape = "visit"
    serializer_class = forms.VisitShape
    filterset_class = VisitFilter
    ordering = ("-received_at", "-id")

    def seen(self) -> Any:
        return Visit.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.PlanInput, responses={201: forms.VisitShape})
    def create(self, request: Request) -> HttpResponse:
        return self.do(request, "visit.plan", actions.plan_visit, forms.PlanInput, status=201)

    @extend_schema(request=forms.VisitInput)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "visit.cancel", actions.cancel_visit, forms.VisitInput, visit=pk)

    @extend_schema(request=forms.ArriveInput)
    @action(detail=True, methods=["post"])
    def arrive(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "visit.arrive", actions.arrive, forms.ArriveInput, visit=pk)

    @extend_schema(request=forms.LogInput)
    @action(detail=True, methods=["post"])
    def log(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "visit.log", actions.log_visit, forms.LogInput, visit=pk)

    @extend_schema(request=forms.AmendInput)
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "visit.amend", actions.amend_visit, forms.AmendInput, visit=pk)

    @extend_schema(request=forms.WithdrawInput)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "visit.withdraw", actions.withdraw_visit, forms.WithdrawInput, visit=pk)

    @extend_schema(responses=forms.PositionShape)
    @action(detail=True, methods=["get"])
    def position(self, request: Request, pk: str) -> Response:
        """Where the arrival was tapped. Reading it is noted, since it tells where a person was."""
        visit = get_object_or_404(self.get_queryset().only("pk"), pk=pk)
        arrival = get_object_or_404(Arrival.objects.all(), visit=visit.pk)
        audit.note_reading(request.user.member, "visit.read_position", [("visit", visit.pk)])  # type: ignore[union-attr]
        return Response(forms.PositionShape(arrival).data)


class CommitmentViewSet(ShapeViewSet):
    shape = "commitment"
    serializer_class = forms.CommitmentShape
    filterset_fields = ("customer", "visit", "member", "state", "step", "due_on")
    ordering = ("due_on", "id")

    def seen(self) -> Any:
        return Commitment.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.MakeCommitmentInput, responses={201: forms.CommitmentShape})
    def create(self, request: Request) -> HttpResponse:
        return self.do(request, "commitment.make", actions.make_commitment, forms.MakeCommitmentInput, status=201)

    @extend_schema(request=forms.KeepCommitmentInput)
    @action(detail=True, methods=["post"])
    def keep(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "commitment.keep", actions.keep_commitment, forms.KeepCommitmentInput, commitment=pk)

    @extend_schema(request=forms.MoveCommitmentInput)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "commitment.move", actions.move_commitment, forms.MoveCommitmentInput, commitment=pk)


class CommentViewSet(ShapeViewSet):
    shape = "comment"
    serializer_class = forms.CommentShape
    filterset_fields = ("visit", "member")

    def seen(self) -> Any:
        return Comment.objects.alive().seen_by(self.member)

    @extend_schema(request=forms.AddCommentInput, responses={201: forms.CommentShape})
    def create(self, request: Request) -> HttpResponse:
        return self.do(request, "comment.add", actions.add_comment, forms.AddCommentInput, status=201)

    @extend_schema(request=forms.WithdrawCommentInput)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "comment.withdraw", actions.withdraw_comment, forms.WithdrawCommentInput, comment=pk)
