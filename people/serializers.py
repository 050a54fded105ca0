"""Inputs and shapes of the people room."""

from __future__ import annotations

from zoneinfo import available_timezones

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from core.inputs import Choice, Id, Input, Text, YesNo
from people.models import Member, Organization, Team, Territory

LANGUAGES = ("ko", "en")


class OrganizationShape(serializers.ModelSerializer[Organization]):
    class Meta:
        model = Organization
        fields = ["id", "name", "time_zone", "currency", "language"]


class MemberShape(serializers.ModelSerializer[Member]):
    territories = serializers.SerializerMethodField()

    class Meta:
        model = Member
        fields = ["id", "name", "role", "job", "is_admin", "is_active", "team", "territories"]

    def get_territories(self, member: Member) -> list[str]:
        loaded = member.loaded_territories
        return sorted(map(str, member.own_territories() if loaded is None else loaded))


class TeamShape(serializers.ModelSerializer[Team]):
    class Meta:
        model = Team
        fields = ["id", "name", "lead"]


class TerritoryShape(serializers.ModelSerializer[Territory]):
    class Meta:
        model = Territory
        fields = ["id", "name", "is_active"]


class OrganizationInput(Input):
    name = Text(max_length=120, is_name=True, required=False)
    time_zone = Text(max_length=60, is_name=True, required=False)
    language = Choice(choices=LANGUAGES, required=False)

    def validate_time_zone(self, value: str) -> str:
        if value not in available_timezones():
            raise ValidationError("No such time zone.", code="choice")
        return value


class NewMemberInput(Input):
    id = Id(required=False)
    email = serializers.EmailField(max_length=254)
    name = Text(max_length=80, is_name=True)
    role = Choice(choices=Member.Role.choices, required=False)
    job = Choice(choices=Member.Job.choices, required=False)
    is_admin = YesNo(required=False)
    team = Id(required=False, allow_null=True)
    territories = serializers.ListField(child=Id(), required=False, max_length=500)


class MemberInput(Input):
    name = Text(max_length=80, is_name=True, required=False)
    role = Choice(choices=Member.Role.choices, required=False)
    job = Choice(choices=Member.Job.choices, required=False)
    is_admin = YesNo(required=False)
    is_active = YesNo(required=False)
    team = Id(required=False, allow_null=True)
    territories = serializers.ListField(child=Id(), required=False, max_length=500)


class NewTeamInput(Input):
    id = Id(required=False)
    name = Text(max_length=80, is_name=True)
    lead = Id(required=False, allow_null=True)


class TeamInput(Input):
    name = Text(max_length=80, is_name=True, required=False)
    lead = Id(required=False, allow_null=True)


class NewTerritoryInput(Input):
    id = Id(required=False)
    name = Text(max_length=80, is_name=True)


class TerritoryInput(Input):
    name = Text(max_length=80, is_name=True, required=False)
    is_active = YesNo(required=False)


class MeInput(Input):
    language = Choice(choices=LANGUAGES)


class MeShape(serializers.Serializer[Member]):
    """Who is signed in: what the phone needs to open its database."""

    member = MemberShape()
    organization = OrganizationShape()
    email = serializers.EmailField()
    language = serializers.ChoiceField(choices=LANGUAGES)


class SilenceShape(serializers.Serializer[Member]):
    member = serializers.UUIDField()
    last_contact_at = serializers.CharField(allow_null=True)
    pending = serializers.IntegerField()
    is_silent = serializers.BooleanField()


class FreshnessShape(serializers.Serializer[Member]):
    """Whose phones have not reported: names for a lead, numbers only for an executive."""

    as_of = serializers.CharField()
    silent_after_s = serializers.IntegerField()
    total = serializers.IntegerField()
    silent = serializers.IntegerField()
    waiting = serializers.IntegerField()
    members = SilenceShape(many=True, allow_null=True)
