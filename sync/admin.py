from django.contrib import admin

from core.looking import LookOnly
from sync.models import Audit, InboxEntry, Replica


@admin.register(Replica)
class ReplicaAdmin(LookOnly):
    list_display = ("key", "organization", "member", "state", "received_n", "settled_n", "last_contact_at")
    search_fields = ("key",)


@admin.register(InboxEntry)
class InboxEntryAdmin(LookOnly):
    list_display = ("entry_id", "organization", "n", "state", "code", "received_at")
    list_filter = ("state", "code")
    exclude = ("body",)


@admin.register(Audit)
class AuditAdmin(LookOnly):
    list_display = ("at", "organization", "member", "verb", "door")
    list_filter = ("door", "verb")
