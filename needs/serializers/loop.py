"""Inputs about questions, joinings and replies."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from core.inputs import Choice, Id, Input, Text
from needs.models import Answer
from needs.serializers.lengths import CUSTOMER_LENGTH, SHORT_LENGTH

MOST_ASKED = 50  # customers of one question


class AskedInput(Input):
    asking = Id()
    customer = Id()


class AskInput(Input):
    question = Id()
    need = Id()
    text = Text(max_length=SHORT_LENGTH)
    customers = serializers.ListField(child=AskedInput(), allow_empty=False, max_length=MOST_ASKED)

    def validate_customers(self, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({one["customer"] for one in asked}) < len(asked):
            raise ValidationError([ErrorDetail("a customer stands twice", code="choice")])
        return asked


class WithdrawQuestionInput(Input):
    question = Id()


class AnswerInput(Input):
    answer = Id()
    asking = Id()
    value = Choice(choices=Answer.Value.choices)
    line = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)
    visit = Id(required=False, allow_null=True)


class JoinInput(Input):
    joining = Id()
    visit = Id()
    need = Id(required=False, allow_null=True)
    note = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


class AnswerJoiningInput(Input):
    joining = Id()
    note = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)


class WithdrawJoiningInput(Input):
    joining = Id()


class EditReplyInput(Input):
    reply = Id()
    text = Text(max_length=CUSTOMER_LENGTH, allow_blank=True)


class TellInput(Input):
    reply = Id()
    text = Text(max_length=CUSTOMER_LENGTH, required=False, allow_blank=True)
    visit = Id(required=False, allow_null=True)


class AnswerReplyInput(Input):
    reply = Id()
    value = Choice(choices=[("solved", "solved"), ("not_yet", "not yet")])
    line = Text(max_length=SHORT_LENGTH, required=False, allow_blank=True)
    contact = Id(required=False, allow_null=True)
    visit = Id(required=False, allow_null=True)
