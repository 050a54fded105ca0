"""Customers and what belongs to them."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core.models import Row, RowQuerySet, TenantManager
from people.models import Member, Territory


class CustomerQuerySet(RowQuerySet["Customer"]):
    def seen_by(self, member: Member) -> Self:
        territories = member.territories_read()
        return self if territories is None else self.filter(territory__in=territories)


class Customer(Row):
    """The company served. ``external_id`` is its key in another system; equal names are no duplicates."""

    name = models.CharField(max_length=200)
    external_id = models.CharField(max_length=80, blank=True)
    segment = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    memo = models.TextField(blank=True)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="customers")

    objects = TenantManager.from_queryset(CustomerQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "external_id"],
                condition=~Q(external_id=""),
                name="one_customer_per_external_id",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "name", "id"], name="customers_by_name"),
            models.Index(fields=["organization", "territory"], name="customers_by_territory"),
        ]

    def __str__(self) -> str:
        return self.name


class SiteQuerySet(RowQuerySet["Site"]):
    def seen_by(self, member: Member) -> Self:
        territories = member.territories_read()
        return self if territories is None else self.filter(customer__territory__in=territories)


class ContactQuerySet(RowQuerySet["Contact"]):
    def seen_by(self, member: Member) -> Self:
        territories = member.territories_read()
        return self if territories is None else self.filter(customer__territory__in=territories)


class Site(Row):
    """A place of a customer: coordinates in degrees (WGS 84), geofence in metres, and how one gets in."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    geofence_m = models.PositiveIntegerField(default=150, validators=[MinValueValidator(20), MaxValueValidator(5000)])
    access_gate = models.CharField(max_length=300, blank=True)
    access_parking = models.CharField(max_length=300, blank=True)
    access_registration = models.CharField(max_length=300, blank=True)
    access_loading = models.CharField(max_length=300, blank=True)
    access_lunch = models.CharField(max_length=300, blank=True)

    objects = TenantManager.from_queryset(SiteQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                # Said twice that both are there: a comparison with nothing is neither true nor false, and would pass.
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                name="a_site_has_both_coordinates_or_none",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Contact(Row):
    """A person at a customer, and the part they play there."""

    class Part(models.TextChoices):
        DECIDES = "decides"
        USES = "uses"
        COMPLAINS = "complains"
        UNKNOWN = "", "unknown"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="contacts")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=80, blank=True)
    department = models.CharField(max_length=80, blank=True)
    honorific = models.CharField(max_length=20, blank=True)
    part = models.CharField(max_length=10, choices=Part, blank=True, default=Part.UNKNOWN)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    objects = TenantManager.from_queryset(ContactQuerySet)()

    def __str__(self) -> str:
        return self.name


class Product(Row):
    """Something we sell."""

    name = models.CharField(max_length=120)
    code = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "code"], condition=~Q(code=""), name="one_product_per_code")
        ]

    def __str__(self) -> str:
        return self.name
