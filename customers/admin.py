from django.contrib import admin

from core.looking import LookOnly
from customers.models import Contact, Customer, Product, Site


@admin.register(Customer)
class CustomerAdmin(LookOnly):
    list_display = ("name", "organization", "external_id", "segment", "deleted_at")
    search_fields = ("name", "external_id")


@admin.register(Site, Contact)
class BelongingAdmin(LookOnly):
    list_display = ("name", "organization", "customer", "deleted_at")
    search_fields = ("name",)


@admin.register(Product)
class ProductAdmin(LookOnly):
    list_display = ("name", "organization", "code", "is_active")
    search_fields = ("name", "code")
