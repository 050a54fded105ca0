"""REST about customers, sites, contacts, assets and products."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import CursorPages, Filters
from core.inputs import Input, read_input, shown
from customers import actions, moving
from customers import serializers as forms
from customers.models import Asset, Conflict, Contact, Customer, Move, Product, Site
from customers.permissions import WritesCustomers
from people.permissions import IsAdminToWrite, IsMember
from sync import changes
from sync.models import FieldEdit
from sync.pull import READER
from sync.rest import ShapeViewSet, actor_of


class CustomerFilter(Filters):
    """``q`` looks into name, site address and contact name. Each word costs a search of its own: not too many."""

    q = django_filters.CharFilter(method="search", max_length=200)

    class Meta:
        model = Customer
        fields = ("territory", "segment", "external_id")

    def search(self, rows: QuerySet[Customer], name: str, words: str) -> QuerySet[Customer]:
        for word in unicodedata.normalize("NFC", words).split():
            in_sites = Site.objects.alive().filter(address__icontains=word).values("customer")
            in_contacts = Contact.objects.alive().filter(name__icontains=word).values("customer")
            rows = rows.filter(Q(name__icontains=word) | Q(pk__in=in_sites) | Q(pk__in=in_contacts))
        return rows


class AssetFilter(Filters):
    """``q`` looks into name, serial number and label number."""

    q = django_filters.CharFilter(method="search", max_length=200)

    class Meta:
        model = Asset
        fields = ("customer", "site", "product", "serial", "tag")

    def search(self, rows: QuerySet[Asset], name: str, words: str) -> QuerySet[Asset]:
        for word in unicodedata.normalize("NFC", words).split():
            rows = rows.filter(Q(name__icontains=word) | Q(serial__icontains=word) | Q(tag__icontains=word))
        return rows


class RemovableViewSet(ShapeViewSet):
    """Rows that can be taken off every phone, and brought back for 180 days."""

    remove_action: ClassVar[Callable[..., Any]] = staticmethod(actions.remove)
    restore_action: ClassVar[Callable[..., Any]]
    restore_form: ClassVar[type[Input]]

    def seen_ever(self) -> Any:
        """The rows this member may see, and those seen before they were removed."""
        raise NotImplementedError

    def seen(self) -> Any:
        return self.seen_ever().restorable() if self.action == "restore" else self.seen_ever().alive()

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> HttpResponse:
        self.change(request, pk, f"{self.shape}.remove", self.remove_action, Input)
        return HttpResponse(status=204)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> HttpResponse:
        return self.edit(request, pk, f"{self.shape}.restore", self.restore_action, self.restore_form)


class HistoryViewSet(ShapeViewSet):
    """Rows that many people edit, each field with its history. Higher rooms have theirs too."""

    @extend_schema(parameters=[OpenApiParameter("field", str)], responses=forms.FieldEditShape(many=True))
    @action(detail=True, pagination_class=CursorPages, filter_backends=())
    def history(self, request: Request, pk: str) -> Response:
        """What each field held before, who changed it and when, newest first."""
        row = get_object_or_404(self.get_queryset().only("pk"), pk=pk)
        edits = FieldEdit.objects.using(READER).filter(shape=self.shape, row_id=row.pk)
        if field := request.query_params.get("field"):
            edits = edits.filter(field=shown(field))
        pages = CursorPages()
        pages.ordering = ("-id",)
        page = pages.paginate_queryset(edits, request, view=self)
        return pages.get_paginated_response(forms.FieldEditShape(page, many=True).data)


class SharedViewSet(RemovableViewSet, HistoryViewSet):
    permission_classes = (IsMember, WritesCustomers)


class CustomerViewSet(SharedViewSet):
    shape = "customer"
    serializer_class = forms.CustomerShape
    filterset_class = CustomerFilter
    ordering = ("name", "id")
    remove_action = staticmethod(actions.remove_customer)
    restore_action = staticmethod(actions.restore_customer)
    restore_form = forms.RestoreCustomerInput

    def seen_ever(self) -> Any:
        return Customer.objects.seen_by(self.member)

    @extend_schema(request=forms.NewCustomerInput, responses={201: forms.CustomerShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "customer.add", actions.add_customer, forms.NewCustomerInput)

    @extend_schema(request=forms.CustomerInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.edit(request, pk, "customer.change", actions.change_customer, forms.ChangeCustomerInput)


class SiteViewSet(SharedViewSet):
    shape = "site"
    serializer_class = forms.SiteShape
    filterset_fields = ("customer",)
    restore_action = staticmethod(actions.restore_site)
    restore_form = forms.RestoreSiteInput

    def seen_ever(self) -> Any:
        return Site.objects.seen_by(self.member)

    @extend_schema(request=forms.NewSiteInput, responses={201: forms.SiteShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "site.add", actions.add_site, forms.NewSiteInput)

    @extend_schema(request=forms.SiteInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.edit(request, pk, "site.change", actions.change_site, forms.ChangeSiteInput)


class ContactViewSet(SharedViewSet):
    shape = "contact"
    serializer_class = forms.ContactShape
    filterset_fields = ("customer", "site", "part")
    restore_action = staticmethod(actions.restore_contact)
    restore_form = forms.RestoreContactInput

    def seen_ever(self) -> Any:
        return Contact.objects.seen_by(self.member)

    @extend_schema(request=forms.NewContactInput, responses={201: forms.ContactShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "contact.add", actions.add_contact, forms.NewContactInput)

    @extend_schema(request=forms.ContactInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.edit(request, pk, "contact.change", actions.change_contact, forms.ChangeContactInput)


class AssetViewSet(SharedViewSet):
    shape = "asset"
    serializer_class = forms.AssetShape
    filterset_class = AssetFilter
    ordering = ("name", "serial", "id")
    restore_action = staticmethod(actions.restore_asset)
    restore_form = forms.NameAssetInput

    def seen_ever(self) -> Any:
        return Asset.objects.seen_by(self.member)

    @extend_schema(request=forms.NewAssetInput, responses={201: forms.AssetShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "asset.add", actions.add_asset, forms.NewAssetInput)

    @extend_schema(request=forms.AssetInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.edit(request, pk, "asset.change", actions.change_asset, forms.ChangeAssetInput)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> HttpResponse:
        self.edit(request, pk, "asset.remove", actions.remove_asset, forms.NameAssetInput)
        return HttpResponse(status=204)


class ProductViewSet(RemovableViewSet):
    shape = "product"
    serializer_class = forms.ProductShape
    permission_classes = (IsMember, IsAdminToWrite)
    filterset_fields = ("is_active", "code")
    ordering = ("name", "id")
    restore_action = staticmethod(actions.restore_product)
    restore_form = forms.RestoreProductInput

    def seen_ever(self) -> Any:
        return Product.objects.all()

    @extend_schema(request=forms.NewProductInput, responses={201: forms.ProductShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "product.add", actions.add_product, forms.NewProductInput)

    @extend_schema(request=forms.ProductInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.change(request, pk, "product.change", actions.change_product, forms.ProductInput)


class ConflictViewSet(ShapeViewSet):
    """Edits of the same field that met. Whoever sees the customer sees them; whoever may edit it decides."""

    shape = "conflict"
    serializer_class = forms.ConflictShape
    filterset_fields = {"customer": ["exact"], "member": ["exact"], "shape": ["exact"], "closed_at": ["isnull"]}
    ordering = ("-received_at", "-id")

    def seen(self) -> Any:
        return Conflict.objects.seen_by(self.member)

    @extend_schema(request=forms.ResolveInput)
    @action(detail=True, methods=["post"])
    def resolve(self, request: Request, pk: str) -> HttpResponse:
        return self.do(request, "conflict.resolve", actions.resolve_conflict, forms.ResolveConflictInput, conflict=pk)


class MoveViewSet(ShapeViewSet):
    """Whole territories going to another. Everybody sees how far they are, administrators begin them."""

    shape = "move"
    serializer_class = forms.MoveShape
    permission_classes = (IsMember, IsAdminToWrite)
    filterset_fields = {"finished_at": ["isnull"]}
    ordering = ("-started_at", "-id")

    def seen(self) -> Any:
        return Move.objects.all()

    @extend_schema(request=forms.MoveInput, responses={201: forms.MoveShape})
    def create(self, request: Request) -> HttpResponse:
        values = read_input(forms.MoveInput, request.data)
        with changes.unit("move.start", by=actor_of(request)) as unit:
            move = actions.start_move(unit, **values)
        moving.ring(move)
        return self.answer(move.pk, status=201)
