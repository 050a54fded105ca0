"""REST about customers, sites, contacts and products."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from core.api import Filters
from core.inputs import Input
from customers import actions
from customers import serializers as forms
from customers.models import Contact, Customer, Product, Site
from people.models import Member
from people.permissions import IsAdminToWrite, IsMember, member_of
from sync.rest import ShapeViewSet


class WritesCustomers(BasePermission):
    """Reps and managers edit what lies in their territories, administrators everything; others read."""

    def has_permission(self, request: Request, view: Any) -> bool:
        member = member_of(request)
        if member is None or request.method in {"GET", "HEAD", "OPTIONS"}:
            return member is not None
        return member.is_admin or member.role in {Member.Role.REP, Member.Role.MANAGER}


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


class RemovableViewSet(ShapeViewSet):
    """Rows that can be taken off every phone, and brought back for 180 days."""

    remove_action: ClassVar[Callable[..., Any]] = staticmethod(actions.remove)
    restore_action: ClassVar[Callable[..., Any]] = staticmethod(actions.restore)

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
        return self.change(request, pk, f"{self.shape}.restore", self.restore_action, Input)


class CustomerViewSet(RemovableViewSet):
    shape = "customer"
    serializer_class = forms.CustomerShape
    permission_classes = (IsMember, WritesCustomers)
    filterset_class = CustomerFilter
    ordering = ("name", "id")
    remove_action = staticmethod(actions.remove_customer)
    restore_action = staticmethod(actions.restore_customer)

    def seen_ever(self) -> Any:
        return Customer.objects.seen_by(self.request.user.member)  # type: ignore[union-attr]

    @extend_schema(request=forms.NewCustomerInput, responses={201: forms.CustomerShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "customer.add", actions.add_customer, forms.NewCustomerInput)

    @extend_schema(request=forms.CustomerInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.change(request, pk, "customer.change", actions.change_customer, forms.CustomerInput)


class SiteViewSet(RemovableViewSet):
    shape = "site"
    serializer_class = forms.SiteShape
    permission_classes = (IsMember, WritesCustomers)
    filterset_fields = ("customer",)
    restore_action = staticmethod(actions.restore_belonging)

    def seen_ever(self) -> Any:
        return Site.objects.seen_by(self.request.user.member)  # type: ignore[union-attr]

    @extend_schema(request=forms.NewSiteInput, responses={201: forms.SiteShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "site.add", actions.add_site, forms.NewSiteInput)

    @extend_schema(request=forms.SiteInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.change(request, pk, "site.change", actions.change_site, forms.SiteInput)


class ContactViewSet(RemovableViewSet):
    shape = "contact"
    serializer_class = forms.ContactShape
    permission_classes = (IsMember, WritesCustomers)
    filterset_fields = ("customer", "site", "part")
    restore_action = staticmethod(actions.restore_belonging)

    def seen_ever(self) -> Any:
        return Contact.objects.seen_by(self.request.user.member)  # type: ignore[union-attr]

    @extend_schema(request=forms.NewContactInput, responses={201: forms.ContactShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "contact.add", actions.add_contact, forms.NewContactInput)

    @extend_schema(request=forms.ContactInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.change(request, pk, "contact.change", actions.change_contact, forms.ContactInput)


class ProductViewSet(RemovableViewSet):
    shape = "product"
    serializer_class = forms.ProductShape
    permission_classes = (IsMember, IsAdminToWrite)
    filterset_fields = ("is_active", "code")
    ordering = ("name", "id")

    def seen_ever(self) -> Any:
        return Product.objects.all()

    @extend_schema(request=forms.NewProductInput, responses={201: forms.ProductShape})
    def create(self, request: Request) -> HttpResponse:
        return self.make(request, "product.add", actions.add_product, forms.NewProductInput)

    @extend_schema(request=forms.ProductInput)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.change(request, pk, "product.change", actions.change_product, forms.ProductInput)
