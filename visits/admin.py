from django.contrib import admin

from core.looking import LookOnly
from visits.models import Comment, Commitment, Visit


@admin.register(Visit)
class VisitAdmin(LookOnly):
    list_display = ("id", "organization", "customer", "member", "state", "outcome", "received_at")
    list_filter = ("state", "outcome")
    exclude = ("participants",)


@admin.register(Commitment)
class CommitmentAdmin(LookOnly):
    list_display = ("id", "organization", "customer", "member", "step", "state", "due_on")
    list_filter = ("state",)


@admin.register(Comment)
class CommentAdmin(LookOnly):
    list_display = ("id", "organization", "member", "text", "received_at")
