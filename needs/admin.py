from django.contrib import admin

from core.looking import LookOnly
from needs.models import Answer, Asking, Joining, Need, Question, Reply, Tally, Theme, Voice


@admin.register(Theme)
class ThemeAdmin(LookOnly):
    list_display = ("id", "organization", "name")


@admin.register(Need)
class NeedAdmin(LookOnly):
    list_display = ("id", "organization", "title", "stage", "owner", "received_at")
    list_filter = ("stage",)


@admin.register(Tally)
class TallyAdmin(LookOnly):
    list_display = ("id", "organization", "customers", "voices", "reporters", "heard_at")


@admin.register(Voice)
class VoiceAdmin(LookOnly):
    list_display = ("id", "organization", "need", "customer", "member", "how", "sign", "received_at")
    list_filter = ("how", "sign")


@admin.register(Question)
class QuestionAdmin(LookOnly):
    list_display = ("id", "organization", "need", "member", "asked", "yes", "no", "unknown")


@admin.register(Asking)
class AskingAdmin(LookOnly):
    list_display = ("id", "organization", "question", "customer", "closed_at")


@admin.register(Answer)
class AnswerAdmin(LookOnly):
    list_display = ("id", "organization", "customer", "member", "value", "received_at")


@admin.register(Joining)
class JoiningAdmin(LookOnly):
    list_display = ("id", "organization", "visit", "member", "state", "received_at")
    list_filter = ("state",)


@admin.register(Reply)
class ReplyAdmin(LookOnly):
    list_display = ("id", "organization", "need", "customer", "member", "state", "told_at", "answered_at")
    list_filter = ("state",)
