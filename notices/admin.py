from django.contrib import admin

from core.looking import LookOnly
from notices.models import Notification, Preference


@admin.register(Notification)
class NotificationAdmin(LookOnly):
    list_display = ("id", "organization", "member", "event", "made_at", "read_at", "mailed_at")
    list_filter = ("event",)


@admin.register(Preference)
class PreferenceAdmin(LookOnly):
    list_display = ("id", "organization", "member", "digest_at")
