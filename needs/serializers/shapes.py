"""Needs and what hangs on them as JSON, on phones and over REST."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.outputs import FactShape, PlainNumber, UtcTime
from needs.models import Answer, Asking, Joining, Milestone, Need, Question, Reply, Tally, Theme, Voice

_FACT = ["made_at", "received_at"]


class ThemeShape(serializers.ModelSerializer[Theme]):
    class Meta:
        model = Theme
        fields = ["id", "name", "needs", "customers"]


class MilestoneShape(FactShape):
    """One line of what became of a need."""

    class Meta:
        model = Milestone
        fields = ["event", "stage", "other", "member", "customer", "reason", "made_at"]


class NeedShape(FactShape):
    milestones = serializers.SerializerMethodField()

    class Meta:
        model = Need
        fields = [
            "id",
            "customer",
            "member",
            "title",
            "theme",
            "product",
            "memo",
            "answer",
            "customer_text",
            "stage",
            "owner",
            "merged_into",
            "milestones",
            *_FACT,
        ]

    @extend_schema_field(MilestoneShape(many=True))
    def get_milestones(self, need: Need) -> list[dict[str, Any]]:
        return [dict(_milestone.to_representation(one)) for one in need.loaded_milestones]


_milestone = MilestoneShape()


class VoiceShape(FactShape):
    amended_at = UtcTime(allow_null=True)
    withdrawn_at = UtcTime(allow_null=True)
    flags = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Voice
        fields = [
            "id",
            "need",
            "customer",
            "site",
            "visit",
            "contact",
            "product",
            "member",
            "text",
            "how",
            "sign",
            "importance",
            "amended_at",
            "withdrawn_at",
            "flags",
            "skew_s",
            *_FACT,
        ]


class TallyShape(serializers.ModelSerializer[Tally]):
    importance = PlainNumber()
    recency = PlainNumber()
    heard_at = UtcTime(allow_null=True)
    witnesses = serializers.ListField(child=serializers.CharField())
    alike = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Tally
        fields = [
            "id",
            "voices",
            "customers",
            "reporters",
            "importance",
            "recency",
            "heard_at",
            "observations",
            "witnesses",
            "to_tell",
            "told",
            "solved",
            "not_yet",
            "alike",
        ]


class QuestionShape(FactShape):
    withdrawn_at = UtcTime(allow_null=True)

    class Meta:
        model = Question
        fields = ["id", "need", "member", "text", "withdrawn_at", "asked", "yes", "no", "unknown", *_FACT]


class AskingShape(serializers.ModelSerializer[Asking]):
    """Carries the question's text: whoever stands before the customer needs nothing else."""

    need: Any = serializers.PrimaryKeyRelatedField(source="question.need", read_only=True)
    text = serializers.CharField(source="question.text")
    member: Any = serializers.PrimaryKeyRelatedField(source="question.member", read_only=True)
    closed_at = UtcTime(allow_null=True)

    class Meta:
        model = Asking
        fields = ["id", "question", "customer", "need", "text", "member", "closed_at"]


class AnswerShape(FactShape):
    class Meta:
        model = Answer
        fields = ["id", "asking", "customer", "visit", "member", "value", "line", "is_late", *_FACT]


class JoiningShape(FactShape):
    answered_at = UtcTime(allow_null=True)

    class Meta:
        model = Joining
        fields = ["id", "visit", "member", "need", "note", "state", "answered_at", "answer_note", *_FACT]


class ReplyShape(FactShape):
    stage = serializers.CharField(source="milestone.stage")
    told_at = UtcTime(allow_null=True)
    answered_at = UtcTime(allow_null=True)

    class Meta:
        model = Reply
        fields = [
            "id",
            "need",
            "stage",
            "customer",
            "member",
            "commitment",
            "text",
            "state",
            "told_at",
            "told_by",
            "visit",
            "contact",
            "line",
            "answered_at",
            *_FACT,
        ]


class FiguresShape(serializers.Serializer[Any]):
    """How well the loop is closed, over a year."""

    told = serializers.IntegerField(help_text="Customers who were told, or are to be told.")
    answered = serializers.IntegerField(help_text="Of them those who answered: their loop is closed.")
    solved = serializers.IntegerField(help_text="Of those the ones who said: solved.")
    median_days = serializers.DictField(child=serializers.FloatField(allow_null=True), help_text="By stage.")
