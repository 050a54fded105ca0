from django.contrib import admin

from core.looking import LookOnly
from people.models import Member, Organization, Team, Territory, User


@admin.register(Organization)
class OrganizationAdmin(LookOnly):
    list_display = ("name", "time_zone", "language")
    search_fields = ("name",)


@admin.register(User)
class UserAdmin(LookOnly):
    list_display = ("email", "is_active", "is_staff", "last_login")
    search_fields = ("email",)
    exclude = ("password",)


@admin.register(Member)
class MemberAdmin(LookOnly):
    list_display = ("name", "organization", "role", "is_admin", "is_active")
    list_filter = ("role", "is_active")
    search_fields = ("name", "user__email")
    exclude = ("territories",)  # read through the manager of one organization, and the operator works for none


@admin.register(Team, Territory)
class NamedAdmin(LookOnly):
    list_display = ("name", "organization")
    search_fields = ("name",)
