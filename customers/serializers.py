"""Inputs and shapes of the customers room."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from core.inputs import Choice, Id, Input, Number, Text, Whole, YesNo
from core.outputs import FactShape, PlainNumber, UtcTime
from customers.models import Asset, Conflict, Contact, Customer, Move, Product, Site
from sync.models import FieldEdit

MOST_MEMO = 4000
MOST_NOTE = 2000
_ACCESS = ("access_gate", "access_parking", "access_registration", "access_loading", "access_lunch")


def require_place(values: dict[str, Any]) -> dict[str, Any]:
    """Both coordinates or none, and not 0/0, which is written where no place is known. Raises bad_location."""
    latitude, longitude = values.get("latitude"), values.get("longitude")
    has_one = ("latitude" in values) != ("longitude" in values)
    if has_one or (latitude is None) != (longitude is None) or latitude == longitude == 0:
        raise ValidationError({"latitude": [ErrorDetail("both or none", code="bad_location")]})
    return values


class CustomerShape(serializers.ModelSerializer[Customer]):
    class Meta:
        model = Customer
        fields = ["id", "name", "external_id", "segment", "phone", "memo", "territory"]


class SiteShape(serializers.ModelSerializer[Site]):
    latitude = PlainNumber(allow_null=True)
    longitude = PlainNumber(allow_null=True)

    class Meta:
        model = Site
        fields = ["id", "customer", "name", "address", "latitude", "longitude", "geofence_m", *_ACCESS]


class ContactShape(serializers.ModelSerializer[Contact]):
    class Meta:
        model = Contact
        fields = [
            "id",
            "customer",
            "site",
            "name",
            "title",
            "department",
            "honorific",
            "part",
            "phone",
            "email",
        ]


class AssetShape(serializers.ModelSerializer[Asset]):
    class Meta:
        model = Asset
        fields = ["id", "customer", "site", "product", "name", "serial", "tag", "notes"]


class ProductShape(serializers.ModelSerializer[Product]):
    class Meta:
        model = Product
        fields = ["id", "name", "code", "is_active"]


class ConflictShape(FactShape):
    names = serializers.ListField(child=serializers.CharField())
    base = serializers.ListField()
    mine = serializers.ListField()
    theirs = serializers.ListField()
    theirs_at = UtcTime(allow_null=True)
    closed_at = UtcTime(allow_null=True)

    class Meta:
        model = Conflict
        fields = [
            "id",
            "customer",
            "shape",
            "row",
            "names",
            "base",
            "mine",
            "theirs",
            "kept",
            "member",
            "their_member",
            "theirs_at",
            "made_at",
            "received_at",
            "choice",
            "resolved_by",
            "closed_at",
        ]


class FieldEditShape(serializers.ModelSerializer[FieldEdit]):
    before = serializers.JSONField()
    after = serializers.JSONField()
    made_at = UtcTime()
    received_at = UtcTime()

    class Meta:
        model = FieldEdit
        fields = ["field", "before", "after", "member", "made_at", "received_at"]


class MoveShape(serializers.ModelSerializer[Move]):
    started_at = UtcTime()
    finished_at = UtcTime(allow_null=True)

    class Meta:
        model = Move
        fields = ["id", "from_territory", "to_territory", "member", "total", "done", "started_at", "finished_at"]


class MoveInput(Input):
    id = Id(required=False)
    from_territory = Id()
    to_territory = Id()


class CustomerInput(Input):
    name = Text(max_length=200, is_name=True, required=False)
    external_id = Text(max_length=80, is_name=True, required=False, allow_blank=True)
    segment = Text(max_length=80, is_name=True, required=False, allow_blank=True)
    phone = Text(max_length=40, is_name=True, required=False, allow_blank=True)
    memo = Text(max_length=MOST_MEMO, required=False, allow_blank=True)
    territory = Id(required=False)


class NewCustomerInput(CustomerInput):
    id = Id(required=False)
    name = Text(max_length=200, is_name=True)
    territory = Id()


class ChangeCustomerInput(CustomerInput):
    customer = Id()


class RestoreCustomerInput(Input):
    customer = Id()


class SiteInput(Input):
    name = Text(max_length=200, is_name=True, required=False)
    address = Text(max_length=300, is_name=True, required=False, allow_blank=True)
    latitude = Number(min_value=-90, max_value=90, required=False, allow_null=True)
    longitude = Number(min_value=-180, max_value=180, required=False, allow_null=True)
    geofence_m = Whole(min_value=20, max_value=5000, required=False)
    access_gate = Text(max_length=300, required=False, allow_blank=True)
    access_parking = Text(max_length=300, required=False, allow_blank=True)
    access_registration = Text(max_length=300, required=False, allow_blank=True)
    access_loading = Text(max_length=300, required=False, allow_blank=True)
    access_lunch = Text(max_length=300, required=False, allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return require_place(attrs)


class NewSiteInput(SiteInput):
    id = Id(required=False)
    customer = Id()
    name = Text(max_length=200, is_name=True)


class ChangeSiteInput(SiteInput):
    site = Id()


class RestoreSiteInput(Input):
    site = Id()


class ContactInput(Input):
    site = Id(required=False, allow_null=True)
    name = Text(max_length=80, is_name=True, required=False)
    title = Text(max_length=80, is_name=True, required=False, allow_blank=True)
    department = Text(max_length=80, is_name=True, required=False, allow_blank=True)
    honorific = Text(max_length=20, is_name=True, required=False, allow_blank=True)
    part = Choice(choices=Contact.Part.choices, required=False, allow_blank=True)
    phone = Text(max_length=40, is_name=True, required=False, allow_blank=True)
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)


class NewContactInput(ContactInput):
    id = Id(required=False)
    customer = Id()
    name = Text(max_length=80, is_name=True)


class ChangeContactInput(ContactInput):
    contact = Id()


class RestoreContactInput(Input):
    contact = Id()


class AssetInput(Input):
    site = Id(required=False, allow_null=True)
    product = Id(required=False, allow_null=True)
    name = Text(max_length=120, is_name=True, required=False, allow_blank=True)
    serial = Text(max_length=80, is_name=True, required=False, allow_blank=True)
    tag = Text(max_length=40, is_name=True, required=False, allow_blank=True)
    notes = Text(max_length=MOST_MEMO, required=False, allow_blank=True)


class NewAssetInput(AssetInput):
    asset = Id()
    customer = Id()


class ChangeAssetInput(AssetInput):
    asset = Id()


class NameAssetInput(Input):
    """Names the asset and nothing else."""

    asset = Id()


class ResolveInput(Input):
    choice = Choice(choices=Conflict.Choice.choices)
    note = Text(max_length=MOST_NOTE, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["choice"] == Conflict.Choice.NOTE) != ("note" in attrs):
            code = "field_not_allowed" if "note" in attrs else "field_required"
            raise ValidationError({"note": [ErrorDetail("only with the choice note", code=code)]})
        return attrs


class ResolveConflictInput(ResolveInput):
    conflict = Id()


class ProductInput(Input):
    name = Text(max_length=120, is_name=True, required=False)
    code = Text(max_length=60, is_name=True, required=False, allow_blank=True)
    is_active = YesNo(required=False)


class RestoreProductInput(Input):
    product = Id()


class NewProductInput(ProductInput):
    id = Id(required=False)
    name = Text(max_length=120, is_name=True)
