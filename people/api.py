"""REST about people, and what a phone asks when it starts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import tenancy
from core.inputs import read_input
from people import actions, freshness
from people import serializers as forms
from people.models import Member, Organization, Team, Territory
from people.permissions import IsAdminToWrite, IsMember
from sync.rest import ShapeViewSet


class CsrfView(APIView):
    """Gives the page its token: the shell is served from a cache and carries none."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(responses=inline_serializer("Csrf", {"csrf": serializers.CharField()}))
    def get(self, request: Request) -> Response:
        return Response({"csrf": get_token(request._request)})


class MeView(APIView):
    """Who is signed in."""

    @extend_schema(responses=forms.MeShape)
    def get(self, request: Request) -> Response:
        return Response(_me(request))

    @extend_schema(request=forms.MeInput, responses=forms.MeShape)
    def patch(self, request: Request) -> Response:
        values = read_input(forms.MeInput, request.data)
        actions.set_language(request.user.member.user, values["language"])  # type: ignore[union-attr]
        return Response(_me(request))


def _me(request: Any) -> dict[str, Any]:
    member: Member = request.user.member
    return {
        "member": forms.MemberShape(member).data,
        "organization": forms.OrganizationShape(member.organization).data,
        "email": request.user.email,
        "language": request.user.language,
    }


class FreshnessView(APIView):
    """Whose phones are silent, so that nobody decides on half a picture."""

    @extend_schema(responses=forms.FreshnessShape)
    def get(self, request: Request) -> Response:
        return Response(freshness.freshness_for(request.user.member))  # type: ignore[union-attr]


class PeopleViewSet(ShapeViewSet):
    """Everybody sees the people of the organization; administrators change them."""

    permission_classes = (IsMember, IsAdminToWrite)
    ordering = ("name", "id")


class OrganizationViewSet(PeopleViewSet):
    shape = "organization"
    serializer_class = forms.OrganizationShape

    def seen(self) -> Any:
        return Organization.objects.filter(pk=tenancy.require_id())

    @extend_schema(request=forms.OrganizationInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.change(request, pk, "organization.change", actions.change_organization, forms.OrganizationInput)


class MemberViewSet(PeopleViewSet):
    shape = "member"
    serializer_class = forms.MemberShape
    filterset_fields = ("role", "job", "team", "is_active")

    def seen(self) -> Any:
        return Member.objects.alive()

    @extend_schema(request=forms.NewMemberInput, responses={201: forms.MemberShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "member.add", actions.add_member, forms.NewMemberInput)

    @extend_schema(request=forms.MemberInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.change(request, pk, "member.change", actions.change_member, forms.MemberInput)


class TeamViewSet(PeopleViewSet):
    shape = "team"
    serializer_class = forms.TeamShape

    def seen(self) -> Any:
        return Team.objects.alive()

    @extend_schema(request=forms.NewTeamInput, responses={201: forms.TeamShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "team.add", actions.add_team, forms.NewTeamInput)

    @extend_schema(request=forms.TeamInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.change(request, pk, "team.change", actions.change_team, forms.TeamInput)


class TerritoryViewSet(PeopleViewSet):
    shape = "territory"
    serializer_class = forms.TerritoryShape
    filterset_fields = ("is_active",)

    def seen(self) -> Any:
        return Territory.objects.alive()

    @extend_schema(request=forms.NewTerritoryInput, responses={201: forms.TerritoryShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "territory.add", actions.add_territory, forms.NewTerritoryInput)

    @extend_schema(request=forms.TerritoryInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.change(request, pk, "territory.change", actions.change_territory, forms.TerritoryInput)
