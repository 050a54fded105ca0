"""Customers and what belongs to them."""

from __future__ import annotations

from typing import Any, Self
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core.models import Fact, Row, RowQuerySet, TenantManager
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


class AssetQuerySet(RowQuerySet["Asset"]):
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


class Asset(Row):
    """A product standing at a customer's site, or at the customer's and nobody has said where.

    ``serial`` is its maker's number, ``tag`` the one on the label we put on it. Neither is unique: two phones without
    a signal may write down the same machine.
    """

    NAMED_BY = ("name", "serial", "tag")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="assets")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="assets")
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="assets")
    name = models.CharField(max_length=120, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    tag = models.CharField(max_length=40, blank=True)
    notes = models.TextField(blank=True)

    objects = TenantManager.from_queryset(AssetQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="", serial="", tag=""), name="an_asset_has_a_name_a_serial_or_a_tag"
            )
        ]
        indexes = [
            models.Index(fields=["organization", "name", "serial", "id"], name="assets_by_name"),
            models.Index(fields=["organization", "serial"], name="assets_by_serial"),
            models.Index(fields=["organization", "tag"], name="assets_by_tag"),
        ]

    def __str__(self) -> str:
        return self.name or self.serial or self.tag


class ConflictQuerySet(RowQuerySet["Conflict"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def seen_by(self, member: Member) -> Self:
        """Conflicts about customers in the member's territories, and those that the member's own edits met in."""
        territories = member.territories_read()
        if territories is None:
            return self
        return self.filter(Q(customer__territory__in=territories) | Q(member=member) | Q(their_member=member))

    def row_of(self, conflict: UUID) -> UUID | None:
        """The row that this conflict is about."""
        return self.filter(pk=conflict).values_list("row", flat=True).first()


class Conflict(Fact):
    """Two people changed the same field, neither having seen the other's value. Neither value is lost.

    ``kept`` says whose value the row holds: that of ``member``, who came later (mine), or the former one (theirs).
    Values are lists in the order of ``names``: some fields have one meaning only together, as coordinates have.
    """

    class Kept(models.TextChoices):
        MINE = "mine"
        THEIRS = "theirs"

    class Choice(models.TextChoices):
        KEEP = "keep"
        REPLACE = "replace"
        NOTE = "note"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="conflicts")
    shape = models.CharField(max_length=30)
    row = models.UUIDField()
    names = models.JSONField(help_text="The fields, as shapes name them.")
    base = models.JSONField()
    mine = models.JSONField()
    theirs = models.JSONField()
    kept = models.CharField(max_length=6, choices=Kept)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    their_member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    theirs_at = models.DateTimeField(null=True, blank=True)
    choice = models.CharField(max_length=7, choices=Choice, null=True, blank=True)
    resolved_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(ConflictQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(choice=None, closed_at=None) | Q(choice__isnull=False, closed_at__isnull=False),
                name="exactly_a_resolved_conflict_has_a_choice",
            )
        ]
        indexes = [models.Index(fields=["organization", "-received_at", "-id"], name="conflicts_newest_first")]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def held(self) -> list[Any]:
        """The value that the row held when they met."""
        found: list[Any] = self.mine if self.kept == self.Kept.MINE else self.theirs
        return found

    @property
    def aside(self) -> list[Any]:
        """The value that the row does not hold."""
        found: list[Any] = self.theirs if self.kept == self.Kept.MINE else self.mine
        return found


class Move(Row):
    """All customers of one territory go to another, one at a time: phones and colleagues work on meanwhile."""

    from_territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    to_territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_territory=models.F("to_territory")), name="a_move_goes_to_another_territory"
            )
        ]
        indexes = [models.Index(fields=["organization", "-started_at", "-id"], name="moves_newest_first")]

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None
