from django.contrib import admin

from core.looking import LookOnly
from customers.models import Asset, Conflict, Contact, Customer, Move, Product, Site


@admin.register(Customer)
class CustomerAdmin(LookOnly):
    list_display = ("name", "organization", "external_id", "segment", "deleted_at")
    search_fields = ("name", "external_id")


@admin.register(Site, Contact)
class BelongingAdmin(LookOnly):
    list_display = ("name", "organization", "customer", "deleted_at")
    search_fields = ("name",)


@admin.register(Asset)
class AssetAdmin(LookOnly):
    list_display = ("name", "serial", "tag", "organization", "customer", "deleted_at")
    search_fields = ("name", "serial", "tag")


@admin.register(Product)
class ProductAdmin(LookOnly):
    list_display = ("name", "organization", "code", "is_active")
    search_fields = ("name", "code")


@admin.register(Conflict)
class ConflictAdmin(LookOnly):
    list_display = ("shape", "organization", "customer", "member", "kept", "choice", "closed_at")


@admin.register(Move)
class MoveAdmin(LookOnly):
    list_display = ("from_territory", "to_territory", "organization", "total", "done", "finished_at")
