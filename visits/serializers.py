"""Inputs and shapes of the visits room."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.inputs import Choice, ClockTime, Day, Id, Input, Number, Text, Whole
from core.outputs import FactShape, UtcTime, WallTime
from visits.models import Comment, Commitment, Visit

NOTE_LENGTH = 4000
COMMENT_LENGTH = 2000
SHORT_LENGTH = 500
MOST_MINUTES = 24 * 60


class VisitShape(FactShape):
    participants = serializers.SerializerMethodField()
    planned_time = WallTime(allow_null=True)
    arrived_at = UtcTime(allow_null=True)
    logged_at = UtcTime(allow_null=True)
    amended_at = UtcTime(allow_null=True)
    cancelled_at = UtcTime(allow_null=True)
    withdrawn_at = UtcTime(allow_null=True)
    flags = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Visit
        fields = [
            "id",
            "customer",
            "site",
            "member",
            "participants",
            "contact",
            "product",
            "channel",
            "state",
            "planned_for",
            "planned_time",
            "plan_note",
            "arrived_at",
            "verdict",
            "distance_m",
            "accuracy_m",
            "fix_age_s",
            "outcome",
            "note",
            "minutes",
            "is_estimated",
            "logged_at",
            "amended_at",
            "amend_reason",
            "cancelled_at",
            "withdrawn_at",
            "withdraw_reason",
            "flags",
            "skew_s",
            "made_at",
            "received_at",
        ]

    def get_participants(self, visit: Visit) -> list[str]:
        return sorted(map(str, visit.loaded_participants))


class CommitmentShape(FactShape):
    kept_at = UtcTime(allow_null=True)

    class Meta:
        model = Commitment
        fields = [
            "id",
            "customer",
            "visit",
            "member",
            "step",
            "text",
            "due_on",
            "state",
            "kept_at",
            "kept_note",
            "moved_from",
            "move_reason",
            "made_at",
            "received_at",
        ]


class CommentShape(FactShape):
    withdrawn_at = UtcTime(allow_null=True)

    class Meta:
        model = Comment
        fields = ["id", "visit", "member", "text", "withdrawn_at", "made_at", "received_at"]


class PositionShape(serializers.Serializer[Any]):
    """Where an arrival was tapped, in degrees and metres. Every reading of it is noted."""

    latitude = serializers.FloatField()
    longitude = serializers.FloatField()
    accuracy_m = serializers.FloatField()
    fix_age_s = serializers.FloatField()


# --- Inputs: visits ---------------------------------------------------------------------------


class PlanInput(Input):
    visit = Id()
    customer = Id()
    site = Id(required=False, allow_null=True)
    planned_for = Day()
    planned_time = ClockTime(required=False, allow_null=True)
    channel = Choice(choices=Visit.Channel.choices, required=False)
    contact = Id(required=False, allow_null=True)
    plan_note = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


class VisitInput(Input):
    """Names the visit and nothing else."""

    visit = Id()


class PositionInput(Input):
    """Any numbers are taken: an impossible place is dropped and flagged, the arrival is not."""

    latitude = Number()
    longitude = Number()
    accuracy = Number()
    age_s = Number()


class ArriveInput(Input):
    visit = Id()
    customer = Id()
    site = Id(required=False, allow_null=True)
    channel = Choice(choices=Visit.Channel.choices, required=False)
    position = PositionInput(required=False, allow_null=True)


class NextStepInput(Input):
    commitment = Id()
    step = Choice(choices=Commitment.Step.choices)
    due_on = Day()
    text = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


class LogInput(Input):
    visit = Id()
    customer = Id()
    site = Id(required=False, allow_null=True)
    outcome = Choice(choices=Visit.Outcome.choices)
    channel = Choice(choices=Visit.Channel.choices, required=False)
    note = Text(max_length=NOTE_LENGTH, required=False, allow_blank=True)
    contact = Id(required=False, allow_null=True)
    product = Id(required=False, allow_null=True)
    minutes = Whole(min_value=1, max_value=MOST_MINUTES, required=False, allow_null=True)
    next_step = NextStepInput(required=False, allow_null=True)


class AmendInput(Input):
    visit = Id()
    outcome = Choice(choices=Visit.Outcome.choices, required=False)
    note = Text(max_length=NOTE_LENGTH, required=False, allow_blank=True)
    contact = Id(required=False, allow_null=True)
    product = Id(required=False, allow_null=True)
    minutes = Whole(min_value=1, max_value=MOST_MINUTES, required=False)
    reason = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


class WithdrawInput(Input):
    visit = Id()
    reason = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


# --- Inputs: commitments and comments -----------------------------------------------------------


class MakeCommitmentInput(Input):
    commitment = Id()
    customer = Id()
    visit = Id(required=False, allow_null=True)
    step = Choice(choices=Commitment.Step.choices)
    text = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)
    due_on = Day()


class KeepCommitmentInput(Input):
    commitment = Id()
    note = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


class MoveCommitmentInput(Input):
    commitment = Id()
    due_on = Day()
    reason = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


class AddCommentInput(Input):
    comment = Id()
    visit = Id()
    text = Text(max_length=COMMENT_LENGTH)


class WithdrawCommentInput(Input):
    comment = Id()
